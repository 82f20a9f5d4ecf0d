/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-metalink.h"

#include <string.h>

#include "skein-error.h"
#include "skein-metalink-file.h"
#include "skein-uri.h"
#include "skein-xml-cursor.h"

#define NAMESPACE_3 "http://www.metalinker.org/"
#define NAMESPACE_4 "urn:ietf:params:xml:ns:metalink"

#define MAX_NUMBER_LENGTH 32
#define MAX_HASH_LENGTH   256

typedef struct
{
  SkeinXmlCursor    *cursor;
  const char        *namespace;
  SkeinMetalink     *metalink;
  SkeinMetalinkFile *file; /* the one being read */
} Reader;

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_METALINK, "Metalink: %s", what);

  return FALSE;
}

static void
add_reject (Reader     *self,
            guint       line,
            const char *text,
            GError     *why)
{
  SkeinMetalink *metalink = self->metalink;

  if (why == NULL)
    return;

  metalink->rejected++;
  if (metalink->rejects->len < SKEIN_METALINK_MAX_REJECTS)
    g_ptr_array_add (metalink->rejects, skein_uri_reject_new (line, text, -1, why));
  else
    g_error_free (why);
}

static gboolean
is_version_3 (Reader *self)
{
  return strcmp (self->namespace, NAMESPACE_3) == 0;
}

/* The next child of the element at @depth that is of Metalink. */
static gboolean
next_child (Reader *self,
            int     depth)
{
  while (skein_xml_cursor_next_child (self->cursor, depth))
    {
      if (strcmp (skein_xml_cursor_get_namespace (self->cursor), self->namespace) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_at (Reader     *self,
       const char *name)
{
  return strcmp (skein_xml_cursor_get_name (self->cursor), name) == 0;
}

/* -1 if there is none within the bounds. */
static gint64
get_number (Reader     *self,
            const char *name,
            guint64     least,
            guint64     most)
{
  g_autofree char *text = skein_xml_cursor_dup_attribute (self->cursor, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    return -1;

  return (gint64) number;
}

/* RFC 5854 section 4.2.17.1 counts priorities from 1; preferences of Metalink 3 fall from 100 to 0. */
static guint
get_priority (Reader *self)
{
  gint64 number;

  if (is_version_3 (self))
    {
      number = get_number (self, "preference", 0, 100);
      return number >= 0 ? (guint) (101 - number) : SKEIN_METALINK_LAST_PRIORITY;
    }

  number = get_number (self, "priority", 1, SKEIN_METALINK_LAST_PRIORITY);

  return number > 0 ? (guint) number : SKEIN_METALINK_LAST_PRIORITY;
}

static void
read_url (Reader *self)
{
  guint line = skein_xml_cursor_get_line (self->cursor);
  guint priority = get_priority (self);
  g_autofree char *location = skein_xml_cursor_dup_attribute (self->cursor, "location");
  g_autofree char *type = skein_xml_cursor_dup_attribute (self->cursor, "type");
  g_autofree char *text = skein_xml_cursor_dup_text (self->cursor, SKEIN_URI_MAX_LENGTH + 1);

  /* In Metalink 3 that is the address of a torrent, not of the file. */
  if (is_version_3 (self) && type != NULL && g_ascii_strcasecmp (type, "bittorrent") == 0)
    return;

  add_reject (self, line, text, skein_metalink_file_add_url (self->file, text, priority, location));
}

static void
read_size (Reader *self)
{
  guint line = skein_xml_cursor_get_line (self->cursor);
  g_autofree char *text = skein_xml_cursor_dup_text (self->cursor, MAX_NUMBER_LENGTH);

  add_reject (self, line, text, skein_metalink_file_set_size (self->file, text));
}

static void
read_hash (Reader *self)
{
  guint line = skein_xml_cursor_get_line (self->cursor);
  g_autofree char *type = skein_xml_cursor_dup_attribute (self->cursor, "type");
  g_autofree char *text = skein_xml_cursor_dup_text (self->cursor, MAX_HASH_LENGTH);

  add_reject (self, line, text, skein_metalink_file_add_hash (self->file, type, text));
}

/* Metalink 3 numbers the pieces; one that is out of turn makes all of them unusable. */
static char *
read_piece (Reader *self,
            guint   index)
{
  gint64 number = get_number (self, "piece", 0, SKEIN_METALINK_MAX_PIECES);
  g_autofree char *text = skein_xml_cursor_dup_text (self->cursor, MAX_HASH_LENGTH);

  return number < 0 || number == index ? g_steal_pointer (&text) : NULL;
}

static void
read_pieces (Reader *self)
{
  int depth = skein_xml_cursor_get_depth (self->cursor);
  guint line = skein_xml_cursor_get_line (self->cursor);
  g_autofree char *type = skein_xml_cursor_dup_attribute (self->cursor, "type");
  g_autofree char *length = skein_xml_cursor_dup_attribute (self->cursor, "length");
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);

  while (next_child (self, depth))
    {
      if (is_at (self, "hash") && hashes->len <= SKEIN_METALINK_MAX_PIECES)
        g_ptr_array_add (hashes, read_piece (self, hashes->len));
    }

  add_reject (self, line, "", skein_metalink_file_set_pieces (self->file, type, length, hashes));
}

static void
read_children (Reader *self,
               int     depth)
{
  while (next_child (self, depth))
    {
      int child = skein_xml_cursor_get_depth (self->cursor);

      if (is_at (self, "url"))
        read_url (self);
      else if (is_at (self, "size"))
        read_size (self);
      else if (is_at (self, "hash"))
        read_hash (self);
      else if (is_at (self, "pieces"))
        read_pieces (self);
      else if (is_version_3 (self) && (is_at (self, "resources") || is_at (self, "verification")))
        read_children (self, child);
    }
}

static void
read_file (Reader *self)
{
  guint line = skein_xml_cursor_get_line (self->cursor);
  g_autofree char *name = skein_xml_cursor_dup_attribute (self->cursor, "name");
  g_autoptr (SkeinMetalinkFile) file = skein_metalink_file_new ();

  self->file = file;
  read_children (self, skein_xml_cursor_get_depth (self->cursor));
  self->file = NULL;

  add_reject (self, line, name != NULL ? name : "", skein_metalink_file_finish (file, name));
  if (file->mirrors->len + file->others->len > 0)
    g_ptr_array_add (self->metalink->files, g_steal_pointer (&file));
  else
    add_reject (self, line, name != NULL ? name : "",
                g_error_new_literal (SKEIN_ERROR, SKEIN_ERROR_BAD_METALINK, "a file without an address"));
}

static gboolean
read_files (Reader  *self,
            int      depth,
            GError **error)
{
  while (next_child (self, depth))
    {
      if (is_version_3 (self) && depth == 0 && is_at (self, "files"))
        {
          if (!read_files (self, 1, error))
            return FALSE;
        }
      else if (is_at (self, "file") && depth == (is_version_3 (self) ? 1 : 0))
        {
          if (self->metalink->files->len == SKEIN_METALINK_MAX_FILES)
            return refuse (error, "too many files");
          read_file (self);
        }
    }

  return TRUE;
}

static gboolean
read_document (Reader  *self,
               GError **error)
{
  const char *namespace = skein_xml_cursor_get_namespace (self->cursor);

  if (strcmp (namespace, NAMESPACE_4) == 0)
    self->namespace = NAMESPACE_4;
  else if (strcmp (namespace, NAMESPACE_3) == 0)
    self->namespace = NAMESPACE_3;
  if (self->namespace == NULL || !is_at (self, "metalink"))
    return refuse (error, "another kind of document");

  if (!read_files (self, 0, error) || !skein_xml_cursor_finish (self->cursor, error))
    return FALSE;
  if (self->metalink->files->len == 0)
    return refuse (error, "no file that can be had");

  return TRUE;
}

SkeinMetalink *
skein_metalink_parse (const char  *bytes,
                      gsize        length,
                      GError     **error)
{
  g_autoptr (SkeinXmlCursor) cursor = NULL;
  g_autoptr (SkeinMetalink) metalink = NULL;
  Reader reader;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (length > SKEIN_METALINK_MAX_LENGTH)
    {
      refuse (error, "too long");
      return NULL;
    }

  cursor = skein_xml_cursor_new (bytes, length, error);
  if (cursor == NULL)
    return NULL;

  metalink = g_new0 (SkeinMetalink, 1);
  metalink->files = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_metalink_file_free);
  metalink->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_uri_reject_free);
  reader = (Reader) { .cursor = cursor, .metalink = metalink };

  return read_document (&reader, error) ? g_steal_pointer (&metalink) : NULL;
}

void
skein_metalink_free (SkeinMetalink *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}

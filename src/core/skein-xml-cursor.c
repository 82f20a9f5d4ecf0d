/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-xml-cursor.h"

#include <string.h>

#include <libxml/xmlreader.h>

#include "skein-error.h"

#define MAX_DEPTH      16
#define MAX_TAG_LENGTH 2048
#define MAX_TAGS       2000000

struct _SkeinXmlCursor
{
  xmlTextReaderPtr  reader;
  char             *converted; /* the document, if it was not in UTF-8 */
  GError           *error;
};

static void
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_METALINK, "Metalink: %s", what);
}

static gboolean
starts_with (const char *p,
             const char *end,
             const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - p) >= length && memcmp (p, word, length) == 0;
}

/* Behind the next @word, or %NULL. */
static const char *
skip_past (const char *p,
           const char *end,
           const char *word)
{
  const char *found = memmem (p, (gsize) (end - p), word, strlen (word));

  return found != NULL ? found + strlen (word) : NULL;
}

/* The value of encoding= in the XML declaration; %NULL if it has none. */
static char *
dup_encoding (const char *p,
              const char *end)
{
  const char *stop = starts_with (p, end, "<?xml") ? skip_past (p, end, "?>") : NULL;
  const char *value = stop != NULL ? skip_past (p, stop, "encoding") : NULL;
  const char *close;

  while (value != NULL && value < stop && (g_ascii_isspace (*value) || *value == '='))
    value++;
  if (value == NULL || value == stop || (*value != '"' && *value != '\''))
    return NULL;

  close = memchr (value + 1, *value, (gsize) (stop - value - 1));

  return close != NULL ? g_strndup (value + 1, (gsize) (close - value - 1)) : NULL;
}

static gboolean
is_one_of (const char         *name,
           const char * const *names)
{
  for (; *names != NULL; names++)
    {
      if (g_ascii_strcasecmp (name, *names) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The parser is given nothing but valid UTF-8, and is told not to believe what the document says of itself:
 * an encoding of which it knows more than we do could hide a document type. */
static gboolean
convert (SkeinXmlCursor  *self,
         const char     **bytes,
         gsize           *length,
         GError         **error)
{
  static const char * const utf8[] = { "utf-8", "utf8", "us-ascii", "ascii", NULL };
  static const char * const latin1[] = { "iso-8859-1", "latin1", NULL };
  g_autofree char *encoding = NULL;

  if (starts_with (*bytes, *bytes + *length, "\xef\xbb\xbf"))
    {
      *bytes += 3;
      *length -= 3;
    }

  encoding = dup_encoding (*bytes, *bytes + *length);
  if (encoding != NULL && is_one_of (encoding, latin1))
    {
      self->converted = g_convert (*bytes, (gssize) *length, "UTF-8", "ISO-8859-1", NULL, length, NULL);
      *bytes = self->converted;
    }
  else if (encoding != NULL && !is_one_of (encoding, utf8))
    {
      fail (error, "an encoding that is not read");
      return FALSE;
    }

  if (*bytes == NULL || !g_utf8_validate_len (*bytes, *length, NULL))
    {
      fail (error, "bytes that do not belong to its encoding");
      return FALSE;
    }

  return TRUE;
}

static const char *
skip_tag (const char *p,
          const char *end)
{
  char quote = '\0';

  for (; p < end; p++)
    {
      if (quote != '\0')
        quote = *p == quote ? '\0' : quote;
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '>')
        return p + 1;
    }

  return NULL;
}

/* The parser compares each attribute of a tag with each other one, and looks through all namespaces for
 * each name: limits keep both from taking hours. */
static const char *
find_fault (const char *p,
            const char *end)
{
  guint tags = 0;

  while ((p = memchr (p, '<', (gsize) (end - p))) != NULL)
    {
      if (starts_with (p, end, "<!--"))
        p = skip_past (p + 4, end, "-->");
      else if (starts_with (p, end, "<![CDATA["))
        p = skip_past (p, end, "]]>");
      else if (starts_with (p, end, "<?"))
        p = skip_past (p, end, "?>");
      else if (starts_with (p, end, "<!"))
        return "a document type declaration";
      else
        p = skip_tag (p, MIN (end, p + MAX_TAG_LENGTH));

      if (p == NULL)
        return "a tag that is too long, or cut off";
      if (++tags > MAX_TAGS)
        return "too many tags";
    }

  return NULL;
}

static gboolean
advance (SkeinXmlCursor *self)
{
  int result;

  if (self->error != NULL)
    return FALSE;

  result = xmlTextReaderRead (self->reader);
  if (result < 0)
    fail (&self->error, "not well-formed");
  else if (result > 0 && xmlTextReaderDepth (self->reader) > MAX_DEPTH)
    fail (&self->error, "nested too deeply");
  else if (result > 0 && (xmlTextReaderNodeType (self->reader) == XML_READER_TYPE_DOCUMENT_TYPE ||
                          xmlTextReaderNodeType (self->reader) == XML_READER_TYPE_ENTITY_REFERENCE))
    fail (&self->error, "a document type declaration");

  return result > 0 && self->error == NULL;
}

static gboolean
is_at (SkeinXmlCursor *self,
       int             type)
{
  return xmlTextReaderNodeType (self->reader) == type;
}

/* Whether there is more inside of the element at @depth, which the cursor then has moved to. */
static gboolean
advance_inside (SkeinXmlCursor *self,
                int             depth)
{
  if (self->error != NULL)
    return FALSE;
  if (xmlTextReaderDepth (self->reader) == depth &&
      (is_at (self, XML_READER_TYPE_END_ELEMENT) || xmlTextReaderIsEmptyElement (self->reader) != 0))
    return FALSE;

  return advance (self) && xmlTextReaderDepth (self->reader) > depth;
}

/* Without it some errors are printed, even though the parser is told not to. */
static void
ignore_cb (void                    *data,
           const char              *message,
           xmlParserSeverities      severity,
           xmlTextReaderLocatorPtr  locator)
{
}

SkeinXmlCursor *
skein_xml_cursor_new (const char  *bytes,
                      gsize        length,
                      GError     **error)
{
  static gsize once = 0;
  g_autoptr (SkeinXmlCursor) self = g_new0 (SkeinXmlCursor, 1);
  const char *fault;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);
  g_return_val_if_fail (length < 1024 * 1024 * 1024, NULL);

  if (g_once_init_enter (&once))
    {
      xmlInitParser ();
      g_once_init_leave (&once, 1);
    }

  if (length == 0)
    {
      fail (error, "empty");
      return NULL;
    }
  if (!convert (self, &bytes, &length, error))
    return NULL;

  fault = find_fault (bytes, bytes + length);
  if (fault != NULL)
    {
      fail (error, fault);
      return NULL;
    }

  self->reader = xmlReaderForMemory (bytes, (int) length, NULL, "UTF-8",
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                     XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES);
  if (self->reader == NULL)
    {
      fail (error, "cannot be read");
      return NULL;
    }

  xmlTextReaderSetErrorHandler (self->reader, ignore_cb, NULL);

  while (advance (self))
    {
      if (is_at (self, XML_READER_TYPE_ELEMENT))
        return g_steal_pointer (&self);
    }

  if (!skein_xml_cursor_finish (self, error))
    return NULL;
  fail (error, "no element");

  return NULL;
}

void
skein_xml_cursor_free (SkeinXmlCursor *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_error (&self->error);
  g_free (self->converted);
  g_free (self);
}

int
skein_xml_cursor_get_depth (SkeinXmlCursor *self)
{
  return xmlTextReaderDepth (self->reader);
}

guint
skein_xml_cursor_get_line (SkeinXmlCursor *self)
{
  xmlNodePtr node = xmlTextReaderCurrentNode (self->reader);
  long line = node != NULL ? xmlGetLineNo (node) : 1;

  return line > 0 ? (guint) line : 1;
}

gboolean
skein_xml_cursor_next_child (SkeinXmlCursor *self,
                             int             depth)
{
  while (advance_inside (self, depth))
    {
      if (is_at (self, XML_READER_TYPE_ELEMENT) && xmlTextReaderDepth (self->reader) == depth + 1)
        return TRUE;
    }

  return FALSE;
}

const char *
skein_xml_cursor_get_name (SkeinXmlCursor *self)
{
  const xmlChar *name = xmlTextReaderConstLocalName (self->reader);

  return name != NULL ? (const char *) name : "";
}

const char *
skein_xml_cursor_get_namespace (SkeinXmlCursor *self)
{
  const xmlChar *name = xmlTextReaderConstNamespaceUri (self->reader);

  return name != NULL ? (const char *) name : "";
}

char *
skein_xml_cursor_dup_attribute (SkeinXmlCursor *self,
                                const char     *name)
{
  xmlChar *value = xmlTextReaderGetAttributeNs (self->reader, (const xmlChar *) name, NULL);
  char *copy = g_strdup ((const char *) value);

  if (value != NULL)
    xmlFree (value);

  return copy;
}

static gboolean
is_text (SkeinXmlCursor *self)
{
  return is_at (self, XML_READER_TYPE_TEXT) ||
         is_at (self, XML_READER_TYPE_CDATA) ||
         is_at (self, XML_READER_TYPE_WHITESPACE) ||
         is_at (self, XML_READER_TYPE_SIGNIFICANT_WHITESPACE);
}

char *
skein_xml_cursor_dup_text (SkeinXmlCursor *self,
                           gsize           max_length)
{
  int depth = xmlTextReaderDepth (self->reader);
  GString *text = g_string_new (NULL);
  gboolean cut = FALSE;

  while (advance_inside (self, depth))
    {
      const char *value = (const char *) xmlTextReaderConstValue (self->reader);

      if (is_text (self) && xmlTextReaderDepth (self->reader) == depth + 1 && value != NULL)
        {
          cut = cut || strlen (value) > max_length - text->len;
          g_string_append_len (text, value, (gssize) MIN (strlen (value), max_length - text->len));
        }
    }
  if (cut)
    g_string_append (text, "…");

  return g_strstrip (g_string_free (text, FALSE));
}

gboolean
skein_xml_cursor_finish (SkeinXmlCursor  *self,
                         GError         **error)
{
  while (advance (self))
    ;

  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));

  return self->error == NULL;
}

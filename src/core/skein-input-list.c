/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-input-list.h"

#include <string.h>

#include "skein-error.h"
#include "skein-http-headers.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _SkeinInputList
{
  SkeinInputListFunc  callback;
  gpointer            data;
  GString            *text;      /* the line so far */
  guint               line;
  gboolean            too_long;  /* the line, of which only the head is kept */
  gboolean            after_cr;  /* a line feed that comes now ends no line */
  gboolean            dropped;   /* the addresses above were not taken: neither are their options */
  SkeinInputEntry    *entry;     /* waits for its options */
};

static void
entry_free (SkeinInputEntry *entry)
{
  g_ptr_array_unref (entry->addresses);
  g_ptr_array_unref (entry->headers);
  g_free (entry->out);
  g_free (entry->dir);
  g_free (entry->checksum);
  g_free (entry->limit);
  g_free (entry->referer);
  g_free (entry->user_agent);
  g_free (entry);
}

static void
flush_entry (SkeinInputList *self)
{
  SkeinInputEntry *entry = g_steal_pointer (&self->entry);

  if (entry == NULL)
    return;

  self->callback (entry, NULL, self->data);
  entry_free (entry);
}

/* Of a header the name alone: the value may be a secret. */
static gsize
length_to_show (SkeinInputList *self)
{
  const char *text = self->text->str;
  const char *option = text + strspn (text, " \t");
  const char *colon;

  if (!g_str_has_prefix (option, "header="))
    return self->text->len;

  option += strlen ("header=");
  colon = strchr (option, ':');

  return (gsize) ((colon != NULL ? colon : option) - text);
}

static void
reject (SkeinInputList *self,
        GError         *why)
{
  g_autoptr (SkeinUriReject) item =
    skein_uri_reject_new (self->line, self->text->str, (gssize) length_to_show (self), why);

  self->callback (NULL, item, self->data);
}

static void
reject_line (SkeinInputList *self,
             const char     *why)
{
  reject (self, g_error_new (SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "%s", why));
}

static void
reject_option (SkeinInputList *self,
               GOptionError    code,
               const char     *why)
{
  reject (self, g_error_new (G_OPTION_ERROR, (int) code, "%s", why));
}

static void
add_header (SkeinInputList *self,
            const char     *value)
{
  GPtrArray *headers = self->entry->headers;
  const char *colon = strchr (value, ':');
  g_autofree char *name = colon != NULL ? g_strndup (value, (gsize) (colon - value)) : NULL;
  g_autofree char *rest = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;

  if (name == NULL || !skein_http_is_token (name) || !skein_http_is_header_value (rest))
    reject_option (self, G_OPTION_ERROR_BAD_VALUE, "a header that cannot be sent");
  else if (headers->len == SKEIN_INPUT_LIST_MAX_HEADERS)
    reject_option (self, G_OPTION_ERROR_BAD_VALUE, "too many headers");
  else
    g_ptr_array_add (headers, g_strconcat (name, ": ", rest, NULL));
}

static char **
find_option (SkeinInputEntry *entry,
             const char      *name)
{
  if (strcmp (name, "out") == 0)
    return &entry->out;
  if (strcmp (name, "dir") == 0)
    return &entry->dir;
  if (strcmp (name, "checksum") == 0)
    return &entry->checksum;
  if (strcmp (name, "max-download-limit") == 0)
    return &entry->limit;
  if (strcmp (name, "referer") == 0)
    return &entry->referer;
  if (strcmp (name, "user-agent") == 0)
    return &entry->user_agent;

  return NULL;
}

static void
take_option (SkeinInputList *self,
             const char     *text)
{
  const char *equals = strchrnul (text, '=');
  g_autofree char *name = g_strndup (text, (gsize) (equals - text));
  g_autofree char *value = g_strstrip (g_strdup (*equals == '=' ? equals + 1 : ""));
  char **option;

  if (self->dropped)
    return;
  if (self->entry == NULL)
    {
      reject_option (self, G_OPTION_ERROR_FAILED, "an option without an address above it");
      return;
    }

  option = find_option (self->entry, name);
  if (option == NULL && strcmp (name, "header") != 0)
    {
      reject_option (self, G_OPTION_ERROR_UNKNOWN_OPTION, "an option that is not known");
    }
  else if (*value == '\0')
    {
      reject_option (self, G_OPTION_ERROR_BAD_VALUE, "an option without a value");
    }
  else if (option == NULL)
    {
      add_header (self, value);
    }
  else
    {
      g_free (*option);
      *option = g_steal_pointer (&value);
    }
}

static GPtrArray *
split_addresses (const char *text)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0' && addresses->len <= SKEIN_INPUT_LIST_MAX_ADDRESSES)
    {
      gsize length = strcspn (text, "\t");
      g_autofree char *address = g_strstrip (g_strndup (text, length));

      if (*address != '\0')
        g_ptr_array_add (addresses, g_steal_pointer (&address));
      text += length + strspn (text + length, "\t");
    }

  return addresses;
}

static void
take_addresses (SkeinInputList *self,
                const char     *text)
{
  g_autoptr (GPtrArray) addresses = split_addresses (text);

  if (addresses->len > SKEIN_INPUT_LIST_MAX_ADDRESSES)
    {
      self->dropped = TRUE;
      reject_line (self, "too many addresses in one line");
      return;
    }

  self->entry = g_new0 (SkeinInputEntry, 1);
  self->entry->line = self->line;
  self->entry->addresses = g_steal_pointer (&addresses);
  self->entry->headers = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
has_control (const char *text,
             gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (((guchar) text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
        return TRUE;
    }

  return FALSE;
}

static void
take_line (SkeinInputList *self)
{
  const char *text = self->text->str;
  gboolean option = *text == ' ' || *text == '\t';
  gsize blanks = strspn (text, " \t");
  const char *why = NULL;

  text += blanks;
  if (*text == '#' || (blanks == self->text->len && !self->too_long))
    return;

  if (self->too_long)
    why = "a line that is too long";
  else if (has_control (self->text->str, self->text->len))
    why = "control characters";

  if (!option)
    {
      flush_entry (self);
      self->dropped = why != NULL;
      if (why != NULL)
        reject_line (self, why);
      else
        take_addresses (self, text);
    }
  else if (why == NULL)
    {
      take_option (self, text);
    }
  else if (!self->dropped)
    {
      reject_option (self, G_OPTION_ERROR_BAD_VALUE, why);
    }
}

static void
end_line (SkeinInputList *self)
{
  if (self->line == 1 && g_str_has_prefix (self->text->str, BYTE_ORDER_MARK))
    g_string_erase (self->text, 0, strlen (BYTE_ORDER_MARK));

  take_line (self);
  self->line++;
  self->too_long = FALSE;
  g_string_truncate (self->text, 0);
}

static void
append (SkeinInputList *self,
        const char     *bytes,
        gsize           length)
{
  gsize room = SKEIN_INPUT_LIST_MAX_LINE - self->text->len;

  self->too_long = self->too_long || length > room;
  g_string_append_len (self->text, bytes, (gssize) MIN (length, room));
}

SkeinInputList *
skein_input_list_new (SkeinInputListFunc callback,
                      gpointer           data)
{
  SkeinInputList *self;

  g_return_val_if_fail (callback != NULL, NULL);

  self = g_new0 (SkeinInputList, 1);
  self->callback = callback;
  self->data = data;
  self->text = g_string_new (NULL);
  self->line = 1;

  return self;
}

void
skein_input_list_feed (SkeinInputList *self,
                       const char     *bytes,
                       gsize           length)
{
  const char *end;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  if (length == 0)
    return;

  end = bytes + length;
  if (self->after_cr && *bytes == '\n')
    bytes++;
  self->after_cr = FALSE;

  while (bytes < end)
    {
      const char *stop = bytes;

      while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
      append (self, bytes, (gsize) (stop - bytes));
      if (stop == end)
        return;

      end_line (self);
      bytes = stop + 1;
      if (*stop == '\r' && bytes == end)
        self->after_cr = TRUE;
      else if (*stop == '\r' && *bytes == '\n')
        bytes++;
    }
}

void
skein_input_list_end (SkeinInputList *self)
{
  g_return_if_fail (self != NULL);

  end_line (self);
  flush_entry (self);
}

void
skein_input_list_free (SkeinInputList *self)
{
  g_return_if_fail (self != NULL);

  if (self->entry != NULL)
    entry_free (self->entry);
  g_string_free (self->text, TRUE);
  g_free (self);
}

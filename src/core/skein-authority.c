/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-authority.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-error.h"
#include "skein-percent.h"
#include "skein-text.h"

#define MAX_HOST_LENGTH  253
#define MAX_LABEL_LENGTH 63

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, why);

  return FALSE;
}

static gboolean
has_control (const GString *bytes)
{
  for (gsize i = 0; i < bytes->len; i++)
    {
      if ((guchar) bytes->str[i] < 0x20 || bytes->str[i] == 0x7f)
        return TRUE;
    }

  return FALSE;
}

static gboolean
parse_login (const char  *text,
             gsize        length,
             char       **login,
             GError     **error)
{
  const char *colon = memchr (text, ':', length);
  gsize user_length = colon != NULL ? (gsize) (colon - text) : length;
  GString *user = skein_percent_decode (text, user_length, NULL);
  gboolean bad = strchr (user->str, ':') != NULL || has_control (user);

  g_string_append_c (user, ':');
  if (colon != NULL)
    {
      GString *password = skein_percent_decode (colon + 1, length - user_length - 1, NULL);

      bad = bad || has_control (password);
      g_string_append_len (user, password->str, (gssize) password->len);
      g_string_free (password, TRUE);
    }

  *login = !bad && user->len > 1 ? skein_text_to_utf8 (user->str, (gssize) user->len) : NULL;
  g_string_free (user, TRUE);

  return !bad || refuse (error, "bad characters in the login of the address");
}

static gboolean
parse_port (const char  *text,
            gsize        length,
            guint       *port,
            GError     **error)
{
  guint value = 0;

  if (length == 0)
    return TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return refuse (error, "bad port");
      value = MIN (value * 10 + (guint) (text[i] - '0'), G_MAXUINT16 + 1u);
    }
  if (value == 0 || value > G_MAXUINT16)
    return refuse (error, "bad port");

  *port = value;

  return TRUE;
}

static gboolean
is_number_label (const char *label)
{
  if (label[0] == '0' && (label[1] == 'x' || label[1] == 'X'))
    return label[2 + strspn (label + 2, "0123456789abcdefABCDEF")] == '\0';

  return label[0] != '\0' && label[strspn (label, "0123456789")] == '\0';
}

static gboolean
parse_number_label (const char *label,
                    guint64    *value)
{
  int base = 10;

  if (!is_number_label (label))
    return FALSE;

  if (label[0] == '0' && label[1] == 'x')
    {
      base = 16;
      label += 2;
    }
  else if (label[0] == '0')
    {
      base = 8;
    }

  if (*label == '\0')
    *value = 0;
  else if (base == 8 && strpbrk (label, "89") != NULL)
    return FALSE;
  else
    *value = g_ascii_strtoull (label, NULL, base);

  return *value <= G_MAXUINT32;
}

/* The system's resolver reads "0x7f.1" and "2130706433" as 127.0.0.1: so must whoever judges the host. */
static char *
parse_ipv4 (char   **labels,
            GError **error)
{
  guint n = g_strv_length (labels);
  guint64 address = 0;

  for (guint i = 0; i < n; i++)
    {
      guint64 value = 0;
      guint bits = i + 1 < n ? 8 : 8 * (5 - MIN (n, 4));

      if (n > 4 || !parse_number_label (labels[i], &value) || value >> bits != 0)
        {
          refuse (error, "bad IPv4 address");
          return NULL;
        }
      address = address << bits | value;
    }

  return g_strdup_printf ("%u.%u.%u.%u",
                          (guint) (address >> 24 & 255), (guint) (address >> 16 & 255),
                          (guint) (address >> 8 & 255), (guint) (address & 255));
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  return length > 0 && length <= MAX_LABEL_LENGTH &&
         strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-_") == length;
}

static char *
parse_name (const char  *text,
            gsize        length,
            GError     **error)
{
  g_autofree char *ascii = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) labels = NULL;
  GString *decoded = skein_percent_decode (text, length, NULL);
  guint n;

  /* IDNA of a long text takes quadratic time: a bound before it, the exact one after it. */
  if (decoded->len <= 4 * MAX_HOST_LENGTH && !has_control (decoded) &&
      g_utf8_validate (decoded->str, (gssize) decoded->len, NULL))
    ascii = g_hostname_to_ascii (decoded->str);
  g_string_free (decoded, TRUE);

  if (ascii == NULL)
    {
      refuse (error, "bad host");
      return NULL;
    }

  lower = g_ascii_strdown (ascii, -1);
  if (g_str_has_suffix (lower, "."))
    lower[strlen (lower) - 1] = '\0';
  if (*lower == '\0' || strlen (lower) > MAX_HOST_LENGTH)
    {
      refuse (error, *lower == '\0' ? "no host" : "host too long");
      return NULL;
    }

  labels = g_strsplit (lower, ".", -1);
  n = g_strv_length (labels);
  for (guint i = 0; i < n; i++)
    {
      if (!is_label (labels[i]))
        {
          refuse (error, "bad host");
          return NULL;
        }
    }

  return is_number_label (labels[n - 1]) ? parse_ipv4 (labels, error) : g_steal_pointer (&lower);
}

static char *
parse_ipv6 (const char  *text,
            gsize        length,
            GError     **error)
{
  g_autofree char *inner = g_strndup (text, length);
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *plain = NULL;

  if (strspn (inner, "0123456789abcdefABCDEF:.") == length && strchr (inner, ':') != NULL)
    address = g_inet_address_new_from_string (inner);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    {
      refuse (error, "bad IPv6 address");
      return NULL;
    }

  plain = g_inet_address_to_string (address);

  return g_strdup_printf ("[%s]", plain);
}

static gboolean
parse_host (SkeinAuthority  *self,
            const char      *text,
            gsize            length,
            GError         **error)
{
  gboolean bracket = length > 0 && text[0] == '[';
  const char *end = memchr (text, bracket ? ']' : ':', length);
  gsize host_length;

  if (bracket && end == NULL)
    return refuse (error, "bad IPv6 address");
  host_length = end != NULL ? (gsize) (end - text) + (bracket ? 1 : 0) : length;
  if (host_length == 0)
    return refuse (error, "no host");
  if (host_length < length && text[host_length] != ':')
    return refuse (error, "bad host");

  if (host_length < length &&
      !parse_port (text + host_length + 1, length - host_length - 1, &self->port, error))
    return FALSE;

  self->host = bracket ? parse_ipv6 (text + 1, host_length - 2, error)
                       : parse_name (text, host_length, error);

  return self->host != NULL;
}

gboolean
skein_authority_parse (SkeinAuthority  *self,
                       const char      *text,
                       gsize            length,
                       GError         **error)
{
  const char *at;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  memset (self, 0, sizeof *self);

  /* Browsers take a backslash for a slash, GUri for a part of the login: two hosts in one address. */
  if (memchr (text, '\\', length) != NULL)
    return refuse (error, "backslash before the path");

  at = memrchr (text, '@', length);
  if (at != NULL)
    {
      if (!parse_login (text, (gsize) (at - text), &self->login, error))
        return FALSE;
      length -= (gsize) (at - text) + 1;
      text = at + 1;
    }

  if (!parse_host (self, text, length, error))
    {
      skein_authority_clear (self);
      return FALSE;
    }

  return TRUE;
}

void
skein_authority_clear (SkeinAuthority *self)
{
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->host, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-authority.h"
#include "skein-error.h"
#include "skein-percent.h"

/* A clean address, seen in its parts. */
typedef struct
{
  gboolean    secure;
  const char *host;
  gsize       host_length;
  guint       port;
  const char *path;
} Parts;

static guint
default_port (gboolean secure)
{
  return secure ? 443 : 80;
}

static gboolean
split_clean (const char *uri,
             Parts      *parts)
{
  const char *end;
  const char *colon;

  parts->secure = g_str_has_prefix (uri, "https://");
  if (!parts->secure && !g_str_has_prefix (uri, "http://"))
    return FALSE;

  parts->host = uri + (parts->secure ? 8 : 7);
  parts->path = strchrnul (parts->host, '/');
  parts->port = default_port (parts->secure);

  end = parts->path;
  colon = memrchr (parts->host, ':', (gsize) (end - parts->host));
  if (colon != NULL && memchr (colon, ']', (gsize) (end - colon)) == NULL)
    {
      parts->port = (guint) g_ascii_strtoull (colon + 1, NULL, 10);
      end = colon;
    }
  parts->host_length = (gsize) (end - parts->host);

  return parts->host_length > 0 &&
         memchr (parts->host, '@', (gsize) (parts->path - parts->host)) == NULL;
}

/* Length of "scheme" in "scheme:…", 0 if the text starts with none (RFC 3986 section 3.1). */
static gsize
scheme_length (const char *text)
{
  gsize n = 0;

  if (!g_ascii_isalpha (text[0]))
    return 0;
  while (g_ascii_isalnum (text[n]) || text[n] == '+' || text[n] == '-' || text[n] == '.')
    n++;

  return text[n] == ':' ? n : 0;
}

/* "example.org:8080/x" and "localhost:80" have the form of a scheme, but are a host with a port. */
static gboolean
looks_like_host_and_port (const char *text,
                          gsize       length)
{
  gsize digits = strspn (text + length + 1, "0123456789");

  return memchr (text, '.', length) != NULL ||
         (digits > 0 && strchr ("/?#", text[length + 1 + digits]) != NULL);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || *p == 0x7f)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_path_character (guchar c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~!$&'()*+,;=:@/", c) != NULL);
}

static void
append_encoded (GString    *string,
                const char *text,
                gsize       length,
                gboolean    query)
{
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];
      gboolean escape = c == '%' && length - i >= 3 && skein_percent_value (text + i) >= 0;

      if (is_path_character (c) || escape || (query && c == '?'))
        g_string_append_c (string, (char) c);
      else
        g_string_append_printf (string, "%%%02X", c);
    }
}

/* RFC 3986 section 5.2.4, for a path that starts with a slash. */
static void
append_without_dots (GString    *string,
                     const char *path,
                     gsize       length)
{
  gsize root = string->len;
  const char *end = path + length;

  for (const char *p = path; p < end;)
    {
      const char *next = memchr (p + 1, '/', (gsize) (end - p - 1));
      gsize n = (gsize) ((next != NULL ? next : end) - p);
      gboolean one = n == 2 && p[1] == '.';
      gboolean two = n == 3 && p[1] == '.' && p[2] == '.';

      if (two)
        {
          const char *slash = memrchr (string->str + root, '/', string->len - root);

          g_string_truncate (string, slash != NULL ? (gsize) (slash - string->str) : root);
        }
      if ((one || two) && next == NULL)
        g_string_append_c (string, '/');
      if (!one && !two)
        append_encoded (string, p, n, FALSE);
      p += n;
    }
}

static void
append_path_and_query (GString    *string,
                       const char *text)
{
  gsize length = strcspn (text, "#");
  const char *query = memchr (text, '?', length);
  gsize path_length = query != NULL ? (gsize) (query - text) : length;

  if (path_length == 0)
    g_string_append_c (string, '/');
  else
    append_without_dots (string, text, path_length);

  if (query != NULL)
    {
      g_string_append_c (string, '?');
      append_encoded (string, query + 1, length - path_length - 1, TRUE);
    }
}

static gboolean
check_scheme (const char  *text,
              gboolean    *secure,
              GError     **error)
{
  gsize length = scheme_length (text);

  *secure = length == 5 && g_ascii_strncasecmp (text, "https", 5) == 0;
  if (!*secure && !(length == 4 && g_ascii_strncasecmp (text, "http", 4) == 0))
    {
      if (length == 0 || looks_like_host_and_port (text, length))
        g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS,
                             "no http:// or https:// at the start");
      else
        g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_UNSUPPORTED_SCHEME,
                     "scheme %.*s is not supported", (int) MIN (length, 32), text);
      return FALSE;
    }

  if (!g_str_has_prefix (text + length, "://"))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "no host");
      return FALSE;
    }

  return TRUE;
}

static char *
build (const char      *text,
       SkeinAuthority  *authority,
       GError         **error)
{
  gboolean secure;
  const char *start;
  gsize length;
  GString *string;

  if (!check_scheme (text, &secure, error))
    return NULL;

  start = text + (secure ? 8 : 7);
  length = strcspn (start, "/?#");
  if (!skein_authority_parse (authority, start, length, error))
    return NULL;

  string = g_string_new (secure ? "https://" : "http://");
  g_string_append (string, authority->host);
  if (authority->port != 0 && authority->port != default_port (secure))
    g_string_append_printf (string, ":%u", authority->port);
  append_path_and_query (string, start + length);

  return g_string_free (string, FALSE);
}

char *
skein_uri_clean (const char  *text,
                 char       **login,
                 GError     **error)
{
  g_auto (SkeinAuthority) authority = { NULL };
  g_autofree char *stripped = NULL;
  g_autofree char *uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (login != NULL)
    *login = NULL;

  stripped = g_strstrip (g_strdup (text));
  if (has_control (stripped))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "control characters");
      return NULL;
    }

  if (strlen (stripped) <= SKEIN_URI_MAX_LENGTH)
    {
      uri = build (stripped, &authority, error);
      if (uri == NULL)
        return NULL;
    }
  if (uri == NULL || strlen (uri) > SKEIN_URI_MAX_LENGTH)
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, "too long");
      return NULL;
    }

  if (login != NULL)
    *login = g_steal_pointer (&authority.login);

  return g_steal_pointer (&uri);
}

/* RFC 3986 section 5.2.2, for a reference without a scheme. */
static char *
join (const char  *base,
      const Parts *parts,
      const char  *reference)
{
  gsize keep;

  if (g_str_has_prefix (reference, "//"))
    return g_strconcat (parts->secure ? "https:" : "http:", reference, NULL);

  if (reference[0] == '/')
    keep = (gsize) (parts->path - base);
  else if (reference[0] == '#')
    keep = strlen (base);
  else if (reference[0] == '?')
    keep = (gsize) (parts->path - base) + strcspn (parts->path, "?#");
  else
    {
      gsize path_length = strcspn (parts->path, "?#");
      const char *slash = memrchr (parts->path, '/', path_length);

      keep = slash != NULL ? (gsize) (slash - base) + 1 : (gsize) (parts->path - base);
    }

  return g_strdup_printf ("%.*s%s%s", (int) keep, base,
                          keep == (gsize) (parts->path - base) && reference[0] != '/' ? "/" : "",
                          reference);
}

static char *
resolve_absolute (const char  *base,
                  const Parts *parts,
                  const char  *location,
                  GError     **error)
{
  gsize length = scheme_length (location);
  gboolean carried = length == 0 ||
                     (length == 4 && g_ascii_strncasecmp (location, "http", 4) == 0) ||
                     (length == 5 && g_ascii_strncasecmp (location, "https", 5) == 0);

  if (*location == '\0')
    g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_BAD_REDIRECT, "redirect without a target");
  else if (!carried)
    g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_REDIRECT,
                 "redirect to the scheme %.*s", (int) MIN (length, 32), location);
  else
    return length > 0 ? g_strdup (location) : join (base, parts, location);

  return NULL;
}

char *
skein_uri_resolve (const char  *base,
                   const char  *location,
                   GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *stripped = NULL;
  g_autofree char *absolute = NULL;
  g_autofree char *uri = NULL;
  Parts parts;

  g_return_val_if_fail (base != NULL && split_clean (base, &parts), NULL);

  stripped = g_strstrip (g_strdup (location != NULL ? location : ""));
  absolute = resolve_absolute (base, &parts, stripped, error);
  if (absolute == NULL)
    return NULL;

  uri = skein_uri_clean (absolute, NULL, &reason);
  if (uri == NULL)
    {
      g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_REDIRECT,
                   "redirect to a bad address: %s", reason->message);
      return NULL;
    }

  if (parts.secure && !g_str_has_prefix (uri, "https:"))
    {
      g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_REDIRECT_REFUSED,
                           "redirect from https to http");
      return NULL;
    }

  return g_steal_pointer (&uri);
}

gboolean
skein_uri_same_origin (const char *a,
                       const char *b)
{
  Parts x;
  Parts y;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return split_clean (a, &x) && split_clean (b, &y) &&
         x.secure == y.secure &&
         x.port == y.port &&
         x.host_length == y.host_length &&
         memcmp (x.host, y.host, x.host_length) == 0;
}

/* What is mounted may answer at another port than the web server of that host. */
static char *
dup_other_key (const char *uri)
{
  g_autofree char *authority = skein_uri_any_dup_authority (uri);

  if (skein_uri_get_kind (uri) == SKEIN_URI_WEB || skein_uri_get_kind (uri) == SKEIN_URI_OTHER)
    return g_strdup ("");

  return g_strdup_printf ("%.*s:%s", (int) strcspn (uri, ":"), uri, authority);
}

char *
skein_uri_dup_host_key (const char *uri)
{
  Parts parts;

  g_return_val_if_fail (uri != NULL, NULL);

  if (!split_clean (uri, &parts))
    return dup_other_key (uri);

  return g_strdup_printf ("%.*s:%u", (int) parts.host_length, parts.host, parts.port);
}

char *
skein_uri_dup_host (const char *uri)
{
  Parts parts;
  gsize bracket;

  g_return_val_if_fail (uri != NULL, NULL);

  if (!split_clean (uri, &parts))
    return g_strdup ("");

  bracket = parts.host[0] == '[' ? 1 : 0;

  return g_strndup (parts.host + bracket, parts.host_length - 2 * bracket);
}

char *
skein_uri_dup_host_label (const char *uri)
{
  Parts parts;

  g_return_val_if_fail (uri != NULL, NULL);

  if (!split_clean (uri, &parts))
    return skein_uri_any_dup_authority (uri);
  if (parts.port == default_port (parts.secure))
    return g_strndup (parts.host, parts.host_length);

  return g_strdup_printf ("%.*s:%u", (int) parts.host_length, parts.host, parts.port);
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost") ||
      g_str_has_prefix (host, "::ffff:127."))
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

gboolean
skein_uri_is_loopback (const char *uri)
{
  g_autofree char *label = NULL;
  const char *host;

  g_return_val_if_fail (uri != NULL, FALSE);

  if (skein_uri_get_kind (uri) == SKEIN_URI_FILE || skein_uri_get_kind (uri) == SKEIN_URI_DATA)
    return TRUE;

  label = skein_uri_dup_host_label (uri);
  host = label[0] == '[' ? label + 1 : label;
  label[label[0] == '[' ? strcspn (label, "]") : strcspn (label, ":")] = '\0';

  return is_loopback_host (host);
}

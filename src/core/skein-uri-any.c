/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-uri.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-authority.h"
#include "skein-data-uri.h"
#include "skein-error.h"

static const struct { const char *name; SkeinUriKind kind; } kinds[] = {
  { "http", SKEIN_URI_WEB }, { "https", SKEIN_URI_WEB },
  { "file", SKEIN_URI_FILE }, { "data", SKEIN_URI_DATA },
  { "ftp", SKEIN_URI_MOUNT }, { "ftps", SKEIN_URI_MOUNT }, { "sftp", SKEIN_URI_MOUNT },
  { "smb", SKEIN_URI_MOUNT }, { "dav", SKEIN_URI_MOUNT }, { "davs", SKEIN_URI_MOUNT },
};

static void
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_INVALID_ADDRESS, why);
}

SkeinUriKind
skein_uri_get_kind (const char *uri)
{
  gsize length;

  g_return_val_if_fail (uri != NULL, SKEIN_URI_OTHER);

  length = strcspn (uri, ":");
  for (guint i = 0; uri[length] == ':' && i < G_N_ELEMENTS (kinds); i++)
    if (strlen (kinds[i].name) == length && g_ascii_strncasecmp (uri, kinds[i].name, length) == 0)
      return kinds[i].kind;

  return SKEIN_URI_OTHER;
}

static char *
clean_file (const char  *text,
            GError     **error)
{
  g_autofree char *plain = g_strndup (text, strcspn (text, "#"));
  g_autofree char *host = NULL;
  g_autofree char *path = g_filename_from_uri (plain, &host, NULL);
  g_autofree char *canonical = NULL;

  if (path == NULL || (host != NULL && g_ascii_strcasecmp (host, "localhost") != 0))
    {
      refuse (error, "not a file of this computer");
      return NULL;
    }

  canonical = g_canonicalize_filename (path, "/");

  return g_filename_to_uri (canonical, NULL, error);
}

static char *
clean_data (const char  *text,
            GError     **error)
{
  GString *string = g_string_new ("data:");
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (const char *p = text + strlen ("data:"); *p != '\0' && *p != '#'; p++)
    {
      if (g_ascii_isgraph (*p) && *p != '\\')
        g_string_append_c (string, *p);
      else
        g_string_append_printf (string, "%%%02X", (guchar) *p);
    }
  uri = g_string_free (string, FALSE);
  bytes = skein_data_uri_parse (uri, NULL, error);

  return bytes != NULL ? g_steal_pointer (&uri) : NULL;
}

/* Only http has queries; elsewhere "?" is a part of the name. */
static char *
clean_path (const char  *text,
            GError     **error)
{
  g_autofree char *plain = g_strndup (text, strcspn (text, "#"));
  g_auto (GStrv) parts = g_strsplit (plain, "?", -1);
  g_autofree char *path = g_strjoinv ("%3F", parts);
  g_autofree char *web = g_strconcat ("http://a", *path == '/' ? "" : "/", path, NULL);
  g_autofree char *clean = skein_uri_clean (web, NULL, error);

  return clean != NULL ? g_strdup (clean + strlen ("http://a")) : NULL;
}

static char *
clean_mount (const char  *text,
             char       **login,
             GError     **error)
{
  g_auto (SkeinAuthority) authority = { NULL };
  gsize scheme_length = strcspn (text, ":");
  g_autofree char *scheme = g_ascii_strdown (text, (gssize) scheme_length);
  const char *start = text + scheme_length + strlen ("://");
  g_autofree char *path = NULL;
  g_autofree char *port = NULL;
  gsize length;

  if (!g_str_has_prefix (text + scheme_length, "://"))
    {
      refuse (error, "no host");
      return NULL;
    }
  length = strcspn (start, "/?#");
  if (!skein_authority_parse (&authority, start, length, error))
    return NULL;
  path = clean_path (start + length, error);
  if (path == NULL)
    return NULL;

  port = authority.port != 0 ? g_strdup_printf (":%u", authority.port) : g_strdup ("");
  if (login != NULL)
    *login = g_steal_pointer (&authority.login);

  return g_strconcat (scheme, "://", authority.host, port, path, NULL);
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  if (strlen (text) > SKEIN_URI_MAX_LENGTH)
    {
      refuse (error, "too long");
      return FALSE;
    }
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p < 0x20 || *p == 0x7f)
        {
          refuse (error, "control characters");
          return FALSE;
        }
    }

  return TRUE;
}

char *
skein_uri_clean_any (const char  *text,
                     char       **login,
                     GError     **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *uri = NULL;
  SkeinUriKind kind;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  kind = skein_uri_get_kind (stripped);
  if (kind == SKEIN_URI_WEB || kind == SKEIN_URI_OTHER)
    return skein_uri_clean (text, login, error);

  if (login != NULL)
    *login = NULL;
  if (!check_text (stripped, error))
    return NULL;

  if (kind == SKEIN_URI_FILE)
    uri = clean_file (stripped, error);
  else if (kind == SKEIN_URI_DATA)
    uri = clean_data (stripped, error);
  else
    uri = clean_mount (stripped, login, error);

  /* Escapes make it longer. */
  if (uri != NULL && !check_text (uri, error))
    {
      if (login != NULL)
        g_clear_pointer (login, g_free);
      return NULL;
    }

  return g_steal_pointer (&uri);
}

char *
skein_uri_any_dup_authority (const char *uri)
{
  const char *start = uri + strcspn (uri, ":");

  if (skein_uri_get_kind (uri) != SKEIN_URI_MOUNT || !g_str_has_prefix (start, "://"))
    return g_strdup ("");
  start += strlen ("://");

  return g_strndup (start, strcspn (start, "/"));
}

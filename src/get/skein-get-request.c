/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-request.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "skein-get-password.h"
#include "skein-get-refuse.h"
#include "skein-get-text.h"
#include "skein-secret.h"
#include "skein-transfer.h"

/* Of a file with headers. */
#define LONGEST_HEADERS (1024 * 1024)

typedef void (*FeedFunc) (gpointer    data,
                          const char *bytes,
                          gsize       length);

void
skein_get_request_add_options (SkeinGetRequest *self,
                               GOptionContext  *context)
{
  const GOptionEntry entries[] = {
    { "header", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->headers,
      N_("Send a header of your own, to the server of the address alone; may be repeated"), N_("NAME: VALUE|@FILE") },
    { "referer", 0, 0, G_OPTION_ARG_FILENAME, &self->referer,
      N_("Tell that the address was found there"), N_("ADDRESS") },
    { "user-agent", 0, 0, G_OPTION_ARG_FILENAME, &self->user_agent,
      N_("Be called so instead of Skein"), N_("NAME") },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &self->user,
      N_("Log in at the server of the address; a password that is not given is asked for"), N_("NAME[:PASSWORD]") },
    { "netrc", 0, 0, G_OPTION_ARG_NONE, &self->netrc, N_("Take logins from ~/.netrc"), NULL },
    { "netrc-file", 0, 0, G_OPTION_ARG_FILENAME, &self->netrc_file, N_("Take logins from that file"), N_("FILE") },
    { "cookies", 0, 0, G_OPTION_ARG_FILENAME, &self->cookies,
      N_("Send the cookies of a cookies.txt to the servers they are for"), N_("FILE") },
    { "proxy", 0, 0, G_OPTION_ARG_FILENAME, &self->proxy,
      N_("Go through that proxy, http:// or socks5://; or none"), N_("ADDRESS") },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

void
skein_get_request_clear (SkeinGetRequest *self)
{
  g_strfreev (self->headers);
  g_free (self->referer);
  g_free (self->user_agent);
  skein_secret_free (self->user);
  g_free (self->netrc_file);
  g_free (self->cookies);
  skein_secret_free (self->proxy);
}

static gboolean
cannot_read (const char  *path,
             GError     **error)
{
  int saved_errno = errno;
  g_autofree char *name = skein_get_text_escape (path);

  return skein_get_refuse (error, _("%s cannot be read: %s."), name, g_strerror (saved_errno));
}

static void
warn_of_others (int         fd,
                const char *path)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (info.st_mode & S_IROTH) != 0)
    {
      g_autofree char *name = skein_get_text_escape (path);
      g_autofree char *text = g_strdup_printf (_("skein-get: %s can be read by everybody on this computer.\n"), name);

      skein_get_text_put (stderr, text);
    }
}

/* In blocks, whatever the size of the file. */
static gboolean
read_file (const char  *path,
           FeedFunc     feed,
           gpointer     data,
           GError     **error)
{
  char block[16384];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n;

  if (fd < 0)
    return cannot_read (path, error);

  warn_of_others (fd, path);
  while ((n = read (fd, block, sizeof block)) > 0 || (n < 0 && errno == EINTR))
    feed (data, block, n > 0 ? (gsize) n : 0);
  explicit_bzero (block, sizeof block);
  if (n < 0)
    cannot_read (path, error);
  g_close (fd, NULL);

  return n == 0;
}

/* The name is told, never the value. */
static gboolean
add_header (SkeinRequestOptions  *options,
            const char           *line,
            GError              **error)
{
  g_autofree char *start = g_strndup (line, strcspn (line, ":"));
  g_autofree char *name = skein_get_text_escape (start);
  g_autoptr (GError) local = NULL;

  if (skein_request_options_add_header (options, line, &local))
    return TRUE;
  if (strchr (line, ':') == NULL)
    return skein_get_refuse (error, _("A header must be a name, a colon and a value."));
  if (g_error_matches (local, G_OPTION_ERROR, G_OPTION_ERROR_FAILED))
    return skein_get_refuse (error, _("The header “%s” cannot be given: skein-get sets it itself."), name);

  return skein_get_refuse (error, _("The header “%s” has a name or value that cannot be sent."), name);
}

static void
feed_text (gpointer    data,
           const char *bytes,
           gsize       length)
{
  GString *text = data;

  g_string_append_len (text, bytes, (gssize) MIN (length, LONGEST_HEADERS - text->len));
}

static gboolean
add_headers_of (SkeinRequestOptions  *options,
                const char           *path,
                GError              **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (!read_file (path, feed_text, text, error))
    return FALSE;

  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] != '\0' && !add_header (options, lines[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_referer (SkeinRequestOptions  *options,
             const char           *referer,
             GError              **error)
{
  return skein_request_options_set_referer (options, referer, NULL) ||
         skein_get_refuse (error, _("The referer must be an http or https address."));
}

static gboolean
set_user_agent (SkeinRequestOptions  *options,
                const char           *user_agent,
                GError              **error)
{
  return skein_request_options_set_user_agent (options, user_agent, NULL) ||
         skein_get_refuse (error, _("The user agent holds characters that cannot be sent."));
}

static gboolean
add_typed (SkeinRequestOptions    *options,
           const SkeinGetRequest  *self,
           GError                **error)
{
  for (guint i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    {
      const char *text = self->headers[i];

      if (!(text[0] == '@' ? add_headers_of (options, text + 1, error) : add_header (options, text, error)))
        return FALSE;
    }

  return (self->referer == NULL || set_referer (options, self->referer, error)) &&
         (self->user_agent == NULL || set_user_agent (options, self->user_agent, error));
}

static void
feed_netrc (gpointer    data,
            const char *bytes,
            gsize       length)
{
  skein_netrc_feed (data, bytes, length);
}

static gboolean
add_netrc (SkeinRequestOptions    *options,
           const SkeinGetRequest  *self,
           GError                **error)
{
  g_autoptr (SkeinNetrc) netrc = NULL;
  g_autofree char *usual = g_build_filename (g_get_home_dir (), ".netrc", NULL);

  /* Having none is no mistake, unless it was named. */
  if (self->netrc_file == NULL && (!self->netrc || !g_file_test (usual, G_FILE_TEST_EXISTS)))
    return TRUE;

  netrc = skein_netrc_new ();
  if (!read_file (self->netrc_file != NULL ? self->netrc_file : usual, feed_netrc, netrc, error))
    return FALSE;

  skein_netrc_end (netrc);
  skein_request_options_set_netrc (options, netrc);

  return TRUE;
}

static void
feed_cookies (gpointer    data,
              const char *bytes,
              gsize       length)
{
  skein_cookies_feed (data, bytes, length);
}

static gboolean
add_cookies (SkeinRequestOptions    *options,
             const SkeinGetRequest  *self,
             GError                **error)
{
  g_autoptr (SkeinCookies) cookies = NULL;
  g_autofree char *name = NULL;

  if (self->cookies == NULL)
    return TRUE;

  cookies = skein_cookies_new ();
  if (!read_file (self->cookies, feed_cookies, cookies, error))
    return FALSE;

  skein_cookies_end (cookies);
  name = skein_get_text_escape (self->cookies);
  if (skein_cookies_get_n (cookies) == 0)
    return skein_get_refuse (error, _("%s holds no cookies: it must be in the form of a cookies.txt."), name);

  skein_request_options_set_cookies (options, cookies);

  return TRUE;
}

/* Where the password is neither given nor in a netrc file, the person has it. */
static gboolean
add_user (SkeinRequestOptions    *options,
          const SkeinGetRequest  *self,
          GError                **error)
{
  char *password;
  char *login;

  if (self->user == NULL)
    return TRUE;
  if (strchr (self->user, ':') != NULL || self->netrc || self->netrc_file != NULL)
    {
      skein_request_options_set_login (options, self->user);
      return TRUE;
    }
  if (!isatty (STDIN_FILENO))
    return skein_get_refuse (error, _("The password is missing: write --user=NAME:PASSWORD, or keep it in a --netrc-file."));

  password = skein_get_password_ask (self->user);
  if (password == NULL)
    return skein_get_refuse (error, _("No password was given."));

  login = g_strconcat (self->user, ":", password, NULL);
  skein_request_options_set_login (options, login);
  skein_secret_free (password);
  skein_secret_free (login);

  return TRUE;
}

SkeinRequestOptions *
skein_get_request_make (const SkeinGetRequest  *self,
                        GError                **error)
{
  g_autoptr (SkeinRequestOptions) options = skein_request_options_new ();

  if (self->proxy != NULL && !skein_transfer_set_proxy (self->proxy, NULL))
    {
      skein_get_refuse (error, _("The proxy must be an address such as http://proxy:8080 or socks5://proxy:1080, or none."));
      return NULL;
    }
  if (!add_typed (options, self, error) || !add_netrc (options, self, error) ||
      !add_cookies (options, self, error) || !add_user (options, self, error))
    return NULL;

  return g_steal_pointer (&options);
}

SkeinRequestOptions *
skein_get_request_for_entry (SkeinRequestOptions    *all,
                             const SkeinInputEntry  *entry,
                             GError                **error)
{
  g_autoptr (SkeinRequestOptions) options = NULL;

  if (entry->headers->len == 0 && entry->referer == NULL && entry->user_agent == NULL)
    return skein_request_options_ref (all);

  options = skein_request_options_copy (all);
  for (guint i = 0; i < entry->headers->len; i++)
    {
      if (!add_header (options, g_ptr_array_index (entry->headers, i), error))
        return NULL;
    }
  if ((entry->referer != NULL && !set_referer (options, entry->referer, error)) ||
      (entry->user_agent != NULL && !set_user_agent (options, entry->user_agent, error)))
    return NULL;

  return g_steal_pointer (&options);
}

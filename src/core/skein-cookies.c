/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-cookies.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-http-headers.h"
#include "skein-uri.h"

#define HTTP_ONLY "#HttpOnly_"

/* Of one domain; browsers keep 180. */
#define MOST_COOKIES 1000

typedef struct
{
  char     *path;
  char     *name;
  char     *value;
  gint64    end;       /* seconds since 1970; 0: none */
  gboolean  below;     /* for hosts below the domain too */
  gboolean  secure;
  guint     order;     /* place in the file */
} Cookie;

struct _SkeinCookies
{
  gatomicrefcount  ref_count;
  GHashTable      *domains;   /* domain → GPtrArray of Cookie */
  guint            n_cookies;

  /* While it is fed. */
  GString         *line;
  gboolean         too_long;
  guint            n_taken;   /* replaced ones too */
};

static void
cookie_free (gpointer data)
{
  Cookie *cookie = data;

  g_free (cookie->path);
  g_free (cookie->name);
  g_free (cookie->value);
  g_free (cookie);
}

SkeinCookies *
skein_cookies_new (void)
{
  SkeinCookies *self = g_new0 (SkeinCookies, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->line = g_string_new (NULL);

  return self;
}

SkeinCookies *
skein_cookies_ref (SkeinCookies *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
skein_cookies_unref (SkeinCookies *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->domains);
  g_string_free (self->line, TRUE);
  g_free (self);
}

static char *
clean_domain (const char *text)
{
  g_autofree char *ascii = NULL;

  text += strspn (text, ".");
  ascii = g_utf8_validate (text, -1, NULL) ? g_hostname_to_ascii (text) : NULL;
  if (ascii == NULL || *ascii == '\0')
    return NULL;

  return g_ascii_strdown (ascii, -1);
}

/* The address of a host, or a domain that would be a whole country, is for itself alone. */
static gboolean
may_have_hosts_below (const char *domain)
{
  return strchr (domain, '.') != NULL && !g_hostname_is_ip_address (domain);
}

/* RFC 6265 section 4.1.1; a semicolon would make two of one. */
static gboolean
is_sendable (const char *name,
             const char *value)
{
  return *name != '\0' && skein_http_is_header_value (name) && strpbrk (name, "=;, \t") == NULL &&
         skein_http_is_header_value (value) && strchr (value, ';') == NULL;
}

/* RFC 6265bis section 4.1.3. */
static gboolean
keeps_its_promise (const Cookie *cookie)
{
  if (g_ascii_strncasecmp (cookie->name, "__Secure-", 9) == 0)
    return cookie->secure;
  if (g_ascii_strncasecmp (cookie->name, "__Host-", 7) == 0)
    return cookie->secure && !cookie->below && strcmp (cookie->path, "/") == 0;

  return TRUE;
}

static void
add_cookie (SkeinCookies *self,
            char         *domain,
            Cookie       *cookie)
{
  GPtrArray *same = g_hash_table_lookup (self->domains, domain);

  if (same == NULL)
    {
      same = g_ptr_array_new_with_free_func (cookie_free);
      g_hash_table_insert (self->domains, g_strdup (domain), same);
    }
  g_free (domain);

  /* A later line replaces an earlier one. */
  for (guint i = 0; i < same->len; i++)
    {
      Cookie *other = g_ptr_array_index (same, i);

      if (strcmp (other->name, cookie->name) == 0 && strcmp (other->path, cookie->path) == 0)
        {
          g_ptr_array_remove_index (same, i);
          self->n_cookies--;
          break;
        }
    }
  if (same->len == MOST_COOKIES)
    {
      cookie_free (cookie);
      return;
    }
  self->n_cookies++;
  cookie->order = self->n_taken++;
  g_ptr_array_add (same, cookie);
}

/* What has no usable number ends at once, rather than never. */
static gint64
parse_end (const char *text)
{
  gint64 end;

  if (strcmp (text, "0") == 0 || *text == '\0')
    return 0;

  return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &end, NULL) ? end : 1;
}

static void
take_fields (SkeinCookies  *self,
             char         **fields)
{
  const char *value = fields[6] != NULL ? fields[6] : "";
  g_autofree char *domain = clean_domain (fields[0]);
  Cookie *cookie;

  if (domain == NULL || !is_sendable (fields[5], value))
    return;

  cookie = g_new0 (Cookie, 1);
  cookie->path = g_strdup (fields[2][0] == '/' ? fields[2] : "/");
  cookie->name = g_strdup (fields[5]);
  cookie->value = g_strdup (value);
  cookie->end = parse_end (fields[4]);
  cookie->below = g_ascii_strcasecmp (fields[1], "TRUE") == 0 && may_have_hosts_below (domain);
  cookie->secure = g_ascii_strcasecmp (fields[3], "TRUE") == 0;

  if (keeps_its_promise (cookie))
    add_cookie (self, g_steal_pointer (&domain), cookie);
  else
    cookie_free (cookie);
}

static void
end_line (SkeinCookies *self)
{
  const char *text = self->line->str;
  gboolean whole = !self->too_long && memchr (text, '\0', self->line->len) == NULL;
  g_auto (GStrv) fields = NULL;

  if (self->line->len > 0 && text[self->line->len - 1] == '\r')
    g_string_truncate (self->line, self->line->len - 1);
  if (g_str_has_prefix (text, HTTP_ONLY))
    text += strlen (HTTP_ONLY);

  if (whole && *text != '#')
    {
      fields = g_strsplit (text, "\t", 8);
      /* Without a seventh the value is empty; with an eighth the line is not what it looks like. */
      if (g_strv_length (fields) == 6 || g_strv_length (fields) == 7)
        take_fields (self, fields);
    }
  self->too_long = FALSE;
  g_string_truncate (self->line, 0);
}

void
skein_cookies_feed (SkeinCookies *self,
                    const char   *bytes,
                    gsize         length)
{
  const char *end = bytes + length;

  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  while (length > 0 && bytes < end)
    {
      const char *stop = memchr (bytes, '\n', (gsize) (end - bytes));
      gsize n = (gsize) ((stop != NULL ? stop : end) - bytes);
      gsize room = SKEIN_COOKIES_MAX_LINE - self->line->len;

      self->too_long = self->too_long || n > room;
      g_string_append_len (self->line, bytes, (gssize) MIN (n, room));
      if (stop == NULL)
        return;

      end_line (self);
      bytes = stop + 1;
    }
}

void
skein_cookies_end (SkeinCookies *self)
{
  g_return_if_fail (self != NULL);

  end_line (self);
}

guint
skein_cookies_get_n (SkeinCookies *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_cookies;
}

/* RFC 6265 section 5.1.4. */
static gboolean
path_matches (const char *path,
              gsize       length,
              const char *prefix)
{
  gsize n = strlen (prefix);

  return length >= n && memcmp (path, prefix, n) == 0 &&
         (prefix[n - 1] == '/' || length == n || path[n] == '/');
}

static void
collect (GPtrArray  *cookies,
         const char *uri,
         gboolean    below,
         gint64      now,
         GPtrArray  *found)
{
  const char *path = strchr (strstr (uri, "://") + 3, '/');
  gsize length = strcspn (path, "?#");
  gboolean secure = g_str_has_prefix (uri, "https:");

  for (guint i = 0; cookies != NULL && i < cookies->len; i++)
    {
      Cookie *cookie = g_ptr_array_index (cookies, i);

      if ((!below || cookie->below) && (secure || !cookie->secure) &&
          (cookie->end == 0 || cookie->end > now) &&
          path_matches (path, length, cookie->path))
        g_ptr_array_add (found, cookie);
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Cookie *x = *(const Cookie *const *) a;
  const Cookie *y = *(const Cookie *const *) b;
  gsize n = strlen (x->path);
  gsize m = strlen (y->path);

  if (n != m)
    return n > m ? -1 : 1;

  return x->order < y->order ? -1 : x->order > y->order;
}

char *
skein_cookies_dup_header (SkeinCookies *self,
                          const char   *uri,
                          gint64        now)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *host = NULL;
  GString *header;

  g_return_val_if_fail (self != NULL && uri != NULL, NULL);

  host = skein_uri_dup_host (uri);
  if (*host == '\0')
    return NULL;

  found = g_ptr_array_new ();
  for (const char *domain = host; domain != NULL; domain = strchr (domain, '.'))
    {
      domain += domain != host ? 1 : 0;
      collect (g_hash_table_lookup (self->domains, domain), uri, domain != host, now, found);
    }
  g_ptr_array_sort (found, compare);

  header = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    {
      const Cookie *cookie = g_ptr_array_index (found, i);

      if (header->len + strlen (cookie->name) + strlen (cookie->value) + 3 > SKEIN_COOKIES_MAX_HEADER)
        break;
      g_string_append_printf (header, "%s%s=%s", header->len > 0 ? "; " : "", cookie->name, cookie->value);
    }

  return g_string_free (header, header->len == 0);
}

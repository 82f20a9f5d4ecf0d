/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-json.h"

#include "skein-describe.h"
#include "skein-get-status.h"

static void
append_escaped (GString  *string,
                gunichar  c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (string, "\\%c", (int) c);
  else if (c >= 0x20 && c < 0x7f)
    g_string_append_c (string, (char) c);
  else if (c < 0x10000)
    g_string_append_printf (string, "\\u%04x", c);
  else
    g_string_append_printf (string, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
}

char *
skein_get_json_quote (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *string = g_string_new ("\"");

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    append_escaped (string, g_utf8_get_char (p));
  g_string_append_c (string, '"');

  return g_string_free (string, FALSE);
}

static void
append_text (GString    *object,
             const char *key,
             const char *text)
{
  g_autofree char *quoted = text != NULL ? skein_get_json_quote (text) : g_strdup ("null");

  g_string_append_printf (object, "\"%s\":%s,", key, quoted);
}

static void
append_number (GString    *object,
               const char *key,
               gint64      number)
{
  if (number >= 0)
    g_string_append_printf (object, "\"%s\":%" G_GINT64_FORMAT ",", key, number);
  else
    g_string_append_printf (object, "\"%s\":null,", key);
}

static void
append_verified (GString           *object,
                 SkeinVerification  verification)
{
  if (verification.source == SKEIN_DIGEST_SOURCE_NONE)
    g_string_append (object, "\"verified\":null,");
  else
    g_string_append_printf (object, "\"verified\":{\"kind\":\"%s\",\"source\":\"%s\"},",
                            skein_digest_kind_get_key (verification.kind),
                            skein_digest_source_get_key (verification.source));
}

/* The last field. */
static void
append_error (GString      *object,
              const GError *error,
              const char   *why)
{
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;
  const char *domain;

  if (error == NULL)
    {
      g_string_append (object, "\"error\":null}");
      return;
    }

  code = skein_get_status_name_code (error, &domain);
  text = skein_get_json_quote (why);
  g_string_append_printf (object, "\"error\":{\"domain\":\"%s\",\"code\":\"%s\",\"text\":%s}}",
                          domain, code, text);
}

static void
append_delay (GString       *object,
              SkeinDownload *download)
{
  const char *waits[] = {
    [SKEIN_DELAY_TIME] = "time", [SKEIN_DELAY_NETWORK] = "network", [SKEIN_DELAY_SIGN_IN] = "sign-in",
  };
  gint64 retry_in = skein_download_get_retry_in (download);
  guint most;
  guint attempt = skein_download_get_attempt (download, &most);

  append_text (object, "waits-for", waits[skein_download_get_delay (download)]);
  if (retry_in >= 0)
    g_string_append_printf (object, "\"until\":%" G_GINT64_FORMAT ",", g_get_real_time () / G_USEC_PER_SEC + retry_in);
  else
    g_string_append (object, "\"until\":null,");
  g_string_append_printf (object, "\"attempt\":%u,", attempt);
  if (most != G_MAXUINT)
    g_string_append_printf (object, "\"most\":%u,", most);
  else
    g_string_append (object, "\"most\":null,");
}

static void
append_notes (GString      *object,
              const GArray *notes)
{
  static const char *const kinds[SKEIN_N_NOTE_KINDS] = {
    [SKEIN_NOTE_WITHOUT_PROOF] = "without-proof",
    [SKEIN_NOTE_STARTED_OVER] = "started-over",
    [SKEIN_NOTE_CONNECTIONS_REFUSED] = "connections-refused",
    [SKEIN_NOTE_CONNECTION_LET_GO] = "connection-let-go",
  };

  g_string_append (object, "\"notes\":[");
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const SkeinNote *note = &g_array_index (notes, SkeinNote, i);

      g_string_append_printf (object, "%s{\"kind\":\"%s\",\"value\":%" G_GUINT64_FORMAT "}",
                              i > 0 ? "," : "", kinds[note->kind], note->value);
    }
  g_string_append (object, "],");
}

char *
skein_get_json_download (const char    *type,
                         SkeinDownload *download)
{
  const char *states[] = {
    [SKEIN_DOWNLOAD_WAITING] = "waiting", [SKEIN_DOWNLOAD_DELAYED] = "waiting", [SKEIN_DOWNLOAD_RUNNING] = "running",
    [SKEIN_DOWNLOAD_PAUSED] = "paused", [SKEIN_DOWNLOAD_FINISHED] = "finished",
    [SKEIN_DOWNLOAD_FAILED] = "failed", [SKEIN_DOWNLOAD_CANCELLED] = "cancelled",
  };
  g_autofree char *why = NULL;
  GString *object = g_string_new ("{");

  append_text (object, "type", type);
  append_text (object, "address", skein_download_get_address (download));
  append_text (object, "name", skein_download_get_name (download));
  append_text (object, "path", skein_download_get_path (download));
  append_text (object, "state", states[skein_download_get_state (download)]);
  g_string_append_printf (object, "\"received\":%" G_GUINT64_FORMAT ",", skein_download_get_received (download));
  append_number (object, "total", skein_download_get_total (download));
  g_string_append_printf (object, "\"rate\":%" G_GUINT64_FORMAT ",", skein_download_get_rate (download));
  append_number (object, "checked", skein_download_get_checked (download));
  append_verified (object, skein_download_get_verification (download));
  append_notes (object, skein_download_get_notes (download));
  if (skein_download_get_state (download) == SKEIN_DOWNLOAD_DELAYED)
    {
      append_delay (object, download);
      why = skein_describe_error (skein_download_get_error (download), skein_download_get_host (download));
    }
  append_error (object, skein_download_get_error (download), why != NULL ? why : skein_download_get_facts (download));

  return g_string_free (object, FALSE);
}

char *
skein_get_json_reject (guint         line,
                       const char   *text,
                       const GError *error,
                       const char   *why)
{
  GString *object = g_string_new ("{");

  append_text (object, "type", "rejected");
  if (line > 0)
    g_string_append_printf (object, "\"line\":%u,", line);
  else
    g_string_append (object, "\"line\":null,");
  append_text (object, "address", text);
  append_error (object, error, why);

  return g_string_free (object, FALSE);
}

char *
skein_get_json_summary (guint finished,
                        guint already,
                        guint failed,
                        guint unfinished,
                        int   status)
{
  return g_strdup_printf ("{\"type\":\"summary\",\"finished\":%u,\"already\":%u,\"failed\":%u,"
                          "\"unfinished\":%u,\"status\":%d}",
                          finished, already, failed, unfinished, status);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-knobs.h"

#include <string.h>

typedef enum { FLAG, NUMBER, TEXT, LIST } Kind;

typedef struct
{
  const char *name;
  const char *value;    /* what stands after "=" in the description */
  Kind        kind;
  gsize       offset;
  guint64     otherwise; /* a number's default */
  guint64     max;
  const char *meaning;
} Knob;

#define K (1024)
#define M (1024 * K)
#define ANY ((guint64) 1 << 62)
#define UNSET SKEIN_PRACTICE_UNSET
#define AT(field) G_STRUCT_OFFSET (SkeinPracticeKnobs, field)

static const Knob knobs[] = {
  { "delay", "MS", NUMBER, AT (delay), 0, 3600 * 1000,
    "Waits so many milliseconds before the answer." },
  { "rate", "BYTES", NUMBER, AT (rate), 0, ANY,
    "Sends the body at so many bytes per second, evenly." },
  { "drip", "MS", NUMBER, AT (drip), 0, 3600 * 1000,
    "Sends one byte of the body every so many milliseconds." },

  { "cut", "N", NUMBER, AT (cut), UNSET, ANY, "Closes the connection after N bytes of the body." },
  { "reset", "N", NUMBER, AT (reset), UNSET, ANY,
    "Resets the connection (RST) after N bytes of the body." },
  { "stall", "N", NUMBER, AT (stall), UNSET, ANY,
    "Sends nothing more after N bytes of the body and keeps the connection." },
  { "stall-headers", "1", FLAG, AT (stall_headers), 0, 0, "Takes the request and never answers." },
  { "hangup", "1", FLAG, AT (hangup), 0, 0,
    "Takes the request and closes the connection without a byte." },
  { "tls-cut", "1", FLAG, AT (tls_cut), 0, 0,
    "Ends TLS after the answer without saying so (no close_notify)." },
  { "close", "1", FLAG, AT (close), 0, 0, "Says Connection: close and closes after the answer." },
  { "late", "1", FLAG, AT (late), 0, 0,
    "Sends an answer nobody asked for when the connection was idle for 50 ms after this one." },

  { "status", "CODE", NUMBER, AT (status), 0, 99999,
    "Answers with this status and a short text; with fail-first or max-connections only then." },
  { "fail-first", "N", NUMBER, AT (fail_first), 0, ANY,
    "The first N requests to this very address get status= (503 if not given), or hangup=." },
  { "max-connections", "N", NUMBER, AT (max_connections), 0, ANY,
    "More than N answers at once for this path get status= (503 if not given)." },
  { "retry-after", "VALUE", TEXT, AT (retry_after), 0, 0,
    "Retry-After for an answer that is no success." },
  { "auth", "USER:PASSWORD", TEXT, AT (auth), 0, 0,
    "Answers 401 (Basic) to a request without this login." },
  { "redirect", "TARGET", TEXT, AT (redirect), 0, 0,
    "Redirects to TARGET, whatever that is; may be empty." },
  { "redirect-status", "CODE", NUMBER, AT (redirect_status), 302, 99999, "Status of a redirect." },
  { "no-location", "1", FLAG, AT (no_location), 0, 0, "A redirect without Location." },
  { "location2", "TARGET", TEXT, AT (location2), 0, 0, "A redirect with one more Location." },
  { "hops", "N", NUMBER, AT (hops), 0, 1000000,
    "Redirects N times to this address before it answers." },
  { "loop", "1", FLAG, AT (loop), 0, 0, "Redirects to this address for ever." },
  { "redirect-body", "N", NUMBER, AT (redirect_body), 0, ANY, "A redirect has a body of N bytes." },
  { "endless", "1", FLAG, AT (endless), 0, 0, "The body never ends and has no length." },

  { "length", "VALUE", TEXT, AT (length), 0, 0,
    "Content-Length has this value, whatever comes; closes after the body unless keep=1." },
  { "length2", "VALUE", TEXT, AT (length2), 0, 0, "One more Content-Length." },
  { "no-length", "1", FLAG, AT (no_length), 0, 0,
    "No length: the body ends where the connection does." },
  { "extra", "N", NUMBER, AT (extra), 0, ANY, "Sends N bytes more than Content-Length says." },
  { "http10", "1", FLAG, AT (http10), 0, 0, "Answers in HTTP/1.0 and closes." },
  { "chunked", "1", FLAG, AT (chunked), 0, 0, "Sends the body in chunks." },
  { "chunk-fault", "FAULT", TEXT, AT (chunk_fault), 0, 0,
    "Sends chunks with a fault after cut=N bytes (half of them if not given): boundary (ends after a "
    "chunk), before-crlf (ends after a chunk's data), mid (ends within a chunk), no-end (the last line is "
    "missing), size-garbage, size-negative, size-huge (2^64 - 1), size-overflow, size-empty, "
    "after-data-garbage; or after the body: trailers, folded-trailer, nul-trailer." },
  { "transfer-encoding", "VALUE", TEXT, AT (transfer_encoding), 0, 0,
    "Transfer-Encoding has this value; chunks are sent if it names them." },
  { "te-and-length", "1", FLAG, AT (te_and_length), 0, 0,
    "Sends chunks and says Content-Length too." },
  { "encoding", "VALUE", TEXT, AT (encoding), 0, 0,
    "Content-Encoding has this value while the bytes stay as they are." },

  { "ranges", "HOW", TEXT, AT (ranges), 0, 0,
    "no (there are none), ignore (says there are and sends the whole), lie-start (another start than asked), lie-end (ends "
    "too early), lie-long (ends too late), lie-total (another total), unknown-total, no-content-range, multipart, "
    "dates-only (with an ETag in If-Range it sends the whole)." },
  { "content-range", "VALUE", TEXT, AT (content_range), 0, 0,
    "Content-Range of a 206 has this value." },
  { "etag", "VALUE", TEXT, AT (etag), 0, 0, "weak, none, or the value of ETag." },
  { "modified", "VALUE", TEXT, AT (modified), 0, 0, "none, or the value of Last-Modified." },
  { "change-after", "N", NUMBER, AT (change_after), UNSET, ANY,
    "After N requests to this very address the content (seed + 1), ETag and date are others." },
  { "change-silently", "1", FLAG, AT (change_silently), 0, 0,
    "With change-after or swap, ETag and date stay." },
  { "swap", "PERCENT", NUMBER, AT (swap), 0, 100,
    "Before each request but the first the content (seed + 1 each time), ETag and date change with this chance." },
  { "swap-size", "1", FLAG, AT (swap_size), 0, 0,
    "With swap, the size changes too: every other content is 1000 bytes longer." },
  { "seed", "N", NUMBER, AT (seed), 0, G_MAXUINT64 - 2, "Which content /bytes has." },
  { "flip", "N", NUMBER, AT (flip), UNSET, ANY,
    "Byte N of the content is another than it ought to be; ETag and date stay." },

  { "header", "NAME:VALUE", LIST, AT (header), 0, 0,
    "One more line in the head, byte by byte; may be given several times." },
  { "disposition", "VALUE", TEXT, AT (disposition), 0, 0, "Content-Disposition." },
  { "type", "VALUE", TEXT, AT (type), 0, 0, "Content-Type." },
  { "informational", "N", NUMBER, AT (informational), 0, 1000000,
    "Sends N times 103 Early Hints before the answer." },
  { "endless-informational", "1", FLAG, AT (endless_informational), 0, 0,
    "Sends 103 Early Hints for ever." },
  { "header-bytes", "N", NUMBER, AT (header_bytes), 0, 64 * M,
    "One header with a value of N bytes." },
  { "header-count", "N", NUMBER, AT (header_count), 0, 1000000, "N headers more." },
  { "endless-headers", "1", FLAG, AT (endless_headers), 0, 0, "The head never ends." },
  { "status-line", "LINE", TEXT, AT (status_line), 0, 0, "The first line of the answer, whole." },
  { "no-headers", "1", FLAG, AT (no_headers), 0, 0, "Sends the body only, as HTTP/0.9 did." },
  { "http09", "1", FLAG, AT (no_headers), 0, 0, "The same as no-headers." },
  { "raw", "BASE64URL", TEXT, AT (raw), 0, 0,
    "These bytes are the whole answer; closes after them unless keep=1." },
  { "keep", "1", FLAG, AT (keep), 0, 0, "Keeps the connection after raw or length." },

  { "format", "list", TEXT, AT (format), 0, 0, "For /: all addresses as plain text, one a line." },
  { "count", "N", NUMBER, AT (count), 12, 48, "For /list: how many pictures." },
  { "each", "QUERY", TEXT, AT (each), 0, 0, "For /list: a query to be added to each address." },
};

static int
from_hex (const char *two)
{
  int high = g_ascii_xdigit_value (two[0]);
  int low = high < 0 ? -1 : g_ascii_xdigit_value (two[1]);

  return low < 0 ? -1 : high * 16 + low;
}

static GString *
decode (const char *text,
        gsize       length)
{
  GString *decoded = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      int byte = text[i] == '%' && i + 2 < length ? from_hex (text + i + 1) : -1;

      if (byte >= 0)
        i += 2;
      g_string_append_c (decoded, byte >= 0 ? (char) byte : text[i]);
    }

  return decoded;
}

gboolean
skein_practice_knobs_parse_size (const char *text,
                                 guint64    *value)
{
  static const char suffixes[] = "kMG";
  gsize digits = strspn (text, "0123456789");
  const char *suffix = text[digits] != '\0' ? strchr (suffixes, text[digits]) : NULL;
  guint shift = suffix != NULL ? 10 * (guint) (suffix - suffixes + 1) : 0;
  guint64 number;

  if (digits == 0 || text[digits + (suffix != NULL)] != '\0')
    return FALSE;

  number = g_ascii_strtoull (text, NULL, 10);
  if (number > ANY >> shift)
    return FALSE;
  *value = number << shift;

  return TRUE;
}

static gboolean
parse_number (const Knob     *knob,
              const GString  *text,
              guint64        *value,
              GError        **error)
{
  if (skein_practice_knobs_parse_size (text->str, value) && strlen (text->str) == text->len &&
      *value <= knob->max)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "The value of %s= must be a number from 0 to %" G_GUINT64_FORMAT, knob->name, knob->max);

  return FALSE;
}

static gboolean
set_knob (SkeinPracticeKnobs  *self,
          const Knob          *knob,
          GString             *text,
          GError             **error)
{
  gpointer field = G_STRUCT_MEMBER_P (self, knob->offset);

  switch (knob->kind)
    {
    case FLAG:
      *(gboolean *) field = !skein_practice_knobs_is (text, "0");
      return TRUE;

    case NUMBER:
      return parse_number (knob, text, field, error);

    case TEXT:
      if (*(GString **) field != NULL)
        g_string_free (*(GString **) field, TRUE);
      *(GString **) field = g_string_new_len (text->str, text->len);
      return TRUE;

    case LIST:
      g_ptr_array_add (*(GPtrArray **) field, g_string_new_len (text->str, text->len));
      return TRUE;

    default:
      g_assert_not_reached ();
    }
}

static gboolean
parse_one (SkeinPracticeKnobs  *self,
           const char          *pair,
           GError             **error)
{
  const char *equals = strchr (pair, '=');
  gsize name_length = equals != NULL ? (gsize) (equals - pair) : strlen (pair);
  const char *value = equals != NULL ? equals + 1 : "1";

  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    if (strlen (knobs[i].name) == name_length && strncmp (knobs[i].name, pair, name_length) == 0)
      {
        g_autoptr (GString) text = decode (value, strlen (value));

        return set_knob (self, &knobs[i], text, error);
      }

  return TRUE;
}

static void
free_string (gpointer string)
{
  g_string_free (string, TRUE);
}

SkeinPracticeKnobs *
skein_practice_knobs_parse (const char  *query,
                            GError     **error)
{
  g_autoptr (SkeinPracticeKnobs) self = g_new0 (SkeinPracticeKnobs, 1);
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);

  self->header = g_ptr_array_new_with_free_func (free_string);
  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    if (knobs[i].kind == NUMBER)
      G_STRUCT_MEMBER (guint64, self, knobs[i].offset) = knobs[i].otherwise;

  for (guint i = 0; pairs[i] != NULL; i++)
    if (!parse_one (self, pairs[i], error))
      return NULL;

  return g_steal_pointer (&self);
}

void
skein_practice_knobs_free (SkeinPracticeKnobs *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    if (knobs[i].kind == TEXT && G_STRUCT_MEMBER (GString *, self, knobs[i].offset) != NULL)
      g_string_free (G_STRUCT_MEMBER (GString *, self, knobs[i].offset), TRUE);

  g_ptr_array_unref (self->header);
  g_free (self);
}

gboolean
skein_practice_knobs_is (const GString *text,
                         const char    *value)
{
  return text != NULL && text->len == strlen (value) && memcmp (text->str, value, text->len) == 0;
}

gboolean
skein_practice_knobs_describe (guint        index,
                               const char **name,
                               const char **meaning)
{
  static char written[G_N_ELEMENTS (knobs)][48];
  static gsize once;

  if (index >= G_N_ELEMENTS (knobs))
    return FALSE;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
        g_snprintf (written[i], sizeof written[i], "%s=%s", knobs[i].name, knobs[i].value);
      g_once_init_leave (&once, 1);
    }

  *name = written[index];
  *meaning = knobs[index].meaning;

  return TRUE;
}

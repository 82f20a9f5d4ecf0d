/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-chunked.h"

#include <string.h>

#include "skein-error.h"

typedef struct
{
  const char *name;
  const char *input;
  gsize       length;    /* 0: a string */
  const char *body;      /* NULL: an error */
  gboolean    done;
} Case;

static const Case cases[] = {
  { "plain", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 0, "hello world", TRUE },
  { "empty", "0\r\n\r\n", 0, "", TRUE },
  { "extension", "5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n", 0, "hello", TRUE },
  { "space after the size", "5 \r\nhello\r\n0\r\n\r\n", 0, "hello", TRUE },
  { "bare LF", "5\nhello\n0\n\n", 0, "hello", TRUE },
  { "leading zeros", "0005\r\nhello\r\n000\r\n\r\n", 0, "hello", TRUE },
  { "upper and lower case", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", 0,
    "01234567890123456789", TRUE },
  { "trailers", "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n", 0, "hello", TRUE },
  { "folded trailer", "5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n", 0, "hello", TRUE },
  { "more behind the end", "5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK", 0, "hello", TRUE },
  { "cut at the border", "5\r\nhello\r\n", 0, "hello", FALSE },
  { "cut before CR LF", "5\r\nhello", 0, "hello", FALSE },
  { "cut inside", "5\r\nhel", 0, "hel", FALSE },
  { "cut in the size", "5", 0, "", FALSE },
  { "cut before the last line end", "5\r\nhello\r\n0\r\n", 0, "hello", FALSE },
  { "cut inside the last line end", "5\r\nhello\r\n0\r\n\r", 0, "hello", FALSE },
  { "cut in the trailers", "5\r\nhello\r\n0\r\nA: b\r\n", 0, "hello", FALSE },
  { "nothing", "", 0, "", FALSE },
  { "rubbish", "ZZZ\r\nhello\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "negative", "-5\r\nhello\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "plus", "+5\r\nhello\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "hex prefix", "0x5\r\nhello\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "empty size", "\r\nhello\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "16 F", "FFFFFFFFFFFFFFFF\r\nhello", 0, NULL, FALSE },
  { "17 F", "FFFFFFFFFFFFFFFFF\r\nhello", 0, NULL, FALSE },
  { "rubbish behind the data", "5\r\nhelloXX\r\n0\r\n\r\n", 0, NULL, FALSE },
  { "CR without LF", "5\rhello", 0, NULL, FALSE },
  { "NUL in the trailers", "0\r\nA: \0\r\n\r\n", 11, NULL, FALSE },
};

/* In pieces of any size the result is the same. */
static void
check_in_pieces (const Case *c,
                 gsize       length,
                 gsize       piece)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  SkeinChunked chunked;
  gboolean good = TRUE;

  skein_chunked_init (&chunked);
  for (gsize at = 0; at < length && good; at += piece)
    {
      gsize n = MIN (piece, length - at);
      g_autofree guint8 *bytes = g_memdup2 (c->input + at, n);
      gsize decoded = 0;

      good = skein_chunked_decode (&chunked, bytes, n, &decoded, &error);
      g_byte_array_append (body, bytes, (guint) decoded);
    }

  if (c->body == NULL)
    {
      g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (body->data, body->len, c->body, strlen (c->body));
  g_assert_cmpint (skein_chunked_is_done (&chunked), ==, c->done);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  gsize length = c->length > 0 ? c->length : strlen (c->input);

  for (gsize piece = 1; piece <= MAX (length, 1); piece++)
    check_in_pieces (c, length, piece);
}

static void
test_endless (void)
{
  const char *heads[] = { "5;", "0\r\nA: " };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *filler = g_strnfill (100000, 'x');
      g_autofree char *text = g_strconcat (heads[i], filler, NULL);
      SkeinChunked chunked;
      gsize decoded;

      skein_chunked_init (&chunked);
      g_assert_false (skein_chunked_decode (&chunked, (guint8 *) text, strlen (text),
                                            &decoded, &error));
      g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/chunked/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/chunked/endless", test_endless);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-worker-message.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-error-name.h"
#include "skein-error.h"

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *message = skein_worker_message_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return message;
}

static void
test_fields (void)
{
  g_autoptr (GVariant) message = parse ("{'text': <'a'>, 'bytes': <b'\\377'>, 'small': <7>, 'large': <uint64 "
                                        "18446744073709551615>, 'unended': <[byte 0x41]>, 'texts': <['x', 'y']>}");
  g_autoptr (GError) error = NULL;
  const char *text;
  const char **texts;
  gint64 number = 5;

  g_assert_true (skein_worker_message_get_text (message, "text", &text, NULL));
  g_assert_cmpstr (text, ==, "a");
  g_assert_true (skein_worker_message_get_text (message, "none", &text, NULL));
  g_assert_null (text);
  g_assert_false (skein_worker_message_get_text (message, "small", &text, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK);

  g_assert_true (skein_worker_message_get_bytes (message, "bytes", &text, NULL));
  g_assert_cmpstr (text, ==, "\377");
  g_assert_true (skein_worker_message_get_bytes (message, "text", &text, NULL));
  g_assert_cmpstr (text, ==, "a");
  g_assert_true (skein_worker_message_get_bytes (message, "unended", &text, NULL));
  g_assert_cmpstr (text, ==, "");
  g_assert_false (skein_worker_message_get_bytes (message, "small", &text, NULL));

  g_assert_true (skein_worker_message_get_texts (message, "texts", &texts, NULL));
  g_assert_cmpuint (g_strv_length ((char **) texts), ==, 2);
  g_assert_cmpstr (texts[1], ==, "y");
  g_clear_pointer (&texts, g_free);
  g_assert_true (skein_worker_message_get_texts (message, "none", &texts, NULL));
  g_assert_null (texts);
  g_assert_false (skein_worker_message_get_texts (message, "text", &texts, NULL));

  g_assert_true (skein_worker_message_get_number (message, "none", 0, 9, &number, NULL));
  g_assert_cmpint (number, ==, 5);
  g_assert_true (skein_worker_message_get_number (message, "small", 0, 9, &number, NULL));
  g_assert_cmpint (number, ==, 7);
  g_assert_false (skein_worker_message_get_number (message, "small", 8, 9, &number, NULL));
  g_assert_false (skein_worker_message_get_number (message, "text", 0, 9, &number, NULL));
  g_assert_true (skein_worker_message_get_number (message, "large", 0, G_MAXINT64, &number, NULL));
  g_assert_cmpint (number, ==, G_MAXINT64);
}

static void
test_one_line (void)
{
  g_auto (GVariantDict) fields = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *line = NULL;
  g_autoptr (GVariant) back = NULL;
  const char *text;

  g_variant_dict_insert (&fields, "text", "s", "a\nb\r\t'\"\\\342\200\250\360\237\230\200\001");
  line = skein_worker_message_print (g_variant_dict_end (&fields));
  g_assert_true (strpbrk (line, "\n\r") == line + strlen (line) - 1);

  line[strlen (line) - 1] = '\0';
  back = parse (line);
  g_assert_true (skein_worker_message_get_text (back, "text", &text, NULL));
  g_assert_cmpstr (text, ==, "a\nb\r\t'\"\\\342\200\250\360\237\230\200\001");
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (skein_worker_message_parse (text, length, &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_TASK);
  g_assert_null (strstr (error->message, "secret"));
}

/* GLib's own parser ends the program at some of these, and quotes what it cannot read. */
static void
test_refused (void)
{
  const char *const texts[] = {
    "", "7", "'secret'", "{'login': <'secret>}", "[1]", "{'a': 'secret'}", "{1: <2>}", "{'a': <'\\ud800'>}",
    "{'a': <'\\U-0000001'>}", "{'a': <'\\U00110000'>}", "{'a': <'\\u00'>}", "{'a': <'\\u0000'>}", "{'a': <'\377'>}",
    "{'a': <%s>}", "{'a': <objectpath 'x'>}", "{'a': <signature '!'>}", "{'a': <99999999999>}", "{'a': <@mv nothing>} x",
    "{'a': <'\\u", "{'a': <'\\",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      assert_refused (texts[i], strlen (texts[i]));
    }
  assert_refused ("{}\0", 3);
}

static void
test_deep (void)
{
  const char *const opening = "<[({";

  for (guint i = 0; opening[i] != '\0'; i++)
    {
      g_autofree char *text = g_strnfill (SKEIN_WORKER_LINE_MAX, opening[i]);

      memcpy (text, "{'a': ", 6);
      assert_refused (text, SKEIN_WORKER_LINE_MAX);
      assert_refused (text, SKEIN_WORKER_LINE_MAX - 1);
    }
}

static void
test_version (void)
{
  g_autoptr (GVariant) good = parse ("{'version': <1>}");
  g_autoptr (GVariant) newer = parse ("{'version': <uint32 2>}");
  g_autoptr (GVariant) none = parse ("{}");

  g_assert_true (skein_worker_message_check_version (good, NULL));
  g_assert_false (skein_worker_message_check_version (newer, NULL));
  g_assert_false (skein_worker_message_check_version (none, NULL));
}

static void
assert_comes_back (GQuark domain,
                   int    code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "why");
  const char *domain_name;
  g_autofree char *code_name = skein_error_name (error, &domain_name);
  g_autoptr (GError) back = skein_error_new_from_name (domain_name, code_name, "why");

  g_assert_error (back, domain, code);
  g_assert_cmpstr (back->message, ==, "why");
}

static void
test_errors (void)
{
  g_autoptr (GError) other = skein_error_new_from_name ("http", "x", "why");
  g_autoptr (GError) later = skein_error_new_from_name ("skein", "of-later", "why");

  for (int code = 0; code <= SKEIN_ERROR_SIZE; code++)
    assert_comes_back (SKEIN_ERROR, code);
  assert_comes_back (SKEIN_HTTP_STATUS, 503);
  assert_comes_back (G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (other, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (other->message, ==, "http x: why");
  g_assert_error (later, G_IO_ERROR, G_IO_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/worker-message/fields", test_fields);
  g_test_add_func ("/worker-message/one-line", test_one_line);
  g_test_add_func ("/worker-message/refused", test_refused);
  g_test_add_func ("/worker-message/deep", test_deep);
  g_test_add_func ("/worker-message/version", test_version);
  g_test_add_func ("/worker-message/errors", test_errors);

  return g_test_run ();
}

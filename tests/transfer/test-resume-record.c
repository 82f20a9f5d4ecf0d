/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-resume-record.h"

#include <string.h>

#include "skein-error.h"

static void
add_range (SkeinResumeRecord *record,
           guint64            start,
           guint64            end)
{
  SkeinRange range = { start, end };

  g_array_append_val (record->done, range);
}

static SkeinResumeRecord *
example (void)
{
  SkeinResumeRecord *record = skein_resume_record_new ();

  g_ptr_array_add (record->addresses, g_strdup ("https://example.org/a%20b.iso"));
  g_ptr_array_add (record->addresses, g_strdup ("http://mirror.example.net/a.iso"));
  record->final_uri = g_strdup ("https://cdn.example.org/a.iso?x=1");
  record->etag = g_strdup ("\"abc def\"");
  record->modified = g_strdup ("Sun, 06 Nov 1994 08:49:37 GMT");
  record->total = 1000;
  add_range (record, 0, 100);
  add_range (record, 101, 200);
  add_range (record, 999, 1000);
  record->created = 1700000000;
  record->updated = 1700000009;

  return record;
}

/* The whole text, with the checksum that belongs to it. */
static char *
sign (const char *lines)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines, -1);

  return g_strconcat (lines, "end ", digest, "\n", NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (SkeinResumeRecord) record = example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinResumeRecord) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;
  gsize length;
  gsize second_length;

  text = skein_resume_record_to_text (record, &length);
  again = skein_resume_record_parse (text, length, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (again->addresses->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (again->addresses, 1), ==, "http://mirror.example.net/a.iso");
  g_assert_cmpstr (again->etag, ==, "\"abc def\"");
  g_assert_cmpint (again->total, ==, 1000);
  g_assert_cmpuint (again->done->len, ==, 3);
  g_assert_cmpuint (g_array_index (again->done, SkeinRange, 1).start, ==, 101);
  g_assert_cmpuint (g_array_index (again->done, SkeinRange, 1).end, ==, 200);

  second = skein_resume_record_to_text (again, &second_length);
  g_assert_cmpmem (text, length, second, second_length);
}

/* A version of its own keeps older programs from going on; neither says what the other means. */
static void
test_mixed (void)
{
  g_autoptr (SkeinResumeRecord) record = example ();
  g_autoptr (SkeinResumeRecord) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *false_old = sign ("skein-resume 1\nmixed yes\naddress http://a.example/\n");
  g_autofree char *false_new = sign ("skein-resume 2\naddress http://a.example/\n");
  gsize length;

  record->mixed = TRUE;
  text = skein_resume_record_to_text (record, &length);
  g_assert_true (g_str_has_prefix (text, "skein-resume 2\n"));
  again = skein_resume_record_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_true (again->mixed);
  g_assert_null (skein_resume_record_parse (false_old, strlen (false_old), NULL));
  g_assert_null (skein_resume_record_parse (false_new, strlen (false_new), NULL));
}

/* No byte can be changed, lost or added. */
static void
test_every_byte_counts (void)
{
  g_autoptr (SkeinResumeRecord) record = example ();
  g_autofree char *text = NULL;
  gsize length;

  text = skein_resume_record_to_text (record, &length);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *changed = g_memdup2 (text, length);

      changed[i] ^= 1;
      g_assert_null (skein_resume_record_parse (changed, length, NULL));
      g_assert_null (skein_resume_record_parse (text, i, NULL));
    }
}

static void
test_hostile (gconstpointer data)
{
  g_autofree char *text = sign (data);
  g_autoptr (GError) error = NULL;

  g_assert_null (skein_resume_record_parse (text, strlen (text), &error));
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_RECORD);
}

static void
test_good (gconstpointer data)
{
  g_autofree char *text = sign (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinResumeRecord) record = skein_resume_record_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      char bytes[200];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof bytes);

      for (gsize j = 0; j < length; j++)
        bytes[j] = (char) g_test_rand_int ();
      g_assert_null (skein_resume_record_parse (bytes, length, NULL));
    }
}

#define HEAD "skein-resume 1\naddress http://example.org/\n"

static const char *const good[] = {
  HEAD,
  HEAD "total 0\n",
  HEAD "total 9223372036854775807\ndone 0-9223372036854775805\n",
  HEAD "done 0-0\ndone 2-2\n",
};

static const char *const hostile[] = {
  "",
  "skein-resume 1\n",
  "skein-resume 2\naddress http://example.org/\n",
  "address http://example.org/\n",
  HEAD "\n",
  HEAD "more x\n",
  HEAD "total\n",
  HEAD "total -1\n",
  HEAD "total 9223372036854775808\n",
  HEAD "total 10\ndone 0-10\n",
  HEAD "done 0-5\ntotal 10\n",
  HEAD "done 5-4\n",
  HEAD "done 0-5\ndone 5-9\n",
  HEAD "done 0-5\ndone 6-9\n",
  HEAD "done 7-9\ndone 0-5\n",
  HEAD "done -5-9\n",
  HEAD "done 0-9223372036854775807\n",
  HEAD "done 18446744073709551615-18446744073709551615\n",
  HEAD "etag a\nb\n",
  HEAD "etag \x01\n",
  HEAD "etag \"a\"\netag \"b\"\n",
  "skein-resume 1\naddress file:///etc/../etc/passwd\n",
  "skein-resume 1\naddress http://me:secret@example.org/\n",
  "skein-resume 1\naddress HTTP://EXAMPLE.org\n",
  HEAD "final ftp://example.org/\n",
  HEAD "final file:///etc/passwd\n",
  HEAD "address file:///etc/passwd\n",
};

static void
add_texts (const char        *path,
           const char *const *texts,
           guint              n_texts,
           GTestDataFunc      func)
{
  for (guint i = 0; i < n_texts; i++)
    {
      g_autofree char *full = g_strdup_printf ("/resume-record/%s/%u", path, i);

      g_test_add_data_func (full, texts[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/resume-record/round-trip", test_round_trip);
  g_test_add_func ("/resume-record/mixed", test_mixed);
  g_test_add_func ("/resume-record/every-byte-counts", test_every_byte_counts);
  g_test_add_func ("/resume-record/random", test_random);
  add_texts ("good", good, G_N_ELEMENTS (good), test_good);
  add_texts ("hostile", hostile, G_N_ELEMENTS (hostile), test_hostile);

  return g_test_run ();
}

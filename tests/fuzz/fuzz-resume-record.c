/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

#include <string.h>

#include "skein-resume-record.h"

static void
check_ranges (SkeinResumeRecord *record)
{
  guint64 behind = 0;

  for (guint i = 0; i < record->done->len; i++)
    {
      const SkeinRange *range = &g_array_index (record->done, SkeinRange, i);

      g_assert_true (range->start < range->end && (i == 0 || range->start > behind));
      g_assert_true (record->total < 0 || range->end <= (guint64) record->total);
      behind = range->end;
    }
}

static void
check_text (const char *text,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinResumeRecord) record = skein_resume_record_parse (text, length, &error);
  g_autoptr (SkeinResumeRecord) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length;
  gsize second_length;

  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL)
    return;

  g_assert_cmpuint (record->addresses->len, >, 0);
  check_ranges (record);
  first = skein_resume_record_to_text (record, &first_length);
  again = skein_resume_record_parse (first, first_length, &error);
  g_assert_no_error (error);
  second = skein_resume_record_to_text (again, &second_length);
  g_assert_cmpmem (first, first_length, second, second_length);
}

/* As it is, and with the checksum that nobody hits by chance. */
void
fuzz_resume_record (const guint8 *bytes,
                    gsize         length)
{
  g_autofree char *body = g_strndup ((const char *) bytes, length);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
  g_autofree char *text = g_strconcat (body, "end ", digest, "\n", NULL);

  check_text ((const char *) bytes, length);
  check_text (text, strlen (text));
}

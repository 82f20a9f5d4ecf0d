/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "skein-range.h"

G_BEGIN_DECLS

/**
 * SkeinResumeRecord:
 * @addresses: (element-type utf8): where the file can be had, without logins; what is said of the server and
 *   of the bytes goes with the first
 * @final_uri: (nullable): where the redirects led to
 * @etag: (nullable): the strong or weak validator, raw
 * @modified: (nullable): Last-Modified, raw
 * @modified_is_strong: whether that date was old enough to tell versions apart
 * @mixed: whether not all bytes came from the first address, so that only a digest can tell whether they
 *   belong together
 * @total: bytes of the whole file, or -1
 * @done: (element-type SkeinRange): what is on the disk: sorted, apart from each other, none empty
 * @created: when the download began, seconds since 1970
 * @updated: when this was written, seconds since 1970
 *
 * What is known of a part file: the text of `NAME.part.skein` beside it. It may lag behind the part file,
 * never lead it. A plain value.
 *
 * The text is versioned: a line "skein-resume 1", then one "KEY VALUE" a line (address, final, etag,
 * modified or modified-weak, total, done START-END with the last byte included, created, updated), then "end SHA256" over
 * all lines before. Unknown keys are an error: a newer program writes a newer version. One whose bytes are
 * mixed is of version 2, and has a line "mixed yes".
 */
typedef struct
{
  GPtrArray *addresses;
  char      *final_uri;
  char      *etag;
  char      *modified;
  gboolean   modified_is_strong;
  gboolean   mixed;
  gint64     total;
  GArray    *done;
  gint64     created;
  gint64     updated;
} SkeinResumeRecord;

/**
 * SKEIN_RESUME_RECORD_MAX_LENGTH:
 *
 * Bytes of a record that are read; a longer one is none of ours.
 */
#define SKEIN_RESUME_RECORD_MAX_LENGTH (4 * 1024 * 1024)

/**
 * skein_resume_record_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): a record of nothing, its total not known
 */
SkeinResumeRecord *skein_resume_record_new     (void);

/**
 * skein_resume_record_free:
 * @self: (transfer full): a record
 */
void               skein_resume_record_free    (SkeinResumeRecord  *self);

/**
 * skein_resume_record_to_text:
 * @self: a record
 * @length: (out): bytes of the text
 *
 * Any thread.
 *
 * Returns: (transfer full): the text
 */
char              *skein_resume_record_to_text (SkeinResumeRecord  *self,
                                                gsize              *length);

/**
 * skein_resume_record_parse:
 * @text: (array length=length): any bytes; taken for hostile
 * @length: how many
 * @error: %SKEIN_ERROR_BAD_RECORD
 *
 * Takes a text only if all of it holds: version, checksum, clean addresses, ranges that are sorted, apart
 * and within the total. Any thread.
 *
 * Returns: (transfer full) (nullable): the record
 */
SkeinResumeRecord *skein_resume_record_parse   (const char         *text,
                                                gsize               length,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinResumeRecord, skein_resume_record_free)

G_END_DECLS

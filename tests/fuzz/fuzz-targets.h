/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each takes any bytes, feeds a reader with them and aborts if what it promises does not hold. */

void fuzz_challenge     (const guint8 *bytes, gsize length);
void fuzz_cookies       (const guint8 *bytes, gsize length);
void fuzz_file_name     (const guint8 *bytes, gsize length);
void fuzz_http_headers  (const guint8 *bytes, gsize length);
void fuzz_input_list    (const guint8 *bytes, gsize length);
void fuzz_journal_line  (const guint8 *bytes, gsize length);
void fuzz_metalink      (const guint8 *bytes, gsize length);
void fuzz_netrc         (const guint8 *bytes, gsize length);
void fuzz_pattern       (const guint8 *bytes, gsize length);
void fuzz_resume_record (const guint8 *bytes, gsize length);
void fuzz_uri           (const guint8 *bytes, gsize length);
void fuzz_uri_list      (const guint8 *bytes, gsize length);
void fuzz_worker_task   (const guint8 *bytes, gsize length);

G_END_DECLS

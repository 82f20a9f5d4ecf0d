/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** SKEIN_PRACTICE_UNSET: the value of a number that was not given and has no other default. */
#define SKEIN_PRACTICE_UNSET G_MAXUINT64

/**
 * SkeinPracticeKnobs:
 *
 * How an answer is to differ from a proper one, as the query of its address says: one field for each
 * knob, of the same name. What each does is said in the table of skein-practice-knobs.c, from which
 * the page at / is made too. Texts may hold any bytes, also NUL.
 */
typedef struct
{
  /* pace */
  guint64    delay;
  guint64    rate;
  guint64    drip;

  /* ends */
  guint64    cut;
  guint64    reset;
  guint64    stall;
  gboolean   stall_headers;
  gboolean   hangup;
  gboolean   tls_cut;
  gboolean   close;
  gboolean   late;

  /* status and redirects */
  guint64    status;
  guint64    fail_first;
  guint64    max_connections;
  GString   *retry_after;
  GString   *auth;
  GString   *redirect;
  guint64    redirect_status;
  gboolean   no_location;
  GString   *location2;
  guint64    hops;
  gboolean   loop;
  guint64    redirect_body;
  gboolean   endless;

  /* length and framing */
  GString   *length;
  GString   *length2;
  gboolean   no_length;
  guint64    extra;
  gboolean   http10;
  gboolean   chunked;
  GString   *chunk_fault;
  GString   *transfer_encoding;
  gboolean   te_and_length;
  GString   *encoding;

  /* ranges and change */
  GString   *ranges;
  GString   *content_range;
  GString   *etag;
  GString   *modified;
  guint64    change_after;
  gboolean   change_silently;
  guint64    swap;
  gboolean   swap_size;
  guint64    seed;
  guint64    flip;

  /* head */
  GPtrArray *header;        /* of GString */
  GString   *disposition;
  GString   *type;
  guint64    informational;
  gboolean   endless_informational;
  guint64    header_bytes;
  guint64    header_count;
  gboolean   endless_headers;
  GString   *status_line;
  gboolean   no_headers;
  GString   *raw;
  gboolean   keep;

  /* lists */
  GString   *format;
  guint64    count;
  GString   *each;
} SkeinPracticeKnobs;

/**
 * skein_practice_knobs_parse:
 * @query: (nullable): a query, still percent-encoded
 * @error: %G_IO_ERROR_INVALID_ARGUMENT, if a knob has a value it cannot have
 *
 * Unknown names are ignored: they serve to make addresses different. May be called from any thread.
 *
 * Returns: (transfer full): the knobs
 */
SkeinPracticeKnobs *skein_practice_knobs_parse       (const char          *query,
                                                      GError             **error);

/**
 * skein_practice_knobs_free:
 * @self: (transfer full): knobs
 */
void                skein_practice_knobs_free        (SkeinPracticeKnobs  *self);

/**
 * skein_practice_knobs_parse_size:
 * @text: "1000", "64k", "3M" or "2G" (of 1024)
 * @value: (out): the size
 *
 * Returns: %FALSE if @text is no size, or one over 2^62
 */
gboolean            skein_practice_knobs_parse_size  (const char          *text,
                                                      guint64             *value);

/**
 * skein_practice_knobs_is:
 * @text: (nullable): the text of a knob
 * @value: what it may be
 *
 * Returns: whether @text is @value
 */
gboolean            skein_practice_knobs_is          (const GString       *text,
                                                      const char          *value);

/**
 * skein_practice_knobs_describe:
 * @index: from 0
 * @name: (out): how the knob is written: "rate=BYTES"
 * @meaning: (out): what it does, one sentence of English
 *
 * Returns: %FALSE if there are not so many knobs
 */
gboolean            skein_practice_knobs_describe    (guint                index,
                                                      const char         **name,
                                                      const char         **meaning);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinPracticeKnobs, skein_practice_knobs_free)

G_END_DECLS

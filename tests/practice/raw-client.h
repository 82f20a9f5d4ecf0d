/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

#include "skein-practice-server.h"

G_BEGIN_DECLS

/* What a server sent until it closed or reset the connection. */
typedef struct
{
  GByteArray *all;
  char       *head;     /* up to the empty line, each line with CR LF */
  GBytes     *body;     /* after the empty line */
  gboolean    reset;
} RawAnswer;

void       raw_answer_free   (RawAnswer           *self);

/* Connects; reads give up after 20 seconds, which fails the test. */
int        raw_connect       (SkeinPracticeServer *server);
void       raw_send          (int                  fd,
                              const void          *data,
                              gssize               length);

/* Reads until there are @length bytes, or less if the connection ends. */
GBytes    *raw_read          (int                  fd,
                              gsize                length);

/* Reads all there is until the connection ends, and closes it. */
RawAnswer *raw_finish        (int                  fd);

/* Asks for one thing on a connection of its own. @headers: NULL, or lines with CR LF. */
RawAnswer *raw_ask           (SkeinPracticeServer *server,
                              const char          *method,
                              const char          *target,
                              const char          *headers);
RawAnswer *raw_get           (SkeinPracticeServer *server,
                              const char          *target,
                              const char          *headers);

/* Whether nothing comes for so long. */
gboolean   raw_is_silent     (int                  fd,
                              int                  milliseconds);

gboolean   raw_has_line      (RawAnswer           *self,
                              const char          *line);
void       raw_assert_body   (RawAnswer           *self,
                              const void          *data,
                              gsize                length);

/* Asserts that the body is the content of /bytes from @offset on. */
void       raw_assert_pattern (RawAnswer          *self,
                               guint64             seed,
                               guint64             offset,
                               gsize               length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawAnswer, raw_answer_free)

G_END_DECLS

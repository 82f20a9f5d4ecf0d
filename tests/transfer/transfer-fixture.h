/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-practice-pattern.h"
#include "skein-practice-request.h"
#include "skein-practice-server.h"
#include "skein-transfer.h"

typedef struct
{
  SkeinPracticeServer *server;
  SkeinHostTable      *hosts;
  SkeinTaskContext     context;
  SkeinTimeouts        timeouts;
  guint                connections;  /* 0: as many as usual */
  SkeinDigest         *digest;       /* nullable: what the next file ought to be */
  SkeinRequestOptions *options;      /* nullable: how the next requests are dressed */
  SkeinSourceSet      *sources;      /* nullable: where else the next file can be had */
  char                *folder;

  /* Of the last transfer. */
  SkeinTransfer       *transfer;
  GError              *error;
} Fixture;

/* As a runner that gives helpers: threads of their own. */
extern const SkeinTaskContextFuncs helping_funcs;

/* Every operation that was entered is left before the next, and every stamp lies in the past. */
extern const SkeinTaskContextFuncs checking_funcs;

void      fixture_set_up        (Fixture       *fixture,
                                 gconstpointer  data);
void      fixture_tear_down     (Fixture       *fixture,
                                 gconstpointer  data);

/* Runs a transfer of @target (a path with query, or a whole address) on this thread. */
gboolean  fixture_run           (Fixture       *fixture,
                                 const char    *target);
gboolean  fixture_run_full      (Fixture       *fixture,
                                 const char    *target,
                                 const char    *login,
                                 const char    *name,
                                 GCancellable  *cancellable);

/* The next attempt after the last one, which failed. */
gboolean  fixture_run_again     (Fixture       *fixture);

/* Cancels a transfer from another thread as soon as so many bytes came; to be joined. */
GThread  *fixture_cancel_at     (SkeinTransfer *transfer,
                                 GCancellable  *cancellable,
                                 guint64        bytes);

/* The last transfer ended well, with so many bytes of the server's pattern. */
void      fixture_assert_file   (Fixture       *fixture,
                                 guint64        size);

/* Nothing but part files is in the folder. */
void      fixture_assert_no_file (Fixture      *fixture);

/* The names in the folder, sorted, joined by spaces. */
char     *fixture_dup_names     (Fixture       *fixture);

/* How many requests the server has seen. */
guint     fixture_count_requests (Fixture      *fixture);

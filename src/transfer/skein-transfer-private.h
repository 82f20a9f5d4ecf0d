/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-answer-check.h"
#include "skein-checksum.h"
#include "skein-connection.h"
#include "skein-governor.h"
#include "skein-part-file.h"
#include "skein-range-map.h"
#include "skein-rate-limiter.h"
#include "skein-source.h"
#include "skein-source-set.h"
#include "skein-transfer.h"

G_BEGIN_DECLS

/* Without a validator that can be trusted, so many bytes of what is there already are fetched again and compared. */
#define SKEIN_TRANSFER_OVERLAP (64 * 1024)

typedef struct _SkeinPieces SkeinPieces;

/* What the threads of one running transfer share. */
struct _SkeinTransfer
{
  gatomicrefcount   ref_count;

  /* As asked for; constant once it runs. */
  char             *uri;
  char             *login;        /* nullable */
  char             *folder;
  char             *name;         /* nullable */
  SkeinTimeouts     timeouts;
  guint             connections;  /* at the most */
  guint64           least;        /* bytes below which a range is not divided */
  SkeinRateLimiter *limiter;      /* nullable; thread-safe: of many transfers together */
  SkeinRateLimiter *own_limiter;  /* thread-safe: of this one alone */
  SkeinDigest      *digest;       /* nullable: what the whole file ought to be */
  SkeinRequestOptions *options;   /* nullable: how requests are dressed */
  SkeinSourceSet   *set;          /* nullable: where else it can be had, and its pieces */
  SkeinProgress    *progress;     /* thread-safe */
  SkeinJournal     *journal;      /* nullable; thread-safe */
  SkeinKey          journal_key;
  gboolean          preallocates;
  gboolean          finds_checksum;
  gboolean          afresh;       /* what an earlier run left is not gone on from */

  /* Set by the thread that runs it before helpers join; constant while there are any. */
  SkeinTaskContext *context;
  GCancellable     *stop;         /* thread-safe; the caller's, or our own for helpers */
  GPtrArray        *sources;      /* of SkeinSource; its own address first, then those of the set */
  SkeinSource      *source;       /* one of them: where this attempt began */
  SkeinSource      *alone;        /* nullable: one of them that shall give all of it */
  guint             n_alone;      /* how often that was tried */
  guint             attempt;      /* from 1; attempts that took over from one another */
  gboolean          mixed;        /* what was there already came from several, or from another */
  gboolean          spread;       /* others may be asked, too */
  SkeinPieces      *pieces;       /* nullable */
  SkeinPartFile    *file;         /* writing is thread-safe */
  gint64            total;        /* -1: not known, and no map then */
  SkeinDigest      *announced;    /* nullable: what the server says the digest is */
  gboolean          ranges;       /* the server gave a range: what is missing can be asked for */

  /* Of the thread that runs it alone. */
  SkeinChecksum    *checksum;     /* nullable: of what is there in order */
  SkeinDigest      *found;        /* nullable: of a checksum file beside the address */
  gboolean          searched;     /* for that file, with whatever result */

  /* Under the mutex while it runs. */
  GMutex            mutex;
  GCond             changed;      /* a helper has ended */
  SkeinRangeMap    *map;          /* nullable */
  GPtrArray        *segments;     /* of SkeinSegment, those that are alive */
  guint             n_helpers;
  gboolean          joining;      /* helpers are being called */
  guint             n_choosing;   /* helpers that have not yet chosen what to fetch first */
  gboolean          lost;         /* what was written once was replaced */
  guint             most_helpers; /* as many as have not turned out to add nothing */
  guint             n_let_go;
  guint64           came;         /* bytes, over all connections */
  SkeinGovernor     governor;
  gint64            look_due;     /* monotonic time of the next look at who adds something */
  GError           *fatal;        /* nullable: why all must end */
  gint64            record_due;   /* monotonic time of the next resume record */
  gboolean          recording;
  gint64            created;      /* wall clock, seconds */

  /* Written by the thread that runs it, read by the owner after that. */
  SkeinPartId       part;         /* no name: none */
  char             *path;
  char             *media_type;   /* nullable: lower case, without parameters */
  gboolean          length_known;
  gint64            retry_after;  /* seconds that the last answer without a file asked for, or -1 */
  SkeinVerification verification;
};

G_END_DECLS

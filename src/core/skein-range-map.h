/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-range.h"

G_BEGIN_DECLS

/**
 * SkeinRangeMap:
 *
 * Every byte of a file of known length is done (written), leased to somebody who fetches it, or
 * free. Exact: no byte is counted twice, none is forgotten, and only declared races are leased
 * twice. Plain data without a lock: whoever owns it lets in one thread at a time.
 */
typedef struct _SkeinRangeMap SkeinRangeMap;

/**
 * SkeinLease:
 * @id: never 0, never used again in the same map
 * @start: the first byte to fetch
 * @end: the byte behind the last one, as it was when the lease was made; later ask
 *   skein_range_map_get_end()
 *
 * The right to fetch and write some bytes, from the first one on.
 */
typedef struct
{
  guint   id;
  guint64 start;
  guint64 end;
} SkeinLease;

/**
 * skein_range_map_new:
 * @total: bytes of the file, at most 2^63 - 1
 *
 * Returns: (transfer full): a map with all bytes free
 */
SkeinRangeMap *skein_range_map_new              (guint64              total);

/**
 * skein_range_map_free:
 * @self: (transfer full): a map; leases may live
 */
void           skein_range_map_free             (SkeinRangeMap       *self);

/**
 * skein_range_map_lease:
 * @self: a map
 * @owner: who is to fetch, any number of the caller's
 * @least: bytes, at least 1: a range taken from another lease has that many at least, and so has
 *   what is left to the other
 * @lease: (out): what to fetch, if any
 *
 * Gives the first free hole, of any length. If there is none, the second half of the largest
 * range that a living lease has not yet received; that lease then ends earlier. The border
 * between the halves is one of 4 KiB where @least allows. Nothing is taken from leases that race.
 *
 * Returns: %FALSE if nothing is left that may be given
 */
gboolean       skein_range_map_lease            (SkeinRangeMap       *self,
                                                 guint                owner,
                                                 guint64              least,
                                                 SkeinLease          *lease);

/**
 * skein_range_map_has_hole:
 * @self: a map
 *
 * Returns: whether something is free that nobody fetches
 */
gboolean       skein_range_map_has_hole         (const SkeinRangeMap *self);

/**
 * skein_range_map_lease_tail:
 * @self: a map
 * @owner: who is to fetch, any number of the caller's
 * @from: the id of a living lease that loses its tail
 * @keep: bytes, from its position on, that it keeps at least
 * @least: bytes, at least 1, that the tail must have
 * @lease: (out): what to fetch, if any
 *
 * Where one is much faster than the other, half of the range would be too little. The border is one of
 * 4 KiB where that leaves @least.
 *
 * Returns: %FALSE if there is not so much behind what is kept, or if @from races
 */
gboolean       skein_range_map_lease_tail       (SkeinRangeMap       *self,
                                                 guint                owner,
                                                 guint                from,
                                                 guint64              keep,
                                                 guint64              least,
                                                 SkeinLease          *lease);

/**
 * skein_range_map_can_lease:
 * @self: a map
 * @least: as for skein_range_map_lease()
 *
 * Returns: whether skein_range_map_lease() would give something now
 */
gboolean       skein_range_map_can_lease        (const SkeinRangeMap *self,
                                                 guint64              least);

/**
 * skein_range_map_lease_race:
 * @self: a map
 * @owner: who is to fetch
 * @from: the id of a living lease
 * @lease: (out): what to fetch, if any
 *
 * Lets a second owner fetch what @from has not received. Both may write it; bytes count
 * once. When one of them has written it all, the other's skein_range_map_get_end() is its
 * position: it is to stop.
 *
 * Returns: %FALSE if @from is @owner's own, races already, or has received all
 */
gboolean       skein_range_map_lease_race       (SkeinRangeMap       *self,
                                                 guint                owner,
                                                 guint                from,
                                                 SkeinLease          *lease);

/**
 * skein_range_map_is_raced:
 * @self: a map
 * @lease: the id of a living lease
 *
 * Returns: whether somebody else fetches the same bytes
 */
gboolean       skein_range_map_is_raced         (const SkeinRangeMap *self,
                                                 guint                lease);

/**
 * skein_range_map_receive:
 * @self: a map
 * @lease: the id of a living lease
 * @length: bytes that came for it, behind those of the calls before
 *
 * To be called before the bytes are written. The tail may have been taken away since they were
 * asked for.
 *
 * Returns: how many of them, from the first one on, may be written; the lease's position is behind
 *   these now. Fewer than @length: the lease is at its end
 */
guint64        skein_range_map_receive          (SkeinRangeMap       *self,
                                                 guint                lease,
                                                 guint64              length);

/**
 * skein_range_map_wrote:
 * @self: a map
 * @start: the first byte
 * @end: the byte behind the last one, within the file
 *
 * These bytes are in the part file: done, whoever fetched them.
 *
 * Returns: how many of them were not done before
 */
guint64        skein_range_map_wrote            (SkeinRangeMap       *self,
                                                 guint64              start,
                                                 guint64              end);

/**
 * skein_range_map_lose:
 * @self: a map
 * @start: the first byte
 * @end: the byte behind the last one, within the file
 *
 * These bytes are not done after all (a piece that fails its digest). They are free as soon as no
 * living lease holds them.
 *
 * Returns: how many of them were done before
 */
guint64        skein_range_map_lose             (SkeinRangeMap       *self,
                                                 guint64              start,
                                                 guint64              end);

/**
 * skein_range_map_end_lease:
 * @self: a map
 * @lease: the id of a living lease; it is over
 *
 * What it held and nobody wrote is free again, also bytes that were received but not written,
 * unless somebody else races for them.
 */
void           skein_range_map_end_lease        (SkeinRangeMap       *self,
                                                 guint                lease);

/**
 * skein_range_map_get_position:
 * @self: a map
 * @lease: the id of a living lease
 *
 * Returns: the byte it receives next
 */
guint64        skein_range_map_get_position     (const SkeinRangeMap *self,
                                                 guint                lease);

/**
 * skein_range_map_get_end:
 * @self: a map
 * @lease: the id of a living lease
 *
 * Returns: the byte behind the last one that it may still receive; its position if there is none
 */
guint64        skein_range_map_get_end          (const SkeinRangeMap *self,
                                                 guint                lease);

/**
 * skein_range_map_get_largest_left:
 * @self: a map
 *
 * Returns: bytes of the largest range that a living lease has not yet received; 0 without leases
 */
guint64        skein_range_map_get_largest_left (const SkeinRangeMap *self);

/**
 * skein_range_map_get_n_leases:
 * @self: a map
 *
 * Returns: how many leases live
 */
guint          skein_range_map_get_n_leases     (const SkeinRangeMap *self);

/**
 * skein_range_map_get_total:
 * @self: a map
 *
 * Returns: bytes of the file
 */
guint64        skein_range_map_get_total        (const SkeinRangeMap *self);

/**
 * skein_range_map_get_n_done_bytes:
 * @self: a map
 *
 * Returns: how many bytes are done
 */
guint64        skein_range_map_get_n_done_bytes (const SkeinRangeMap *self);

/**
 * skein_range_map_is_done:
 * @self: a map
 * @start: the first byte
 * @end: the byte behind the last one
 *
 * Returns: whether all of these bytes are done
 */
gboolean       skein_range_map_is_done          (const SkeinRangeMap *self,
                                                 guint64              start,
                                                 guint64              end);

/**
 * skein_range_map_is_complete:
 * @self: a map
 *
 * Returns: whether all bytes are done
 */
gboolean       skein_range_map_is_complete      (const SkeinRangeMap *self);

/**
 * skein_range_map_dup_done:
 * @self: a map
 *
 * Returns: (transfer full) (element-type SkeinRange): a copy of what is done: sorted, apart from
 *   each other, none empty
 */
GArray        *skein_range_map_dup_done         (const SkeinRangeMap *self);

/**
 * skein_range_map_set_done:
 * @self: a map without living leases
 * @done: (element-type SkeinRange): what is done, from a resume record
 *
 * Replaces what is done, if @done is sorted, its ranges apart from each other, none empty, all
 * within the file.
 *
 * Returns: %FALSE if not; then nothing has changed
 */
gboolean       skein_range_map_set_done         (SkeinRangeMap       *self,
                                                 const GArray        *done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinRangeMap, skein_range_map_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "skein-download.h"
#include "skein-metalink-load.h"

G_BEGIN_DECLS

/**
 * SkeinGetMetalink:
 *
 * Reads Metalinks, those that were named and those that were downloaded, and adds what they list. Main
 * context only.
 */
typedef struct _SkeinGetMetalink SkeinGetMetalink;

/**
 * SkeinGetMetalinkFunc:
 * @file: one file of a Metalink, with at least one mirror
 * @folder: (type filename): where it shall be
 * @data: as given to skein_get_metalink_new()
 *
 * Adds it.
 *
 * Returns: (transfer none) (nullable): the new download, if there is one
 */
typedef SkeinDownload *(*SkeinGetMetalinkFunc) (const SkeinMetalinkFile *file,
                                                const char              *folder,
                                                gpointer                 data);

/**
 * SkeinGetMetalinkReadFunc:
 * @text: the path of a Metalink, or the name of a file in it
 * @error: (nullable): why it was not taken
 * @data: as given to skein_get_metalink_new()
 *
 * Called for each file that nobody here can fetch, and at the end.
 */
typedef void (*SkeinGetMetalinkReadFunc) (const char   *text,
                                          const GError *error,
                                          gpointer      data);

/**
 * skein_get_metalink_new:
 * @add: adds a file
 * @read: told how it went
 * @data: for both
 *
 * Returns: (transfer full): a reader
 */
SkeinGetMetalink *skein_get_metalink_new     (SkeinGetMetalinkFunc      add,
                                              SkeinGetMetalinkReadFunc  read,
                                              gpointer                  data);

/**
 * skein_get_metalink_free:
 * @self: (transfer full): a reader
 *
 * What is being read is waited for and dropped.
 */
void              skein_get_metalink_free    (SkeinGetMetalink         *self);

/**
 * skein_get_metalink_is_busy:
 * @self: a reader
 *
 * Returns: whether something is being read
 */
gboolean          skein_get_metalink_is_busy (SkeinGetMetalink         *self);

/**
 * skein_get_metalink_is_path:
 * @text: what was typed
 *
 * Returns: whether it names a Metalink on the disk, by its suffix; an address is none
 */
gboolean          skein_get_metalink_is_path (const char               *text);

/**
 * skein_get_metalink_add:
 * @self: a reader
 * @path: (type filename): a Metalink on the disk
 * @folder: (type filename): where its files shall be
 */
void              skein_get_metalink_add     (SkeinGetMetalink         *self,
                                              const char               *path,
                                              const char               *folder);

/**
 * skein_get_metalink_follow:
 * @self: a reader
 * @download: one that ended
 *
 * If it brought a Metalink, and was not itself listed by one, its files are wanted: beside it.
 */
void              skein_get_metalink_follow  (SkeinGetMetalink         *self,
                                              SkeinDownload            *download);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "skein-manager.h"

G_BEGIN_DECLS

/**
 * SkeinIntake:
 *
 * The way in for all addresses, whether dropped, pasted, typed or handed over: they are parsed by a thread,
 * then added to the list in slices. Main context only.
 *
 * Property "n-pending" (uint, read-only): how many texts are on their way.
 *
 * Signals:
 *  - "taken" (SkeinAdded *added): a text is in the list; @added is valid during the signal only, what its
 *    arrays hold may be referenced.
 *  - "failed" (GError *error): a text could not be read; the message is translated, for people.
 */
#define SKEIN_TYPE_INTAKE (skein_intake_get_type ())
G_DECLARE_FINAL_TYPE (SkeinIntake, skein_intake, SKEIN, INTAKE, GObject)

/**
 * skein_intake_new:
 * @manager: where the downloads go
 * @settings: with the key "folder"
 *
 * Returns: (transfer full): an intake
 */
SkeinIntake *skein_intake_new                (SkeinManager      *manager,
                                              GSettings         *settings);

/**
 * skein_intake_dup_folder:
 * @self: an intake
 *
 * Returns: (transfer full) (type filename): where files go: the folder of the settings, or else the user's
 *   folder for downloads
 */
char        *skein_intake_dup_folder         (SkeinIntake       *self);

/**
 * skein_intake_take_bytes:
 * @self: an intake
 * @bytes: a text with addresses in it
 * @form: how it is written
 */
void         skein_intake_take_bytes         (SkeinIntake       *self,
                                              GBytes            *bytes,
                                              SkeinUriListForm   form);

/**
 * skein_intake_take_bytes_into:
 * @self: an intake
 * @bytes: a text with addresses in it
 * @form: how it is written
 * @folder: (type filename) (nullable): where the files go, if not into the usual folder
 */
void         skein_intake_take_bytes_into    (SkeinIntake       *self,
                                              GBytes            *bytes,
                                              SkeinUriListForm   form,
                                              const char        *folder);

/**
 * skein_intake_take_uri_list:
 * @self: an intake
 * @bytes: text/uri-list (RFC 2483 section 5)
 *
 * As skein_intake_take_bytes(), but local files that are lists of addresses (`.txt`, `.urls`, `.list`; at
 * most %SKEIN_URI_LIST_MAX_LENGTH bytes) are read, one address a line, and Metalinks (`.meta4`, `.metalink`; at
 * most %SKEIN_METALINK_MAX_LENGTH bytes), whose files are added with names, sizes, digests and mirrors. Other
 * files and folders are refused with a reason.
 */
void         skein_intake_take_uri_list      (SkeinIntake       *self,
                                              GBytes            *bytes);

/**
 * skein_intake_paste:
 * @self: an intake
 * @clipboard: whose text is taken, read as running text
 */
void         skein_intake_paste              (SkeinIntake       *self,
                                              GdkClipboard      *clipboard);

/**
 * skein_intake_fail:
 * @self: an intake
 * @error: why a text could not be read, for people
 *
 * For those who read a text on behalf of the intake: emits "failed".
 */
void         skein_intake_fail               (SkeinIntake       *self,
                                              const GError      *error);

/**
 * skein_intake_get_n_pending:
 * @self: an intake
 *
 * Returns: how many texts are on their way
 */
guint        skein_intake_get_n_pending      (SkeinIntake       *self);

/**
 * skein_intake_describe_reject:
 * @reject: from #SkeinAdded
 *
 * Returns: (transfer full): why it was not taken, for people
 */
char        *skein_intake_describe_reject    (const SkeinUriReject *reject);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a worker process and whoever started it say to each other: one line a message, each a dictionary in
 * GVariant's text format, such as {'kind': <'transfer'>, 'version': <1>}. Whoever reads one leaves out the
 * fields that it does not know, so that fields may be added without a new version. Everything read is
 * hostile. All functions may be called from any thread.
 */

/** SKEIN_WORKER_VERSION: of the protocol; other versions are refused. */
#define SKEIN_WORKER_VERSION 1

/** SKEIN_WORKER_LINE_MAX: bytes of the longest line, its end included. */
#define SKEIN_WORKER_LINE_MAX (1024 * 1024)

/**
 * skein_worker_message_parse:
 * @line: (array length=length): a line without its end
 * @length: bytes
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * Returns: (transfer full) (nullable): a dictionary of type a{sv}
 */
GVariant *skein_worker_message_parse      (const char   *line,
                                           gsize         length,
                                           GError      **error);

/**
 * skein_worker_message_print:
 * @self: (transfer none): a dictionary; consumed if it floats
 *
 * Returns: (transfer full): a line with its end
 */
char     *skein_worker_message_print      (GVariant     *self);

/**
 * skein_worker_message_get_text:
 * @self: a message
 * @key: which field
 * @value: (out) (transfer none) (nullable): its text; %NULL if it is not there
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * Returns: %FALSE if the field is there but no text
 */
gboolean  skein_worker_message_get_text   (GVariant     *self,
                                           const char   *key,
                                           const char  **value,
                                           GError      **error);

/**
 * skein_worker_message_get_bytes:
 * @self: a message
 * @key: which field
 * @value: (out) (transfer none) (nullable) (type filename): its bytes, with a NUL behind; %NULL if it is not there
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * What may not be UTF-8, such as the name of a file, is bytes (b'…'); a text is taken as well.
 *
 * Returns: %FALSE if the field is there but of another type
 */
gboolean  skein_worker_message_get_bytes  (GVariant     *self,
                                           const char   *key,
                                           const char  **value,
                                           GError      **error);

/**
 * skein_worker_message_get_texts:
 * @self: a message
 * @key: which field
 * @values: (out) (transfer container) (nullable): its texts; %NULL if it is not there
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * The texts lie in the message; the array is freed with g_free().
 *
 * Returns: %FALSE if the field is there but no list of texts
 */
gboolean  skein_worker_message_get_texts  (GVariant      *self,
                                           const char    *key,
                                           const char  ***values,
                                           GError       **error);

/**
 * skein_worker_message_get_number:
 * @self: a message
 * @key: which field
 * @least: what it is at least
 * @most: what it is at the most
 * @value: (inout): its number; stays if the field is not there
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * Any type of whole numbers is taken.
 *
 * Returns: %FALSE if the field is there but no such number
 */
gboolean  skein_worker_message_get_number (GVariant     *self,
                                           const char   *key,
                                           gint64        least,
                                           gint64        most,
                                           gint64       *value,
                                           GError      **error);

/**
 * skein_worker_message_check_version:
 * @self: a message
 * @error: %SKEIN_ERROR_BAD_TASK
 *
 * Returns: whether it has the field "version", and that is %SKEIN_WORKER_VERSION
 */
gboolean  skein_worker_message_check_version (GVariant     *self,
                                              GError      **error);

G_END_DECLS

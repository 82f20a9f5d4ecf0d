/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strict readers for the headers that decide about bytes on the disk. libsoup wraps or misreads them. */

/**
 * skein_http_parse_content_length:
 * @value: (nullable): all values of Content-Length, joined by commas
 * @length: (out): bytes, 0 … 2^63 - 1; -1 if @value is %NULL or on error
 * @error: %SKEIN_ERROR_PROTOCOL
 *
 * RFC 9110 section 8.6: digits only; equal duplicates are taken, different ones are an error. Any thread.
 *
 * Returns: %FALSE on error
 */
gboolean skein_http_parse_content_length    (const char  *value,
                                             gint64      *length,
                                             GError     **error);

/**
 * skein_http_parse_content_range:
 * @value: (nullable): the value of Content-Range
 * @start: (out): first byte, or -1 if only the total is named
 * @end: (out): last byte, inclusive, or -1 if only the total is named
 * @total: (out): bytes of the whole, or -1 for "*"
 * @error: %SKEIN_ERROR_PROTOCOL, also for %NULL
 *
 * RFC 9110 section 14.4. On success 0 <= start <= end < total, with total -1 if the server does not know
 * it; or, with status 416, start = end = -1 and a known total. Any thread.
 *
 * Returns: %FALSE on error; all three are then -1
 */
gboolean skein_http_parse_content_range     (const char  *value,
                                             gint64      *start,
                                             gint64      *end,
                                             gint64      *total,
                                             GError     **error);

/**
 * skein_http_parse_transfer_encoding:
 * @value: (nullable): all values of Transfer-Encoding, joined by commas
 * @chunked: (out): whether the body is chunked
 * @error: %SKEIN_ERROR_PROTOCOL
 *
 * RFC 9112 section 6.1. Only one "chunked" is carried; anything else is an error. Any thread.
 *
 * Returns: %FALSE on error
 */
gboolean skein_http_parse_transfer_encoding (const char  *value,
                                             gboolean    *chunked,
                                             GError     **error);

/**
 * skein_http_parse_retry_after:
 * @value: (nullable): the value of Retry-After
 * @now: seconds since 1970
 *
 * RFC 9110 section 10.2.3: seconds or a date. Any thread.
 *
 * Returns: seconds to wait, 0 … 86400 (a date that is over gives 0); -1 if @value says nothing usable
 */
gint64   skein_http_parse_retry_after       (const char  *value,
                                             gint64       now);

/**
 * skein_http_parse_date:
 * @value: (nullable): an HTTP date in one of the three forms of RFC 9110 section 5.6.7
 * @now: seconds since 1970
 *
 * Any thread.
 *
 * Returns: seconds since 1970, clamped to 0 … @now + one day; -1 if @value is no date
 */
gint64   skein_http_parse_date              (const char  *value,
                                             gint64       now);

/**
 * skein_http_etag_is_strong:
 * @value: (nullable): the value of ETag
 *
 * RFC 9110 section 8.8.3. Any thread.
 *
 * Returns: %TRUE for a well-formed strong tag, which If-Range may carry
 */
gboolean skein_http_etag_is_strong          (const char  *value);

/**
 * skein_http_is_token:
 * @name: (nullable): a header name or method
 *
 * RFC 9110 section 5.6.2. Any thread.
 *
 * Returns: %TRUE if it may be sent as a name
 */
gboolean skein_http_is_token                (const char  *name);

/**
 * skein_http_is_header_value:
 * @value: (nullable): a header value; any bytes
 *
 * RFC 9110 section 5.5: no CR, LF or other controls but tab, no white space at the ends. Any thread.
 *
 * Returns: %TRUE if it may be sent as a value; an empty one may
 */
gboolean skein_http_is_header_value         (const char  *value);

G_END_DECLS

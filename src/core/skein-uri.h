/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SKEIN_URI_MAX_LENGTH:
 *
 * Bytes of the longest address that is taken.
 */
#define SKEIN_URI_MAX_LENGTH (64 * 1024)

/**
 * skein_uri_clean:
 * @text: one address as typed, pasted or read from a list; any bytes
 * @login: (out) (optional) (nullable): "user:password", decoded, if the address held one
 * @error: %SKEIN_ERROR_INVALID_ADDRESS or %SKEIN_ERROR_UNSUPPORTED_SCHEME
 *
 * Normalises an http or https address (RFC 3986 section 6.2.2, RFC 9110 section 4.2): trimmed, scheme
 * and host in lower case, IDN host in ASCII, decimal and hexadecimal IPv4 forms as dotted quad, default
 * port, fragment and login gone, spaces and other characters that do not belong there percent-encoded.
 * Cleaning a clean address changes nothing. An address without a scheme is refused. Any thread.
 *
 * Returns: (transfer full) (nullable): the address in ASCII
 */
char     *skein_uri_clean          (const char  *text,
                                    char       **login,
                                    GError     **error);

/**
 * SkeinUriKind:
 * @SKEIN_URI_WEB: http and https
 * @SKEIN_URI_FILE: a file of this computer
 * @SKEIN_URI_DATA: the file itself stands in the address
 * @SKEIN_URI_MOUNT: ftp, ftps, sftp, smb, dav and davs: where GVfs can mount them
 * @SKEIN_URI_OTHER: none of these
 *
 * By what means an address is carried.
 */
typedef enum
{
  SKEIN_URI_WEB,
  SKEIN_URI_FILE,
  SKEIN_URI_DATA,
  SKEIN_URI_MOUNT,
  SKEIN_URI_OTHER,
} SkeinUriKind;

/**
 * skein_uri_get_kind:
 * @uri: any address
 *
 * Looks at the scheme alone. Any thread.
 *
 * Returns: the kind
 */
SkeinUriKind skein_uri_get_kind    (const char  *uri);

/**
 * skein_uri_clean_any:
 * @text: one address that a person wrote; any bytes
 * @login: (out) (optional) (nullable): "user:password", decoded, if the address held one
 * @error: as of skein_uri_clean()
 *
 * As skein_uri_clean(), but takes all kinds. Not for what comes from strangers, such as redirects, dropped
 * lists and Metalinks: their addresses lead to the web alone. A file: address becomes that of the canonical path. Any
 * thread.
 *
 * Returns: (transfer full) (nullable): the address in ASCII
 */
char     *skein_uri_clean_any      (const char  *text,
                                    char       **login,
                                    GError     **error);

/**
 * skein_uri_any_dup_authority:
 * @uri: an address that skein_uri_clean_any() made
 *
 * Any thread.
 *
 * Returns: (transfer full): host and perhaps port of a kind that is mounted; empty for other kinds
 */
char     *skein_uri_any_dup_authority (const char *uri);

/**
 * skein_uri_resolve:
 * @base: the clean address that redirected
 * @location: (nullable): the raw value of Location
 * @error: %SKEIN_ERROR_BAD_REDIRECT (none, empty, unparsable, or a scheme that is not carried) or
 *   %SKEIN_ERROR_REDIRECT_REFUSED (https to http)
 *
 * The target of a redirect (RFC 9110 section 10.2.2, RFC 3986 section 5.2), cleaned as by
 * skein_uri_clean(). Fragment and login are dropped. Any thread.
 *
 * Returns: (transfer full) (nullable): a clean address
 */
char     *skein_uri_resolve        (const char  *base,
                                    const char  *location,
                                    GError     **error);

/**
 * skein_uri_same_origin:
 * @a: a clean address
 * @b: a clean address
 *
 * Same scheme, host and port (RFC 6454 section 5): a secret for one may be shown to the other. Any
 * thread.
 *
 * Returns: %FALSE also if one of them is no clean address
 */
gboolean  skein_uri_same_origin    (const char  *a,
                                    const char  *b);

/**
 * skein_uri_dup_host_key:
 * @uri: a clean address
 *
 * What counts connections: "example.org:443", "[::1]:80", "ftp:example.org", "file:". Any thread.
 *
 * Returns: (transfer full): host and port; empty if @uri is no clean address
 */
char     *skein_uri_dup_host_key   (const char  *uri);

/**
 * skein_uri_dup_host:
 * @uri: a clean address
 *
 * The host alone: no port, IPv6 without brackets. Any thread.
 *
 * Returns: (transfer full): the host; empty if @uri is no clean address
 */
char     *skein_uri_dup_host       (const char  *uri);

/**
 * skein_uri_dup_host_label:
 * @uri: a clean address
 *
 * The host as a row shows it, with the port only if it is not the default. IDN hosts stay in ASCII, so
 * that a look-alike shows. Any thread.
 *
 * Returns: (transfer full): the label; empty if @uri is no clean address
 */
char     *skein_uri_dup_host_label (const char  *uri);

/**
 * skein_uri_is_loopback:
 * @uri: a clean address
 *
 * Whether the file comes from this computer, which needs no network: file:, data:, and hosts that are it by their
 * name: 127.0.0.0/8, ::1 (also IPv4-mapped), localhost and
 * names under it (RFC 6761 section 6.3). Nothing is looked up. Any thread.
 *
 * Returns: %TRUE if it is
 */
gboolean  skein_uri_is_loopback    (const char  *uri);

/**
 * skein_uri_is_local:
 * @uri: an address
 *
 * Whether its host is, by its name, this computer or one on the local network, which needs no way out: loopback,
 * private (RFC 1918, RFC 4193), link-local, localhost and names under it or under local (RFC 6762). Nothing is
 * looked up. Any thread.
 *
 * Returns: %TRUE if it is; %FALSE if @uri has no host
 */
gboolean  skein_uri_is_local       (const char  *uri);

/**
 * skein_uri_dup_masked:
 * @text: what may be an address, also a bad one; any bytes
 *
 * For messages about addresses that were refused: what stands before "@", where a login would be, becomes "…". Any
 * thread.
 *
 * Returns: (transfer full): the rest as it is
 */
char     *skein_uri_dup_masked     (const char  *text);

/**
 * skein_uri_dup_display:
 * @uri: any address
 *
 * For reading, not for fetching: percent-encoded UTF-8 in path and query is decoded where it is a plain
 * visible character, login dropped. Any thread.
 *
 * Returns: (transfer full): valid UTF-8 without control or bidirectional characters
 */
char     *skein_uri_dup_display    (const char  *uri);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "skein-input-list.h"
#include "skein-request-options.h"

G_BEGIN_DECLS

/**
 * SkeinGetRequest:
 * @headers: (nullable): "Name: value", or "@FILE" with such lines
 * @referer: (nullable): an address
 * @user_agent: (nullable): what to be called
 * @user: (nullable): "NAME:PASSWORD", or "NAME"
 * @netrc: whether ~/.netrc is asked for logins
 * @netrc_file: (nullable): the file to be asked instead
 * @cookies: (nullable): a file in the form of Netscape's cookies.txt
 * @proxy: (nullable): the proxy for all downloads
 *
 * What the command line says about requests, as typed.
 */
typedef struct
{
  char   **headers;
  char    *referer;
  char    *user_agent;
  char    *user;
  gboolean netrc;
  char    *netrc_file;
  char    *cookies;
  char    *proxy;
} SkeinGetRequest;

/**
 * skein_get_request_add_options:
 * @self: zeros, filled in when the command line is parsed
 * @context: where the options are added
 */
void                 skein_get_request_add_options (SkeinGetRequest        *self,
                                                    GOptionContext         *context);

/**
 * skein_get_request_clear:
 * @self: what was typed
 */
void                 skein_get_request_clear       (SkeinGetRequest        *self);

/**
 * skein_get_request_make:
 * @self: what was typed
 * @error: %G_OPTION_ERROR, a text for people
 *
 * Reads the files, asks for a password on the terminal where one is missing, and warns of files that others can read.
 * Blocks; before anything else runs.
 *
 * Returns: (transfer full) (nullable): how requests are dressed
 */
SkeinRequestOptions *skein_get_request_make        (const SkeinGetRequest  *self,
                                                    GError                **error);

/**
 * skein_get_request_for_entry:
 * @all: how requests are dressed otherwise
 * @entry: an entry of a list
 * @error: %G_OPTION_ERROR, a text for people
 *
 * Returns: (transfer full) (nullable): the same, with what the entry adds
 */
SkeinRequestOptions *skein_get_request_for_entry   (SkeinRequestOptions    *all,
                                                    const SkeinInputEntry  *entry,
                                                    GError                **error);

G_END_DECLS

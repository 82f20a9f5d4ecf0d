/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * skein_disposition_parse:
 * @value: the raw value of Content-Disposition; any bytes
 * @extended: (out) (nullable): filename*, decoded; %NULL if there is none that can be decoded
 * @plain: (out) (nullable): filename, decoded; %NULL if there is none
 *
 * Part of skein_file_name_from_disposition(): takes the header apart, but makes nothing safe. Of two
 * parameters of the same name the first counts. Any thread.
 */
void skein_disposition_parse (const char  *value,
                              char       **extended,
                              char       **plain);

G_END_DECLS

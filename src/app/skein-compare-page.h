/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "skein-services.h"

G_BEGIN_DECLS

/**
 * SkeinComparePage:
 *
 * The page that runs the same work in several ways and shows what each of them took.
 *
 * Signal "freeze" (char *message): the window is about to freeze, and this says so; %NULL when it is over.
 */
#define SKEIN_TYPE_COMPARE_PAGE (skein_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (SkeinComparePage, skein_compare_page, SKEIN, COMPARE_PAGE, AdwBin)

/**
 * skein_compare_page_set_services:
 * @self: a page
 * @services: whose settings and practice server it uses; kept alive
 */
void skein_compare_page_set_services (SkeinComparePage *self,
                                      SkeinServices    *services);

/**
 * skein_compare_page_run:
 * @self: a page
 *
 * Does what the button does: begins the comparison, or stops the one that runs.
 */
void skein_compare_page_run          (SkeinComparePage *self);

G_END_DECLS

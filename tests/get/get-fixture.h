/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <string.h>

#include "skein-practice-server.h"

/* A practice server, an empty folder, and what skein-get said when it was last run in it. */
typedef struct
{
  SkeinPracticeServer *server;
  const char *address;
  char *folder;
  int status;
  char *out;
  char *err;
} Fixture;

void         set_up       (Fixture       *fixture,
                           gconstpointer  data);
void         tear_down    (Fixture       *fixture,
                           gconstpointer  data);

/* Starts skein-get in the folder, with these arguments up to NULL. */
GSubprocess *start        (Fixture       *fixture,
                           const char    *first,
                           ...) G_GNUC_NULL_TERMINATED;

/* Waits for its end. */
void         finish       (Fixture       *fixture,
                           GSubprocess   *process,
                           const char    *input);

#define run(fixture, ...) finish (fixture, start (fixture, __VA_ARGS__, NULL), NULL)

/* What follows the server's address. */
char        *make_address (Fixture       *fixture,
                           const char    *rest);

gboolean     exists       (Fixture       *fixture,
                           const char    *name);

/* A file with so many bytes of the server's pattern is there. */
void         assert_equal (Fixture       *fixture,
                           const char    *name,
                           guint64        size);

#define assert_contains(text, part) g_assert_nonnull (strstr (text, part))

#define ADD_TEST(path, data, func) g_test_add ("/get/" path, Fixture, data, set_up, func, tear_down)

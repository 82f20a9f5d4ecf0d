/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-error.h"
#include "skein-get-status.h"

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= SKEIN_ERROR_SIZE; code++)
    {
      g_autoptr (GError) error = g_error_new (SKEIN_ERROR, code, "x");
      const char *domain;
      char *name = skein_get_status_name_code (error, &domain);

      g_assert_cmpstr (domain, ==, "skein");
      g_assert_nonnull (name);
      g_assert_true (g_hash_table_add (seen, name));
      g_assert_cmpint (skein_get_status_from_error (error), !=, SKEIN_GET_STATUS_GOOD);
    }
}

static void
test_other_domains (void)
{
  g_autoptr (GError) http = g_error_new (SKEIN_HTTP_STATUS, 503, "x");
  g_autoptr (GError) foreign = g_error_new (G_SPAWN_ERROR, G_SPAWN_ERROR_FORK, "x");
  const char *domain;
  g_autofree char *status = skein_get_status_name_code (http, &domain);
  g_autofree char *number = NULL;

  g_assert_cmpstr (domain, ==, "http");
  g_assert_cmpstr (status, ==, "503");
  g_assert_cmpint (skein_get_status_from_error (http), ==, SKEIN_GET_STATUS_SERVER);

  number = skein_get_status_name_code (foreign, &domain);
  g_assert_cmpstr (domain, ==, g_quark_to_string (G_SPAWN_ERROR));
  g_assert_cmpstr (number, ==, "0");
  g_assert_cmpint (skein_get_status_from_error (foreign), ==, SKEIN_GET_STATUS_OTHER);
}

static void
test_add (void)
{
  g_assert_cmpint (skein_get_status_add (SKEIN_GET_STATUS_GOOD, SKEIN_GET_STATUS_DISK), ==, SKEIN_GET_STATUS_DISK);
  g_assert_cmpint (skein_get_status_add (SKEIN_GET_STATUS_DISK, SKEIN_GET_STATUS_DISK), ==, SKEIN_GET_STATUS_DISK);
  g_assert_cmpint (skein_get_status_add (SKEIN_GET_STATUS_DISK, SKEIN_GET_STATUS_INPUT), ==, SKEIN_GET_STATUS_OTHER);
  g_assert_cmpint (skein_get_status_add (SKEIN_GET_STATUS_OTHER, SKEIN_GET_STATUS_INPUT), ==, SKEIN_GET_STATUS_OTHER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/get-status/names", test_names);
  g_test_add_func ("/get-status/other-domains", test_other_domains);
  g_test_add_func ("/get-status/add", test_add);

  return g_test_run ();
}

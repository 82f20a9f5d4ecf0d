/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-fixture.h"

#include <glib/gstdio.h>

static GPrivate current = G_PRIVATE_INIT (NULL);

static void
checking_enter (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  g_assert_null (g_private_get (&current));
  g_private_set (&current, GINT_TO_POINTER (operation + 1));
}

static void
checking_leave (SkeinTaskContext *context,
                SkeinOperation    operation)
{
  g_assert_cmpint (GPOINTER_TO_INT (g_private_get (&current)), ==, operation + 1);
  g_private_set (&current, NULL);
}

static void
checking_stamp (SkeinTaskContext *context,
                SkeinOperation    operation,
                gint64            begin,
                gint64            end)
{
  g_assert_cmpint (begin, <=, end);
  g_assert_cmpint (end, <=, g_get_monotonic_time ());
}

static gboolean
checking_spawn_helper (SkeinTaskContext *context,
                       GThreadFunc       func,
                       gpointer          data)
{
  return FALSE;
}

const SkeinTaskContextFuncs checking_funcs = {
  .enter = checking_enter,
  .leave = checking_leave,
  .stamp = checking_stamp,
  .spawn_helper = checking_spawn_helper,
};

static GPtrArray *helpers;

static void
join_helper (gpointer thread)
{
  g_thread_join (thread);
}

static gboolean
helping_spawn_helper (SkeinTaskContext *context,
                      GThreadFunc       func,
                      gpointer          data)
{
  g_ptr_array_add (helpers, g_thread_new ("helper", func, data));

  return TRUE;
}

const SkeinTaskContextFuncs helping_funcs = {
  .enter = checking_enter,
  .leave = checking_leave,
  .stamp = checking_stamp,
  .spawn_helper = helping_spawn_helper,
};

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  skein_transfer_init ();
  helpers = g_ptr_array_new_with_free_func (join_helper);
  fixture->server = skein_practice_server_new (0, NULL, &error);
  g_assert_no_error (error);
  fixture->hosts = skein_host_table_new (16, 64);
  fixture->context = (SkeinTaskContext) { .funcs = &checking_funcs, .hosts = fixture->hosts };
  fixture->timeouts = SKEIN_TIMEOUTS_DEFAULT;
  fixture->folder = g_dir_make_tmp ("skein-transfer-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_remove (path) != 0)
        remove_folder (path);
    }
  g_rmdir (folder);
}

static void
forget_last (Fixture *fixture)
{
  g_clear_pointer (&fixture->transfer, skein_transfer_unref);
  g_clear_error (&fixture->error);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  g_assert_cmpuint (skein_host_table_get_in_use (fixture->hosts), ==, 0);
  forget_last (fixture);
  g_clear_pointer (&fixture->digest, skein_digest_free);
  g_clear_pointer (&fixture->options, skein_request_options_unref);
  g_clear_pointer (&fixture->sources, skein_source_set_unref);
  g_clear_pointer (&helpers, g_ptr_array_unref);
  skein_practice_server_free (fixture->server);
  skein_host_table_unref (fixture->hosts);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

gboolean
fixture_run_full (Fixture      *fixture,
                  const char   *target,
                  const char   *login,
                  const char   *name,
                  GCancellable *cancellable)
{
  g_autofree char *uri = target[0] == '/'
                         ? g_strconcat (skein_practice_server_get_address (fixture->server), target, NULL)
                         : g_strdup (target);
  gboolean good;

  forget_last (fixture);
  fixture->transfer = skein_transfer_new (uri, login, fixture->folder, name);
  skein_transfer_set_timeouts (fixture->transfer, &fixture->timeouts);
  if (fixture->connections > 0)
    skein_transfer_set_connections (fixture->transfer, fixture->connections);
  skein_transfer_set_digest (fixture->transfer, fixture->digest);
  skein_transfer_set_request_options (fixture->transfer, fixture->options);
  skein_transfer_set_sources (fixture->transfer, fixture->sources);
  good = skein_transfer_run (fixture->transfer, &fixture->context, cancellable, &fixture->error);
  g_assert_true (good == (fixture->error == NULL));
  g_assert_null (g_private_get (&current));

  return good;
}

gboolean
fixture_run (Fixture    *fixture,
             const char *target)
{
  return fixture_run_full (fixture, target, NULL, NULL, NULL);
}

gboolean
fixture_run_again (Fixture *fixture)
{
  SkeinTransfer *again = skein_transfer_new_after (fixture->transfer);

  forget_last (fixture);
  fixture->transfer = again;

  return skein_transfer_run (again, &fixture->context, NULL, &fixture->error);
}

typedef struct
{
  SkeinTransfer *transfer;
  GCancellable  *cancellable;
  guint64        bytes;
} Canceller;

static gpointer
cancel_thread (gpointer data)
{
  g_autofree Canceller *canceller = data;
  SkeinProgressSnapshot now = { 0 };

  while (now.received < canceller->bytes)
    {
      skein_progress_get (skein_transfer_get_progress (canceller->transfer), &now);
      g_thread_yield ();
    }
  g_cancellable_cancel (canceller->cancellable);

  return NULL;
}

GThread *
fixture_cancel_at (SkeinTransfer *transfer,
                   GCancellable  *cancellable,
                   guint64        bytes)
{
  Canceller *canceller = g_new0 (Canceller, 1);

  *canceller = (Canceller) { transfer, cancellable, bytes };

  return g_thread_new ("cancel", cancel_thread, canceller);
}

void
fixture_assert_file (Fixture *fixture,
                     guint64  size)
{
  g_autofree char *expected = skein_practice_pattern_sha256 (0, size);
  g_autofree char *contents = NULL;
  g_autofree char *digest = NULL;
  gsize length;
  GStatBuf info;

  g_assert_no_error (fixture->error);
  g_assert_true (g_file_get_contents (skein_transfer_get_path (fixture->transfer),
                                      &contents, &length, NULL));
  g_assert_cmpuint (length, ==, size);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
  g_assert_cmpstr (digest, ==, expected);
  g_assert_cmpint (g_stat (skein_transfer_get_path (fixture->transfer), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0111, ==, 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) a, *(const char **) b);
}

char *
fixture_dup_names (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

void
fixture_assert_no_file (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_null (skein_transfer_get_path (fixture->transfer));
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_nonnull (strstr (name, ".part"));
}

guint
fixture_count_requests (Fixture *fixture)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  return requests->len;
}

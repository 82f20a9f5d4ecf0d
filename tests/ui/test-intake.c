/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-intake.h"

#include <gtk/gtk.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "skein-heartbeat.h"
#include "skein-metalink.h"
#include "skein-runner.h"

#include "test-support.h"

#define SCHEMA "io.github.skein.Skein"

/* Takes everything and runs nothing: only what is in the list matters here. */
#define TEST_TYPE_IDLE_RUNNER (test_idle_runner_get_type ())
G_DECLARE_FINAL_TYPE (TestIdleRunner, test_idle_runner, TEST, IDLE_RUNNER, GObject)

struct _TestIdleRunner
{
  GObject parent_instance;
};

static guint
get_capacity (SkeinRunner *runner)
{
  return 0;
}

static void
iface_init (SkeinRunnerInterface *iface)
{
  iface->get_capacity = get_capacity;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestIdleRunner, test_idle_runner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SKEIN_TYPE_RUNNER, iface_init))

static void
test_idle_runner_class_init (TestIdleRunnerClass *klass)
{
}

static void
test_idle_runner_init (TestIdleRunner *self)
{
}

typedef struct
{
  SkeinRunner  *runner;
  SkeinManager *manager;
  GSettings    *settings;
  SkeinIntake  *intake;
  char         *folder;
  guint         taken;
  guint         failed;
  guint         added;
  guint         already;
  GPtrArray    *rejects;   /* "line: text: reason" */
} Fixture;

static void
taken_cb (SkeinIntake *intake,
          SkeinAdded  *added,
          Fixture     *fixture)
{
  fixture->taken++;
  fixture->added += added->added;
  fixture->already += added->already->len;
  for (guint i = 0; i < added->rejects->len; i++)
    {
      SkeinUriReject *reject = g_ptr_array_index (added->rejects, i);
      g_autofree char *reason = skein_intake_describe_reject (reject);

      g_ptr_array_add (fixture->rejects,
                       g_strdup_printf ("%u: %s: %s", reject->line, reject->text, reason));
    }
}

static void
failed_cb (SkeinIntake *intake,
           GError      *error,
           Fixture     *fixture)
{
  g_assert_nonnull (error);
  fixture->failed++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("skein-intake-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->runner = g_object_new (TEST_TYPE_IDLE_RUNNER, NULL);
  fixture->manager = skein_manager_new (fixture->runner);
  fixture->settings = g_settings_new (SCHEMA);
  g_settings_set_string (fixture->settings, "folder", fixture->folder);
  fixture->intake = skein_intake_new (fixture->manager, fixture->settings);
  fixture->rejects = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->intake, "taken", G_CALLBACK (taken_cb), fixture);
  g_signal_connect (fixture->intake, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpuint (skein_intake_get_n_pending (fixture->intake), ==, 0);
  g_assert_finalize_object (fixture->intake);
  g_object_unref (fixture->manager);
  g_object_unref (fixture->runner);
  g_object_unref (fixture->settings);
  g_ptr_array_unref (fixture->rejects);
  test_remove_folders (fixture->folder);
}

static gboolean
is_done (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->taken + fixture->failed > 0 && skein_intake_get_n_pending (fixture->intake) == 0;
}

static void
wait_for_it (Fixture *fixture)
{
  test_wait_until (is_done, fixture, 10);
}

static void
take (Fixture          *fixture,
      const char       *bytes,
      gsize             length,
      SkeinUriListForm  form)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, length);

  fixture->taken = 0;
  skein_intake_take_bytes (fixture->intake, copy, form);
  g_assert_cmpuint (skein_intake_get_n_pending (fixture->intake), ==, 1);
  wait_for_it (fixture);
}

static void
take_uri_list (Fixture    *fixture,
               const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  skein_intake_take_uri_list (fixture->intake, bytes);
  wait_for_it (fixture);
}

static const char *
get_address (Fixture *fixture,
             guint    i)
{
  g_autoptr (SkeinDownload) download = g_list_model_get_item (G_LIST_MODEL (fixture->manager), i);

  g_assert_nonnull (download);
  g_assert_cmpstr (skein_download_get_folder (download), ==, fixture->folder);
  return skein_download_get_address (download);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *content,
            gsize       length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, content, (gssize) length, &error));
  g_assert_no_error (error);
  return g_filename_to_uri (path, NULL, NULL);
}

/* The content may hold NUL bytes. */
#define WRITE_FILE(fixture, name, content) write_file (fixture, name, content, sizeof (content) - 1)

static void
test_forms (Fixture       *fixture,
            gconstpointer  data)
{
  const char lines[] = "\xef\xbb\xbf# a list\r\n\r\nhttp://a.example/1\r\nhttps://a.example/2\r\n";
  const char prose[] = "Have a look at https://a.example/3, and (http://a.example/4).";
  const char uri_list[] = "# comment\r\nhttp://a.example/5\r\nhttp://a.example/1\r\n";
  const char moz[] = "h\0t\0t\0p\0:\0/\0/\0a\0.\0e\0x\0/\0" "6\0\n\0T\0i\0t\0l\0e\0";

  take (fixture, lines, sizeof lines - 1, SKEIN_URI_LIST_LINES);
  take (fixture, prose, sizeof prose - 1, SKEIN_URI_LIST_PROSE);
  take (fixture, uri_list, sizeof uri_list - 1, SKEIN_URI_LIST_URI_LIST);
  take (fixture, moz, sizeof moz - 1, SKEIN_URI_LIST_MOZ_URL);

  g_assert_cmpuint (fixture->added, ==, 6);
  g_assert_cmpuint (fixture->already, ==, 1);
  g_assert_cmpuint (fixture->rejects->len, ==, 0);
  g_assert_cmpstr (get_address (fixture, 0), ==, "http://a.example/1");
  g_assert_cmpstr (get_address (fixture, 2), ==, "https://a.example/3");
  g_assert_cmpstr (get_address (fixture, 3), ==, "http://a.example/4");
  g_assert_cmpstr (get_address (fixture, 5), ==, "http://a.ex/6");
}

static void
test_other_folder (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("http://a.example/1", 18);
  g_autoptr (SkeinDownload) download = NULL;

  skein_intake_take_bytes_into (fixture->intake, bytes, SKEIN_URI_LIST_LINES, "/tmp/elsewhere");
  wait_for_it (fixture);
  download = g_list_model_get_item (G_LIST_MODEL (fixture->manager), 0);
  g_assert_cmpstr (skein_download_get_folder (download), ==, "/tmp/elsewhere");
}

static void
test_usual_folder (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *folder = NULL;

  g_settings_set_string (fixture->settings, "folder", "");
  folder = skein_intake_dup_folder (fixture->intake);
  g_assert_true (g_path_is_absolute (folder));
  g_assert_cmpstr (folder, !=, fixture->folder);

  /* Where that is depends on who started the program. */
  g_clear_pointer (&folder, g_free);
  g_settings_set_string (fixture->settings, "folder", "somewhere");
  folder = skein_intake_dup_folder (fixture->intake);
  g_assert_true (g_path_is_absolute (folder));
}

static void
test_list_files (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *txt = WRITE_FILE (fixture, "a list.txt", "http://a.example/1\nnonsense here\n");
  g_autofree char *urls = WRITE_FILE (fixture, "B.URLS", "http://a.example/2\nhttp://a.example/1");
  g_autofree char *utf16 = WRITE_FILE (fixture, "c.list", "\xff\xfeh\0t\0t\0p\0:\0/\0/\0b\0.\0c\0/\0");
  g_autofree char *text = g_strdup_printf ("%s\r\nhttp://a.example/0\r\n%s\r\n%s\r\n", txt, urls, utf16);

  take_uri_list (fixture, text);
  g_assert_cmpuint (fixture->added, ==, 4);
  g_assert_cmpstr (get_address (fixture, 0), ==, "http://a.example/0");
  g_assert_cmpstr (get_address (fixture, 1), ==, "http://a.example/1");
  g_assert_cmpstr (get_address (fixture, 2), ==, "http://a.example/2");
  g_assert_cmpstr (get_address (fixture, 3), ==, "http://b.c/");
  g_assert_cmpuint (fixture->rejects->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (fixture->rejects, 0), "2: nonsense here: "));
}

static void
assert_reject (Fixture    *fixture,
               guint       i,
               const char *expected)
{
  g_assert_cmpuint (i, <, fixture->rejects->len);
  g_assert_cmpstr (g_ptr_array_index (fixture->rejects, i), ==, expected);
}

static void
test_other_files (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *picture = WRITE_FILE (fixture, "moon.png", "\x89PNG");
  g_autofree char *binary = WRITE_FILE (fixture, "binary.txt", "ab\0cd");
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.txt", NULL);
  g_autofree char *pipe_uri = g_filename_to_uri (pipe_path, NULL, NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  text = g_strdup_printf ("file://%s\r\n%s\r\n%s\r\n%s\r\nfile:///nowhere/at/all.txt\r\n"
                          "file://other.example/a.txt\r\n",
                          fixture->folder, picture, binary, pipe_uri);
  take_uri_list (fixture, text);

  g_assert_cmpuint (fixture->added, ==, 0);
  g_assert_cmpuint (fixture->rejects->len, ==, 6);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->rejects, 0), "This is a folder."));
  assert_reject (fixture, 1, "2: moon.png: This file is not a list of addresses. The names of lists end in "
                             ".txt, .urls or .list, those of Metalinks in .meta4 or .metalink.");
  assert_reject (fixture, 2, "3: binary.txt: This file holds no text.");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (fixture->rejects, 3), "4: pipe.txt: This file is not"));
  assert_reject (fixture, 4, "5: all.txt: This file could not be read: No such file or directory.");
  assert_reject (fixture, 5, "6: a.txt: This file is on another computer.");
}

#define METALINK(files) "<?xml version='1.0'?><metalink xmlns='urn:ietf:params:xml:ns:metalink'>" files "</metalink>"

static void
test_metalinks (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *good =
    WRITE_FILE (fixture, "Two.META4",
                METALINK ("<file name='moon.iso'><size>9</size><url priority='2'>http://b.example/m</url>"
                          "<url priority='1'>http://a.example/m</url></file>"
                          "<file name='sun.iso'><url>http://a.example/s</url></file>"
                          "<file name='far.iso'><url>gopher://a.example/f</url></file>"));
  g_autofree char *bad = WRITE_FILE (fixture, "bad.metalink", "<metalink");
  g_autofree char *text = g_strdup_printf ("http://a.example/s\r\n%s\r\n%s\r\n", good, bad);
  g_autoptr (SkeinDownload) moon = NULL;

  take_uri_list (fixture, text);
  g_assert_cmpuint (fixture->added, ==, 2);
  g_assert_cmpuint (fixture->already, ==, 1);
  g_assert_cmpstr (get_address (fixture, 1), ==, "http://a.example/m");
  moon = g_list_model_get_item (G_LIST_MODEL (fixture->manager), 1);
  g_assert_cmpstr (skein_download_get_name (moon), ==, "moon.iso");
  g_assert_cmpuint (fixture->rejects->len, ==, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (fixture->rejects, 0), "2: far.iso: "));
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->rejects, 1), "3: bad.metalink: This is no Metalink"));
}

static void
test_huge_metalink (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "huge.meta4", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (ftruncate (fileno (file), SKEIN_METALINK_MAX_LENGTH + 1), ==, 0);
  fclose (file);
  take_uri_list (fixture, uri);
  assert_reject (fixture, 0, "1: huge.meta4: This file is too large for a list of addresses.");
}

static void
test_other_schemes (Fixture       *fixture,
                    gconstpointer  data)
{
  take_uri_list (fixture, "ftp://a.example/1\r\nmagnet:?xt=urn:btih:0\r\nhttp://a.example/2\r\n");
  g_assert_cmpuint (fixture->added, ==, 1);
  g_assert_cmpuint (fixture->rejects->len, ==, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (fixture->rejects, 0), "1: ftp://a.example/1: "));
}

static void
test_huge_file (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "huge.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  FILE *file = g_fopen (path, "w");

  /* A hole; nothing of it is on the disk. */
  g_assert_nonnull (file);
  g_assert_cmpint (ftruncate (fileno (file), SKEIN_URI_LIST_MAX_LENGTH + 1), ==, 0);
  fclose (file);
  take_uri_list (fixture, uri);
  assert_reject (fixture, 0, "1: huge.txt: This file is too large for a list of addresses.");
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  GString *text = g_string_new (NULL);
  SkeinHeartbeat *heartbeat = skein_heartbeat_new ();
  gint64 begin;
  gint64 duration;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "http://example.org/pictures/%u.png\n", i);
  skein_heartbeat_set_active (heartbeat, TRUE);
  begin = g_get_monotonic_time ();
  take (fixture, text->str, text->len, SKEIN_URI_LIST_LINES);
  duration = g_get_monotonic_time () - begin;

  g_test_message ("%d ms, longest %d ms", (int) (duration / 1000),
                  (int) (skein_heartbeat_get_longest (heartbeat) / 1000));
  g_assert_cmpuint (fixture->added, ==, 10000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->manager)), ==, 10000);
  /* With a sanitizer, on a busy machine. */
  g_assert_cmpint (duration, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (skein_heartbeat_get_longest (heartbeat), <, 100 * G_TIME_SPAN_MILLISECOND);
  g_object_unref (heartbeat);
  g_string_free (text, TRUE);
}

static void
test_paste (Fixture       *fixture,
            gconstpointer  data)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());

  gdk_clipboard_set_text (clipboard, "See http://a.example/1 and\nhttps://a.example/2.");
  skein_intake_paste (fixture->intake, clipboard);
  wait_for_it (fixture);
  g_assert_cmpuint (fixture->added, ==, 2);
  g_assert_cmpuint (fixture->failed, ==, 0);

  gdk_clipboard_set_content (clipboard, NULL);
  fixture->taken = 0;
  skein_intake_paste (fixture->intake, clipboard);
  wait_for_it (fixture);
  g_assert_cmpuint (fixture->failed, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  char *home = test_use_own_folders ();
  int result;

  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/intake/forms", test_forms);
  ADD ("/intake/other-folder", test_other_folder);
  ADD ("/intake/usual-folder", test_usual_folder);
  ADD ("/intake/list-files", test_list_files);
  ADD ("/intake/other-files", test_other_files);
  ADD ("/intake/other-schemes", test_other_schemes);
  ADD ("/intake/huge-file", test_huge_file);
  ADD ("/intake/metalinks", test_metalinks);
  ADD ("/intake/huge-metalink", test_huge_metalink);
  ADD ("/intake/many", test_many);
  ADD ("/intake/paste", test_paste);
#undef ADD

  result = g_test_run ();
  test_remove_folders (home);
  return result;
}

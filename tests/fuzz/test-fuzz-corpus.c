/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

/* Every file of tests/fuzz/corpus goes through every target: what once was found stays found, with any
 * compiler. */

typedef struct
{
  const char *name;
  void      (*run) (const guint8 *bytes, gsize length);
} Target;

static const Target targets[] = {
  { "challenge", fuzz_challenge },
  { "cookies", fuzz_cookies },
  { "file-name", fuzz_file_name },
  { "http-headers", fuzz_http_headers },
  { "input-list", fuzz_input_list },
  { "journal-line", fuzz_journal_line },
  { "metalink", fuzz_metalink },
  { "netrc", fuzz_netrc },
  { "pattern", fuzz_pattern },
  { "resume-record", fuzz_resume_record },
  { "uri", fuzz_uri },
  { "uri-list", fuzz_uri_list },
  { "worker-task", fuzz_worker_task },
};

static void
run_file (const Target *target,
          const char   *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *exact = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_test_message ("%s", path);

  /* Without the NUL that follows the contents, so that reading too far shows. */
  exact = g_memdup2 (contents, length);
  target->run ((const guint8 *) exact, length);
}

static guint
run_folder (const Target *target,
            const char   *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *entry;
  guint files = 0;

  g_assert_no_error (error);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);

      run_file (target, path);
      files++;
    }

  return files;
}

static void
test_target (gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    g_assert_cmpuint (run_folder (data, targets[i].name), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_strconcat ("/fuzz-corpus/", targets[i].name, NULL);

      g_test_add_data_func (path, &targets[i], test_target);
    }

  return g_test_run ();
}

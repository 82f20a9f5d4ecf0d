/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

/* The manual page and the completion, against what the program says itself. */

static char *
read_paper (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SKEIN_PAPERS"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* @command: NULL for the program itself */
static GPtrArray *
list_options (const char *command)
{
  const char *const argv[] = { g_getenv ("SKEIN_GET"), command != NULL ? command : "--help", "--help", NULL };
  GPtrArray *options = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRegex) regex = g_regex_new ("--[a-z][a-z-]+(?=[ =\n])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *help = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &help, NULL, NULL, NULL));
  for (g_regex_match (regex, help, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (options, g_match_info_fetch (match, 0));
  g_assert_cmpuint (options->len, >, 10);

  return options;
}

static void
check_options (const char *command,
               const char *paper)
{
  g_autoptr (GPtrArray) options = list_options (command);
  g_autofree char *page = read_paper (paper);
  g_autofree char *completion = read_paper ("skein-get.bash");

  for (guint i = 0; i < options->len; i++)
    {
      const char *option = g_ptr_array_index (options, i);
      g_auto (GStrv) parts = g_strsplit (option, "-", -1);
      g_autofree char *escaped = g_strjoinv ("\\-", parts);

      if (strstr (page, escaped) == NULL || strstr (completion, option) == NULL)
        g_error ("%s is missing from the manual page or the completion", option);
    }
}

static void
test_options (void)
{
  check_options (NULL, "skein-get.1");
  check_options ("compare", "skein-get-compare.1");
}

/* Runs a checker, if it is there, that ought to have nothing to say. */
static void
check (const char *const *argv)
{
  g_autofree char *found = g_find_program_in_path (argv[0]);
  g_autofree char *complaints = NULL;
  int status;

  if (found == NULL)
    {
      g_test_skip ("the checker is not installed");
      return;
    }

  g_assert_true (g_spawn_sync (g_getenv ("SKEIN_PAPERS"), (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, &complaints, &status, NULL));
  g_assert_cmpstr (complaints, ==, "");
  g_assert_cmpint (status, ==, 0);
}

static void
test_page (void)
{
  check ((const char *const[]) { "groff", "-ww", "-man", "-z", "skein-get.1", NULL });
  check ((const char *const[]) { "groff", "-ww", "-man", "-z", "skein-get-compare.1", NULL });
}

static void
test_completion (void)
{
  const char *const script =
    "source \"$SKEIN_PAPERS/skein-get.bash\"; COMP_WORDS=(skein-get --li); COMP_CWORD=1; _skein_get; "
    "echo \"${COMPREPLY[*]}\"; COMP_WORDS=(skein-get --progress = j); COMP_CWORD=3; _skein_get; "
    "echo \"${COMPREPLY[*]}\"; COMP_WORDS=(skein-get compare --work = w); COMP_CWORD=4; _skein_get; "
    "echo \"${COMPREPLY[*]}\"";
  const char *const argv[] = { "bash", "-c", script, NULL };
  g_autofree char *replies = NULL;

  check ((const char *const[]) { "bash", "-n", "skein-get.bash", NULL });
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &replies, NULL, NULL, NULL));
  g_assert_cmpstr (replies, ==, "--limit-rate --limit-each\njson\nweather\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/get-papers/options", test_options);
  g_test_add_func ("/get-papers/page", test_page);
  g_test_add_func ("/get-papers/completion", test_completion);

  return g_test_run ();
}

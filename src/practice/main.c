/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-server.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "skein-practice-ahead.h"

/* As many as /list has, and as the window asks for. */
#define DRAWN_AHEAD 12

typedef struct
{
  int      port;
  char    *certificate;
  char    *key;
  gboolean exit_with_stdin;
} Options;

static gboolean
parse_options (int       *argc,
               char    ***argv,
               Options   *options,
               GError   **error)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port,
      "Port to serve on (any that is free if not given)", "N" },
    { "tls", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate, "Serve https with this certificate (PEM)", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "Private key of the certificate (PEM)", "FILE" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_stdin,
      "End when standard input is closed", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("– a server to practise downloading with");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context,
                                    "Only programs on this computer reach the server. "
                                    "Its page tells what it has.");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (options->port < 0 || options->port > G_MAXUINT16 || *argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "No such port, or an argument too many");
      return FALSE;
    }

  return TRUE;
}

static SkeinPracticeServer *
start (const Options  *options,
       GError        **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (options->certificate != NULL)
    {
      certificate = g_tls_certificate_new_from_files (options->certificate,
                                                      options->key != NULL ? options->key : options->certificate,
                                                      error);
      if (certificate == NULL)
        return NULL;
    }

  return skein_practice_server_new (options->port, certificate, error);
}

static gboolean
signal_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     loop)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SkeinPracticeServer) server = NULL;
  g_autoptr (SkeinPracticeAhead) ahead = NULL;

  if (parse_options (&argc, &argv, &options, &error))
    server = start (&options, &error);
  g_free (options.certificate);
  g_free (options.key);
  if (server == NULL)
    {
      g_printerr ("skein-practice: %s\n", error->message);
      return EXIT_FAILURE;
    }

  /* Before the line is out: who reads it may send a signal at once. */
  g_unix_signal_add (SIGINT, signal_cb, loop);
  g_unix_signal_add (SIGTERM, signal_cb, loop);
  if (options.exit_with_stdin)
    {
      g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);

      /* A program started us, and wants the pictures now. */
      ahead = skein_practice_ahead_new (DRAWN_AHEAD);
    }

  printf ("%s/\n", skein_practice_server_get_address (server));
  fflush (stdout);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

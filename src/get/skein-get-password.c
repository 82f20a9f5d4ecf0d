/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-password.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "skein-get-text.h"

#define LONGEST 4096

static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

/* Of the handler, which may do no more than this. */
static volatile sig_atomic_t came;

static void
note_signal (int number)
{
  came = number;
}

/* A line without its end; %FALSE at the end of the input, or if a signal came. */
static gboolean
read_line (char *line)
{
  gsize length = 0;
  gssize n;

  while ((n = read (STDIN_FILENO, line + length, 1)) == 1 && line[length] != '\n')
    length = MIN (length + 1, LONGEST - 1);
  line[length] = '\0';

  return n == 1;
}

static gboolean
read_hidden (const char *question,
             char       *line)
{
  struct sigaction before[G_N_ELEMENTS (caught)];
  struct sigaction own = { .sa_handler = note_signal };
  struct termios shown;
  struct termios hidden;
  gboolean good;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return FALSE;

  came = 0;
  for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
    sigaction (caught[i], &own, &before[i]);
  hidden = shown;
  hidden.c_lflag &= (tcflag_t) ~(ECHO | ECHONL);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);

  skein_get_text_put (stderr, question);
  good = read_line (line);

  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  for (guint i = 0; i < G_N_ELEMENTS (caught); i++)
    sigaction (caught[i], &before[i], NULL);
  skein_get_text_put (stderr, "\n");
  if (came != 0)
    raise (came);

  return good;
}

char *
skein_get_password_ask (const char *user)
{
  char line[LONGEST];
  g_autofree char *name = skein_get_text_escape (user);
  g_autofree char *question = g_strdup_printf (_("Password of %s: "), name);
  char *password = NULL;

  if (read_hidden (question, line))
    password = g_strdup (line);
  explicit_bzero (line, sizeof line);

  return password;
}

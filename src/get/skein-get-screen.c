/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-screen.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "skein-describe.h"
#include "skein-get-text.h"

#define REDRAW_MILLISECONDS 100
#define BAR_COLUMNS         20
#define LEAST_FOR_A_BAR     72

#define CLEAR_TO_END "\033[J"

struct _SkeinGetScreen
{
  SkeinManager *manager;
  gboolean draws;
  guint finished;
  guint drawn;  /* lines that are on the screen, above the cursor */
  guint timer;  /* source id, 0 while nothing runs */
  gulong active_handler;
};

static void
get_size (guint *columns,
          guint *rows)
{
  struct winsize size = { 0 };

  *columns = 80;
  *rows = 24;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
    return;
  if (size.ws_col > 0)
    *columns = size.ws_col;
  if (size.ws_row > 0)
    *rows = size.ws_row;
}

/* The last column stays free: terminals differ in what they do after it. */
static guint
get_room (guint columns)
{
  return columns > 1 ? columns - 1 : 1;
}

static void
append_bar (GString       *line,
            SkeinDownload *download)
{
  guint full = (guint) (skein_download_get_fraction (download) * BAR_COLUMNS);

  g_string_append (line, " [");
  for (guint i = 0; i < BAR_COLUMNS; i++)
    g_string_append_c (line, i < full ? '#' : '.');
  g_string_append_c (line, ']');
}

static void
append_download (GString       *frame,
                 SkeinDownload *download,
                 guint          columns)
{
  g_autofree char *name = skein_get_text_escape (skein_download_get_name (download));
  g_autofree char *fitted = skein_get_text_fit (name, MIN (columns / 3, 32), TRUE);
  g_autofree char *facts = skein_get_text_escape (skein_download_get_facts (download));
  g_autoptr (GString) line = g_string_new (fitted);
  g_autofree char *whole = NULL;

  if (columns >= LEAST_FOR_A_BAR)
    append_bar (line, download);
  g_string_append_printf (line, " %s", facts);

  whole = skein_get_text_fit (line->str, get_room (columns), FALSE);
  g_string_append_printf (frame, "%s\n", whole);
}

static void
append_summary (SkeinGetScreen *self,
                GString        *frame,
                guint           columns)
{
  g_autofree char *rate = skein_describe_rate (skein_manager_get_rate (self->manager));
  g_autofree char *line = NULL;
  g_autofree char *whole = NULL;

  /* Translators: figures of downloads; the last is a speed */
  line = g_strdup_printf (_("%u finished · %u running · %u waiting · %s"),
                          self->finished,
                          skein_manager_get_n_running (self->manager),
                          skein_manager_get_n_waiting (self->manager) + skein_manager_get_n_delayed (self->manager),
                          rate);
  whole = skein_get_text_fit (line, get_room (columns), FALSE);
  g_string_append_printf (frame, "%s\n", whole);
}

static void
append_clear (SkeinGetScreen *self,
              GString        *frame)
{
  if (self->drawn > 0)
    g_string_append_printf (frame, "\r\033[%uA" CLEAR_TO_END, self->drawn);
  self->drawn = 0;
}

static void
append_downloads (SkeinGetScreen *self,
                  GString        *frame,
                  GPtrArray      *downloads)
{
  guint columns;
  guint rows;

  get_size (&columns, &rows);
  for (guint i = 0; i < downloads->len && self->drawn + 3 < rows; i++, self->drawn++)
    append_download (frame, g_ptr_array_index (downloads, i), columns);
}

static void
append_progress (SkeinGetScreen *self,
                 GString        *frame)
{
  g_autoptr (GPtrArray) running = skein_manager_dup_running (self->manager);
  g_autoptr (GPtrArray) delayed = skein_manager_dup_delayed (self->manager);
  guint columns;
  guint rows;

  append_downloads (self, frame, running);
  append_downloads (self, frame, delayed);
  get_size (&columns, &rows);
  append_summary (self, frame, columns);
  self->drawn++;
}

static gboolean
redraw_cb (gpointer user_data)
{
  SkeinGetScreen *self = user_data;
  g_autoptr (GString) frame = g_string_new (NULL);

  append_clear (self, frame);
  append_progress (self, frame);
  skein_get_text_put (stdout, frame->str);

  return G_SOURCE_CONTINUE;
}

static void
clear (SkeinGetScreen *self)
{
  g_autoptr (GString) frame = g_string_new (NULL);

  append_clear (self, frame);
  skein_get_text_put (stdout, frame->str);
}

static void
active_changed_cb (SkeinGetScreen *self)
{
  gboolean active;

  g_object_get (self->manager, "active", &active, NULL);
  if (active && self->timer == 0)
    self->timer = g_timeout_add (REDRAW_MILLISECONDS, redraw_cb, self);
  else if (!active)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      clear (self);
    }
}

gboolean
skein_get_screen_can_draw (void)
{
  return isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

SkeinGetScreen *
skein_get_screen_new (SkeinManager *manager,
                      gboolean      draws)
{
  SkeinGetScreen *self = g_new0 (SkeinGetScreen, 1);

  self->manager = g_object_ref (manager);
  self->draws = draws;
  if (draws)
    self->active_handler = g_signal_connect_swapped (manager, "notify::active",
                                                     G_CALLBACK (active_changed_cb), self);

  return self;
}

void
skein_get_screen_free (SkeinGetScreen *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_signal_handler (&self->active_handler, self->manager);
  if (self->draws)
    clear (self);
  g_object_unref (self->manager);
  g_free (self);
}

void
skein_get_screen_say (SkeinGetScreen *self,
                      FILE           *stream,
                      const char     *line)
{
  g_autofree char *whole = g_strconcat (line, "\n", NULL);

  if (self->drawn > 0)
    clear (self);
  skein_get_text_put (stream, whole);
}

void
skein_get_screen_set_finished (SkeinGetScreen *self,
                               guint           finished)
{
  self->finished = finished;
}

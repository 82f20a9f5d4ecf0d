/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-compare-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "skein-describe.h"
#include "skein-get-text.h"
#include "skein-report.h"

/* Columns of a picture; with the names before it, it fits into 80. */
#define WIDTH      60
#define NAME_WIDTH 16

#define N_COLUMNS 8

static char
letter_of (SkeinOperation operation)
{
  switch (operation)
    {
    case SKEIN_OPERATION_RECEIVE:
      return 'r';
    case SKEIN_OPERATION_WRITE:
      return 'w';
    case SKEIN_OPERATION_HASH:
    case SKEIN_OPERATION_COMPUTE:
      return 'c';
    case SKEIN_OPERATION_LOCK:
      return 'L';
    case SKEIN_OPERATION_START:
      return 's';
    case SKEIN_OPERATION_RESOLVE:
    case SKEIN_OPERATION_CONNECT:
    case SKEIN_OPERATION_TLS:
    case SKEIN_OPERATION_WAIT:
    case SKEIN_OPERATION_INPUT:
    case SKEIN_N_OPERATIONS:
    default:
      return '.';
    }
}

/* How long each kind of letter lasted in each column. */
typedef struct
{
  gint64 time[WIDTH][128];
} Line;

static void
add_to_line (Line   *line,
             gint64  begin,
             gint64  end,
             gint64  axis,
             char    letter)
{
  for (gint64 column = begin * WIDTH / axis; column < WIDTH && column * axis < end * WIDTH; column++)
    {
      gint64 from = MAX (begin, column * axis / WIDTH);
      gint64 to = MIN (end, (column + 1) * axis / WIDTH);

      line->time[column][(guint) letter] += MAX (to - from, 0);
    }
}

/* What lasted longest in a column stands there; nothing where no operation was. */
static char
longest_letter (const Line *line,
                guint       column)
{
  guint best = ' ';

  for (guint letter = 0; letter < 128; letter++)
    if (line->time[column][letter] > line->time[column][best])
      best = letter;

  return (char) best;
}

static void
append_lane (GString                  *text,
             const SkeinComparisonRun *run,
             GArray                   *events,
             guint                     lane,
             const char               *name,
             gint64                    axis)
{
  g_autofree Line *line = g_new0 (Line, 1);
  g_autofree char *fitted = skein_get_text_fit (name, NAME_WIDTH, TRUE);

  for (guint i = 0; i < events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, i);

      if (event->lane == lane)
        add_to_line (line, event->begin - run->begin, event->end - run->begin, axis, letter_of (event->operation));
    }

  g_string_append_printf (text, "%s |", fitted);
  for (guint column = 0; column < WIDTH; column++)
    g_string_append_c (text, longest_letter (line, column));
  g_string_append (text, "|\n");
}

static void
append_picture (GString              *text,
                const SkeinReportRow *row,
                gint64                axis)
{
  g_autoptr (GArray) lanes = skein_timeline_dup_lanes (row->run->timeline);
  g_autoptr (GArray) events = skein_timeline_dup_events (row->run->timeline);
  g_autofree char *wall = skein_describe_duration (row->run->figures.wall);
  guint worker = 0;

  g_string_append_printf (text, "%s: %s\n", skein_report_get_title (row->way), wall);
  for (guint i = 0; i < lanes->len; i++)
    {
      const SkeinTimelineLane *lane = &g_array_index (lanes, SkeinTimelineLane, i);
      g_autofree char *name = NULL;

      if (lane->process != (int) getpid ())
        name = g_strdup_printf (_("process %d"), lane->process);
      else if (lane->window)
        name = g_strdup (_("window's thread"));
      else
        name = g_strdup_printf (_("worker %u"), ++worker);

      append_lane (text, row->run, events, i, name, axis);
    }
  g_string_append_c (text, '\n');
}

static void
fill_cells (const SkeinReportRow *row,
            char                 *cells[N_COLUMNS])
{
  const SkeinFigures *figures = &row->run->figures;

  cells[0] = g_strdup (skein_report_get_title (row->way));
  cells[1] = skein_describe_duration (figures->wall);
  cells[2] = g_strdup_printf (_("%.1f ×"), row->times_as_fast);
  cells[3] = skein_describe_duration (figures->longest_gap);
  cells[4] = g_strdup_printf ("%u", figures->in_progress);
  cells[5] = g_strdup_printf ("%.2f", figures->computing);
  cells[6] = skein_describe_duration (figures->processor);
  cells[7] = skein_describe_size (figures->memory);
}

static void
append_table (GString *text,
              GArray  *rows)
{
  const char *const heads[N_COLUMNS] = {
    _("Way"), _("Time"), _("As fast"), _("Frozen"), _("In progress"), _("Computing"), _("Processor"), _("Memory"),
  };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint widths[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    g_ptr_array_add (cells, g_strdup (heads[i]));
  for (guint i = 0; i < rows->len; i++)
    {
      char *own[N_COLUMNS];

      fill_cells (&g_array_index (rows, SkeinReportRow, i), own);
      for (guint j = 0; j < N_COLUMNS; j++)
        g_ptr_array_add (cells, own[j]);
    }

  memset (widths, 0, sizeof widths);
  for (guint i = 0; i < cells->len; i++)
    widths[i % N_COLUMNS] = MAX (widths[i % N_COLUMNS], (guint) g_utf8_strlen (g_ptr_array_index (cells, i), -1));
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *cell = skein_get_text_fit (g_ptr_array_index (cells, i), widths[i % N_COLUMNS], TRUE);

      g_string_append_printf (text, "%s%s", cell, i % N_COLUMNS == N_COLUMNS - 1 ? "\n" : "  ");
    }
}

static gint64
longest_wall (GArray *rows)
{
  gint64 longest = 1;

  for (guint i = 0; i < rows->len; i++)
    longest = MAX (longest, g_array_index (rows, SkeinReportRow, i).run->figures.wall);

  return longest;
}

char *
skein_get_compare_text (GPtrArray     *runs,
                        SkeinWorkload *workload)
{
  g_autoptr (GArray) rows = skein_report_make (runs);
  g_autofree char *outcome = skein_report_dup_outcome (rows, workload);
  const SkeinReportRow *first = &g_array_index (rows, SkeinReportRow, 0);
  gint64 axis = longest_wall (rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    append_picture (text, &g_array_index (rows, SkeinReportRow, i), axis);
  g_string_append_printf (text, "%s\n\n", _("All on one time axis: s starts, . waits, r receives, w writes, "
                                            "c computes, L waits for a lock"));

  append_table (text, rows);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < rows->len; i++)
    {
      const SkeinReportRow *row = &g_array_index (rows, SkeinReportRow, i);
      g_autofree char *sentence = skein_report_dup_sentence (first, row, g_get_num_processors ());

      g_string_append_printf (text, "%s: %s\n", skein_report_get_title (row->way), sentence);
    }
  g_string_append_printf (text, "%s\n", outcome);

  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-report.h"

#include <glib/gi18n-lib.h>

#include "skein-error.h"

/* Fewer cores than this kept busy: what took the time was waiting. */
#define HARDLY_COMPUTING 0.3

/* More cores than this kept busy: several computed at once. */
#define SEVERAL_COMPUTING 1.2

/* Fewer of the cores that were wanted than this: other programs had them. */
#define LEAST_OF_CORES 0.6

/* A window that is late by less still feels immediate, microseconds. */
#define LEAST_FREEZE (100 * 1000)

const char *
skein_report_get_title (SkeinWay way)
{
  switch (way)
    {
    case SKEIN_WAY_BLOCKING:
      return _("Without Threads");
    case SKEIN_WAY_THREADS:
      return _("Threads");
    case SKEIN_WAY_ONE_LOCK:
      return _("Threads, One Lock");
    case SKEIN_WAY_PROCESSES:
      return _("Processes");
    case SKEIN_N_WAYS:
    default:
      g_return_val_if_reached ("");
    }
}

static int
compare_walls (gconstpointer a,
               gconstpointer b)
{
  const SkeinComparisonRun *one = *(SkeinComparisonRun *const *) a;
  const SkeinComparisonRun *other = *(SkeinComparisonRun *const *) b;

  return one->figures.wall < other->figures.wall ? -1 : one->figures.wall > other->figures.wall;
}

static SkeinReportRow
make_row (GPtrArray *runs,
          SkeinWay   way)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  SkeinReportRow row = { .way = way };

  for (guint i = 0; i < runs->len; i++)
    {
      SkeinComparisonRun *run = g_ptr_array_index (runs, i);

      if (run->way != way)
        continue;
      g_ptr_array_add (own, run);
      row.failed += run->failed;
    }

  g_ptr_array_sort (own, compare_walls);
  row.n_runs = own->len;
  row.run = g_ptr_array_index (own, (own->len - 1) / 2);
  row.least = ((SkeinComparisonRun *) g_ptr_array_index (own, 0))->figures.wall;
  row.most = ((SkeinComparisonRun *) g_ptr_array_index (own, own->len - 1))->figures.wall;

  return row;
}

GArray *
skein_report_make (GPtrArray *runs)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (SkeinReportRow));
  gboolean seen[SKEIN_N_WAYS] = { FALSE };
  gint64 first = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      SkeinWay way = ((SkeinComparisonRun *) g_ptr_array_index (runs, i))->way;
      SkeinReportRow row;

      if (seen[way])
        continue;

      seen[way] = TRUE;
      row = make_row (runs, way);
      if (rows->len == 0)
        first = row.run->figures.wall;
      row.times_as_fast = (double) first / (double) MAX (row.run->figures.wall, 1);
      g_array_append_val (rows, row);
    }

  return rows;
}

static gboolean
is_same (double ratio)
{
  return ratio >= SKEIN_REPORT_SAME_LEAST && ratio <= SKEIN_REPORT_SAME_MOST;
}

/* Only the way of one lock is slower than its cores because of the lock. */
static char *
why_same (const SkeinReportRow *row,
          guint                 cores)
{
  if (row->run->figures.computing < HARDLY_COMPUTING)
    return g_strdup (_("It took as long: there was nothing to wait for together."));
  if (row->way == SKEIN_WAY_ONE_LOCK)
    return g_strdup (_("It took as long: one lock lets one thread at a time compute."));
  if (cores < 2)
    return g_strdup (_("It took as long: this computer has one core, and several threads cannot compute at once."));

  return g_strdup (_("It took as long as the first way."));
}

static char *
why_faster (const SkeinReportRow *row)
{
  const SkeinFigures *figures = &row->run->figures;

  if (figures->computing < HARDLY_COMPUTING)
    return g_strdup_printf (ngettext ("%.1f times as fast. Nothing worked faster: the waits of %u task overlapped.",
                                      "%.1f times as fast. Nothing worked faster: the waits of %u tasks overlapped.",
                                      figures->in_progress),
                            row->times_as_fast, figures->in_progress);
  if (figures->computing > SEVERAL_COMPUTING)
    return g_strdup_printf (_("%.1f times as fast: %.1f cores computed at once."),
                            row->times_as_fast, figures->computing);

  return g_strdup_printf (_("%.1f times as fast."), row->times_as_fast);
}

/* The work would have kept more cores busy than it got, and not for want of cores or because of a lock. */
static gboolean
is_starved (const SkeinFigures *figures,
            guint               cores)
{
  return figures->wanting > HARDLY_COMPUTING &&
         figures->computing < LEAST_OF_CORES * MIN (figures->wanting, (double) cores);
}

static char *
judge (const SkeinReportRow *first,
       const SkeinReportRow *row,
       guint                 cores)
{
  if (g_error_matches (row->run->error, SKEIN_ERROR, SKEIN_ERROR_PREEMPTED))
    return g_strdup (_("It was stopped: the window may not be frozen for longer."));
  if (row->failed > 0)
    return g_strdup_printf (ngettext ("%u task failed, so the times say nothing.",
                                      "%u tasks failed, so the times say nothing.", row->failed), row->failed);
  if (MAX (first->run->figures.wall, row->run->figures.wall) < SKEIN_REPORT_TOO_SHORT)
    return g_strdup (_("Too short to tell: take more or larger tasks."));
  if (is_starved (&row->run->figures, cores))
    return g_strdup (_("Other programs kept the cores busy, so the times say little."));
  if (row->way == first->way && row->way == SKEIN_WAY_PROCESSES)
    return g_strdup_printf (_("Each task had a process of its own; %u at once, at the most."),
                            row->run->figures.in_progress);
  if (row->way == first->way)
    return g_strdup_printf (_("One process ran the tasks; %u at once, at the most."), row->run->figures.in_progress);
  if (is_same (row->times_as_fast))
    return why_same (row, cores);
  if (row->times_as_fast > 1)
    return why_faster (row);

  return g_strdup_printf (_("It took %.1f times as long: starting and switching cost more than they brought."),
                          1 / row->times_as_fast);
}

char *
skein_report_dup_sentence (const SkeinReportRow *first,
                           const SkeinReportRow *row,
                           guint                 cores)
{
  g_autofree char *sentence = judge (first, row, cores);
  gint64 gap = row->run->figures.longest_gap;

  if (row->run->crashed > 0)
    return g_strdup_printf (ngettext ("%s A process died %u time; its task was run again, and nothing else was harmed.",
                                      "%s Processes died %u times; their tasks were run again, and nothing else was "
                                      "harmed.", row->run->crashed), sentence, row->run->crashed);
  if (gap < LEAST_FREEZE)
    return g_steal_pointer (&sentence);

  return g_strdup_printf (_("%s A window would not have answered for %.1f s."), sentence,
                          (double) gap / G_USEC_PER_SEC);
}

static char *
dup_lost (GArray  *rows,
          guint64  wanted)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const SkeinReportRow *row = &g_array_index (rows, SkeinReportRow, i);
      guint64 got = row->run->outcome;

      if (got == wanted)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, _("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                                      ", the rest was lost between reading and writing."),
                              skein_report_get_title (row->way), got, wanted);
    }

  return g_string_free (text, FALSE);
}

char *
skein_report_dup_outcome (GArray        *rows,
                          SkeinWorkload *workload)
{
  g_autofree char *lost = NULL;
  guint64 wanted;

  if (!skein_workload_get_wanted (workload, &wanted))
    wanted = g_array_index (rows, SkeinReportRow, 0).run->outcome;

  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, SkeinReportRow, i).failed > 0)
      return g_strdup (_("Tasks failed, so the results differ."));

  lost = dup_lost (rows, wanted);

  return *lost != '\0' ? g_steal_pointer (&lost) : g_strdup (_("All ways came to the same result."));
}

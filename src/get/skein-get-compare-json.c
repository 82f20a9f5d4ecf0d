/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-get-compare-json.h"

#include "skein-get-json.h"

static void
append_run (GString                  *text,
            const SkeinComparisonRun *run,
            guint                     number)
{
  const SkeinFigures *figures = &run->figures;
  char computing[G_ASCII_DTOSTR_BUF_SIZE];
  char wanting[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "{\"type\":\"run\",\"run\":%u,\"way\":\"%s\",\"repeat\":%u,\"failed\":%u,\"crashed\":%u,\"outcome\":%"
                          G_GUINT64_FORMAT ",", number, skein_way_get_id (run->way), run->repeat, run->failed,
                          run->crashed, run->outcome);
  g_string_append_printf (text, "\"wall\":%" G_GINT64_FORMAT ",\"first\":%" G_GINT64_FORMAT ",\"longest_gap\":%"
                          G_GINT64_FORMAT ",\"total_gap\":%" G_GINT64_FORMAT ",\"processor\":%" G_GINT64_FORMAT ",",
                          figures->wall, figures->first, figures->longest_gap, figures->total_gap,
                          figures->processor);
  g_string_append_printf (text, "\"switches\":%" G_GUINT64_FORMAT ",\"processes\":%u,\"threads\":%u,\"memory\":%" G_GUINT64_FORMAT
                          ",\"in_progress\":%u,\"computing\":%s,\"wanting\":%s}\n", figures->switches, figures->processes, figures->threads,
                          figures->memory, figures->in_progress,
                          g_ascii_formatd (computing, sizeof computing, "%.3f", figures->computing),
                          g_ascii_formatd (wanting, sizeof wanting, "%.3f", figures->wanting));
}

static void
append_lanes (GString                  *text,
              const SkeinComparisonRun *run,
              guint                     number)
{
  g_autoptr (GArray) lanes = skein_timeline_dup_lanes (run->timeline);

  for (guint i = 0; i < lanes->len; i++)
    {
      const SkeinTimelineLane *lane = &g_array_index (lanes, SkeinTimelineLane, i);

      g_string_append_printf (text, "{\"type\":\"lane\",\"run\":%u,\"lane\":%u,\"process\":%d,\"thread\":%d,"
                              "\"window\":%s}\n", number, i, lane->process, lane->thread,
                              lane->window ? "true" : "false");
    }
}

/* Times count from the run's beginning, so that they are small numbers. */
static void
append_tasks (GString                  *text,
              const SkeinComparisonRun *run,
              SkeinWorkload            *workload,
              guint                     number)
{
  g_autoptr (GArray) tasks = skein_timeline_dup_tasks (run->timeline);

  for (guint i = 0; i < tasks->len; i++)
    {
      const SkeinTimelineTask *task = &g_array_index (tasks, SkeinTimelineTask, i);
      g_autofree char *name = skein_workload_dup_name (workload, task->number);
      g_autofree char *quoted = skein_get_json_quote (name);

      g_string_append_printf (text, "{\"type\":\"task\",\"run\":%u,\"task\":%u,\"name\":%s,\"lane\":%u,\"begin\":%"
                              G_GINT64_FORMAT ",\"end\":%" G_GINT64_FORMAT ",\"succeeded\":%s}\n", number,
                              task->number, quoted, task->lane, task->begin - run->begin, task->end - run->begin,
                              task->succeeded ? "true" : "false");
    }
}

static void
append_operations (GString                  *text,
                   const SkeinComparisonRun *run,
                   guint                     number)
{
  g_autoptr (GArray) events = skein_timeline_dup_events (run->timeline);

  for (guint i = 0; i < events->len; i++)
    {
      const SkeinTimelineEvent *event = &g_array_index (events, SkeinTimelineEvent, i);
      g_autofree char *on_core = event->on_core < 0 ? g_strdup ("null")
                                                    : g_strdup_printf ("%" G_GINT64_FORMAT, event->on_core);

      g_string_append_printf (text, "{\"type\":\"operation\",\"run\":%u,\"task\":%u,\"lane\":%u,\"operation\":\"%s\","
                              "\"begin\":%" G_GINT64_FORMAT ",\"end\":%" G_GINT64_FORMAT ",\"on_core\":%s}\n", number,
                              event->task, event->lane, skein_operation_get_name (event->operation),
                              event->begin - run->begin, event->end - run->begin, on_core);
    }
}

char *
skein_get_compare_json (GPtrArray     *runs,
                        SkeinWorkload *workload)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const SkeinComparisonRun *run = g_ptr_array_index (runs, i);

      append_run (text, run, i);
      append_lanes (text, run, i);
      append_tasks (text, run, workload, i);
      append_operations (text, run, i);
    }

  return g_string_free (text, FALSE);
}

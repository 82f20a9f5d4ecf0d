/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-compare-options.h"

#include <glib/gi18n-lib.h>

#include "skein-get-refuse.h"
#include "skein-practice-link.h"
#include "skein-threads-runner.h"
#include "skein-weather.h"

#define MOST_PICTURES 48
#define MOST_REPEATS  10

/* As typed, before it is checked. */
typedef struct
{
  char *work;
  char *ways;
  char *care;
  int   n_tasks;
  int   workers;
  int   repeats;
  int   delay;
  int   rate;
  int   side;
  int   hours;
  gint64 additions;
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->work);
  g_free (typed->ways);
  g_free (typed->care);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

void
skein_get_compare_options_free (SkeinGetCompareOptions *self)
{
  g_strfreev (self->addresses);
  g_free (self);
}

/* The position of @text among @names, or what holds without it. */
static gboolean
take_name (const char        *option,
           const char        *text,
           const char *const *names,
           guint              usual,
           guint             *found,
           GError           **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  *found = usual;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (text, names[i]))
        {
          *found = i;
          return TRUE;
        }
    }

  return skein_get_refuse (error, _("%s must be one of: %s"), option, all);
}

static gboolean
check_number (const char  *option,
              gint64       number,
              gint64       least,
              gint64       most,
              GError     **error)
{
  if (number >= least && number <= most)
    return TRUE;

  return skein_get_refuse (error, _("%s must be %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "."), option, least, most);
}

static gboolean
take_ways (SkeinGetCompareOptions  *self,
           const char              *text,
           GError                 **error)
{
  const char *const names[] = { "blocking", "threads", "lock", "processes", NULL };
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "blocking,threads,lock,processes", ",", -1);
  gboolean seen[SKEIN_N_WAYS] = { FALSE };

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint way;

      if (!take_name ("--ways", words[i], names, 0, &way, error))
        return FALSE;
      if (seen[way])
        continue;
      seen[way] = TRUE;
      self->ways.ways[self->ways.n_ways++] = way;
    }

  return self->ways.n_ways > 0 || take_name ("--ways", "", names, 0, &self->ways.n_ways, error);
}

static guint
usual_tasks (SkeinGetCompareOptions *self)
{
  const guint usual[] = {
    [SKEIN_GET_COMPARE_PICTURES] = SKEIN_PRACTICE_PICTURES,
    [SKEIN_GET_COMPARE_WEATHER] = 4,
    [SKEIN_GET_COMPARE_MEMORY] = 2,
    [SKEIN_GET_COMPARE_TINY] = 2000,
  };

  return self->addresses != NULL ? g_strv_length (self->addresses) : usual[self->work];
}

static gboolean
take_numbers (SkeinGetCompareOptions  *self,
              const Typed             *typed,
              GError                 **error)
{
  guint most = self->work == SKEIN_GET_COMPARE_PICTURES ? MOST_PICTURES : SKEIN_WORKLOAD_TASKS_MAX;

  gint64 n_tasks = typed->n_tasks != 0 ? typed->n_tasks : (gint64) usual_tasks (self);

  if (!check_number ("--tasks", n_tasks, 1, most, error) ||
      !check_number ("--workers", typed->workers, 1, SKEIN_WORKERS_MAX, error) ||
      !check_number ("--repeat", typed->repeats, 1, MOST_REPEATS, error) ||
      !check_number ("--delay", typed->delay, 0, 60 * 1000, error) ||
      !check_number ("--rate", typed->rate, 0, G_MAXINT, error) ||
      !check_number ("--side", typed->side, 3, SKEIN_WEATHER_SIDE_MAX, error) ||
      !check_number ("--hours", typed->hours, 1, 1000 * 1000, error) ||
      !check_number ("--additions", typed->additions, 1, G_GINT64_CONSTANT (1000000000), error))
    return FALSE;

  self->n_tasks = (guint) n_tasks;
  self->ways.workers = (guint) typed->workers;
  self->ways.repeats = (guint) typed->repeats;
  self->delay = (guint) typed->delay;
  self->rate = (guint) typed->rate;
  self->side = (guint) typed->side;
  self->hours = (guint) typed->hours;
  self->additions = (guint64) typed->additions;

  return TRUE;
}

static gboolean
check (SkeinGetCompareOptions  *self,
       const Typed             *typed,
       GError                 **error)
{
  const char *const works[] = { "pictures", "weather", "memory", "tiny", NULL };
  const char *const cares[] = { "none", "lock", "atomic", NULL };
  guint work;
  guint care;

  if (!take_name ("--work", typed->work, works, SKEIN_GET_COMPARE_PICTURES, &work, error) ||
      !take_name ("--care", typed->care, cares, SKEIN_CARE_NONE, &care, error) ||
      !take_ways (self, typed->ways, error))
    return FALSE;

  self->work = work;
  self->care = care;
  if (self->addresses != NULL && (self->work != SKEIN_GET_COMPARE_PICTURES || typed->n_tasks != 0))
    return skein_get_refuse (error, _("Addresses are for --work=pictures, and each of them is a task."));

  return take_numbers (self, typed, error);
}

SkeinGetCompareOptions *
skein_get_compare_options_parse (char   **argv,
                                 GError **error)
{
  g_autoptr (SkeinGetCompareOptions) self = g_new0 (SkeinGetCompareOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_auto (Typed) typed = {
    .workers = 6, .repeats = 1, .delay = 300, .side = 256, .hours = 2000, .additions = 10 * 1000 * 1000,
  };
  const GOptionEntry entries[] = {
    { "work", 0, 0, G_OPTION_ARG_STRING, &typed.work, N_("pictures, weather, memory or tiny; without it pictures"),
      N_("KIND") },
    { "ways", 0, 0, G_OPTION_ARG_STRING, &typed.ways, N_("In which ways, in this order; without it all"),
      "blocking,threads,lock,processes" },
    { "tasks", 0, 0, G_OPTION_ARG_INT, &typed.n_tasks, N_("How many tasks"), N_("N") },
    { "workers", 0, 0, G_OPTION_ARG_INT, &typed.workers, N_("Worker threads, 1 to 64, or at most 16 processes; without it 6"), N_("N") },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &typed.repeats, N_("How often each way, 1 to 10; without it 1"), N_("N") },
    { "delay", 0, 0, G_OPTION_ARG_INT, &typed.delay, N_("Delay of each practice picture; without it 300"), N_("MS") },
    { "rate", 0, 0, G_OPTION_ARG_INT, &typed.rate, N_("Bytes a second of each practice picture; without it no limit"),
      N_("RATE") },
    { "side", 0, 0, G_OPTION_ARG_INT, &typed.side, N_("Points along each side of a weather map; without it 256"),
      N_("N") },
    { "hours", 0, 0, G_OPTION_ARG_INT, &typed.hours, N_("Hours of a weather map; without it 2000"), N_("N") },
    { "additions", 0, 0, G_OPTION_ARG_INT64, &typed.additions, N_("What each adds to the counter; without it 10000000"),
      N_("N") },
    { "care", 0, 0, G_OPTION_ARG_STRING, &typed.care, N_("How they add: none, lock or atomic; without it none"),
      N_("KIND") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Events and figures for programs"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->addresses, NULL, N_("[ADDRESS…]") },
    G_OPTION_ENTRY_NULL
  };

  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Runs the same work in several ways, and tells what each of them took."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &arguments, error) || !check (self, &typed, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-governor.h"

#define STEP (G_USEC_PER_SEC / 4)
#define MB   (1000 * 1000.0)

/* A transfer of which each connection brings so much, and all together not more than the line. */
typedef struct
{
  SkeinGovernor governor;
  double        each;
  double        line;
  double        waver;     /* part of the rate that comes and goes */
  guint         connections;
  guint         least;     /* that there were */
  guint         trials;
  gint64        now;
  double        came;
} Model;

static void
run (Model  *model,
     guint   seconds,
     guint64 left)
{
  gint64 end = model->now + seconds * G_USEC_PER_SEC;

  while ((model->now += STEP) < end)
    {
      double rate = MIN (model->each * model->connections, model->line) *
                    (1 + model->waver * (g_test_rand_double () - 0.5));

      model->came += rate * STEP / G_USEC_PER_SEC;
      switch (skein_governor_look (&model->governor, model->now, (guint64) model->came, left,
                                   model->connections))
        {
        case SKEIN_GOVERNOR_TRY_LESS:
          g_assert_cmpuint (model->connections, >, 1);
          model->connections--;
          model->trials++;
          break;
        case SKEIN_GOVERNOR_TAKE_BACK:
          model->connections++;
          break;
        case SKEIN_GOVERNOR_NOT_MISSED:
        case SKEIN_GOVERNOR_GO_ON:
        default:
          break;
        }
      model->least = MIN (model->least, model->connections);
    }
}

static Model
model_new (double each,
           double line,
           double waver)
{
  return (Model) { .each = each, .line = line, .waver = waver, .connections = 8, .least = 8,
                   .now = 5 * G_USEC_PER_SEC };
}

/* The line is full with one of them already. */
static void
test_full_line (void)
{
  Model model = model_new (10 * MB, 10 * MB, 0);

  run (&model, 60, G_MAXUINT64);
  g_assert_cmpuint (model.connections, ==, 1);
  g_assert_cmpuint (model.trials, ==, 7);
}

/* It takes three to fill it. */
static void
test_part (void)
{
  Model model = model_new (4 * MB, 10 * MB, 0.01);

  run (&model, 60, G_MAXUINT64);
  g_assert_cmpuint (model.connections, ==, 3);
}

/* Each is slow by itself: one is missed for a moment, and then rarely. */
static void
test_all_add (void)
{
  Model model = model_new (1 * MB, 100 * MB, 0.01);

  run (&model, 600, G_MAXUINT64);
  g_assert_cmpuint (model.connections, ==, 8);
  g_assert_cmpuint (model.least, ==, 7);
  g_assert_cmpuint (model.trials, >=, 2);
  g_assert_cmpuint (model.trials, <=, 5);
}

/* Nobody can tell, nobody is let go: the speed changes from second to second by a third and more. */
static void
test_unsteady (void)
{
  Model model = model_new (1 * MB, 100 * MB, 0);

  for (guint i = 0; i < 600; i++)
    {
      model.each = (i % 3 + 1) * MB;
      run (&model, 1, G_MAXUINT64);
    }
  g_assert_cmpuint (model.connections, >=, 7);
  g_assert_cmpuint (model.trials, <=, 1);
}

static void
test_near_the_end (void)
{
  Model model = model_new (10 * MB, 10 * MB, 0);

  run (&model, 60, 90 * 1000 * 1000);
  g_assert_cmpuint (model.trials, ==, 0);
}

static void
test_changes_begin_anew (void)
{
  Model model = model_new (10 * MB, 10 * MB, 0);

  for (guint i = 0; i < 60; i++)
    {
      model.connections = 7 + i % 2;
      run (&model, 2, G_MAXUINT64);
    }
  g_assert_cmpuint (model.trials, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/governor/full-line", test_full_line);
  g_test_add_func ("/governor/part", test_part);
  g_test_add_func ("/governor/all-add", test_all_add);
  g_test_add_func ("/governor/unsteady", test_unsteady);
  g_test_add_func ("/governor/near-the-end", test_near_the_end);
  g_test_add_func ("/governor/changes-begin-anew", test_changes_begin_anew);

  return g_test_run ();
}

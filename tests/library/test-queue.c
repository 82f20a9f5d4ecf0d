/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-queue.h"

#define RUNNER ((gconstpointer) "runner")
#define OTHER  ((gconstpointer) "other runner")

/* One step of a story: a letter says what is done, the rest to whom; "?x" is who must be next. */
typedef struct
{
  const char *name;
  guint       per_host;
  guint       capacity;
  const char *steps;
} Story;

/* Items are letters. Hosts: lower case letters are of one, upper case ones of another. */
static const Story stories[] = {
  { "empty", 1, 1, "?-" },
  { "first-come-first-served", 9, 9, "+a +b +C ?a !a ?b !b ?C !C ?-" },
  { "limit-at-once", 9, 2, "+a +b +c !a !b ?- .b ?c" },
  { "limit-per-host", 2, 9, "+a +b +c +D !a !b ?D !D ?- .D ?- .a ?c" },
  { "later-host-does-not-overtake", 2, 9, "+a +B +c ?a !a ?B !B ?c" },
  { "head", 9, 9, "+a +b ^c ?c !c ?a ^d ?d" },
  { "removed", 9, 9, "+a +b -a ?b -b ?-" },
  { "back-to-its-place", 9, 9, "+a +b +c -b !a ?c =b ?b !b ?c" },
  { "held-host", 9, 9, "+a +b +C #a ?C !C ?- ~ ?a" },
  { "held-and-removed", 9, 9, "+a #a -a ~ ?- +a ?a" },
  { "full-host-gets-room", 1, 9, "+a +b +C !a ?C .a ?b" },
};

static const char *
host_of (char item)
{
  return g_ascii_isupper (item) ? "upper" : "lower";
}

static void
play (SkeinQueue *queue,
      char        what,
      char        who,
      gint64     *orders,
      guint       capacity)
{
  gpointer item = GINT_TO_POINTER (who);

  switch (what)
    {
    case '+':
      orders[(int) who] = skein_queue_push_tail (queue, item, host_of (who));
      break;
    case '^':
      orders[(int) who] = skein_queue_push_head (queue, item, host_of (who));
      break;
    case '=':
      skein_queue_insert (queue, item, host_of (who), orders[(int) who]);
      break;
    case '-':
      g_assert_true (skein_queue_remove (queue, item));
      g_assert_false (skein_queue_remove (queue, item));
      break;
    case '!':
      skein_queue_start (queue, item, RUNNER);
      break;
    case '.':
      skein_queue_end (queue, host_of (who), RUNNER);
      break;
    case '#':
      skein_queue_hold (queue, item);
      break;
    case '~':
      skein_queue_release_holds (queue);
      break;
    case '?':
      g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, capacity)), ==, who == '-' ? 0 : who);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autoptr (SkeinQueue) queue = skein_queue_new (story->per_host);
  g_auto (GStrv) steps = g_strsplit (story->steps, " ", -1);
  gint64 orders[128] = { 0 };

  for (guint i = 0; steps[i] != NULL; i++)
    play (queue, steps[i][0], steps[i][1], orders, story->capacity);
}

static void
test_runners_apart (void)
{
  g_autoptr (SkeinQueue) queue = skein_queue_new (3);

  for (int i = 1; i <= 4; i++)
    skein_queue_push_tail (queue, GINT_TO_POINTER (i), "host");

  skein_queue_start (queue, GINT_TO_POINTER (1), RUNNER);
  skein_queue_start (queue, GINT_TO_POINTER (2), RUNNER);
  g_assert_null (skein_queue_peek (queue, RUNNER, 2));
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, OTHER, 1)), ==, 3);
  skein_queue_start (queue, GINT_TO_POINTER (3), OTHER);

  /* The limit of the host holds over both. */
  g_assert_null (skein_queue_peek (queue, RUNNER, 9));
  skein_queue_set_per_host (queue, 4);
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, 9)), ==, 4);
  skein_queue_set_per_host (queue, 1);
  skein_queue_end (queue, "host", OTHER);
  skein_queue_end (queue, "host", RUNNER);
  g_assert_null (skein_queue_peek (queue, RUNNER, 9));
  skein_queue_end (queue, "host", RUNNER);
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, 9)), ==, 4);
}

#define N_ITEMS 60
#define N_HOSTS 5

/* The same rules in the simplest way: look at everything, every time. */
typedef struct
{
  guint   per_host;
  guint   capacity;
  gint64  orders[N_ITEMS + 1];
  gboolean waiting[N_ITEMS + 1];
  gboolean running[N_ITEMS + 1];
} Model;

static int
host_index (int item)
{
  return item % N_HOSTS;
}

static int
model_next (const Model *model)
{
  guint of_host[N_HOSTS] = { 0 };
  guint all = 0;
  int next = 0;

  for (int i = 1; i <= N_ITEMS; i++)
    if (model->running[i])
      {
        of_host[host_index (i)]++;
        all++;
      }
  if (all >= model->capacity)
    return 0;

  for (int i = 1; i <= N_ITEMS; i++)
    if (model->waiting[i] && of_host[host_index (i)] < model->per_host
        && (next == 0 || model->orders[i] < model->orders[next]))
      next = i;

  return next;
}

static void
model_step (Model      *model,
            SkeinQueue *queue)
{
  int item = g_test_rand_int_range (1, N_ITEMS + 1);
  g_autofree char *host = g_strdup_printf ("host %d", host_index (item));
  int next = model_next (model);

  if (model->running[item])
    {
      skein_queue_end (queue, host, RUNNER);
      model->running[item] = FALSE;
    }
  else if (model->waiting[item] && g_test_rand_bit ())
    {
      g_assert_true (skein_queue_remove (queue, GINT_TO_POINTER (item)));
      model->waiting[item] = FALSE;
    }
  else if (!model->waiting[item])
    {
      if (g_test_rand_int_range (0, 4) == 0)
        model->orders[item] = skein_queue_push_head (queue, GINT_TO_POINTER (item), host);
      else
        model->orders[item] = skein_queue_push_tail (queue, GINT_TO_POINTER (item), host);
      model->waiting[item] = TRUE;
    }
  else if (next != 0)
    {
      skein_queue_start (queue, GINT_TO_POINTER (next), RUNNER);
      model->waiting[next] = FALSE;
      model->running[next] = TRUE;
    }

  if (g_test_rand_int_range (0, 50) == 0)
    {
      model->per_host = (guint) g_test_rand_int_range (1, 5);
      model->capacity = (guint) g_test_rand_int_range (1, 12);
      skein_queue_set_per_host (queue, model->per_host);
    }
}

static void
test_random (void)
{
  g_autoptr (SkeinQueue) queue = skein_queue_new (3);
  Model model = { .per_host = 3, .capacity = 8 };

  for (guint i = 0; i < 20000; i++)
    {
      model_step (&model, queue);
      g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, model.capacity)), ==,
                       model_next (&model));
    }
}

#define ITEM(n) GINT_TO_POINTER (n)

static void
test_put_off (void)
{
  g_autoptr (SkeinQueue) queue = skein_queue_new (9);
  gint64 first = skein_queue_push_tail (queue, ITEM (1), "host");
  gint64 last;

  skein_queue_push_tail (queue, ITEM (2), "host");
  g_assert_true (skein_queue_remove (queue, ITEM (1)));
  g_assert_cmpint (skein_queue_get_next_time (queue), ==, SKEIN_QUEUE_NEVER);
  g_assert_cmpint (skein_queue_put_off (queue, ITEM (1), "host", first, 200), ==, first);
  last = skein_queue_put_off (queue, ITEM (3), "host", 0, 100);
  g_assert_cmpint (last, >, first);
  skein_queue_push_tail (queue, ITEM (4), "host");

  g_assert_cmpint (skein_queue_get_next_time (queue), ==, 100);
  g_assert_null (skein_queue_ripen (queue, 99));
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, 9)), ==, 2);
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_ripen (queue, 200)), ==, 3);
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_ripen (queue, 200)), ==, 1);
  g_assert_null (skein_queue_ripen (queue, 200));
  g_assert_cmpint (skein_queue_get_next_time (queue), ==, SKEIN_QUEUE_NEVER);

  /* The first at the place that it had; the third behind the second, but before who came after it. */
  for (int i = 1; i <= 4; i++)
    {
      g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, 9)), ==, i);
      skein_queue_start (queue, ITEM (i), RUNNER);
    }
}

static void
append (gpointer item,
        gpointer text)
{
  g_string_append_printf (text, "%d ", GPOINTER_TO_INT (item));
}

static void
test_recall (void)
{
  g_autoptr (SkeinQueue) queue = skein_queue_new (9);
  g_autoptr (GString) text = g_string_new (NULL);

  skein_queue_put_off (queue, ITEM (1), "host", 0, SKEIN_QUEUE_NEVER);
  skein_queue_put_off (queue, ITEM (2), "host", 0, 100);
  skein_queue_put_off (queue, ITEM (3), "other", 0, SKEIN_QUEUE_NEVER);
  skein_queue_put_off (queue, ITEM (4), "host", 0, 50);
  skein_queue_foreach_put_off (queue, append, text);
  g_assert_cmpstr (text->str, ==, "4 2 1 3 ");

  g_assert_true (skein_queue_remove (queue, ITEM (4)));
  g_assert_false (skein_queue_remove (queue, ITEM (4)));
  g_assert_cmpint (skein_queue_get_next_time (queue), ==, 100);
  skein_queue_recall (queue, ITEM (1));
  skein_queue_recall (queue, ITEM (3));
  skein_queue_recall (queue, ITEM (4));
  g_assert_cmpint (GPOINTER_TO_INT (skein_queue_peek (queue, RUNNER, 9)), ==, 1);
  g_assert_true (skein_queue_remove (queue, ITEM (3)));
  g_assert_true (skein_queue_remove (queue, ITEM (2)));
  g_assert_null (skein_queue_ripen (queue, 1000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strconcat ("/queue/", stories[i].name, NULL);

      g_test_add_data_func (path, &stories[i], test_story);
    }
  g_test_add_func ("/queue/runners-apart", test_runners_apart);
  g_test_add_func ("/queue/put-off", test_put_off);
  g_test_add_func ("/queue/recall", test_recall);
  g_test_add_func ("/queue/random", test_random);

  return g_test_run ();
}

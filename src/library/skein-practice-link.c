/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-link.h"

#include <string.h>

#include "skein-find-program.h"
#include "skein-uri.h"

#define PROGRAM "skein-practice"

/* A server that dies again and again will not be cured by one more start. */
#define MAX_STARTS 3

/* A practice picture has about 400 kB: two seconds. */
#define PACE "rate=200000"

struct _SkeinPracticeLink
{
  GObject parent_instance;

  GSubprocess *process;      /* NULL while none runs */
  GCancellable *cancellable; /* of what waits for the process */
  GDataInputStream *output;
  char *base;                /* "http://127.0.0.1:4711", NULL until told */
  guint starts;              /* without a success since */
  GError *error;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SkeinPracticeLink, skein_practice_link, G_TYPE_OBJECT)

SkeinPracticeLink *
skein_practice_link_new (void)
{
  return g_object_new (SKEIN_TYPE_PRACTICE_LINK, NULL);
}

static void
let_go (SkeinPracticeLink *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->output);
  g_clear_object (&self->process);
  g_clear_pointer (&self->base, g_free);
}

static void
fail (SkeinPracticeLink *self,
      const char        *why)
{
  let_go (self);
  g_clear_error (&self->error);
  self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, why);
}

static gboolean
changed_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Never from within skein_practice_link_resolve(): who hears of it asks again. */
static void
emit_changed_later (SkeinPracticeLink *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, changed_cb, g_object_ref (self), g_object_unref);
}

/* What waits for the process must not keep the link, and so the process, alive. */
static GWeakRef *
weak_new (SkeinPracticeLink *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static SkeinPracticeLink *
weak_free_to_strong (GWeakRef *weak)
{
  SkeinPracticeLink *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return self;
}

static void
died_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SkeinPracticeLink) self = weak_free_to_strong (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self == NULL)
    return;

  if (self->starts >= MAX_STARTS)
    fail (self, "the practice server ended again and again");
  else
    let_go (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The first line ends with the address, whatever it says before. */
static char *
parse_first_line (const char *line)
{
  const char *begin = line != NULL ? strstr (line, "http://") : NULL;
  g_autofree char *address = NULL;
  g_autofree char *clean = NULL;
  gsize length;

  if (begin == NULL)
    return NULL;

  address = g_strndup (begin, strcspn (begin, " \t\r\n"));
  clean = skein_uri_clean (address, NULL, NULL);
  if (clean == NULL || !skein_uri_is_loopback (clean))
    return NULL;

  length = strlen (clean);
  if (clean[length - 1] == '/')
    clean[length - 1] = '\0';

  return g_steal_pointer (&clean);
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SkeinPracticeLink) self = weak_free_to_strong (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result,
                                                                NULL, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->base = parse_first_line (line);
  if (self->base == NULL)
    {
      /* A server that came too late to say something is reported by died_cb(). */
      if (line == NULL && error == NULL)
        return;
      fail (self, error != NULL ? error->message : "the practice server did not tell its address");
    }
  else
    self->starts = 0;

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start (SkeinPracticeLink *self)
{
  g_autofree char *program = skein_find_program (PROGRAM);
  const char *const argv[] = { program, "--exit-with-stdin", NULL };

  self->starts++;
  if (program == NULL)
    {
      fail (self, "the program " PROGRAM " is not there");
      emit_changed_later (self);
      return;
    }

  self->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     &self->error);
  if (self->process == NULL)
    {
      emit_changed_later (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, self->cancellable, line_cb,
                                       weak_new (self));
  g_subprocess_wait_async (self->process, self->cancellable, died_cb, weak_new (self));
}

static gboolean
is_up (SkeinPracticeLink *self)
{
  if (self->process == NULL && self->error == NULL)
    start (self);

  return self->base != NULL;
}

char *
skein_practice_link_dup_picture (SkeinPracticeLink *self,
                                 guint              number,
                                 guint              delay,
                                 guint              rate)
{
  g_autofree char *limit = rate > 0 ? g_strdup_printf ("&rate=%u", rate) : g_strdup ("");

  g_return_val_if_fail (SKEIN_IS_PRACTICE_LINK (self), NULL);

  return is_up (self) ? g_strdup_printf ("%s/pictures/%u.png?delay=%u%s", self->base, number, delay, limit) : NULL;
}

char *
skein_practice_link_resolve (SkeinPracticeLink *self,
                             const char        *address)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (SKEIN_IS_PRACTICE_LINK (self), NULL);
  g_return_val_if_fail (g_str_has_prefix (address, SKEIN_PRACTICE_PREFIX), NULL);

  if (!is_up (self))
    return NULL;

  name = g_uri_escape_string (address + strlen (SKEIN_PRACTICE_PREFIX), NULL, FALSE);

  return g_strdup_printf ("%s/pictures/%s?" PACE, self->base, name);
}

const GError *
skein_practice_link_get_error (SkeinPracticeLink *self)
{
  g_return_val_if_fail (SKEIN_IS_PRACTICE_LINK (self), NULL);

  return self->error;
}

static void
skein_practice_link_dispose (GObject *object)
{
  let_go (SKEIN_PRACTICE_LINK (object));

  G_OBJECT_CLASS (skein_practice_link_parent_class)->dispose (object);
}

static void
skein_practice_link_finalize (GObject *object)
{
  g_clear_error (&SKEIN_PRACTICE_LINK (object)->error);

  G_OBJECT_CLASS (skein_practice_link_parent_class)->finalize (object);
}

static void
skein_practice_link_class_init (SkeinPracticeLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = skein_practice_link_dispose;
  object_class->finalize = skein_practice_link_finalize;

  signals[CHANGED] = g_signal_new ("changed", SKEIN_TYPE_PRACTICE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
skein_practice_link_init (SkeinPracticeLink *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-session.h"

#include <glib/gi18n-lib.h>

#include "skein-blocking-runner.h"
#include "skein-error.h"
#include "skein-get-feed.h"
#include "skein-get-journal.h"
#include "skein-get-report.h"
#include "skein-get-signals.h"
#include "skein-get-metalink.h"
#include "skein-manager.h"
#include "skein-pattern.h"
#include "skein-practice-link.h"
#include "skein-threads-runner.h"
#include "skein-uri.h"

/* Rows that wait; as soon as there are fewer, more of the list is read. */
#define WAITING_LEAST 200

/* Rows that are delayed, from which on no more of it is read: a list of dead addresses shall not end up in
 * memory. */
#define DELAYED_MOST 1000

typedef struct
{
  const SkeinGetOptions *options;
  GMainLoop *loop;
  SkeinRunner *runner;
  SkeinManager *manager;
  SkeinPracticeLink *link;
  SkeinGetReport *report;
  SkeinRateLimiter *limiter; /* of all downloads */
  GCancellable *interrupt; /* cancelled by the thread that hears signals */
  SkeinGetFeed *feed;      /* the list; NULL without one */
  SkeinKeySet *seen;       /* every address so far, as rows go when they end */
  SkeinJournal *journal;   /* which files are there; NULL: none */
  char *journal_path;
  gboolean opening;        /* the journal is being read */
  SkeinGetMetalink *metalinks;
} Session;

static gboolean
is_adding (Session *self)
{
  return self->opening || skein_get_metalink_is_busy (self->metalinks) || (self->feed != NULL && skein_get_feed_is_open (self->feed));
}

static void
check_done (Session *self)
{
  gboolean active;

  g_object_get (self->manager, "active", &active, NULL);
  if (!active && !is_adding (self) && !g_cancellable_is_cancelled (self->interrupt))
    g_main_loop_quit (self->loop);
}

static void
link_changed_cb (Session *self)
{
  const GError *error = skein_practice_link_get_error (self->link);
  g_autoptr (GPtrArray) unfinished = NULL;

  if (error == NULL)
    {
      skein_manager_pump (self->manager);
      return;
    }

  unfinished = skein_manager_dup_unfinished (self->manager);
  for (guint i = 0; i < unfinished->len; i++)
    {
      SkeinDownload *download = g_ptr_array_index (unfinished, i);

      if (g_str_has_prefix (skein_download_get_address (download), SKEIN_PRACTICE_PREFIX))
        skein_manager_fail (self->manager, download, error);
    }
}

static char *
resolve (const char *address,
         gpointer    user_data)
{
  return skein_practice_link_resolve (user_data, address);
}

static SkeinDownload *
add_address (Session              *self,
             guint                 line,
             const char           *text,
             const char           *folder,
             SkeinDownloadOptions  options)
{
  g_autofree char *login = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  SkeinKey key;

  if (g_str_has_prefix (text, SKEIN_PRACTICE_PREFIX) && g_utf8_validate (text, -1, NULL))
    address = g_strdup (text);
  else
    address = skein_uri_clean_any (text, &login, &error);

  if (address == NULL)
    {
      skein_get_report_rejected (self->report, line, text, error);
      return NULL;
    }
  key = skein_key_of (address, NULL);
  if (!skein_key_set_add (self->seen, &key))
    return NULL;

  if (self->journal != NULL)
    key = skein_journal_key_of (self->journal, address, folder, options.name);
  if (self->journal != NULL && skein_journal_has (self->journal, &key))
    {
      skein_get_report_already (self->report);
      return NULL;
    }

  options.journal = self->journal;
  options.journal_key = &key;
  options.afresh = !self->options->continues;
  if (login != NULL)
    options.login = login;
  options.connections = self->options->connections;
  options.timeout = self->options->timeout;
  if (options.limit == 0)
    options.limit = self->options->limit_each;
  options.find_checksum = self->options->find_checksum;
  options.preallocate = self->options->preallocate;
  options.limiter = self->limiter;
  if (options.request == NULL)
    options.request = self->options->dress;

  return skein_manager_add_full (self->manager, address, folder, &options);
}

static GPtrArray *
expand (const char  *text,
        gboolean     single,
        GError     **error)
{
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) local = NULL;

  if (!skein_pattern_expand (text, SKEIN_PATTERN_DEFAULT_MOST, &addresses, &local))
    {
      if (g_error_matches (local, SKEIN_ERROR, SKEIN_ERROR_TOO_LARGE))
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _("The pattern stands for more than %d addresses."), SKEIN_PATTERN_DEFAULT_MOST);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (single && addresses->len > 1)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("A name or checksum can be given to a single address only."));
      return NULL;
    }

  return g_steal_pointer (&addresses);
}

static void
add_text (Session              *self,
          guint                 line,
          const char           *text,
          const char           *folder,
          SkeinDownloadOptions  options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) addresses = expand (text, options.name != NULL || options.digest != NULL ||
                                                     options.sources != NULL, &error);

  if (addresses == NULL)
    skein_get_report_rejected (self->report, line, text, error);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add_address (self, line, g_ptr_array_index (addresses, i), folder, options);
}

/* What is secret in the person's own headers and logins is not for whomever a Metalink names. */
static SkeinDownload *
add_metalink_file (const SkeinMetalinkFile *file,
                   const char              *folder,
                   gpointer                 user_data)
{
  SkeinMetalinkMirror *first = g_ptr_array_index (file->mirrors, 0);
  g_autoptr (SkeinDigest) digest = skein_metalink_dup_digest (file);
  g_autoptr (SkeinSourceSet) sources = skein_source_set_new_from_metalink (file);
  g_autoptr (SkeinRequestOptions) plain = skein_request_options_new ();
  SkeinDownloadOptions options = {
    .name = file->name, .login = first->login, .digest = digest, .sources = sources, .request = plain,
  };

  return add_address (user_data, 0, first->uri, folder, options);
}

/* One that is no address only costs what it could have brought. */
static SkeinSourceSet *
make_sources (Session            *self,
              guint               line,
              const char *const  *texts,
              guint               n)
{
  g_autoptr (SkeinSourceSet) sources = n > 0 ? skein_source_set_new () : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *login = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *address = skein_uri_clean (texts[i], &login, &error);

      if (address != NULL)
        skein_source_set_add (sources, address, login);
      else
        skein_get_report_rejected (self->report, line, texts[i], error);
    }

  return g_steal_pointer (&sources);
}

static void
add_entry (Session               *self,
           const SkeinInputEntry *entry)
{
  const char *text = g_ptr_array_index (entry->addresses, 0);
  g_autoptr (SkeinDigest) digest = skein_digest_parse (entry->checksum);
  g_autoptr (SkeinSourceSet) sources = NULL;
  SkeinDownloadOptions options = { .name = entry->out, .digest = digest };
  g_autoptr (SkeinRequestOptions) request = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  request = skein_get_request_for_entry (self->options->dress, entry, &error);
  options.request = request;
  if (error == NULL && entry->checksum != NULL && digest == NULL)
    g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The checksum must be a kind and digits, such as sha256:9f86…"));
  else if (entry->limit != NULL && !skein_get_options_parse_rate (entry->limit, &options.limit))
    g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The speed limit must be a number of bytes a second, such as 500k or 2M."));

  if (error != NULL)
    {
      skein_get_report_rejected (self->report, entry->line, text, error);
      return;
    }

  sources = make_sources (self, entry->line, (const char *const *) entry->addresses->pdata + 1,
                          entry->addresses->len - 1);
  options.sources = sources;
  folder = g_canonicalize_filename (entry->dir != NULL ? entry->dir : self->options->folder, NULL);
  add_text (self, entry->line, text, folder, options);
}

static void
entry_cb (const SkeinInputEntry *entry,
          const SkeinUriReject  *rejected,
          gpointer               user_data)
{
  Session *self = user_data;

  if (entry != NULL)
    add_entry (self, entry);
  else
    skein_get_report_rejected (self->report, rejected->line, rejected->text, rejected->error);
}

static void
metalink_read_cb (const char   *text,
                  const GError *error,
                  gpointer      user_data)
{
  Session *self = user_data;

  if (error != NULL)
    skein_get_report_rejected (self->report, 0, text, error);
  check_done (self);
}

static void
read_on (Session *self)
{
  if (self->feed != NULL && skein_manager_get_n_waiting (self->manager) < WAITING_LEAST &&
      skein_manager_get_n_delayed (self->manager) < DELAYED_MOST)
    skein_get_feed_more (self->feed);
}

static void
fed_cb (const GError *error,
        gpointer      user_data)
{
  Session *self = user_data;

  if (error != NULL)
    skein_get_report_unreadable (self->report, self->options->list, error);
  read_on (self);
  check_done (self);
}

static void
add_list (Session    *self,
          const char *path)
{
  g_autoptr (GError) error = NULL;

  self->feed = skein_get_feed_new (path, entry_cb, fed_cb, self, &error);
  if (self->feed == NULL)
    skein_get_report_unreadable (self->report, self->options->list, error);
  read_on (self);
}

static void
add_all (Session *self)
{
  const SkeinGetOptions *options = self->options;

  g_autoptr (SkeinSourceSet) sources = NULL;

  if (options->mirrors != NULL)
    sources = make_sources (self, 0, (const char *const *) options->mirrors, g_strv_length (options->mirrors));
  for (guint i = 0; options->addresses != NULL && options->addresses[i] != NULL; i++)
    {
      if (skein_get_metalink_is_path (options->addresses[i]))
        skein_get_metalink_add (self->metalinks, options->addresses[i], options->folder);
      else
        add_text (self, 0, options->addresses[i], options->folder,
                  (SkeinDownloadOptions) { .name = options->name, .digest = options->digest, .sources = sources });
    }
  if (options->list != NULL && skein_get_metalink_is_path (options->list))
    skein_get_metalink_add (self->metalinks, options->list, options->folder);
  else if (options->list != NULL)
    add_list (self, options->list);
}

static void
journal_open_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Session *self = user_data;
  g_autoptr (GError) problem = NULL;

  self->opening = FALSE;
  self->journal = skein_get_journal_open_finish (result, &problem);
  if (problem != NULL)
    skein_get_report_journal (self->report, self->journal_path, problem);
  if (g_cancellable_is_cancelled (self->interrupt))
    return;

  add_all (self);
  check_done (self);
}

/* What the journal knows is not downloaded, so it is read first. */
static void
begin (Session *self)
{
  self->journal_path = skein_get_journal_dup_path (self->options);
  self->opening = self->journal_path != NULL;
  if (self->opening)
    skein_get_journal_open_async (self->options, self->journal_path, journal_open_cb, self);
  else
    add_all (self);
}

static void
download_ended_cb (Session       *self,
                   SkeinDownload *download)
{
  skein_get_report_ended (self->report, download);
  if (!g_cancellable_is_cancelled (self->interrupt))
    skein_get_metalink_follow (self->metalinks, download);

  /* A row that ended would only take memory. Its part file stays. */
  skein_manager_remove (self->manager, download);
  read_on (self);
}

static void
download_delayed_cb (Session       *self,
                     SkeinDownload *download)
{
  skein_get_report_delayed (self->report, download);
  read_on (self);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Session *self = user_data;

  skein_manager_stop_all_finish (SKEIN_MANAGER (source), result);
  g_main_loop_quit (self->loop);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  Session *self = user_data;

  skein_manager_stop_all_async (self->manager, stopped_cb, self);

  return G_SOURCE_REMOVE;
}

static void
session_open (Session               *self,
              const SkeinGetOptions *options)
{
  /* Whoever asks for many at once asks for many connections, also where all are of one host. */
  guint most = MAX (options->at_once, options->connections);
  guint per_host = MAX (most, SKEIN_HOST_TABLE_DEFAULT_PER_HOST);
  g_autoptr (SkeinHostTable) hosts = skein_host_table_new (per_host, SKEIN_HOST_TABLE_DEFAULT_IN_ALL);

  self->options = options;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->interrupt = g_cancellable_new ();
  self->seen = skein_key_set_new ();
  if (options->limit_rate > 0)
    self->limiter = skein_rate_limiter_new (options->limit_rate);
  if (options->blocking)
    self->runner = skein_blocking_runner_new (hosts);
  else
    self->runner = skein_threads_runner_new (options->at_once, hosts);

  self->manager = skein_manager_new (self->runner);
  skein_manager_set_per_host (self->manager, MAX (options->at_once, SKEIN_DOWNLOADS_PER_HOST_DEFAULT));
  skein_manager_set_tries (self->manager, options->tries);
  skein_manager_set_unattended (self->manager, TRUE);
  skein_manager_set_interrupt (self->manager, self->interrupt);
  self->link = skein_practice_link_new ();
  skein_manager_set_resolve (self->manager, resolve, self->link);
  self->metalinks = skein_get_metalink_new (add_metalink_file, metalink_read_cb, self);
  self->report = skein_get_report_new (self->manager, options->progress);

  g_signal_connect_swapped (self->link, "changed", G_CALLBACK (link_changed_cb), self);
  g_signal_connect_swapped (self->manager, "download-ended", G_CALLBACK (download_ended_cb), self);
  g_signal_connect_swapped (self->manager, "download-delayed", G_CALLBACK (download_delayed_cb), self);
  g_signal_connect_swapped (self->manager, "notify::active", G_CALLBACK (check_done), self);
}

static void
session_close (Session *self)
{
  skein_runner_shutdown (self->runner);
  skein_get_metalink_free (self->metalinks);
  g_signal_handlers_disconnect_by_data (self->manager, self);
  g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_pointer (&self->report, skein_get_report_free);
  g_object_unref (self->manager);
  g_object_unref (self->runner);
  g_object_unref (self->link);
  g_clear_pointer (&self->limiter, skein_rate_limiter_unref);
  skein_key_set_free (self->seen);
  g_clear_pointer (&self->journal, skein_journal_unref);
  g_free (self->journal_path);
  g_object_unref (self->interrupt);
  g_main_loop_unref (self->loop);
}

int
skein_get_session_run (const SkeinGetOptions *options)
{
  Session self = { 0 };
  SkeinGetSignals *signals;
  SkeinGetStatus status;

  session_open (&self, options);
  signals = skein_get_signals_new (self.interrupt, interrupted_cb, &self);

  begin (&self);
  if (is_adding (&self) || skein_manager_get_n_waiting (self.manager) + skein_manager_get_n_running (self.manager) > 0)
    g_main_loop_run (self.loop);

  while (self.opening)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self.feed, skein_get_feed_free);
  if (self.journal != NULL && !skein_journal_is_whole (self.journal))
    skein_get_report_journal (self.report, self.journal_path, NULL);
  status = skein_get_report_end (self.report, g_cancellable_is_cancelled (self.interrupt));
  skein_get_signals_free (signals);
  session_close (&self);

  return (int) status;
}

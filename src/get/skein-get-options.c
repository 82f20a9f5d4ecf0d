/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-get-options.h"

#include <glib/gi18n-lib.h>

#include "skein-get-metalink.h"
#include "skein-get-refuse.h"
#include "skein-retry-policy.h"
#include "skein-threads-runner.h"
#include "skein-transfer.h"

#define MOST_SECONDS (24 * 60 * 60)
#define MOST_TRIES   1000

/* As typed, before it is checked. */
typedef struct
{
  char *folder;
  char *rate;
  char *rate_each;
  char *checksum;
  char *progress;
  gboolean quiet;
  int   at_once;
  int   connections;
  int   tries;
  int   timeout;
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->folder);
  g_free (typed->rate);
  g_free (typed->rate_each);
  g_free (typed->checksum);
  g_free (typed->progress);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

void
skein_get_options_free (SkeinGetOptions *self)
{
  g_strfreev (self->addresses);
  g_free (self->list);
  g_free (self->folder);
  g_free (self->name);
  g_free (self->journal);
  g_clear_pointer (&self->digest, skein_digest_free);
  skein_get_request_clear (&self->request);
  g_clear_pointer (&self->dress, skein_request_options_unref);
  g_strfreev (self->mirrors);
  g_free (self);
}

gboolean
skein_get_options_parse_rate (const char *text,
                              guint64    *rate)
{
  guint64 factor = 1;
  guint64 number;
  const char *end;

  if (!g_ascii_isdigit (*text))
    return FALSE;

  number = g_ascii_strtoull (text, (char **) &end, 10);
  switch (*end)
    {
    case 'k':
    case 'K':
      factor = 1000;
      break;
    case 'm':
    case 'M':
      factor = 1000 * 1000;
      break;
    case 'g':
    case 'G':
      factor = 1000 * 1000 * 1000;
      break;
    default:
      end--;
    }

  return end[1] == '\0' && number < G_MAXUINT64 && g_uint64_checked_mul (rate, number, factor);
}

static gboolean
check_numbers (const Typed  *typed,
               GError      **error)
{
  if (typed->at_once < 1 || typed->at_once > SKEIN_WORKERS_MAX)
    return skein_get_refuse (error, _("Downloads at once must be 1 to %d."), SKEIN_WORKERS_MAX);
  if (typed->connections < 1 || typed->connections > SKEIN_GET_CONNECTIONS_MAX)
    return skein_get_refuse (error, _("Connections must be 1 to %d."), SKEIN_GET_CONNECTIONS_MAX);
  if (typed->timeout < 1 || typed->timeout > MOST_SECONDS)
    return skein_get_refuse (error, _("The timeout must be 1 to %d seconds."), MOST_SECONDS);
  if (typed->tries < 0 || typed->tries > MOST_TRIES)
    return skein_get_refuse (error, _("Tries must be 0 (any number) to %d."), MOST_TRIES);

  return TRUE;
}

static gboolean
take_progress (SkeinGetOptions  *self,
               const Typed      *typed,
               GError          **error)
{
  const char *const names[] = { "", "bar", "lines", "json", "none" };

  if (typed->quiet)
    self->progress = SKEIN_GET_PROGRESS_NONE;
  if (typed->progress == NULL)
    return TRUE;
  if (typed->quiet)
    return skein_get_refuse (error, _("--quiet and --progress cannot be given together."));

  for (guint i = SKEIN_GET_PROGRESS_BAR; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (typed->progress, names[i]))
        {
          self->progress = (SkeinGetProgress) i;
          return TRUE;
        }
    }

  return skein_get_refuse (error, _("The progress must be bar, lines, json or none."));
}

static gboolean
take_rate (const char *text,
           guint64    *rate)
{
  return text == NULL || skein_get_options_parse_rate (text, rate);
}

static gboolean
check (SkeinGetOptions  *self,
       const Typed      *typed,
       GError          **error)
{
  gboolean single = self->list == NULL && self->addresses != NULL && self->addresses[1] == NULL;

  if (!check_numbers (typed, error) || !take_progress (self, typed, error))
    return FALSE;
  if (!take_rate (typed->rate, &self->limit_rate) || !take_rate (typed->rate_each, &self->limit_each))
    return skein_get_refuse (error, _("The speed limit must be a number of bytes a second, such as 500k or 2M."));
  if (self->worker && (self->addresses != NULL || self->list != NULL))
    return skein_get_refuse (error, _("A worker gets its address on the standard input."));
  if (!self->version && !self->worker && self->addresses == NULL && self->list == NULL)
    return skein_get_refuse (error, _("No address was given."));
  if ((self->name != NULL || typed->checksum != NULL) && !single)
    return skein_get_refuse (error, _("A name or checksum can be given to a single address only."));
  if (self->mirrors != NULL && !single)
    return skein_get_refuse (error, _("Mirrors can be given to a single address only."));
  if (single && (self->name != NULL || typed->checksum != NULL || self->mirrors != NULL) &&
      skein_get_metalink_is_path (self->addresses[0]))
    return skein_get_refuse (error, _("A Metalink tells name, checksum and mirrors itself."));
  self->digest = skein_digest_parse (typed->checksum);
  if (typed->checksum != NULL && self->digest == NULL)
    return skein_get_refuse (error, _("The checksum must be a kind and digits, such as sha256:9f86…"));

  return TRUE;
}

static void
take (SkeinGetOptions *self,
      const Typed     *typed)
{
  self->at_once = (guint) typed->at_once;
  self->connections = (guint) typed->connections;
  self->tries = (guint) typed->tries;
  self->timeout = typed->timeout * G_USEC_PER_SEC;
  self->folder = g_canonicalize_filename (typed->folder != NULL ? typed->folder : ".", NULL);
}

SkeinGetOptions *
skein_get_options_parse (char   **argv,
                         GError **error)
{
  g_autoptr (SkeinGetOptions) self = g_new0 (SkeinGetOptions, 1);
  g_autoptr (GOptionContext) context = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_auto (Typed) typed = {
    .at_once = SKEIN_WORKERS_DEFAULT,
    .connections = SKEIN_CONNECTIONS_DEFAULT,
    .tries = SKEIN_RETRY_POLICY_DEFAULT_MOST,
    .timeout = SKEIN_TIMEOUTS_DEFAULT.answer / G_USEC_PER_SEC,
  };
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME, &self->list,
      N_("Download the addresses in a file, one a line; - is the standard input"), N_("LIST") },
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &typed.folder, N_("Put the files there"), N_("DIR") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->name,
      N_("Call the file so; for a single address"), N_("NAME") },
    { "checksum", 0, 0, G_OPTION_ARG_STRING, &typed.checksum,
      N_("Check the file; for a single address; md5, sha1, sha256, sha384 or sha512"), N_("KIND:HEX") },
    { "find-checksum", 0, 0, G_OPTION_ARG_NONE, &self->find_checksum,
      N_("Look for a checksum file beside each address, and check the file"), NULL },
    { "preallocate", 0, 0, G_OPTION_ARG_NONE, &self->preallocate,
      N_("Take the room on the disk before the first byte"), NULL },
    { "mirror", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->mirrors,
      N_("Where the single file can be had, too; may be given again and again"), N_("ADDRESS") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &typed.at_once, N_("Downloads at once, 1 to 64; without it 5"), N_("N") },
    { "connections", 'x', 0, G_OPTION_ARG_INT, &typed.connections,
      N_("Connections for each download, 1 to 16; without it 8"), N_("N") },
    { "limit-rate", 0, 0, G_OPTION_ARG_STRING, &typed.rate,
      N_("Bytes a second for all together, such as 500k or 2M"), N_("RATE") },
    { "limit-each", 0, 0, G_OPTION_ARG_STRING, &typed.rate_each,
      N_("Bytes a second for each download"), N_("RATE") },
    { "max-tries", 0, 0, G_OPTION_ARG_INT, &typed.tries,
      N_("Attempts in a row without progress, 0 for any number; without it 8"), N_("N") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &typed.timeout,
      N_("End an attempt after so long without an answer or a byte; without it 30"), N_("SECONDS") },
    { "progress", 0, 0, G_OPTION_ARG_STRING, &typed.progress,
      N_("How to tell what happens: bar, lines, json or none"), N_("KIND") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &typed.quiet,
      N_("Tell only what went wrong, as --progress=none"), NULL },
    { "continue", 0, 0, G_OPTION_ARG_NONE, &self->continues,
      N_("Go on from what earlier runs left, which is the default"), NULL },
    { "no-continue", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &self->continues,
      N_("Download everything from its first byte"), NULL },
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &self->journal,
      N_("Note there which files are there; without it in LIST.skein"), N_("FILE") },
    { "no-journal", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &self->keeps_journal,
      N_("Do not note which files of the list are there"), NULL },
    { "blocking", 0, 0, G_OPTION_ARG_NONE, &self->blocking,
      N_("One after the other, without threads"), NULL },
    { "worker", 0, 0, G_OPTION_ARG_NONE, &self->worker,
      N_("Run one task for another program, see the manual page"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Show the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->addresses, NULL, N_("ADDRESS…") },
    G_OPTION_ENTRY_NULL
  };

  self->continues = TRUE;
  self->keeps_journal = TRUE;
  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Downloads files. Practice pictures need no network: practice:1.png"));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  skein_get_request_add_options (&self->request, context);
  if (!g_option_context_parse_strv (context, &arguments, error) || !check (self, &typed, error))
    return NULL;

  take (self, &typed);

  return g_steal_pointer (&self);
}

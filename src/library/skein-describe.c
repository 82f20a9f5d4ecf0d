/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-describe.h"

#include <glib/gi18n-lib.h>

/* In the texts \302\240 is U+00A0: it keeps number and unit on one line. */

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR   3600
#define SECONDS_PER_DAY    86400

static char *
format_in_unit (guint  unit,
                int    decimals,
                double value)
{
  switch (unit)
    {
    case 0:
      /* Translators: thousand bytes */
      return g_strdup_printf (_("%.*f\302\240kB"), decimals, value);
    case 1:
      return g_strdup_printf (_("%.*f\302\240MB"), decimals, value);
    case 2:
      return g_strdup_printf (_("%.*f\302\240GB"), decimals, value);
    case 3:
      return g_strdup_printf (_("%.*f\302\240TB"), decimals, value);
    case 4:
      return g_strdup_printf (_("%.*f\302\240PB"), decimals, value);
    default:
      return g_strdup_printf (_("%.*f\302\240EB"), decimals, value);
    }
}

/* A figure that changes all the time keeps its decimal, so that the text beside it does not jump. */
static char *
format_size (guint64  bytes,
             gboolean keep_decimal)
{
  double value = (double) bytes / 1000;
  guint unit = 0;
  guint64 tenths;

  if (bytes < 1000)
    return g_strdup_printf (ngettext ("%u\302\240byte", "%u\302\240bytes", (gulong) bytes),
                            (guint) bytes);

  while (value >= 999.95)
    {
      value /= 1000;
      unit++;
    }

  tenths = (guint64) (value * 10 + 0.5);

  return format_in_unit (unit, keep_decimal || tenths % 10 != 0 ? 1 : 0, value);
}

char *
skein_describe_size (guint64 bytes)
{
  return format_size (bytes, FALSE);
}

char *
skein_describe_rate (guint64 rate)
{
  g_autofree char *size = format_size (rate, TRUE);

  /* Translators: a speed: "3.2 MB" a second */
  return g_strdup_printf (_("%s/s"), size);
}

static char *
format_time (gint64 seconds)
{
  int days = (int) MIN (seconds / SECONDS_PER_DAY, G_MAXINT);
  int hours = (int) (seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR);
  int minutes = (int) (seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
  int rest = (int) (seconds % SECONDS_PER_MINUTE);

  if (days > 0)
    return g_strdup_printf (ngettext ("%d\302\240day", "%d\302\240days", (gulong) days), days);
  if (hours > 0)
    return g_strdup_printf (_("%d\302\240h %d\302\240min"), hours, minutes);
  if (minutes > 0 && rest > 0)
    return g_strdup_printf (_("%d\302\240min %d\302\240s"), minutes, rest);
  if (minutes > 0)
    return g_strdup_printf (_("%d\302\240min"), minutes);

  return g_strdup_printf (_("%d\302\240s"), rest);
}

char *
skein_describe_time_left (gint64 seconds)
{
  g_autofree char *time = format_time (MAX (seconds, 0));

  /* Translators: a time: "1 min 34 s" */
  return g_strdup_printf (_("%s left"), time);
}

char *
skein_describe_duration (gint64 microseconds)
{
  gint64 milliseconds = (MAX (microseconds, 0) + 500) / 1000;

  if (milliseconds < 1000)
    return g_strdup_printf (_("%d\302\240ms"), (int) milliseconds);
  if (milliseconds < 59950)
    return g_strdup_printf (_("%.1f\302\240s"), (double) milliseconds / 1000);

  return format_time ((milliseconds + 500) / 1000);
}

static char *
describe_amount (SkeinDownload *download)
{
  gint64 total = skein_download_get_total (download);
  g_autofree char *received = format_size (skein_download_get_received (download), TRUE);
  g_autofree char *whole = NULL;

  if (total < 0)
    /* Translators: "12.4 MB" of a file whose size the server does not tell */
    return g_strdup_printf (_("%s of unknown size"), received);

  whole = format_size ((guint64) total, FALSE);

  /* Translators: "12.4 MB" of "100 MB" */
  return g_strdup_printf (_("%s of %s"), received, whole);
}

/* With the total known: of the others too, as soon as all has come. */
static gboolean
is_being_checked (SkeinDownload *download)
{
  return skein_download_get_checked (download) >= 0 && skein_download_get_total (download) > 0;
}

static int
get_percent_checked (SkeinDownload *download)
{
  return (int) (100.0 * (double) skein_download_get_checked (download) /
                (double) skein_download_get_total (download));
}

static char *
describe_running (SkeinDownload *download)
{
  guint64 rate = skein_download_get_rate (download);
  gint64 time_left = skein_download_get_time_left (download);
  g_autofree char *amount = NULL;
  g_autofree char *speed = NULL;
  g_autofree char *left = NULL;

  if (skein_download_get_frozen (download))
    return g_strdup (_("On the window’s thread"));
  if (is_being_checked (download))
    /* Translators: the file is held against its checksum */
    return g_strdup_printf (_("Checking, %d\302\240%%"), get_percent_checked (download));
  if (skein_download_get_received (download) == 0 && skein_download_get_total (download) < 0)
    return g_strdup (_("Connecting…"));

  amount = describe_amount (download);
  if (rate == 0)
    return g_steal_pointer (&amount);

  speed = skein_describe_rate (rate);
  if (time_left < 0)
    return g_strdup_printf ("%s · %s", amount, speed);

  left = skein_describe_time_left (time_left);

  return g_strdup_printf ("%s · %s · %s", amount, speed, left);
}

static char *
describe_finished (SkeinDownload *download)
{
  g_autofree char *size = skein_describe_size (skein_download_get_received (download));
  SkeinVerification verification = skein_download_get_verification (download);

  if (verification.source == SKEIN_DIGEST_SOURCE_GIVEN)
    /* Translators: "100 MB"; the file is the one that was meant */
    return g_strdup_printf (_("%s · the checksum is right"), size);
  if (verification.source == SKEIN_DIGEST_SOURCE_FILE)
    /* Translators: "100 MB"; a file of checksums that the server has names this very file */
    return g_strdup_printf (_("%s · as the server’s checksum file says"), size);
  if (verification.missing)
    /* Translators: "100 MB"; a checksum was looked for */
    return g_strdup_printf (_("%s · no checksum was found"), size);
  if (skein_download_get_length_known (download) || verification.source != SKEIN_DIGEST_SOURCE_NONE)
    return g_steal_pointer (&size);

  /* Translators: "100 MB"; so nothing proves that the file is whole */
  return g_strdup_printf (_("%s · the server did not say how long the file is"), size);
}

static char *
describe_delayed (SkeinDownload *download)
{
  guint most;
  guint attempt = skein_download_get_attempt (download, &most);
  g_autofree char *time = NULL;

  switch (skein_download_get_delay (download))
    {
    case SKEIN_DELAY_NETWORK:
      return g_strdup (_("Waiting for the network"));
    case SKEIN_DELAY_SIGN_IN:
      return g_strdup (_("This network asks for a sign-in. Open a page in a web browser first."));
    case SKEIN_DELAY_TIME:
    default:
      break;
    }

  time = format_time (MAX (skein_download_get_retry_in (download), 1));
  if (most == G_MAXUINT)
    /* Translators: a time ("12 s"), the number of the attempt */
    return g_strdup_printf (_("Trying again in %s (attempt %u)"), time, attempt);

  /* Translators: a time ("12 s"), the number of the attempt, how many are made at the most */
  return g_strdup_printf (_("Trying again in %s (%u of %u)"), time, attempt, most);
}

static char *
describe_paused (SkeinDownload *download)
{
  const GError *error = skein_download_get_error (download);

  return error != NULL ? skein_describe_pause (error) : g_strdup (_("Paused"));
}

static char *
describe_failed (SkeinDownload *download)
{
  const GError *error = skein_download_get_error (download);

  if (error != NULL && skein_download_get_verdict (download) == SKEIN_VERDICT_EXPIRED)
    return skein_describe_expired (error);

  return skein_describe_error (error, skein_download_get_host (download));
}

char *
skein_describe_facts (SkeinDownload *download)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (download), NULL);

  switch (skein_download_get_state (download))
    {
    case SKEIN_DOWNLOAD_WAITING:
      return g_strdup (_("Waiting"));
    case SKEIN_DOWNLOAD_DELAYED:
      return describe_delayed (download);
    case SKEIN_DOWNLOAD_RUNNING:
      return describe_running (download);
    case SKEIN_DOWNLOAD_PAUSED:
      return describe_paused (download);
    case SKEIN_DOWNLOAD_FINISHED:
      return describe_finished (download);
    case SKEIN_DOWNLOAD_FAILED:
      return describe_failed (download);
    case SKEIN_DOWNLOAD_CANCELLED:
      return g_strdup (_("Cancelled"));
    default:
      g_assert_not_reached ();
    }
}

/* Whole words: a screen reader spells "min" and "s". */
static char *
speak_time_left (gint64 seconds)
{
  int hours = (int) MIN (seconds / SECONDS_PER_HOUR, G_MAXINT);
  int minutes = (int) (seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
  int rest = (int) (seconds % SECONDS_PER_MINUTE);
  g_autofree char *large = NULL;
  g_autofree char *small = NULL;

  if (hours > 0)
    {
      large = g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), hours);
      small = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
    }
  else if (minutes > 0)
    {
      large = g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
      small = g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) rest), rest);
    }
  else
    return g_strdup_printf (ngettext ("%d second left", "%d seconds left", (gulong) rest), rest);

  if ((hours > 0 && minutes == 0) || (hours == 0 && rest == 0))
    return g_strdup_printf (_("%s left"), large);

  /* Translators: "1 minute" "30 seconds" left */
  return g_strdup_printf (_("%s %s left"), large, small);
}

char *
skein_describe_progress (SkeinDownload *download)
{
  gint64 time_left;
  int percent;
  g_autofree char *done = NULL;
  g_autofree char *left = NULL;

  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (download), NULL);

   if (skein_download_get_total (download) < 0)
    return skein_describe_facts (download);
  if (is_being_checked (download))
    {
      percent = get_percent_checked (download);
      return g_strdup_printf (ngettext ("Checking, %d percent", "Checking, %d percent", (gulong) percent), percent);
    }

  percent = (int) (skein_download_get_fraction (download) * 100);
  done = g_strdup_printf (ngettext ("%d percent", "%d percent", (gulong) percent), percent);
  time_left = skein_download_get_time_left (download);
  if (time_left < 0)
    return g_steal_pointer (&done);

  left = speak_time_left (time_left);

  /* Translators: "21 percent", "1 minute 30 seconds left" */
  return g_strdup_printf (_("%s, %s"), done, left);
}

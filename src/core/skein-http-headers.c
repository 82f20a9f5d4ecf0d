/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-http-headers.h"

#include <stdio.h>
#include <string.h>

#include "skein-error.h"

#define BLANK " \t"
#define DAY   (24 * 60 * 60)

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error_literal (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL, why);

  return FALSE;
}

/* Digits at *p, at least one, up to 2^63 - 1; leaves *p behind them. */
static gboolean
read_number (const char **p,
             gint64      *number)
{
  const char *start = *p;
  gint64 value = 0;

  for (; g_ascii_isdigit (**p); (*p)++)
    {
      int digit = **p - '0';

      if (value > (G_MAXINT64 - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }

  *number = value;

  return *p != start;
}

static void
skip_blank (const char **p)
{
  *p += strspn (*p, BLANK);
}

gboolean
skein_http_parse_content_length (const char  *value,
                                 gint64      *length,
                                 GError     **error)
{
  gint64 first = -1;
  const char *p = value;

  g_return_val_if_fail (length != NULL, FALSE);

  *length = -1;
  if (value == NULL)
    return TRUE;

  for (;;)
    {
      gint64 number;

      skip_blank (&p);
      if (!read_number (&p, &number))
        return refuse (error, "Content-Length is no number");
      skip_blank (&p);
      if (*p != '\0' && *p != ',')
        return refuse (error, "Content-Length is no number");
      if (first != -1 && first != number)
        return refuse (error, "several different Content-Length");

      first = number;
      if (*p == '\0')
        break;
      p++;
    }

  *length = first;

  return TRUE;
}

static gboolean
read_range (const char **p,
            gint64      *start,
            gint64      *end)
{
  if (**p == '*')
    {
      (*p)++;
      return TRUE;
    }

  if (!read_number (p, start) || **p != '-')
    return FALSE;
  (*p)++;

  return read_number (p, end) && *start <= *end;
}

static gboolean
read_total (const char **p,
            gint64      *total)
{
  if (**p == '*')
    {
      (*p)++;
      return TRUE;
    }

  return read_number (p, total);
}

gboolean
skein_http_parse_content_range (const char  *value,
                                gint64      *start,
                                gint64      *end,
                                gint64      *total,
                                GError     **error)
{
  gint64 first = -1;
  gint64 last = -1;
  gint64 whole = -1;
  const char *p = value;

  g_return_val_if_fail (start != NULL && end != NULL && total != NULL, FALSE);

  *start = *end = *total = -1;
  if (value == NULL)
    return refuse (error, "no Content-Range");

  skip_blank (&p);
  if (g_ascii_strncasecmp (p, "bytes", 5) != 0 || (p[5] != ' ' && p[5] != '\t'))
    return refuse (error, "Content-Range not in bytes");
  p += 5;
  skip_blank (&p);

  if (!read_range (&p, &first, &last) || *p != '/')
    return refuse (error, "bad Content-Range");
  p++;
  if (!read_total (&p, &whole))
    return refuse (error, "bad Content-Range");
  skip_blank (&p);
  if (*p != '\0' || (whole == -1 ? first == -1 : last >= whole))
    return refuse (error, "Content-Range contradicts itself");

  *start = first;
  *end = last;
  *total = whole;

  return TRUE;
}

gboolean
skein_http_parse_transfer_encoding (const char  *value,
                                    gboolean    *chunked,
                                    GError     **error)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (chunked != NULL, FALSE);

  *chunked = FALSE;
  if (value == NULL)
    return TRUE;

  word = g_strstrip (g_strdup (value));
  if (g_ascii_strcasecmp (word, "chunked") != 0)
    return refuse (error, "Transfer-Encoding other than chunked");
  *chunked = TRUE;

  return TRUE;
}

static int
month_number (const char *name)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (int i = 0; i < 12; i++)
    {
      if (g_ascii_strncasecmp (months + 3 * i, name, 3) == 0)
        return i + 1;
    }

  return 0;
}

/* A year of two digits lies at most 50 years ahead (RFC 9110 section 5.6.7). */
static int
full_year (int    year,
           gint64 now)
{
  int now_year = (int) (1970 + now / (365 * DAY + DAY / 4));
  int full = now_year / 100 * 100 + year;

  return full > now_year + 50 ? full - 100 : full;
}

static gboolean
scan_date (const char *value,
           gint64      now,
           int         date[3],
           int         clock[3])
{
  char month[4] = "";
  char zone[4] = "";
  int end = 0;

  if (sscanf (value, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d %3[A-Z]%n",
              &date[2], month, &date[0], &clock[0], &clock[1], &clock[2], zone, &end) == 7 && end > 0)
    ;
  else if (sscanf (value, "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d %3[A-Z]%n",
                   &date[2], month, &date[0], &clock[0], &clock[1], &clock[2], zone, &end) == 7 &&
           end > 0)
    date[0] = full_year (date[0], now);
  else if (sscanf (value, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n",
                   month, &date[2], &clock[0], &clock[1], &clock[2], &date[0], &end) == 6 && end > 0)
    g_strlcpy (zone, "GMT", sizeof zone);
  else
    return FALSE;

  date[1] = month_number (month);

  return value[end + (int) strspn (value + end, BLANK)] == '\0' &&
         strlen (month) == 3 && g_str_equal (zone, "GMT");
}

gint64
skein_http_parse_date (const char *value,
                       gint64      now)
{
  int date[3] = { 0 };
  int clock[3] = { 0 };
  g_autoptr (GDateTime) time = NULL;

  if (value == NULL || !scan_date (value + strspn (value, BLANK), now, date, clock))
    return -1;

  /* A leap second has no place in seconds since 1970. */
  time = g_date_time_new_utc (date[0], date[1], date[2], clock[0], clock[1],
                              clock[2] == 60 ? 59 : clock[2]);
  if (time == NULL)
    return -1;

  return CLAMP (g_date_time_to_unix (time), 0, MAX (now, 0) + DAY);
}

gint64
skein_http_parse_retry_after (const char *value,
                              gint64      now)
{
  const char *end;
  gint64 time;

  if (value == NULL)
    return -1;

  value += strspn (value, BLANK);
  end = value + strspn (value, "0123456789");
  if (end != value && end[strspn (end, BLANK)] == '\0')
    {
      const char *p = value;

      return read_number (&p, &time) ? MIN (time, DAY) : DAY;
    }

  time = skein_http_parse_date (value, now);

  return time == -1 ? -1 : CLAMP (time - now, 0, DAY);
}

gboolean
skein_http_etag_is_strong (const char *value)
{
  gsize length;

  if (value == NULL)
    return FALSE;

  length = strlen (value);
  if (length < 2 || value[0] != '"' || value[length - 1] != '"')
    return FALSE;

  for (gsize i = 1; i + 1 < length; i++)
    {
      guchar c = (guchar) value[i];

      if (c <= 0x20 || c == '"' || c == 0x7f)
        return FALSE;
    }

  return TRUE;
}

gboolean
skein_http_is_token (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
skein_http_is_header_value (const char *value)
{
  gsize length;

  if (value == NULL)
    return FALSE;

  length = strlen (value);
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) value[i];
      gboolean blank = c == ' ' || c == '\t';

      if ((c < 0x20 && c != '\t') || c == 0x7f || (blank && (i == 0 || i + 1 == length)))
        return FALSE;
    }

  return TRUE;
}

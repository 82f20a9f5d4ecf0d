/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-thread-time.h"

#include <time.h>

gint64
skein_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

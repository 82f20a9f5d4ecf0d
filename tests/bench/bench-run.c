/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a program and writes what it took to a file:
 *   bench-run FILE PROGRAM [ARGUMENT…]
 * Seconds of wall time, of user and of system time, KiB of memory at the most, exit status. Small on purpose: the kernel
 * counts the memory of who starts a program as the program's own. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);

  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static double
seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

static int
exit_status (int status)
{
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

int
main (int    argc,
      char **argv)
{
  struct rusage usage = { 0 };
  double start;
  int status, error;
  pid_t pid;
  FILE *file;

  if (argc < 3)
    return 2;

  start = now ();
  error = posix_spawnp (&pid, argv[2], NULL, NULL, argv + 2, environ);
  if (error != 0)
    {
      fprintf (stderr, "bench-run: %s: %s\n", argv[2], strerror (error));
      return 2;
    }
  while (wait4 (pid, &status, 0, &usage) < 0 && errno == EINTR)
    ;

  file = fopen (argv[1], "we");
  if (file == NULL)
    return 2;
  fprintf (file, "%.6f %.6f %.6f %ld %d\n", now () - start, seconds (usage.ru_utime), seconds (usage.ru_stime),
           usage.ru_maxrss, exit_status (status));

  return fclose (file) == 0 ? 0 : 2;
}

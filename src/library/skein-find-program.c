/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-find-program.h"

static char *
find_in (const char *folder,
         const char *name)
{
  g_autofree char *path = NULL;

  if (folder == NULL || *folder == '\0')
    return NULL;

  path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&path) : NULL;
}

static char *
find_in_environment (const char *name)
{
  const char *all = g_getenv ("SKEIN_BINDIR");
  g_auto (GStrv) folders = g_strsplit (all != NULL ? all : "", G_SEARCHPATH_SEPARATOR_S, -1);
  char *path = NULL;

  for (guint i = 0; folders[i] != NULL && path == NULL; i++)
    path = find_in (folders[i], name);

  return path;
}

char *
skein_find_program (const char *name)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = executable != NULL ? g_path_get_dirname (executable) : NULL;
  char *path = find_in_environment (name);

  if (path == NULL)
    path = find_in (folder, name);
  if (path == NULL)
    path = find_in (SKEIN_BINDIR, name);
  if (path == NULL)
    path = g_find_program_in_path (name);

  return path;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-file-kind.h"

#include <string.h>

static char *
dup_content_type (const char *name)
{
  return g_content_type_guess (name, NULL, 0, NULL);
}

GIcon *
skein_file_kind_dup_icon (const char *name)
{
  g_autofree char *type = NULL;
  g_autoptr(GIcon) icon = NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  g_return_val_if_fail (name != NULL, NULL);

  type = dup_content_type (name);
  icon = g_content_type_get_symbolic_icon (type);

  /* Among the names that GIO falls back to are icons in colour. */
  if (G_IS_THEMED_ICON (icon))
    {
      for (const char *const *n = g_themed_icon_get_names (G_THEMED_ICON (icon)); *n != NULL; n++)
        {
          if (g_str_has_suffix (*n, "-symbolic"))
            g_ptr_array_add (names, (gpointer) *n);
        }
    }
  g_ptr_array_add (names, (gpointer) "text-x-generic-symbolic");

  return g_themed_icon_new_from_names ((char **) names->pdata, (int) names->len);
}

gboolean
skein_file_kind_is_picture (const char *name)
{
  g_autofree char *type = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  type = dup_content_type (name);
  return g_content_type_is_mime_type (type, "image/*") || g_str_has_prefix (type, "image/");
}

gboolean
skein_file_kind_can_run_code (const char *name)
{
  static const char *const extensions[] = {
    "appimage", "apk", "app", "bash", "bat", "bin", "cmd", "com", "command", "csh", "deb", "desktop",
    "directory", "exe", "flatpak", "flatpakref", "flatpakrepo", "fish", "hta", "jar", "jnlp", "js",
    "ksh", "lnk", "lua", "msi", "out", "pif", "pl", "ps1", "py", "pyc", "pyw", "pyz", "rb", "rpm",
    "run", "scr", "service", "sh", "snap", "tcl", "vbs", "wsf", "xpi", "zsh",
  };
  const char *dot;
  g_autofree char *type = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  dot = strrchr (name, '.');
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    {
      if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
        return TRUE;
    }

  type = dup_content_type (name);
  return g_content_type_can_be_executable (type) && !g_content_type_is_a (type, "text/plain");
}

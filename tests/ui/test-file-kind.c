/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-file-kind.h"

static void
test_icons_are_symbolic (void)
{
  static const char *const names[] = { "moon.png", "debian.iso", "a.tar.gz", "50000000", "a.unheard-of", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GIcon) icon = skein_file_kind_dup_icon (names[i]);
      const char *const *icons = g_themed_icon_get_names (G_THEMED_ICON (icon));

      /* A theme without an icon for the kind has one for all files; those in colour come after it. */
      while (g_str_has_suffix (*icons, "-symbolic") && !g_str_equal (*icons, "text-x-generic-symbolic"))
        icons++;
      g_assert_cmpstr (*icons, ==, "text-x-generic-symbolic");
    }
}

static void
test_code (void)
{
  static const char *const dangerous[] = {
    "a.desktop", "b.AppImage", "c.sh", "d.run", "e.EXE", "f.jar", "g.deb", "h.rpm", "i.flatpakref", "j.py",
    "picture.png.desktop",
  };
  static const char *const harmless[] = {
    "moon.png", "a.pdf", "b.tar.gz", "c.iso", "d.txt", "e.mp4", "desktop", "sh", "a.desktop.png",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dangerous); i++)
    g_assert_true (skein_file_kind_can_run_code (dangerous[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    g_assert_false (skein_file_kind_can_run_code (harmless[i]));
}

static void
test_pictures (void)
{
  g_assert_true (skein_file_kind_is_picture ("1.png"));
  g_assert_true (skein_file_kind_is_picture ("1 (2).jpeg"));
  g_assert_false (skein_file_kind_is_picture ("1.iso"));
  g_assert_false (skein_file_kind_is_picture ("png"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-kind/icons-are-symbolic", test_icons_are_symbolic);
  g_test_add_func ("/file-kind/code", test_code);
  g_test_add_func ("/file-kind/pictures", test_pictures);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-practice-page.h"

#include "skein-practice-knobs.h"
#include "skein-practice-picture.h"

typedef struct
{
  const char *target;
  const char *meaning;
} Example;

static const Example files[] = {
  { "/bytes/64k", "A small file: 64 KiB" },
  { "/bytes/3M", "3 MiB" },
  { "/bytes/100M", "100 MiB" },
  { "/bytes/2G", "A large file: 2 GiB" },
  { "/bytes/20M?rate=1M", "20 MiB at 1 MiB per second on each connection" },
};

static const Example lessons[] = {
  { "/bytes/20M?ranges=no&rate=2M", "A server that cannot send parts: one connection, and no going on after a pause" },
  { "/bytes/20M?cut=5M", "The connection breaks after 5 MiB" },
  { "/bytes/20M?stall=5M", "The server falls silent after 5 MiB" },
  { "/bytes/20M?fail-first=2&retry-after=3", "The server is busy twice and asks to come back in 3 seconds" },
  { "/bytes/20M?max-connections=2&rate=1M", "The server allows two connections at once" },
  { "/bytes/20M?change-after=1&rate=2M", "The file is another one after the first request" },
  { "/bytes/20M?no-length=1", "The server does not say how long the file is" },
  { "/bytes/20M?hops=3", "Three redirects before the file" },
  { "/bytes/20M?loop=1", "Redirects for ever" },
  { "/bytes/20M?auth=anna:secret", "A login is needed: anna, secret" },
  { "/bytes/20M?disposition=attachment%3B%20filename%3D%22..%2Fevil.desktop%22", "A file name that wants out of the folder" },
};

static void
append_examples (GString       *html,
                 const Example *examples,
                 guint          n)
{
  g_string_append (html, "<ul>\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *target = g_markup_escape_text (examples[i].target, -1);

      g_string_append_printf (html, "<li><a href=\"%s\"><code>%s</code></a> – %s</li>\n",
                              target, target, examples[i].meaning);
    }
  g_string_append (html, "</ul>\n");
}

static void
append_pictures (GString *html)
{
  g_string_append (html, "<p>\n");
  for (guint i = 1; i <= SKEIN_PRACTICE_PICTURES; i++)
    g_string_append_printf (html, "<a href=\"/pictures/%u.png\">%u.png</a>\n", i, i);
  g_string_append (html, "</p>\n");
}

static void
append_knobs (GString *html)
{
  const char *name;
  const char *meaning;

  g_string_append (html, "<table>\n");
  for (guint i = 0; skein_practice_knobs_describe (i, &name, &meaning); i++)
    g_string_append_printf (html, "<tr><td><code>%s</code></td><td>%s</td></tr>\n", name, meaning);
  g_string_append (html, "</table>\n");
}

GBytes *
skein_practice_page_new (const char *address)
{
  GString *html = g_string_new (
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>Skein practice server</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<style>body { font-family: sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em;"
    " line-height: 1.5 }"
    " td { vertical-align: top; padding: 0.15em 1em 0.15em 0 }</style>\n</head>\n<body>\n<h1>Skein practice server</h1>\n"
    "<p>This server runs on your own computer and nobody else can reach it. It has files to try a "
    "download manager with, and can be as slow, broken or deceitful as the worst server there is: ask for it in the address.</p>\n");

  g_string_append (html, "<h2>Pictures</h2>\n<p>Drawn by the server, about 400 kB each. "
                         "<a href=\"/list\">/list</a> has the addresses of the first twelve, "
                         "<a href=\"/?format=list\">/?format=list</a> those of all there is on this page.</p>\n");
  append_pictures (html);
  g_string_append (html, "<h2>Files of any size</h2>\n<p><code>/bytes/SIZE</code>, where SIZE may end in "
                         "k, M or G. The content is made up, but always the same.</p>\n");
  append_examples (html, files, G_N_ELEMENTS (files));
  g_string_append (html, "<h2>Lessons</h2>\n");
  append_examples (html, lessons, G_N_ELEMENTS (lessons));
  g_string_append_printf (html, "<h2>Knobs</h2>\n<p>They can be added to every address after <code>?</code>, "
                          "several joined by <code>&amp;</code>: "
                          "<code>%s/pictures/7.png?rate=20k&amp;cut=100k</code></p>\n",
                          address);
  append_knobs (html);
  g_string_append (html, "</body>\n</html>\n");

  return g_string_free_to_bytes (html);
}

static void
append_picture_addresses (GString    *list,
                          const char *address,
                          guint       count,
                          const char *query)
{
  for (guint i = 1; i <= MIN (count, SKEIN_PRACTICE_PICTURES); i++)
    g_string_append_printf (list, "%s/pictures/%u.png%s%s\n",
                            address, i, query != NULL ? "?" : "", query != NULL ? query : "");
}

GBytes *
skein_practice_page_list (const char *address)
{
  GString *list = g_string_new (NULL);

  append_picture_addresses (list, address, SKEIN_PRACTICE_PICTURES, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_string_append_printf (list, "%s%s\n", address, files[i].target);
  for (guint i = 0; i < G_N_ELEMENTS (lessons); i++)
    g_string_append_printf (list, "%s%s\n", address, lessons[i].target);

  return g_string_free_to_bytes (list);
}

GBytes *
skein_practice_page_list_pictures (const char *address,
                                   guint       count,
                                   const char *query)
{
  GString *list = g_string_new (NULL);

  append_picture_addresses (list, address, count, query);

  return g_string_free_to_bytes (list);
}

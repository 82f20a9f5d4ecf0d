/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-link-header.h"

#include <string.h>

#include "skein-uri.h"

#define LOWEST SKEIN_LINK_LOWEST_PRI

typedef struct
{
  const char *target;
  const char *rel;
  const char *type;
  const char *geo;
  guint       pri;
} Expected;

typedef struct
{
  const char *value;
  guint       n;
  Expected    links[3];
} Case;

static const Case cases[] = {
  { NULL, 0 },
  { "", 0 },
  { " , ,", 0 },
  { "nonsense", 0 },
  { "<http://a/>", 0 },
  { "<http://a/>; rel=", 1, { { "http://a/", "", NULL, NULL, LOWEST } } },
  { "<>; rel=duplicate", 0 },
  { "<http://a/; rel=duplicate", 0 },
  { "<http://a/>; rel=\"duplicate", 0 },
  { "<http://a/>; rel=duplicate", 1,
    { { "http://a/", "duplicate", NULL, NULL, LOWEST } } },
  { "<http://a/> ;REL = \"Duplicate\" ; pri=1; geo=\"GB\"; pref", 1,
    { { "http://a/", "duplicate", NULL, "gb", 1 } } },
  { "<http://b/>; rel=duplicate; pri=20,<http://a/>; rel=duplicate; pri=3 , <c>;rel=duplicate",
    3,
    { { "http://a/", "duplicate", NULL, NULL, 3 },
      { "http://b/", "duplicate", NULL, NULL, 20 },
      { "c", "duplicate", NULL, NULL, LOWEST } } },
  { "<b>; rel=duplicate; pri=2, <a>; rel=duplicate; pri=2", 2,
    { { "b", "duplicate", NULL, NULL, 2 },
      { "a", "duplicate", NULL, NULL, 2 } } },
  { "</x.meta4>; rel=describedby; type=\"application/Metalink4+XML; charset=utf-8\"", 1,
    { { "/x.meta4", "describedby", "application/metalink4+xml", NULL, LOWEST } } },
  { "<x,y;z>; title=\"a, <b>; rel=c \\\" d\"; rel=\"next  duplicate\"", 1,
    { { "x,y;z", "next  duplicate", NULL, NULL, LOWEST } } },
  { "<a>; rel=duplicate; rel=describedby; type=a/b; type=c/d; pri=7; pri=8", 1,
    { { "a", "duplicate", "a/b", NULL, 7 } } },
  { "<a>; rel=duplicate; anchor=\"#b\", <c>; rel=duplicate", 1,
    { { "c", "duplicate", NULL, NULL, LOWEST } } },
  { "<a>; pri=0; geo=deu; rel=duplicate, <b>; pri=1000000; geo=1x; rel=duplicate", 2,
    { { "a", "duplicate", NULL, NULL, LOWEST },
      { "b", "duplicate", NULL, NULL, LOWEST } } },
  { "<a>; pri=-1; rel=d, <b>; pri=99999999999999999999; rel=d, <c>; pri=; rel=d", 3,
    { { "a", "d", NULL, NULL, LOWEST },
      { "b", "d", NULL, NULL, LOWEST },
      { "c", "d", NULL, NULL, LOWEST } } },
  { "<a>;;; ;rel=d;, <b>; rel=d nonsense, <c>; rel=d", 2,
    { { "a", "d", NULL, NULL, LOWEST },
      { "b", "d", NULL, NULL, LOWEST } } },
  { "< a >; rel=d", 1, { { "a", "d", NULL, NULL, LOWEST } } },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) links = skein_link_header_parse (cases[i].value);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpuint (links->len, ==, cases[i].n);
      for (guint j = 0; j < links->len; j++)
        {
          const SkeinLink *link = g_ptr_array_index (links, j);
          const Expected *expected = &cases[i].links[j];

          g_assert_cmpstr (link->target, ==, expected->target);
          g_assert_cmpstr (link->rel, ==, expected->rel);
          g_assert_cmpstr (link->type, ==, expected->type);
          g_assert_cmpstr (link->geo, ==, expected->geo);
          g_assert_cmpuint (link->pri, ==, expected->pri);
        }
    }
}

static void
test_rel (void)
{
  g_autoptr (GPtrArray) links =
    skein_link_header_parse ("<a>; rel=\"next DUPLICATE\t up\", <b>; rel=\"\"");
  const SkeinLink *link = g_ptr_array_index (links, 0);
  const SkeinLink *empty = g_ptr_array_index (links, 1);

  g_assert_true (skein_link_has_rel (link, "duplicate"));
  g_assert_true (skein_link_has_rel (link, "next"));
  g_assert_true (skein_link_has_rel (link, "Up"));
  g_assert_false (skein_link_has_rel (link, "dup"));
  g_assert_false (skein_link_has_rel (link, "next duplicate"));
  g_assert_false (skein_link_has_rel (empty, "duplicate"));
}

static void
test_metalink (void)
{
  static const struct { const char *value; gboolean metalink; } values[] = {
    { "<a>; rel=describedby; type=\"application/metalink4+xml\"", TRUE },
    { "<a>; rel=\"x describedby\"; type=application/metalink4+xml", TRUE },
    { "<a>; rel=describedby", FALSE },
    { "<a>; rel=describedby; type=\"application/pgp-signature\"", FALSE },
    { "<a>; rel=duplicate; type=\"application/metalink4+xml\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GPtrArray) links = skein_link_header_parse (values[i].value);

      g_assert_cmpuint (links->len, ==, 1);
      g_assert_true (skein_link_is_metalink (g_ptr_array_index (links, 0)) == values[i].metalink);
    }
}

static void
test_resolve (void)
{
  g_autoptr (GPtrArray) links = skein_link_header_parse ("<../b/x.iso>; rel=duplicate");
  const SkeinLink *link = g_ptr_array_index (links, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = skein_uri_resolve ("https://example.org/a/y.iso", link->target, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "https://example.org/b/x.iso");
}

static void
test_many (void)
{
  GString *value = g_string_new (NULL);
  g_autoptr (GPtrArray) links = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (value, "<a>;rel=b,");
  links = skein_link_header_parse (value->str);
  g_assert_cmpuint (links->len, ==, SKEIN_LINK_HEADER_MOST);
  g_string_free (value, TRUE);
}

static void
test_bytes (void)
{
  static const char alphabet[] = "<>;,=\"\\ \tarelpi1\xff";

  for (guint round = 0; round < 5000; round++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 60);
      g_autofree char *bytes = g_malloc0 (length + 1);
      g_autoptr (GPtrArray) links = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      links = skein_link_header_parse (bytes);
      for (guint i = 0; i < links->len; i++)
        {
          const SkeinLink *link = g_ptr_array_index (links, i);

          g_assert_cmpstr (link->target, !=, "");
          g_assert_nonnull (strstr (bytes, link->target));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link-header/parse", test_parse);
  g_test_add_func ("/link-header/rel", test_rel);
  g_test_add_func ("/link-header/metalink", test_metalink);
  g_test_add_func ("/link-header/resolve", test_resolve);
  g_test_add_func ("/link-header/many", test_many);
  g_test_add_func ("/link-header/bytes", test_bytes);

  return g_test_run ();
}

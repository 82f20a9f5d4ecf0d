/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Redirects, good and bad: group D of the faults a downloader must survive. */
#include "transfer-fixture.h"

#include "skein-error.h"
#include "skein-redirect.h"

#define GOOD -1

typedef struct
{
  const char *name;
  const char *target;
  int         code;  /* GOOD or a code of SKEIN_ERROR */
} Case;

static const Case cases[] = {
  { "301", "/bytes/1000?redirect=/bytes/1000&redirect-status=301", GOOD },
  { "302", "/bytes/1000?redirect=/bytes/1000", GOOD },
  { "303", "/bytes/1000?redirect=/bytes/1000&redirect-status=303", GOOD },
  { "307", "/bytes/1000?redirect=/bytes/1000&redirect-status=307", GOOD },
  { "308", "/bytes/1000?redirect=/bytes/1000&redirect-status=308", GOOD },
  { "D1 ten hops", "/bytes/1000?hops=10", GOOD },
  { "D1 eleven hops", "/bytes/1000?hops=11", SKEIN_ERROR_TOO_MANY_REDIRECTS },
  { "D1 loop", "/bytes/1000?loop=1", SKEIN_ERROR_TOO_MANY_REDIRECTS },
  { "D2 no Location", "/bytes/1000?redirect=x&no-location=1", SKEIN_ERROR_BAD_REDIRECT },
  { "D2 empty Location", "/bytes/1000?redirect=", SKEIN_ERROR_BAD_REDIRECT },
  { "D2 two Locations", "/bytes/1000?redirect=/bytes/1&location2=/bytes/2",
    SKEIN_ERROR_BAD_REDIRECT },
  { "D2 the same Location twice", "/bytes/1?redirect=/bytes/1000&location2=/bytes/1000", GOOD },
  { "D2 unparsable Location", "/bytes/1000?redirect=http://%5B", SKEIN_ERROR_BAD_REDIRECT },
  { "D3 file:", "/bytes/1000?redirect=file:///etc/passwd", SKEIN_ERROR_BAD_REDIRECT },
  { "D3 data:", "/bytes/1000?redirect=data:,x", SKEIN_ERROR_BAD_REDIRECT },
  { "D3 ftp:", "/bytes/1000?redirect=ftp://127.0.0.1/x", SKEIN_ERROR_BAD_REDIRECT },
  { "D3 javascript:", "/bytes/1000?redirect=javascript:alert(1)", SKEIN_ERROR_BAD_REDIRECT },
  { "D8 fragment", "/bytes/1?redirect=/bytes/1000%23part", GOOD },
  { "D8 dot segments", "/bytes/1?redirect=/a/../bytes/./1000", GOOD },
  { "D8 a space", "/bytes/1?redirect=/bytes/1000%3Fx%3Da%20b", GOOD },
  { "D8 UTF-8", "/bytes/1?redirect=/bytes/1000%3Fx%3D%C3%BC", GOOD },
  { "D8 Latin-1", "/bytes/1?redirect=/bytes/1000%3Fx%3D%FC", GOOD },
  { "D8 10 MB behind it", "/bytes/1?redirect=/bytes/1000&redirect-body=10000000", GOOD },
  { "D8 endless body behind it", "/bytes/1?redirect=/bytes/1000&endless=1", GOOD },
};

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const Case *c = data;

  if (fixture_run (fixture, c->target))
    {
      g_assert_cmpint (c->code, ==, GOOD);
      fixture_assert_file (fixture, 1000);
      return;
    }

  if (c->code == GOOD)
    g_assert_no_error (fixture->error);
  g_assert_error (fixture->error, SKEIN_ERROR, c->code);
  fixture_assert_no_file (fixture);
}

/* D2: what stands behind a redirect is never the file. */
static void
test_other_3xx (Fixture       *fixture,
                gconstpointer  data)
{
  const int statuses[] = { 300, 304, 305, 306 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *target = g_strdup_printf ("/bytes/1?redirect=/bytes/1000&redirect-status=%d",
                                                 statuses[i]);

      g_assert_false (fixture_run (fixture, target));
      g_assert_error (fixture->error, SKEIN_HTTP_STATUS, statuses[i]);
      fixture_assert_no_file (fixture);
    }
}

/* D8: a login in a redirect is not ours to use. */
static void
test_login_of_a_redirect (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *target = g_strdup_printf ("/bytes/1?redirect=http://me:secret@127.0.0.1:%u/bytes/1000",
                                             skein_practice_server_get_port (fixture->server));
  g_autoptr (GPtrArray) requests = NULL;

  fixture_run (fixture, target);
  fixture_assert_file (fixture, 1000);
  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, 2);
  g_assert_null (skein_practice_request_get_header (g_ptr_array_index (requests, 1),
                                                    "authorization"));
}

/* D7: each attempt asks anew, and goes where it is sent then. */
static void
test_redirect_that_comes_later (Fixture       *fixture,
                                gconstpointer  data)
{
  SkeinTransfer *again;

  g_assert_false (fixture_run (fixture, "/bytes/1000?redirect=/bytes/1000&fail-first=1&status=503"));
  again = skein_transfer_new_after (fixture->transfer);
  skein_transfer_unref (fixture->transfer);
  fixture->transfer = again;
  g_clear_error (&fixture->error);
  skein_transfer_run (again, &fixture->context, NULL, &fixture->error);
  fixture_assert_file (fixture, 1000);
}

typedef struct
{
  const char *from;
  const char *location;
  int         code;
} Step;

static void
test_steps (void)
{
  const Step steps[] = {
    { "https://example.org/a", "/b", GOOD },
    { "http://example.org/a", "https://example.org/a", GOOD },
    { "https://example.org/a", "http://example.org/a", SKEIN_ERROR_REDIRECT_REFUSED },
    { "https://example.org/a", "//example.net/b", GOOD },
    { "http://example.org/a", "http://127.0.0.1/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://127.9.9.9:631/", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://localhost/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://printer.local/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://10.0.0.1/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://172.16.0.1/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://192.168.1.1/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://169.254.169.254/latest", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://2130706433/", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://0.0.0.0/", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://[::1]/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://[fe80::1]/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://[fd00::1]/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://example.org/a", "http://[::ffff:127.0.0.1]/b", SKEIN_ERROR_REDIRECT_REFUSED },
    { "http://192.168.1.1/a", "http://192.168.1.2/b", GOOD },
    { "http://127.0.0.1/a", "http://example.org/b", GOOD },
    { "http://127.0.0.1:1/a", "http://127.0.0.1:2/b", GOOD },
    { "http://example.org/a", NULL, SKEIN_ERROR_BAD_REDIRECT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *next = skein_redirect_next (steps[i].from, steps[i].location, &error);

      g_test_message ("%s → %s", steps[i].from, steps[i].location);
      if (steps[i].code == GOOD)
        g_assert_no_error (error);
      else
        g_assert_error (error, SKEIN_ERROR, steps[i].code);
      g_assert_true ((next != NULL) == (steps[i].code == GOOD));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/redirect/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], fixture_set_up, test_case, fixture_tear_down);
    }

#define ADD(name, func) \
  g_test_add ("/redirect/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("D2 other 3xx", test_other_3xx);
  ADD ("D7 one that comes later", test_redirect_that_comes_later);
  ADD ("D8 login", test_login_of_a_redirect);
  g_test_add_func ("/redirect/D4 D6 steps", test_steps);

  return g_test_run ();
}

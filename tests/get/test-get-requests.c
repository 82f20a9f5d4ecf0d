/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the program dresses its requests, and what it keeps to itself: faults A1, A3, D5 and I8. */
#include "get-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "skein-get-status.h"
#include "skein-practice-request.h"

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *contents,
            int         mode)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static char *
dup_header (Fixture    *fixture,
            guint       n,
            const char *name)
{
  g_autoptr (GPtrArray) requests = skein_practice_server_dup_requests (fixture->server);

  g_assert_cmpuint (n, <, requests->len);

  return g_strdup (skein_practice_request_get_header (g_ptr_array_index (requests, n), name));
}

static void
assert_header (Fixture    *fixture,
               guint       n,
               const char *name,
               const char *expected)
{
  g_autofree char *value = dup_header (fixture, n, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_headers (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000");

  write_file (fixture, "headers", "X-Two: 2\r\n\nX-Three: 3", 0600);
  run (fixture, "--header", "X-One: 1", "--header=@headers", "--referer=http://example.org/page",
       "--user-agent", "tester/1", address);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  assert_equal (fixture, "1000", 1000);
  assert_header (fixture, 0, "x-one", "1");
  assert_header (fixture, 0, "x-two", "2");
  assert_header (fixture, 0, "x-three", "3");
  assert_header (fixture, 0, "referer", "http://example.org/page");
  assert_header (fixture, 0, "user-agent", "tester/1");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const struct { const char *option; const char *text; } cases[] = {
    { "--header=Range: bytes=1-", "skein-get: The header “Range” cannot be given: skein-get sets it itself.\n" },
    { "--header=X: secret\nY: b", "The header “X” has a name or value that cannot be sent." },
    { "--header=secret", "A header must be a name, a colon and a value." },
    { "--header=@nowhere", "nowhere cannot be read: No such file" },
    { "--referer=nowhere", "The referer must be an http or https address." },
    { "--user-agent=a\nb", "The user agent holds characters that cannot be sent." },
    { "--netrc-file=nowhere", "nowhere cannot be read: No such file" },
    { "--cookies=nowhere", "nowhere cannot be read: No such file" },
    { "--cookies=empty", "empty holds no cookies" },
    { "--user=anna", "The password is missing" },
    { "--proxy=ftp://anna:secret@p", "The proxy must be an address" },
  };
  g_autofree char *address = make_address (fixture, "/bytes/1000");

  write_file (fixture, "empty", "# nothing\n", 0600);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      run (fixture, cases[i].option, address);
      g_test_message ("%s", fixture->err);
      g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_USAGE);
      assert_contains (fixture->err, cases[i].text);
      g_assert_null (strstr (fixture->err, "secret"));
    }
}

static void
test_user (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000?auth=anna:secret");

  run (fixture, address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  assert_contains (fixture->err, "asks for a login (401)");
  run (fixture, "--user=anna:wrong", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  g_assert_null (strstr (fixture->err, "wrong"));
  run (fixture, "--user=anna:secret", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "1000", 1000);
}

/* The password is typed on a terminal, which does not show it. */
static void
test_password (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000?auth=anna:secret");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  int terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) question = g_string_new (NULL);
  g_autofree char *err = NULL;
  char shown[100] = "";
  char c;

  g_assert_true (terminal >= 0 && grantpt (terminal) == 0 && unlockpt (terminal) == 0);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_take_stdin_fd (launcher, g_open (ptsname (terminal), O_RDWR | O_NOCTTY | O_CLOEXEC, 0));
  process = g_subprocess_launcher_spawn (launcher, NULL, g_getenv ("SKEIN_GET"), "--user=anna", address, NULL);
  g_assert_nonnull (process);

  while (!g_str_has_suffix (question->str, "Password of anna: "))
    {
      g_assert_cmpint (g_input_stream_read (g_subprocess_get_stderr_pipe (process), &c, 1, NULL, NULL), ==, 1);
      g_string_append_c (question, c);
    }
  g_assert_cmpint (write (terminal, "secret\n", 7), ==, 7);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  assert_equal (fixture, "1000", 1000);

  fcntl (terminal, F_SETFL, O_NONBLOCK);
  if (read (terminal, shown, sizeof shown - 1) > 0)
    g_assert_null (strstr (shown, "secret"));
  g_assert_null (strstr (err, "secret"));
  g_close (terminal, NULL);
}

/* I8: also from files that are long and strange; and a word about who can read them. */
static void
test_netrc (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000?auth=anna:secret");
  g_autofree char *named = g_strdup_printf ("http://anna@127.0.0.1:%u/bytes/2000?auth=anna:secret",
                                            skein_practice_server_get_port (fixture->server));
  g_autofree char *much = g_strnfill (1000 * 1000, 'x');
  g_autofree char *text = g_strconcat ("# ", much, "\nmachine other.org password\nmachine 127.0.0.1 password ", much,
                                       "\nmachine 127.0.0.1 login bob password no\n", NULL);
  g_autofree char *more = g_strconcat (text, "machine 127.0.0.1\n\tlogin anna\n\tpassword secret\n", NULL);

  write_file (fixture, "bad", text, 0600);
  write_file (fixture, "good", "default login anna password secret", 0600);
  write_file (fixture, "open", more, 0644);

  run (fixture, "--netrc-file=bad", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  run (fixture, "--netrc-file=good", address);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  run (fixture, "--netrc-file=open", "--user=anna", "-o", "again", address);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "skein-get: open can be read by everybody on this computer.\n");
  run (fixture, "--netrc-file=open", named);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_equal (fixture, "1000", 1000);
  assert_equal (fixture, "again", 1000);
  assert_equal (fixture, "2000", 2000);
}

static void
test_usual_netrc (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000?auth=anna:secret");
  g_autofree char *home = g_strdup (g_getenv ("HOME"));

  g_setenv ("HOME", fixture->folder, TRUE);
  run (fixture, "--netrc", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  write_file (fixture, ".netrc", "machine 127.0.0.1 login anna password secret", 0600);
  run (fixture, address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_SERVER);
  run (fixture, "--netrc", address);
  g_assert_cmpint (fixture->status, ==, 0);
  if (home != NULL)
    g_setenv ("HOME", home, TRUE);
}

static void
test_cookies (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000");

  write_file (fixture, "cookies.txt", "# Netscape HTTP Cookie File\n#HttpOnly_127.0.0.1\tFALSE\t/bytes\tFALSE\t0\ta\t1\n"
              "127.0.0.1\tFALSE\t/\tFALSE\t0\tb\t2\nexample.org\tTRUE\t/\tFALSE\t0\tc\t3\n", 0600);
  run (fixture, "--cookies=cookies.txt", address);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_header (fixture, 0, "cookie", "a=1; b=2");
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *list = g_strdup_printf ("%s/bytes/1000\n header=X-One: 1\n referer=http://example.org/\n"
                                           "%s/bytes/2000\n user-agent=me\n"
                                           "%s/bytes/3000\n header=Host: x\n"
                                           "%s/bytes/4000\n header=X: secret\x7f\n referer=nowhere\n"
                                           "http://anna:secret@[/\n",
                                           fixture->address, fixture->address, fixture->address, fixture->address);

  finish (fixture, start (fixture, "-j", "1", "--header=X-All: 0", "-i", "-", NULL), list);
  g_test_message ("%s%s", fixture->out, fixture->err);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_INPUT);
  assert_header (fixture, 0, "x-all", "0");
  assert_header (fixture, 0, "x-one", "1");
  assert_header (fixture, 0, "referer", "http://example.org/");
  assert_header (fixture, 1, "x-all", "0");
  assert_header (fixture, 1, "x-one", NULL);
  assert_header (fixture, 1, "user-agent", "me");
  assert_contains (fixture->err, "The header “Host” cannot be given");
  assert_contains (fixture->err, "The referer must be an http or https address.");
  assert_contains (fixture->err, "http://…@[/");
  g_assert_false (exists (fixture, "3000"));
  g_assert_false (exists (fixture, "4000"));
  g_assert_null (strstr (fixture->err, "secret"));
  g_assert_null (strstr (fixture->out, "secret"));
}

static void
assert_no_secret_in (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_assert_null (strstr (fixture->out, "canary"));
  g_assert_null (strstr (fixture->err, "canary"));
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (g_str_has_prefix (name, "in-"))
        continue;
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_null (memmem (contents, length, "canary", 6));
    }
}

/* A3, D5: secrets are in no output, no file, and at no other server, whether all goes well or not. */
static void
test_canaries (Fixture       *fixture,
               gconstpointer  progress)
{
  g_autoptr (GError) error = NULL;
  SkeinPracticeServer *other = skein_practice_server_new (0, NULL, &error);
  guint port = skein_practice_server_get_port (fixture->server);
  g_autofree char *cut = g_strdup_printf ("http://anna:canary-address@127.0.0.1:%u/bytes/3M?cut=2M&ranges=no", port);
  g_autofree char *refused = g_strdup_printf ("http://anna:canary-address@127.0.0.1:%u/status/403", port);
  g_autofree char *away = g_strdup_printf ("http://anna:canary-address@127.0.0.1:%u/bytes/1?redirect=%s/bytes/3000", port,
                                           skein_practice_server_get_address (other));
  g_autofree char *away_again = g_strdup_printf ("http://127.0.0.1:%u/bytes/2?redirect=%s/bytes/4000", port,
                                                 skein_practice_server_get_address (other));
  g_autoptr (GPtrArray) requests = NULL;

  write_file (fixture, "in-cookies", "127.0.0.1\tFALSE\t/bytes/1\tFALSE\t0\tc\tcanary-cookie\n", 0600);
  run (fixture, "--max-tries=1", progress, "--cookies=in-cookies", "--header=X-Key: canary-header",
       "--header=Cookie: canary-own", "--user=bob:canary-user", "--referer=http://example.org/canary-page", cut, refused,
       away, away_again, "http://anna:canary-bad@[", "ftp://anna:canary-scheme@example.org/");
  g_assert_cmpint (fixture->status, !=, 0);
  g_assert_true (exists (fixture, "3M.part") || exists (fixture, "3145728.part"));
  assert_no_secret_in (fixture);

  requests = skein_practice_server_dup_requests (other);
  g_assert_cmpuint (requests->len, ==, 2);
  for (guint i = 0; i < requests->len; i++)
    {
      SkeinPracticeRequest *request = g_ptr_array_index (requests, i);
      const char *referer = skein_practice_request_get_header (request, "referer");

      g_assert_null (skein_practice_request_get_header (request, "authorization"));
      g_assert_null (skein_practice_request_get_header (request, "x-key"));
      g_assert_null (skein_practice_request_get_header (request, "cookie"));
      g_assert_cmpstr (referer, ==, "http://example.org/");
    }
  skein_practice_server_free (other);
}

/* A5: the proxy is named, its login is not. */
static void
test_proxy (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *address = make_address (fixture, "/bytes/1000");

  run (fixture, "--max-tries=1", "--proxy=http://anna:secret@127.0.0.1:1", "http://example.test/x", address);
  g_assert_cmpint (fixture->status, ==, SKEIN_GET_STATUS_NETWORK);
  assert_contains (fixture->err, "There was no way to example.test through the proxy 127.0.0.1:1. ");
  g_assert_null (strstr (fixture->err, "secret"));
  assert_equal (fixture, "1000", 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("requests/headers", NULL, test_headers);
  ADD_TEST ("requests/refused", NULL, test_refused);
  ADD_TEST ("requests/A1 user", NULL, test_user);
  ADD_TEST ("requests/password", NULL, test_password);
  ADD_TEST ("requests/I8 netrc", NULL, test_netrc);
  ADD_TEST ("requests/usual netrc", NULL, test_usual_netrc);
  ADD_TEST ("requests/cookies", NULL, test_cookies);
  ADD_TEST ("requests/list", NULL, test_list);
  ADD_TEST ("requests/A5 proxy", NULL, test_proxy);
  ADD_TEST ("requests/A3 D5 canaries, lines", "--progress=lines", test_canaries);
  ADD_TEST ("requests/A3 D5 canaries, json", "--progress=json", test_canaries);

  return g_test_run ();
}

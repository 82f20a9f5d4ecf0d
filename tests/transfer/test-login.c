/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who we say we are, and to whom: faults A1, A2, D5, L10 and L11. */
#include "transfer-fixture.h"
#include "talk-server.h"

#include "skein-error.h"

#define SIZE   (8 * 1024 * 1024)
#define TARGET "/bytes/8388608"

/* A door that lets nobody pass without Digest; behind it is the practice server. */
typedef struct
{
  guint       port;        /* of the practice server */
  const char *algorithm;   /* nullable: not named */
  const char *qop;         /* nullable */
  const char *password;
  guint       uses;        /* of a nonce until it is stale; 0: without end */
  gboolean    admits;      /* that it is stale */

  GMutex      mutex;       /* over all below */
  guint       nonce;
  guint       used;
  guint       refused;
  guint       passed;
  GHashTable *counts;      /* "nonce:nc", each of which may come once */
} Door;

static char *
dup_parameter (const char *value,
               const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("[ ,]%s=(?:\"([^\"]*)\"|([^,]*))", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *quoted = NULL;

  if (!g_regex_match (regex, value, 0, &match))
    return g_strdup ("");
  quoted = g_match_info_fetch (match, 1);

  return quoted != NULL && *quoted != '\0' ? g_steal_pointer (&quoted) : g_match_info_fetch (match, 2);
}

static char *
hash (Door       *door,
      const char *format,
      ...)
{
  gboolean sha = door->algorithm != NULL && g_str_has_prefix (door->algorithm, "SHA-256");
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return g_compute_checksum_for_string (sha ? G_CHECKSUM_SHA256 : G_CHECKSUM_MD5, text, -1);
}

static char *
expected_response (Door       *door,
                   const char *value,
                   const char *nonce)
{
  g_autofree char *cnonce = dup_parameter (value, "cnonce");
  g_autofree char *nc = dup_parameter (value, "nc");
  g_autofree char *target = dup_parameter (value, "uri");
  g_autofree char *what = hash (door, "GET:%s", target);
  g_autofree char *secret = hash (door, "anna:here:%s", door->password);

  if (door->algorithm != NULL && g_str_has_suffix (door->algorithm, "-sess"))
    {
      g_autofree char *plain = g_steal_pointer (&secret);

      secret = hash (door, "%s:%s:%s", plain, nonce, cnonce);
    }

  return door->qop != NULL ? hash (door, "%s:%s:%s:%s:auth:%s", secret, nonce, nc, cnonce, what)
                           : hash (door, "%s:%s:%s", secret, nonce, what);
}

/* Whether the value of Authorization opens the door; @stale if it did once. */
static gboolean
opens (Door       *door,
       const char *head,
       gboolean   *stale)
{
  g_autofree char *value = talk_dup_header (head, "Authorization");
  g_autofree char *nonce = g_strdup_printf ("n%u", door->nonce);
  g_autofree char *sent = value != NULL ? dup_parameter (value, "nonce") : NULL;
  g_autofree char *response = value != NULL ? dup_parameter (value, "response") : NULL;
  g_autofree char *target = value != NULL ? dup_parameter (value, "uri") : NULL;
  g_autofree char *nc = value != NULL ? dup_parameter (value, "nc") : NULL;
  g_autofree char *expected = NULL;
  g_autofree char *line = NULL;

  *stale = FALSE;
  if (value == NULL || !g_str_has_prefix (value, "Digest "))
    return FALSE;

  line = g_strdup_printf ("GET %s HTTP/1.1\r\n", target);
  expected = expected_response (door, value, sent);
  if (!g_str_has_prefix (head, line) || !g_str_equal (response, expected))
    return FALSE;

  /* Each count of a nonce comes once. */
  if (door->qop != NULL)
    g_assert_true (g_hash_table_add (door->counts, g_strdup_printf ("%s:%s", sent, nc)));
  if (!g_str_equal (sent, nonce) || (door->uses > 0 && ++door->used > door->uses))
    {
      *stale = TRUE;
      return FALSE;
    }

  return TRUE;
}

static char *
challenge (Door     *door,
           gboolean  stale)
{
  /* All who come with an old nonce are given the same new one. */
  if (door->uses > 0 && door->used > door->uses)
    {
      door->nonce++;
      door->used = 0;
    }
  door->refused++;

  return g_strdup_printf ("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n"
                          "WWW-Authenticate: Negotiate\r\n"
                          "WWW-Authenticate: Digest realm=\"here\", nonce=\"n%u\", domain=\"http:/x\"%s%s%s%s%s%s\r\n\r\n",
                          door->nonce,
                          door->algorithm != NULL ? ", algorithm=" : "",
                          door->algorithm != NULL ? door->algorithm : "",
                          door->qop != NULL ? ", qop=\"" : "", door->qop != NULL ? door->qop : "",
                          door->qop != NULL ? "\"" : "",
                          stale && door->admits ? ", stale=true" : "");
}

static void
door_func (TalkServer *server,
           GIOStream  *stream,
           gpointer    data)
{
  Door *door = data;
  g_autofree char *head = talk_server_read_head (server, stream);
  g_autofree char *refusal = NULL;
  gboolean stale;

  if (head == NULL)
    return;

  g_mutex_lock (&door->mutex);
  if (opens (door, head, &stale))
    door->passed++;
  else
    refusal = challenge (door, stale);
  g_mutex_unlock (&door->mutex);

  if (refusal != NULL)
    talk_say (stream, refusal);
  else
    talk_forward (stream, head, door->port);
}

static TalkServer *
door_open (Door    *door,
           Fixture *fixture)
{
  door->port = skein_practice_server_get_port (fixture->server);
  door->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (door->password == NULL)
    door->password = "secret";

  return talk_server_new (door_func, door);
}

static void
door_close (Door       *door,
            TalkServer *server)
{
  talk_server_free (server);
  g_hash_table_unref (door->counts);
}

static char *
make_address (TalkServer *server,
              const char *target)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", talk_server_get_port (server), target);
}

static SkeinRequestOptions *
options_with_login (const char *login)
{
  SkeinRequestOptions *options = skein_request_options_new ();

  skein_request_options_set_login (options, login);

  return options;
}

static const Door doors[] = {
  { .algorithm = NULL, .qop = NULL },
  { .algorithm = "MD5", .qop = "auth" },
  { .algorithm = "MD5", .qop = "auth-int, auth" },
  { .algorithm = "MD5-sess", .qop = "auth" },
  { .algorithm = "SHA-256", .qop = "auth" },
  { .algorithm = "SHA-256-sess", .qop = "auth" },
  { .algorithm = "SHA-256", .qop = NULL },
};

static void
test_digest (Fixture       *fixture,
             gconstpointer  data)
{
  Door door = *(const Door *) data;
  TalkServer *server = door_open (&door, fixture);
  g_autofree char *uri = make_address (server, TARGET "?x=1");

  fixture->options = options_with_login ("anna:secret");
  for (guint i = 0; i < 3; i++)
    {
      fixture_run (fixture, uri);
      fixture_assert_file (fixture, SIZE);
    }

  /* Asked once; from then on it is known what this server wants. */
  g_assert_cmpuint (door.refused, ==, 1);
  g_assert_cmpuint (door.passed, ==, 3);
  door_close (&door, server);
}

/* Also where Basic was sent at once, because the address holds the login. */
static void
test_digest_login_of_address (Fixture       *fixture,
                              gconstpointer  data)
{
  Door door = { .qop = "auth" };
  TalkServer *server = door_open (&door, fixture);
  g_autofree char *uri = make_address (server, TARGET);

  fixture_run_full (fixture, uri, "anna:secret", NULL, NULL);
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpuint (door.refused, ==, 1);
  door_close (&door, server);
}

/* Helpers use the nonce of the first, and take a new one when it has become too old, said or unsaid. */
static void
test_digest_helpers (Fixture       *fixture,
                     gconstpointer  admits)
{
  Door door = { .qop = "auth", .algorithm = "SHA-256", .uses = 3, .admits = GPOINTER_TO_INT (admits) };
  TalkServer *server = door_open (&door, fixture);
  g_autofree char *uri = make_address (server, TARGET "?rate=2M");

  fixture->context.funcs = &helping_funcs;
  fixture->options = options_with_login ("anna:secret");
  fixture->connections = 4;
  for (guint i = 0; i < 3; i++)
    {
      fixture_run (fixture, uri);
      fixture_assert_file (fixture, SIZE);
    }
  g_assert_cmpuint (door.passed, >, 6);
  g_assert_cmpuint (door.refused, >=, 2);
  door_close (&door, server);
}

static void
test_digest_resumed (Fixture       *fixture,
                     gconstpointer  data)
{
  Door door = { .qop = "auth" };
  TalkServer *server = door_open (&door, fixture);
  g_autofree char *uri = make_address (server, TARGET "?rate=16M");
  g_autofree char *range = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread;
  SkeinTransfer *transfer = skein_transfer_new (uri, "anna:secret", fixture->folder, NULL);

  thread = fixture_cancel_at (transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (transfer, &fixture->context, cancellable, &fixture->error));
  g_thread_join (thread);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  skein_transfer_unref (transfer);

  fixture_run_full (fixture, uri, "anna:secret", NULL, NULL);
  fixture_assert_file (fixture, SIZE);
  last = talk_server_dup_head (server, talk_server_get_n (server) - 1);
  range = talk_dup_header (last, "Range");
  g_assert_nonnull (range);
  g_assert_cmpstr (range, !=, "bytes=0-");
  g_assert_cmpuint (door.refused, ==, 1);
  door_close (&door, server);
}

/* A1: neither a loop nor a file, and asked no more often than makes sense. */
static void
test_wrong (Fixture       *fixture,
            gconstpointer  data)
{
  Door door = { .qop = "auth", .password = "another" };
  TalkServer *server = door_open (&door, fixture);
  g_autofree char *uri = make_address (server, TARGET);

  g_assert_false (fixture_run (fixture, uri));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
  g_assert_cmpuint (talk_server_get_n (server), ==, 1);

  fixture->options = options_with_login ("anna:secret");
  g_assert_false (fixture_run (fixture, uri));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
  g_assert_cmpuint (talk_server_get_n (server), ==, 3);
  fixture_assert_no_file (fixture);
  g_assert_null (strstr (fixture->error->message, "secret"));
  door_close (&door, server);
}

/* A1: with Basic, too; and the right one then goes on. */
static void
test_basic (Fixture       *fixture,
            gconstpointer  data)
{
  const char *target = TARGET "?auth=anna:secret";

  g_assert_false (fixture_run (fixture, target));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 1);

  g_assert_false (fixture_run_full (fixture, target, "anna:wrong", NULL, NULL));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 2);

  fixture->options = options_with_login ("anna:secret");
  fixture_run (fixture, target);
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 4);

  fixture_run (fixture, target);
  fixture_assert_file (fixture, SIZE);
  g_assert_cmpuint (fixture_count_requests (fixture), ==, 5);
}

/* A1: a password that was changed meanwhile costs nothing of what is there. */
static void
test_part_is_kept (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server),
                                      TARGET "?rate=16M&auth=anna:secret", NULL);
  g_autofree char *names = NULL;
  GThread *thread;

  fixture->transfer = skein_transfer_new (uri, "anna:secret", fixture->folder, NULL);
  thread = fixture_cancel_at (fixture->transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, NULL));
  g_thread_join (thread);

  g_assert_false (fixture_run_full (fixture, uri, "anna:old", NULL, NULL));
  g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
  names = fixture_dup_names (fixture);
  g_assert_cmpstr (names, ==, "8388608.part 8388608.part.skein");

  fixture_run_full (fixture, uri, "anna:secret", NULL, NULL);
  fixture_assert_file (fixture, SIZE);
}

/* A2, L10: whatever a server asks for, we live, and do not say more than it deserves. */
static void
hostile_func (TalkServer *server,
              GIOStream  *stream,
              gpointer    data)
{
  g_autofree char *head = talk_server_read_head (server, stream);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n"
                                             "WWW-Authenticate: %s\r\n\r\n", (const char *) data);

  if (head != NULL)
    talk_say (stream, answer);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  const struct { const char *challenge; guint requests; } cases[] = {
    { "Digest domain=\"http:/x\"", 1 }, { "Digest", 1 }, { "", 1 }, { ",,,\"", 1 }, { "Negotiate", 1 },
    { "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256", 1 },
    { "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"", 1 },
    { "Digest realm=\"x\", nonce=\"y\", domain=\"http:/x\"", 2 },
    { "Digest realm=\"x\", nonce=\"y\", stale=true", 4 },
    { "Basic realm=\"x\"", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TalkServer *server = talk_server_new (hostile_func, (gpointer) cases[i].challenge);
      g_autofree char *uri = make_address (server, "/x");

      g_test_message ("%s", cases[i].challenge);
      g_clear_pointer (&fixture->options, skein_request_options_unref);
      fixture->options = options_with_login ("anna:secret");
      g_assert_false (fixture_run (fixture, uri));
      g_assert_error (fixture->error, SKEIN_HTTP_STATUS, 401);
      g_assert_cmpuint (talk_server_get_n (server), ==, cases[i].requests);
      talk_server_free (server);
    }
}

/* What is given for one origin, with a file there and another one behind a redirect. */
static SkeinRequestOptions *
make_secrets (guint port)
{
  SkeinRequestOptions *options = options_with_login ("anna:secret-login");
  g_autofree char *referer = g_strdup_printf ("http://127.0.0.1:%u/page?secret-referer=1", port);
  g_autoptr (SkeinCookies) cookies = skein_cookies_new ();
  const char *text = "example.org\tFALSE\t/\tFALSE\t0\tother\tsecret-other\n";

  g_assert_true (skein_request_options_add_header (options, "X-Key: secret-key", NULL));
  g_assert_true (skein_request_options_add_header (options, "Cookie: c=secret-cookie", NULL));
  g_assert_true (skein_request_options_set_referer (options, referer, NULL));
  g_assert_true (skein_request_options_set_user_agent (options, "tester/1", NULL));
  skein_cookies_feed (cookies, text, strlen (text));
  skein_cookies_end (cookies);
  skein_request_options_set_cookies (options, cookies);

  return options;
}

static void
assert_header (SkeinPracticeRequest *request,
               const char           *name,
               const char           *expected)
{
  g_assert_cmpstr (skein_practice_request_get_header (request, name), ==, expected);
}

static void
test_sent_at_home (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;
  guint port = skein_practice_server_get_port (fixture->server);
  g_autofree char *referer = g_strdup_printf ("http://127.0.0.1:%u/page?secret-referer=1", port);

  fixture->context.funcs = &helping_funcs;
  fixture->connections = 4;
  fixture->options = make_secrets (port);
  fixture_run_full (fixture, "/bytes/1?redirect=" TARGET "%3Frate%3D4M", "anna:secret-address", NULL, NULL);
  fixture_assert_file (fixture, SIZE);

  requests = skein_practice_server_dup_requests (fixture->server);
  g_assert_cmpuint (requests->len, >, 2);
  for (guint i = 0; i < requests->len; i++)
    {
      assert_header (g_ptr_array_index (requests, i), "x-key", "secret-key");
      assert_header (g_ptr_array_index (requests, i), "cookie", "c=secret-cookie");
      assert_header (g_ptr_array_index (requests, i), "referer", referer);
      assert_header (g_ptr_array_index (requests, i), "user-agent", "tester/1");
      assert_header (g_ptr_array_index (requests, i), "authorization", "Basic YW5uYTpzZWNyZXQtYWRkcmVzcw==");
    }
}

/* D5, L11: nothing of it goes anywhere else, neither with the redirect nor with the segments that then go straight
 * to where it led. */
static void
test_not_sent_elsewhere (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  SkeinPracticeServer *other = skein_practice_server_new (0, NULL, &error);
  g_autofree char *target = g_strdup_printf ("/bytes/1?redirect=%s" TARGET "%%3Frate%%3D4M",
                                             skein_practice_server_get_address (other));
  guint port = skein_practice_server_get_port (fixture->server);
  g_autofree char *referer = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (GPtrArray) requests = NULL;

  fixture->context.funcs = &helping_funcs;
  fixture->connections = 4;
  fixture->options = make_secrets (port);
  fixture_run_full (fixture, target, "anna:secret-address", NULL, NULL);
  fixture_assert_file (fixture, SIZE);

  requests = skein_practice_server_dup_requests (other);
  g_assert_cmpuint (requests->len, >, 1);
  for (guint i = 0; i < requests->len; i++)
    {
      assert_header (g_ptr_array_index (requests, i), "x-key", NULL);
      assert_header (g_ptr_array_index (requests, i), "cookie", NULL);
      assert_header (g_ptr_array_index (requests, i), "authorization", NULL);
      assert_header (g_ptr_array_index (requests, i), "referer", referer);
      assert_header (g_ptr_array_index (requests, i), "user-agent", "tester/1");
    }
  skein_practice_server_free (other);
}

/* Nothing secret lies on the disk. */
static void
test_not_in_the_record (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = g_strconcat (skein_practice_server_get_address (fixture->server), TARGET "?rate=16M", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "8388608.part.skein", NULL);
  g_autofree char *contents = NULL;
  GThread *thread;

  fixture->options = make_secrets (skein_practice_server_get_port (fixture->server));
  fixture->transfer = skein_transfer_new (uri, "anna:secret-address", fixture->folder, NULL);
  skein_transfer_set_request_options (fixture->transfer, fixture->options);
  thread = fixture_cancel_at (fixture->transfer, cancellable, SIZE / 2);
  g_assert_false (skein_transfer_run (fixture->transfer, &fixture->context, cancellable, &fixture->error));
  g_thread_join (thread);

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, uri));
  g_assert_null (strstr (contents, "secret"));
  g_assert_null (strstr (fixture->error->message, "secret"));
}

/* The next attempt is dressed as the one before. */
static void
test_next_attempt (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;

  fixture->options = make_secrets (skein_practice_server_get_port (fixture->server));
  g_assert_false (fixture_run (fixture, "/bytes/1000?fail-first=1&status=503"));
  g_assert_true (fixture_run_again (fixture));
  requests = skein_practice_server_dup_requests (fixture->server);
  assert_header (g_ptr_array_index (requests, 1), "x-key", "secret-key");
}

/* An own Authorization is sent instead of any login, and never beside it. */
static void
test_own_authorization (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = NULL;

  fixture->options = options_with_login ("anna:secret");
  g_assert_true (skein_request_options_add_header (fixture->options, "Authorization: Bearer token", NULL));
  g_assert_true (skein_request_options_add_header (fixture->options, "Accept: text/plain", NULL));
  fixture_run_full (fixture, "/bytes/1000", "anna:secret", NULL, NULL);
  fixture_assert_file (fixture, 1000);
  requests = skein_practice_server_dup_requests (fixture->server);
  assert_header (g_ptr_array_index (requests, 0), "authorization", "Bearer token");
  assert_header (g_ptr_array_index (requests, 0), "accept", "text/plain");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, data, func) \
  g_test_add ("/login/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/login/A2 digest %s %s", doors[i].algorithm, doors[i].qop);

      g_test_add (path, Fixture, &doors[i], fixture_set_up, test_digest, fixture_tear_down);
    }
  ADD ("A2 digest, login of the address", NULL, test_digest_login_of_address);
  ADD ("A2 digest, helpers, stale", GINT_TO_POINTER (TRUE), test_digest_helpers);
  ADD ("A2 digest, helpers, stale unsaid", GINT_TO_POINTER (FALSE), test_digest_helpers);
  ADD ("A2 digest, resumed", NULL, test_digest_resumed);
  ADD ("A2 L10 hostile", NULL, test_hostile);
  ADD ("A1 wrong", NULL, test_wrong);
  ADD ("A1 basic", NULL, test_basic);
  ADD ("A1 part is kept", NULL, test_part_is_kept);
  ADD ("sent at home", NULL, test_sent_at_home);
  ADD ("D5 L11 not sent elsewhere", NULL, test_not_sent_elsewhere);
  ADD ("A3 not in the record", NULL, test_not_in_the_record);
  ADD ("next attempt", NULL, test_next_attempt);
  ADD ("own Authorization", NULL, test_own_authorization);

  return g_test_run ();
}

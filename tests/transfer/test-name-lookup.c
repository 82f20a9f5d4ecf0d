/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts whose names are found late, or with addresses that are dead: the start of group C of tests/faults.md. */
#include "transfer-fixture.h"

#include "skein-error.h"
#include "skein-retry-policy.h"

/* Knows a few names, and nothing of the network. */
typedef struct
{
  GResolver parent_instance;
} TestResolver;

typedef struct
{
  GResolverClass parent_class;
} TestResolverClass;

static int later_asked;

GType test_resolver_get_type (void);

G_DEFINE_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

typedef struct
{
  const char *name;
  const char *addresses[3];  /* those of version 4 */
  const char *six;           /* nullable */
} Known;

static const Known known[] = {
  { "dead-first.example", { "127.0.0.3", "127.0.0.1" }, NULL },
  { "dead-six.example", { "127.0.0.1" }, "::1" },
  { "all-dead.example", { "127.0.0.3", "127.0.0.4" }, NULL },
  { "later.example", { "127.0.0.1" }, NULL },
};

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
lookup_async (GResolver                *resolver,
              const char               *name,
              GResolverNameLookupFlags  flags,
              GCancellable             *cancellable,
              GAsyncReadyCallback       callback,
              gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GList *found = NULL;

  if (g_str_equal (name, "later.example") && g_atomic_int_add (&later_asked, 1) < 2)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "Not now");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (name, known[i].name))
      {
        if (known[i].six != NULL && (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) == 0)
          found = g_list_append (found, g_inet_address_new_from_string (known[i].six));
        for (guint k = 0; known[i].addresses[k] != NULL && (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) == 0; k++)
          found = g_list_append (found, g_inet_address_new_from_string (known[i].addresses[k]));
      }

  if (found != NULL)
    g_task_return_pointer (task, found, free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such name");
}

static void
lookup_plain_async (GResolver           *resolver,
                    const char          *name,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  lookup_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable, callback, user_data);
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = lookup_plain_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static gboolean
run_host (Fixture    *fixture,
          const char *host)
{
  g_autofree char *target = g_strdup_printf ("http://%s:%u/bytes/1000", host,
                                             skein_practice_server_get_port (fixture->server));

  return fixture_run (fixture, target);
}

/* C1: not found at first, then found. Nothing was lost by asking. */
static void
test_later (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_false (run_host (fixture, "later.example"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND);
  g_assert_cmpint (skein_retry_policy_judge (fixture->error, FALSE), ==, SKEIN_VERDICT_TRANSIENT);

  fixture_run_again (fixture);
  fixture_assert_file (fixture, 1000);

  g_assert_false (run_host (fixture, "never.example"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_HOST_NOT_FOUND);
}

/* C2: an address that refuses, or of a version that does not work here, costs no time. */
static void
test_dead_first (Fixture       *fixture,
                 gconstpointer  host)
{
  gint64 begin = g_get_monotonic_time ();

  run_host (fixture, host);
  fixture_assert_file (fixture, 1000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

/* Somebody who never takes a connection: with the line of those who wait full, the system does not answer any more. */
static GSocket *
make_black_hole (guint16    port,
                 GPtrArray *waiting)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.3", port);
  GSocket *listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (listener, address, TRUE, NULL));
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_listen (listener, NULL));
  for (guint i = 0; i < 4; i++)
    {
      GSocket *client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (client, FALSE);
      g_socket_connect (client, address, NULL, NULL);
      g_ptr_array_add (waiting, client);
    }

  return listener;
}

static void
test_black_hole (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocket) hole = make_black_hole (skein_practice_server_get_port (fixture->server), waiting);

  test_dead_first (fixture, "dead-first.example");
}

/* The time for an answer is that of the clock, whatever the number of addresses. */
static void
test_all_dead (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocket) hole = make_black_hole (skein_practice_server_get_port (fixture->server), waiting);
  gint64 begin = g_get_monotonic_time ();

  fixture->timeouts.answer = G_USEC_PER_SEC;
  g_assert_false (run_host (fixture, "all-dead.example"));
  g_assert_error (fixture->error, SKEIN_ERROR, SKEIN_ERROR_NO_ANSWER);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

#define ADD_TEST(path, data, func) \
  g_test_add ("/name-lookup/" path, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (test_resolver_get_type (), NULL);
  g_resolver_set_default (resolver);

  ADD_TEST ("C1 later", NULL, test_later);
  ADD_TEST ("C2 first address refuses", "dead-first.example", test_dead_first);
  ADD_TEST ("C2 version 6 is dead", "dead-six.example", test_dead_first);
  ADD_TEST ("C2 first address is a black hole", NULL, test_black_hole);
  ADD_TEST ("C2 all addresses are dead", NULL, test_all_dead);

  return g_test_run ();
}

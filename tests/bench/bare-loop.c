/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a download can cost: sends a GET, receives whole mebibytes, writes them. No redirect, no retry, no
 * name is resolved, nothing is synced or renamed; HTTP of our own nginx only. What it takes is the limit that
 * the benchmark compares with. */
#include <gio/gio.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define GATHER ((gsize) 1024 * 1024)
#define HEAD_MAX 4096
#define PAGE 4096

static struct
{
  int     connections;
  char   *output;
  char   *list;
  gint64  size;
  int     slow_every;
  double  slow_part;
  char  **addresses;
} options = { .connections = 1 };

typedef struct
{
  int    fd;
  char  *gather;
  gint64 from;
  gint64 to;
} Connection;

/* All threads read these; only the count of files begun changes. */
static struct
{
  struct sockaddr_in server;
  GStrv              paths;
  gint               n_paths;
  int                folder;
  int                file;
  gint               begun;
} shared;

static void G_GNUC_NORETURN
die (const char *what)
{
  g_printerr ("bare-loop: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static void
connection_open (Connection *self)
{
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (self->fd, (struct sockaddr *) &shared.server, sizeof shared.server) < 0)
    die ("connect");
  if (posix_memalign ((void **) &self->gather, PAGE, GATHER) != 0)
    die ("memory");
}

static void
connection_ask (Connection *self,
                const char *path)
{
  g_autofree char *range = self->to > 0
    ? g_strdup_printf ("Range: bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "\r\n", self->from, self->to - 1)
    : g_strdup ("");
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", path, range);
  gsize length = strlen (request);

  if (send (self->fd, request, length, MSG_NOSIGNAL) != (gssize) length)
    die ("send");
}

/* Returns the length of the body. Looks at the head before taking it, so that the body begins at a page. */
static gint64
connection_take_head (Connection *self)
{
  char head[HEAD_MAX + 1];
  const char *end = NULL, *length;
  gssize n = 0;

  while (end == NULL)
    {
      n = recv (self->fd, head, HEAD_MAX, MSG_PEEK);
      if (n <= 0)
        die ("no answer");
      head[n] = '\0';
      end = g_strstr_len (head, n, "\r\n\r\n");
    }

  n = end + 4 - head;
  if (recv (self->fd, head, (gsize) n, MSG_WAITALL) != n)
    die ("no head");
  head[n] = '\0';
  length = strstr (head, "Content-Length: ");
  if (strncmp (head, "HTTP/1.1 20", 11) != 0 || length == NULL)
    die ("not the answer expected");

  return g_ascii_strtoll (length + strlen ("Content-Length: "), NULL, 10);
}

static void
connection_copy_body (Connection *self,
                      int         file,
                      gint64      left)
{
  gint64 offset = self->from;

  while (left > 0)
    {
      gssize n = recv (self->fd, self->gather, MIN (GATHER, (gsize) left), MSG_WAITALL);

      if (n <= 0)
        die ("recv");
      if (pwrite (file, self->gather, (gsize) n, offset) != n)
        die ("pwrite");
      offset += n;
      left -= n;
    }
}

static gpointer
fetch_range (gpointer data)
{
  Connection *self = data;

  connection_ask (self, shared.paths[0]);
  connection_copy_body (self, shared.file, connection_take_head (self));

  return NULL;
}

static gpointer
fetch_files (gpointer data)
{
  Connection *self = data;
  gint i;

  connection_open (self);
  while ((i = g_atomic_int_add (&shared.begun, 1)) < shared.n_paths)
    {
      const char *path = shared.paths[i];
      int file = openat (shared.folder, strrchr (path, '/') + 1, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

      if (file < 0)
        die (path);
      connection_ask (self, path);
      connection_copy_body (self, file, connection_take_head (self));
      close (file);
    }

  return NULL;
}

static void
run_threads (Connection  *connections,
             GThreadFunc  function)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (int i = 1; i < options.connections; i++)
    g_ptr_array_add (threads, g_thread_new ("fetch", function, &connections[i]));
  function (&connections[0]);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
}

/* Stragglers get as much less as they are slower: nobody who has to find that out can be faster. */
static void
deal_ranges (Connection *connections)
{
  double part = 0, parts = 0;

  for (int i = 1; i <= options.connections; i++)
    parts += options.slow_every > 0 && i % options.slow_every == 0 ? options.slow_part : 1;

  for (int i = 1; i <= options.connections; i++)
    {
      connections[i - 1].from = (gint64) ((double) options.size * part / parts) / PAGE * PAGE;
      part += options.slow_every > 0 && i % options.slow_every == 0 ? options.slow_part : 1;
      connections[i - 1].to = (gint64) ((double) options.size * part / parts) / PAGE * PAGE;
    }
  connections[options.connections - 1].to = options.size;
}

static void
fetch_one (Connection *connections)
{
  shared.file = open (options.output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (shared.file < 0)
    die (options.output);

  if (options.connections > 1)
    deal_ranges (connections);
  for (int i = 0; i < options.connections; i++)
    connection_open (&connections[i]);
  run_threads (connections, fetch_range);
}

static void
fetch_list (Connection *connections)
{
  shared.folder = open (options.output, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (shared.folder < 0)
    die (options.output);

  run_threads (connections, fetch_files);
}

static void
parse_addresses (GStrv addresses)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; addresses[i] != NULL && *addresses[i] != '\0'; i++)
    {
      g_autofree char *host = NULL;
      g_autofree char *path = NULL;
      int port;

      if (!g_uri_split_network (addresses[i], 0, NULL, &host, &port, NULL) ||
          inet_pton (AF_INET, host, &shared.server.sin_addr) != 1)
        die (addresses[i]);
      shared.server.sin_family = AF_INET;
      shared.server.sin_port = htons ((guint16) port);
      g_ptr_array_add (paths, g_strdup (strchr (addresses[i] + strlen ("http://"), '/')));
    }

  if (paths->len == 0)
    die ("no address");
  shared.n_paths = (gint) paths->len;
  g_ptr_array_add (paths, NULL);
  shared.paths = (GStrv) g_ptr_array_steal (paths, NULL);
}

static GStrv
read_list (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (options.list, &text, NULL, NULL))
    die (options.list);

  return g_strsplit (text, "\n", -1);
}

static void
parse_options (int    *argc,
               char ***argv)
{
  const GOptionEntry entries[] = {
    { "connections", 'n', 0, G_OPTION_ARG_INT, &options.connections, "At once", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "The file; with a list the folder", "PATH" },
    { "list", 'i', 0, G_OPTION_ARG_FILENAME, &options.list, "Addresses, one a line", "LIST" },
    { "size", 0, 0, G_OPTION_ARG_INT64, &options.size, "Of the file, for several connections", "BYTES" },
    { "slow-every", 0, 0, G_OPTION_ARG_INT, &options.slow_every, "Every Nth connection is a straggler", "N" },
    { "slow-part", 0, 0, G_OPTION_ARG_DOUBLE, &options.slow_part, "Its rate in parts of the others'", "PART" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.addresses, NULL, "ADDRESS" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean complete;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("bare-loop: %s\n", error->message);

  complete = (options.list != NULL) != (options.addresses != NULL) &&
             options.output != NULL && options.connections > 0 &&
             (options.list != NULL || options.connections == 1 || options.size > 0);
  if (error != NULL || !complete)
    exit (2);
}

int
main (int    argc,
      char **argv)
{
  g_autofree Connection *connections = NULL;

  parse_options (&argc, &argv);
  connections = g_new0 (Connection, options.connections);
  parse_addresses (options.list != NULL ? read_list () : options.addresses);

  if (options.list != NULL)
    fetch_list (connections);
  else
    fetch_one (connections);

  return 0;
}

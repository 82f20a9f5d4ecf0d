/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer is framed, rightly and wrongly: group H of the faults a downloader must survive. The server
 * has no ranges here, so that nothing can be mended. */
#include "transfer-fixture.h"

#include "skein-error.h"

#define GOOD -1

typedef struct
{
  const char *name;
  const char *target;
  int         code;    /* GOOD or a code of SKEIN_ERROR */
  guint64     size;    /* of the file, if good */
} Case;

static const Case cases[] = {
  { "H1 length longer than the body", "/bytes/1000?cut=500", SKEIN_ERROR_TRUNCATED, 0 },
  { "H1 length longer, nothing came", "/bytes/1000?cut=0", SKEIN_ERROR_TRUNCATED, 0 },
  { "H2 the same with Connection: close", "/bytes/1000?cut=500&close=1", SKEIN_ERROR_TRUNCATED, 0 },
  { "H2 the same in HTTP/1.0", "/bytes/1000?cut=500&http10=1", SKEIN_ERROR_TRUNCATED, 0 },
  { "H2 whole in HTTP/1.0", "/bytes/1000?http10=1", GOOD, 1000 },
  { "H2 whole with Connection: close", "/bytes/1000?close=1", GOOD, 1000 },
  { "H2 one byte short", "/bytes/1000?length=1001", SKEIN_ERROR_TRUNCATED, 0 },
  { "H3 chunks, cut at a border", "/bytes/1000?chunked=1&chunk-fault=boundary&cut=500",
    SKEIN_ERROR_TRUNCATED, 0 },
  { "H3 chunks, cut before CR LF", "/bytes/1000?chunked=1&chunk-fault=before-crlf&cut=500",
    SKEIN_ERROR_TRUNCATED, 0 },
  { "H3 chunks, cut inside", "/bytes/1000?chunked=1&chunk-fault=mid&cut=500",
    SKEIN_ERROR_TRUNCATED, 0 },
  { "H3 chunks, last line end missing", "/bytes/1000?chunked=1&chunk-fault=no-end",
    SKEIN_ERROR_TRUNCATED, 0 },
  { "H3 chunks, whole", "/bytes/1000?chunked=1", GOOD, 1000 },
  { "H3 chunks, whole, closed after", "/bytes/1000?chunked=1&close=1", GOOD, 1000 },
  { "H4 chunk size of rubbish", "/bytes/1000?chunked=1&chunk-fault=size-garbage&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H4 negative chunk size", "/bytes/1000?chunked=1&chunk-fault=size-negative&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H4 huge chunk size", "/bytes/1000?chunked=1&chunk-fault=size-huge&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H4 overflowing chunk size", "/bytes/1000?chunked=1&chunk-fault=size-overflow&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H4 empty chunk size", "/bytes/1000?chunked=1&chunk-fault=size-empty&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H4 rubbish behind a chunk", "/bytes/1000?chunked=1&chunk-fault=after-data-garbage&cut=500",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H5 trailers", "/bytes/1000?chunked=1&chunk-fault=trailers", GOOD, 1000 },
  { "H5 folded trailer", "/bytes/1000?chunked=1&chunk-fault=folded-trailer", GOOD, 1000 },
  { "H5 NUL in a trailer", "/bytes/1000?chunked=1&chunk-fault=nul-trailer", SKEIN_ERROR_PROTOCOL, 0 },
  { "H6 chunks and a length", "/bytes/1000?te-and-length=1", GOOD, 1000 },
  { "H7 gzip, chunked", "/bytes/1000?transfer-encoding=gzip,%20chunked", SKEIN_ERROR_PROTOCOL, 0 },
  { "H7 identity", "/bytes/1000?transfer-encoding=identity", SKEIN_ERROR_PROTOCOL, 0 },
  { "H7 chunked, gzip", "/bytes/1000?transfer-encoding=chunked,%20gzip", SKEIN_ERROR_PROTOCOL, 0 },
  { "H7 chunked twice", "/bytes/1000?transfer-encoding=chunked,%20chunked", SKEIN_ERROR_PROTOCOL, 0 },
  { "H8 two equal lengths", "/bytes/1000?length=1000&length2=1000", GOOD, 1000 },
  { "H8 two different lengths", "/bytes/1000?length=1000&length2=500", SKEIN_ERROR_PROTOCOL, 0 },
  { "H8 two different lengths, last longer", "/bytes/1000?length=500&length2=1000",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H8 a list of different ones", "/bytes/1000?length=1000,%20500", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 negative length", "/bytes/1000?length=-1000", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 minus one", "/bytes/1000?length=-1", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 with a plus", "/bytes/1000?length=%2B1000", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 letters", "/bytes/1000?length=many", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 letters behind", "/bytes/1000?length=1000x", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 empty", "/bytes/1000?length=", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 2^63", "/bytes/1000?length=9223372036854775808", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 2^64 + 1000", "/bytes/1000?length=18446744073709552616", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 23 digits", "/bytes/1000?length=10000000000000000000000", SKEIN_ERROR_PROTOCOL, 0 },
  { "H9 2^63 - 1", "/bytes/1000?length=9223372036854775807", SKEIN_ERROR_NO_SPACE, 0 },
  { "H10 body longer than its length", "/bytes/1000?extra=500", GOOD, 1000 },
  { "H12 HTTP/0.9", "/bytes/1000?http09=1", SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 rubbish for a status line", "/bytes/1000?status-line=garbage", SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 a radio stream", "/bytes/1000?status-line=ICY%20200%20OK&header=icy-name:x",
    SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 status 999", "/bytes/1000?status-line=HTTP/1.1%20999%20X", SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 status 0", "/bytes/1000?status-line=HTTP/1.1%20000%20X", SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 some 1xx answers before", "/bytes/1000?informational=20", GOOD, 1000 },
  { "H12 too many 1xx answers", "/bytes/1000?informational=21", SKEIN_ERROR_PROTOCOL, 0 },
  { "H12 endless 1xx answers", "/bytes/1000?endless-informational=1", SKEIN_ERROR_PROTOCOL, 0 },
  { "H13 encoded all the same", "/bytes/1000?encoding=gzip", GOOD, 1000 },
  { "H13 encoded twice", "/bytes/1000?encoding=gzip,%20gzip", GOOD, 1000 },
  { "H13 encoded and cut", "/bytes/1000?encoding=gzip&cut=500", SKEIN_ERROR_TRUNCATED, 0 },
  { "C4 closed without a byte", "/bytes/1000?hangup=1", SKEIN_ERROR_PROTOCOL, 0 },
  { "C6 reset in the middle", "/bytes/100000?reset=50000", SKEIN_ERROR_TRUNCATED, 0 },
  { "N8 a header of 200 kB", "/bytes/1000?header-bytes=200000", SKEIN_ERROR_PROTOCOL, 0 },
  { "N8 endless headers", "/bytes/1000?endless-headers=1", SKEIN_ERROR_PROTOCOL, 0 },
  { "N8 5,000 headers", "/bytes/1000?header-count=5000", SKEIN_ERROR_PROTOCOL, 0 },
};

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const Case *c = data;
  g_autofree char *target = g_strconcat (c->target, "&ranges=no", NULL);

  if (fixture_run (fixture, target))
    {
      g_assert_cmpint (c->code, ==, GOOD);
      fixture_assert_file (fixture, c->size);
      return;
    }

  if (c->code == GOOD)
    g_assert_no_error (fixture->error);
  g_assert_error (fixture->error, SKEIN_ERROR, c->code);
  fixture_assert_no_file (fixture);
}

/* Without a body where none belongs: these statuses are no files, whatever comes behind. */
static void
test_statuses_without_body (Fixture       *fixture,
                            gconstpointer  data)
{
  const char *targets[] = {
    "/bytes/1000?status-line=HTTP/1.1%20204%20No",
    "/bytes/1000?status-line=HTTP/1.1%20205%20Reset",
    "/bytes/1000?status-line=HTTP/1.1%20304%20Not",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_assert_false (fixture_run (fixture, targets[i]));
      g_assert_true (fixture->error->domain == SKEIN_HTTP_STATUS);
      fixture_assert_no_file (fixture);
    }
}

/* What the server says is the whole is all there is to go by. */
static void
test_no_length_is_said (Fixture       *fixture,
                        gconstpointer  data)
{
  const char *targets[] = {
    "/bytes/1000?no-length=1&ranges=no", "/bytes/1000?no-length=1&http10=1&ranges=no",
  };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      fixture_run (fixture, targets[i]);
      fixture_assert_file (fixture, 1000);
      g_assert_false (skein_transfer_get_length_known (fixture->transfer));
    }
}

/* A connection with something left on it is not used for the next file. */
static void
test_nothing_crosses_over (Fixture       *fixture,
                           gconstpointer  data)
{
  const char *before[] = {
    "/bytes/1000?extra=500", "/bytes/1000?cut=500", "/bytes/1000?chunked=1",
    "/bytes/1000?te-and-length=1", "/bytes/1000?status=404", "/bytes/1000?redirect=/bytes/1000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      fixture_run (fixture, before[i]);
      fixture_run (fixture, "/bytes/2000");
      fixture_assert_file (fixture, 2000);
    }
}

/* Whatever the framing and however the connection ends: a body that was cut is never a file. */
static void
test_cut_at_every_offset (Fixture       *fixture,
                          gconstpointer  data)
{
  const char *framings[] = { "", "&close=1", "&http10=1", "&chunked=1&chunk-fault=mid",
                             "&chunked=1&chunk-fault=boundary" };
  const char *ends[] = { "cut", "reset" };

  for (guint f = 0; f < G_N_ELEMENTS (framings); f++)
    for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
      for (guint at = 0; at < 200; at += (at < 20 || at > 180) ? 1 : 16)
        {
          g_autofree char *target = NULL;

          if (e == 1 && strstr (framings[f], "chunk-fault") != NULL)
            continue;
          target = g_strdup_printf ("/bytes/200?ranges=no&%s=%u%s",
                                    ends[e], at, framings[f]);
          if (fixture_run (fixture, target))
            g_error ("%s ended as a file", target);
          fixture_assert_no_file (fixture);
          skein_transfer_discard (fixture->transfer, &fixture->context, NULL, NULL);
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/framing/", cases[i].name, NULL);

      g_strdelimit (path + strlen ("/framing/"), "/", '_');
      g_test_add (path, Fixture, &cases[i], fixture_set_up, test_case, fixture_tear_down);
    }

#define ADD(name, func) \
  g_test_add ("/framing/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("H11 no length is said", test_no_length_is_said);
  ADD ("H12 statuses without body", test_statuses_without_body);
  ADD ("nothing crosses over", test_nothing_crosses_over);
  ADD ("cut at every offset", test_cut_at_every_offset);

  return g_test_run ();
}

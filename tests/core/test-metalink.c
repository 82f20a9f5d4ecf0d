/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-metalink.h"

#include <string.h>

#include "skein-error.h"
#include "skein-file-name.h"

#define HEAD_4 "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
#define HEAD_3 "<metalink version=\"3.0\" xmlns=\"http://www.metalinker.org/\"><files>"
#define URL    "<url>http://a/1</url>"
#define FILE_F "<file name=\"f\">" URL "</file>"
#define END    "</metalink>"
#define MD5    "0123456789abcdef0123456789abcdef"
#define SHA1   "0123456789abcdef0123456789abcdef01234567"

static const char good_4[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<!-- a comment -->\n"
  "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\" xmlns:x=\"urn:x\">\n"
  "  <published>2009-05-15T12:23:23Z</published>\n"
  "  <file name=\"example.ext\">\n"
  "    <size>14471447</size>\n"
  "    <identity>Example</identity>\n"
  "    <x:size>5</x:size>\n"
  "    <x:file name=\"no\"><url>http://no/</url></x:file>\n"
  "    <hash type=\"md5\">" MD5 "</hash>\n"
  "    <hash type=\"sha-1\">0123456789ABCDEF0123456789ABCDEF01234567</hash>\n"
  "    <hash type=\"tiger\">99</hash>\n"
  "    <pieces length=\"8000000\" type=\"sha-1\">\n"
  "      <hash>" SHA1 "</hash>\n"
  "      <hash>1123456789abcdef0123456789abcdef01234567</hash>\n"
  "    </pieces>\n"
  "    <url location=\"DE\" priority=\"2\">ftp://ftp.example.com/example.ext</url>\n"
  "    <url priority=\"10\"> http://user:p%40ss@EXAMPLE.com:80/example.ext?a=1&amp;b=2\n </url>\n"
  "    <url>https://last.example.com/</url>\n"
  "    <url location=\"de\" priority=\"1\"><![CDATA[https://example.com/b]]>.ext<!-- c --></url>\n"
  "    <metaurl mediatype=\"torrent\" priority=\"1\">http://example.com/example.ext.torrent</metaurl>\n"
  "  </file>\n"
  "  <file name=\"dir/second.ext\">" URL "</file>\n"
  "</metalink>";

static const char good_3[] =
  "<m:metalink version=\"3.0\" xmlns:m=\"http://www.metalinker.org/\">"
  "<m:publisher><m:name>x</m:name></m:publisher>"
  "<m:files><m:file name=\"example.ext\"><m:size>300</m:size>"
  "<m:verification><m:hash type=\"sha1\">" SHA1 "</m:hash><m:hash type=\"pgp\"/>"
  "<m:pieces length=\"256\" type=\"md5\">"
  "<m:hash piece=\"0\">" MD5 "</m:hash><m:hash piece=\"1\">" MD5 "</m:hash></m:pieces>"
  "<m:signature type=\"pgp\" file=\"x.asc\">no</m:signature></m:verification>"
  "<m:resources>"
  "<m:url type=\"http\" preference=\"10\">http://a/10</m:url>"
  "<m:url type=\"http\">http://a/none</m:url>"
  "<m:url type=\"http\" location=\"us\" preference=\"100\">http://a/100</m:url>"
  "<m:url type=\"bittorrent\" preference=\"100\">http://a/x.torrent</m:url>"
  "<m:url type=\"ftp\" preference=\"90\">ftp://a/90</m:url>"
  "</m:resources></m:file></m:files></m:metalink>";

static SkeinMetalink *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize length = strlen (text);
  g_autofree char *exact = g_memdup2 (text, length);
  SkeinMetalink *metalink = skein_metalink_parse (exact, length, &error);

  g_assert_no_error (error);
  g_assert_nonnull (metalink);

  return metalink;
}

static void
assert_refused_bytes (const char *bytes,
                      gsize       length)
{
  g_autofree char *exact = g_memdup2 (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SkeinMetalink) metalink = skein_metalink_parse (exact, length, &error);

  g_assert_null (metalink);
  g_assert_error (error, SKEIN_ERROR, SKEIN_ERROR_BAD_METALINK);
}

static void
assert_refused (const char *text)
{
  assert_refused_bytes (text, strlen (text));
}

static SkeinMetalinkFile *
get_file (SkeinMetalink *metalink,
          guint          index)
{
  g_assert_cmpuint (index, <, metalink->files->len);

  return g_ptr_array_index (metalink->files, index);
}

static void
assert_mirror (SkeinMetalinkFile *file,
               guint              index,
               const char        *uri,
               guint              priority,
               const char        *location)
{
  SkeinMetalinkMirror *mirror;

  g_assert_cmpuint (index, <, file->mirrors->len);
  mirror = g_ptr_array_index (file->mirrors, index);
  g_assert_cmpstr (mirror->uri, ==, uri);
  g_assert_cmpuint (mirror->priority, ==, priority);
  g_assert_cmpstr (mirror->location, ==, location);
}

static void
assert_hash (SkeinMetalinkFile *file,
             guint              index,
             GChecksumType      kind,
             const char        *hex)
{
  SkeinMetalinkHash *hash;

  g_assert_cmpuint (index, <, file->hashes->len);
  hash = g_ptr_array_index (file->hashes, index);
  g_assert_cmpint (hash->kind, ==, kind);
  g_assert_cmpstr (hash->hex, ==, hex);
}

/* One file of version 4 with @content inside. */
static SkeinMetalink *
parse_file (const char *content)
{
  g_autofree char *text = g_strconcat (HEAD_4 "<file name=\"f\">", content, "</file></metalink>", NULL);

  return parse (text);
}

static void
assert_reject (SkeinMetalink *metalink,
               guint          index,
               guint          line,
               const char    *text)
{
  SkeinUriReject *reject;

  g_assert_cmpuint (index, <, metalink->rejects->len);
  reject = g_ptr_array_index (metalink->rejects, index);
  g_assert_cmpuint (reject->line, ==, line);
  g_assert_cmpstr (reject->text, ==, text);
  g_assert_nonnull (reject->error);
}

static void
test_version_4 (void)
{
  g_autoptr (SkeinMetalink) metalink = parse (good_4);
  SkeinMetalinkFile *file = get_file (metalink, 0);
  SkeinMetalinkMirror *mirror;

  g_assert_cmpuint (metalink->files->len, ==, 2);
  g_assert_cmpuint (metalink->rejected, ==, 0);
  g_assert_cmpstr (file->name, ==, "example.ext");
  g_assert_cmpint (file->size, ==, 14471447);

  g_assert_cmpuint (file->hashes->len, ==, 2);
  assert_hash (file, 0, G_CHECKSUM_SHA1, SHA1);
  assert_hash (file, 1, G_CHECKSUM_MD5, MD5);
  g_assert_cmpint (file->piece_length, ==, 8000000);
  g_assert_cmpint (file->piece_kind, ==, G_CHECKSUM_SHA1);
  g_assert_cmpuint (file->piece_hashes->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (file->piece_hashes, 0), ==, SHA1);

  g_assert_cmpuint (file->mirrors->len, ==, 3);
  assert_mirror (file, 0, "https://example.com/b.ext", 1, "de");
  assert_mirror (file, 1, "http://example.com/example.ext?a=1&b=2", 10, NULL);
  assert_mirror (file, 2, "https://last.example.com/", SKEIN_METALINK_LAST_PRIORITY, NULL);
  mirror = g_ptr_array_index (file->mirrors, 1);
  g_assert_cmpstr (mirror->login, ==, "user:p@ss");
  g_assert_cmpuint (file->others->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (file->others, 0), ==, "ftp://ftp.example.com/example.ext");

  file = get_file (metalink, 1);
  g_assert_cmpstr (file->name, ==, "second.ext");
  g_assert_cmpint (file->size, ==, -1);
  g_assert_cmpuint (file->hashes->len + file->piece_hashes->len, ==, 0);
  g_assert_cmpint (file->piece_length, ==, 0);
  assert_mirror (file, 0, "http://a/1", SKEIN_METALINK_LAST_PRIORITY, NULL);
}

static void
test_version_3 (void)
{
  g_autoptr (SkeinMetalink) metalink = parse (good_3);
  SkeinMetalinkFile *file = get_file (metalink, 0);

  g_assert_cmpuint (metalink->files->len, ==, 1);
  g_assert_cmpuint (metalink->rejected, ==, 0);
  g_assert_cmpint (file->size, ==, 300);
  g_assert_cmpuint (file->hashes->len, ==, 1);
  assert_hash (file, 0, G_CHECKSUM_SHA1, SHA1);
  g_assert_cmpint (file->piece_length, ==, 256);
  g_assert_cmpint (file->piece_kind, ==, G_CHECKSUM_MD5);
  g_assert_cmpuint (file->piece_hashes->len, ==, 2);
  g_assert_cmpuint (file->mirrors->len, ==, 3);
  assert_mirror (file, 0, "http://a/100", 1, "us");
  assert_mirror (file, 1, "http://a/10", 91, NULL);
  assert_mirror (file, 2, "http://a/none", SKEIN_METALINK_LAST_PRIORITY, NULL);
  g_assert_cmpuint (file->others->len, ==, 1);
}

static void
test_namespaces (void)
{
  g_autoptr (SkeinMetalink) metalink =
    parse ("<a:metalink xmlns:a=\"urn:ietf:params:xml:ns:metalink\" xmlns=\"urn:x\">"
           "<file name=\"no\"><a:url>http://no/</a:url></file>"
           "<a:file name=\"b\"><url>http://no/</url><b:url xmlns:b=\"urn:ietf:params:xml:ns:metalink\">"
           "http://a/1</b:url></a:file></a:metalink>");

  g_assert_cmpuint (metalink->files->len, ==, 1);
  g_assert_cmpstr (get_file (metalink, 0)->name, ==, "b");
  g_assert_cmpuint (get_file (metalink, 0)->mirrors->len, ==, 1);

  assert_refused ("<metalink version=\"3.0\"><files><file name=\"x\"><resources>" URL
                  "</resources></file></files></metalink>");
  assert_refused ("<metalink xmlns=\"urn:x\"><file name=\"x\">" URL "</file></metalink>");
  assert_refused ("<html xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"x\">" URL "</file></html>");
  /* Each version in its own place only. */
  assert_refused (HEAD_4 "<files><file name=\"x\">" URL "</file></files></metalink>");
  assert_refused (HEAD_3 "</files><file name=\"x\"><resources>" URL "</resources></file></metalink>");
  assert_refused (HEAD_4 "<file name=\"x\"><resources>" URL "</resources></file></metalink>");
}

static void
test_names (void)
{
  static const char * const names[][2] = {
    { "/etc/passwd", "passwd" }, { "../../x", "x" }, { "a/../b", "b" }, { "..", "download" },
    { "~/.bashrc", "bashrc" }, { "C:\\x\\y.exe", "y.exe" }, { "a&#10;b", "a_b" },
    { "a&#x202e;gpj.exe", "a_gpj.exe" },
    { "dir/", "dir" }, { "-rf", "rf" }, { "", "1" }, { "con", "con_" }, { "&lt;x&gt;", "_x_" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text =
        g_strconcat (HEAD_4 "<file name=\"", names[i][0], "\">" URL "</file>" END, NULL);
      g_autoptr (SkeinMetalink) metalink = parse (text);

      g_assert_cmpstr (get_file (metalink, 0)->name, ==, names[i][1]);
    }
}

static void
test_no_name (void)
{
  g_autoptr (SkeinMetalink) metalink =
    parse (HEAD_4 "<file><url>http://a/x</url><url priority=\"1\">http://a/d/y</url></file>"
           "<file><url>ftp://a/z</url></file></metalink>");

  g_assert_cmpstr (get_file (metalink, 0)->name, ==, "y");
  g_assert_cmpstr (get_file (metalink, 1)->name, ==, "download");
}

static void
test_no_urls (void)
{
  g_autoptr (SkeinMetalink) metalink =
    parse (HEAD_4 "\n<file name=\"one\"/>\n<file name=\"two\"><size>5</size></file><file name=\"three\">" URL
           "</file>\n<file name=\"four\"><url/>\n<url>nonsense</url><metaurl>" URL "</metaurl></file></metalink>");

  g_assert_cmpuint (metalink->files->len, ==, 1);
  g_assert_cmpstr (get_file (metalink, 0)->name, ==, "three");
  g_assert_cmpuint (metalink->rejected, ==, 5);
  assert_reject (metalink, 0, 2, "one");
  assert_reject (metalink, 1, 3, "two");
  assert_reject (metalink, 2, 4, "");
  assert_reject (metalink, 3, 5, "nonsense");
  assert_reject (metalink, 4, 4, "four");

  assert_refused (HEAD_4 "</metalink>");
  assert_refused (HEAD_4 "<file name=\"x\"/></metalink>");
  assert_refused ("<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"/>");
}

static void
test_sizes (void)
{
  static const char * const bad[] = {
    "-1", "", "1.5", "0x10", "+5", "1 2", "9223372036854775808", "99999999999999999999999", "1e3",
    "000000000000000000000000000000015", "<b>5</b>",
  };
  g_autoptr (SkeinMetalink) two = parse_file ("<size>5</size><size>6</size><size>5</size>" URL);
  g_autoptr (SkeinMetalink) most = parse_file ("<size> 9223372036854775807 </size>" URL);
  g_autoptr (SkeinMetalink) zero = parse_file ("<size>0</size>" URL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *content = g_strconcat ("<size>", bad[i], "</size>" URL, NULL);
      g_autoptr (SkeinMetalink) metalink = parse_file (content);

      g_assert_cmpint (get_file (metalink, 0)->size, ==, -1);
      g_assert_cmpuint (metalink->rejected, ==, 1);
    }

  g_assert_cmpint (get_file (two, 0)->size, ==, 5);
  g_assert_cmpuint (two->rejected, ==, 1);
  g_assert_cmpint (get_file (most, 0)->size, ==, G_MAXINT64);
  g_assert_cmpint (get_file (zero, 0)->size, ==, 0);
}

static void
test_hashes (void)
{
  g_autoptr (SkeinMetalink) metalink =
    parse_file ("<hash type=\"md5\">" MD5 "</hash><hash type=\"MD5\">" MD5 "</hash>"
                "<hash type=\"md5\">1123456789abcdef0123456789abcdef</hash>"
                "<hash type=\"sha-256\">" SHA1 "</hash><hash type=\"sha-1\">g123456789abcdef0123456789abcdef01234567"
                "</hash><hash type=\"sha1\"/><hash>" MD5 "</hash><hash type=\"crc32\">00</hash>" URL);

  g_assert_cmpuint (get_file (metalink, 0)->hashes->len, ==, 1);
  assert_hash (get_file (metalink, 0), 0, G_CHECKSUM_MD5, MD5);
  g_assert_cmpuint (metalink->rejected, ==, 4);
}

static void
assert_pieces (const char *content,
               guint       pieces,
               guint       rejected)
{
  g_autofree char *text = g_strconcat (content, URL, NULL);
  g_autoptr (SkeinMetalink) metalink = parse_file (text);
  SkeinMetalinkFile *file = get_file (metalink, 0);

  g_assert_cmpuint (file->piece_hashes->len, ==, pieces);
  g_assert_true ((file->piece_length > 0) == (pieces > 0));
  g_assert_cmpuint (metalink->rejected, ==, rejected);
}

#define PIECES(length, hashes) "<pieces type=\"md5\" length=\"" length "\">" hashes "</pieces>"
#define PIECE                  "<hash>" MD5 "</hash>"
#define STRONG                 "<pieces type=\"sha1\" length=\"5\"><hash>" SHA1 "</hash></pieces>"

static void
test_pieces (void)
{
  assert_pieces (PIECES ("10", PIECE PIECE), 2, 0);
  assert_pieces ("<size>11</size>" PIECES ("10", PIECE PIECE), 2, 0);
  assert_pieces (PIECES ("10", PIECE PIECE) "<size>20</size>", 2, 0);
  assert_pieces (PIECES ("10", PIECE PIECE) "<size>10</size>", 0, 1);
  assert_pieces (PIECES ("10", PIECE PIECE) "<size>21</size>", 0, 1);
  assert_pieces (PIECES ("10", PIECE) "<size>0</size>", 0, 1);
  assert_pieces (PIECES ("9223372036854775807", PIECE) "<size>9223372036854775807</size>", 1, 0);
  assert_pieces (PIECES ("0", PIECE), 0, 1);
  assert_pieces (PIECES ("-1", PIECE), 0, 1);
  assert_pieces (PIECES ("", PIECE), 0, 1);
  assert_pieces (PIECES ("10", ""), 0, 1);
  assert_pieces (PIECES ("10", PIECE "<hash>" SHA1 "</hash>"), 0, 1);
  assert_pieces (PIECES ("10", "<hash piece=\"1\">" MD5 "</hash>" PIECE), 0, 1);
  assert_pieces ("<pieces type=\"x\" length=\"1\">" PIECE "</pieces><pieces/>", 0, 0);
  assert_pieces (STRONG PIECES ("1", PIECE PIECE), 1, 0);
  assert_pieces (PIECES ("1", PIECE PIECE) STRONG, 1, 0);
}

static void
test_many_pieces (void)
{
  GString *text = g_string_new ("<pieces type=\"md5\" length=\"1\">");

  for (guint i = 0; i <= SKEIN_METALINK_MAX_PIECES; i++)
    g_string_append (text, PIECE);
  g_string_append (text, "</pieces>");
  assert_pieces (text->str, 0, 1);
  g_string_free (text, TRUE);
}

static void
test_mirrors (void)
{
  g_autoptr (SkeinMetalink) metalink =
    parse_file ("<url priority=\"5\">http://a/2</url><url>HTTP://A/1</url><url priority=\"0\">http://a/3</url>"
                "<url priority=\"1\" location=\"d\">http://a/1</url><url priority=\"x\">magnet:?x</url>"
                "<url location=\"\xc3\xa4\">http://a/4</url><url>ftp://a/ b</url><url>/relative</url>"
                "<url priority=\"5\">http://a/5</url><url>http://a/\xc3\xa4</url><url>http://a/<b>no</b>6</url>");
  SkeinMetalinkFile *file = get_file (metalink, 0);

  g_assert_cmpuint (file->mirrors->len, ==, 7);
  assert_mirror (file, 0, "http://a/1", 1, NULL);
  assert_mirror (file, 1, "http://a/2", 5, NULL);
  assert_mirror (file, 2, "http://a/5", 5, NULL);
  assert_mirror (file, 3, "http://a/3", SKEIN_METALINK_LAST_PRIORITY, NULL);
  assert_mirror (file, 4, "http://a/4", SKEIN_METALINK_LAST_PRIORITY, NULL);
  assert_mirror (file, 5, "http://a/%C3%A4", SKEIN_METALINK_LAST_PRIORITY, NULL);
  assert_mirror (file, 6, "http://a/6", SKEIN_METALINK_LAST_PRIORITY, NULL);
  g_assert_cmpuint (file->others->len, ==, 1);
  g_assert_cmpuint (metalink->rejected, ==, 2);
}

static void
test_many_mirrors (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (SkeinMetalink) metalink = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "<url priority=\"%u\">http://a/%u</url>\n", 10000 - i, i);
  metalink = parse_file (text->str);
  g_string_free (text, TRUE);

  g_assert_cmpuint (get_file (metalink, 0)->mirrors->len, ==, SKEIN_METALINK_MAX_MIRRORS);
  assert_mirror (get_file (metalink, 0), 0, "http://a/999", 9001, NULL);
  g_assert_cmpuint (metalink->rejected, ==, 10000 - SKEIN_METALINK_MAX_MIRRORS);
  g_assert_cmpuint (metalink->rejects->len, ==, SKEIN_METALINK_MAX_REJECTS);
  assert_reject (metalink, 0, 1001, "http://a/1000");
}

static void
test_long_address (void)
{
  g_autofree char *fill = g_strnfill (100000, 'x');
  g_autofree char *text =
    g_strconcat ("<url>http://a/", fill, "</url><url>ftp://a/", fill, "</url>" URL, NULL);
  g_autoptr (SkeinMetalink) metalink = parse_file (text);

  g_assert_cmpuint (get_file (metalink, 0)->mirrors->len, ==, 1);
  g_assert_cmpuint (get_file (metalink, 0)->others->len, ==, 0);
  g_assert_cmpuint (metalink->rejected, ==, 2);
}

static GString *
repeat (const char *before,
        const char *middle,
        guint       times,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < times; i++)
    g_string_append (text, middle);

  return g_string_append (text, after);
}

static void
assert_refused_string (GString *text)
{
  assert_refused_bytes (text->str, text->len);
  g_string_free (text, TRUE);
}

static void
test_files (void)
{
  GString *text = repeat (HEAD_4, FILE_F, SKEIN_METALINK_MAX_FILES, "</metalink>");
  g_autoptr (SkeinMetalink) metalink = parse (text->str);

  g_assert_cmpuint (metalink->files->len, ==, SKEIN_METALINK_MAX_FILES);
  g_string_free (text, TRUE);
  assert_refused_string (repeat (HEAD_4, FILE_F, SKEIN_METALINK_MAX_FILES + 1, END));
}

static void
test_bombs (void)
{
  assert_refused ("<!DOCTYPE metalink [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" HEAD_4
                  "<file name=\"&b;\">" URL "</file></metalink>");
  assert_refused ("<!DOCTYPE metalink [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" HEAD_4
                  "<file name=\"f\"><url>http://a/&x;</url></file></metalink>");
  assert_refused ("<!DOCTYPE metalink SYSTEM \"http://127.0.0.1:1/x.dtd\">" HEAD_4
                  FILE_F END);
  assert_refused ("<?xml version=\"1.0\"?><!-- - --><!DOCTYPE metalink>" HEAD_4 FILE_F END);
  assert_refused (HEAD_4 "<file name=\"f\"><url>http://a/&undefined;</url></file></metalink>");
  assert_refused (HEAD_4 "<file name=\"f\"><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\">" URL
                  "</file></metalink>");
  assert_refused_string (repeat (HEAD_4, "<a>", 1000, ""));
  assert_refused_string (repeat (HEAD_4, "<a>", 100000, URL));
  assert_refused_string (repeat (HEAD_4 "<a", " b=\"c\"", 1000, "/></metalink>"));
  assert_refused_string (repeat (HEAD_4, "<a/>", 2000001, FILE_F END));
  assert_refused_string (repeat (HEAD_4 "<!--", "0123456789abcdef", SKEIN_METALINK_MAX_LENGTH / 16,
                                 "--><file name=\"f\">" URL "</file></metalink>"));
}

/* The most of what looks through all namespaces for each name. */
static void
test_namespace_bomb (void)
{
  GString *text = g_string_new (HEAD_4);
  g_autoptr (SkeinMetalink) metalink = NULL;

  for (guint level = 0; level < 14; level++)
    {
      g_string_append_printf (text, "<x xmlns:first=\"u\"");
      for (guint i = 0; i < 100; i++)
        g_string_append_printf (text, " xmlns:p%u=\"u%u\"", level * 100 + i, i);
      g_string_append (text, ">");
    }
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<first:a/>");
  for (guint level = 0; level < 14; level++)
    g_string_append (text, "</x>");
  g_string_append (text, FILE_F END);

  metalink = parse (text->str);
  g_string_free (text, TRUE);
  g_assert_cmpuint (metalink->files->len, ==, 1);
}

static void
test_encodings (void)
{
  static const char utf16[] = "\xff\xfe<\0m\0e\0t\0a\0l\0i\0n\0k\0/\0>\0";
  static const char nul[] = HEAD_4 "<file name=\"f\0g\">" URL "</file></metalink>";
  g_autoptr (SkeinMetalink) latin1 =
    parse ("<?xml version='1.0' encoding = 'ISO-8859-1'?>" HEAD_4 "<file name=\"\xe4\">" URL "</file></metalink>");
  g_autoptr (SkeinMetalink) bom =
    parse ("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>" HEAD_4 "<file name=\"\xc3\xa4\">" URL
           "</file></metalink>");

  g_assert_cmpstr (get_file (latin1, 0)->name, ==, "\xc3\xa4");
  g_assert_cmpstr (get_file (bom, 0)->name, ==, "\xc3\xa4");

  assert_refused (HEAD_4 "<file name=\"\xe4\">" URL "</file></metalink>");
  assert_refused (HEAD_4 "<file name=\"f\">" URL "<!-- \xe4 --></file></metalink>");
  assert_refused ("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" HEAD_4 FILE_F END);
  assert_refused ("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" HEAD_4 FILE_F END);
  assert_refused ("<?xml version=\"1.0\" encoding=\"x-none\"?>" HEAD_4 FILE_F END);
  assert_refused_bytes (utf16, sizeof utf16 - 1);
  assert_refused_bytes (nul, sizeof nul - 1);
}

static void
test_malformed (void)
{
  static const char * const texts[] = {
    "", " ", "<", "<?xml version=\"1.0\"?>", "<!-- -->", "text", "http://a/1\n",
    "<html><body>404 Not Found</body></html>",
    HEAD_4 "<file name=\"f\">" URL "</metalink>",
    HEAD_4 "<file name=\"f\">" URL "</file></metalink><again/>",
    HEAD_4 "<file name=\"f\">" URL "</file></metalink>text",
    HEAD_4 "<file name=\"f\" name=\"g\">" URL "</file></metalink>",
    HEAD_4 "<file name=f>" URL "</file></metalink>",
    HEAD_4 "<file name=\"&#0;\">" URL "</file></metalink>",
    HEAD_4 "<file name=\"f\"><x:url>http://a/1</x:url>" URL "</metalink>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i]);
}

/* libxml2 likes to print what it finds. */
static void
test_silence (void)
{
  if (g_test_subprocess ())
    {
      assert_refused_string (repeat (HEAD_4 FILE_F, "0123456789abcdef", 700000, END));
      assert_refused (HEAD_4 "<x:file name=\"f\" name=\"&y;\">" URL "</metalink>");
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

static void
test_truncated (void)
{
  for (gsize i = 0; i < sizeof good_4 - 1; i++)
    assert_refused_bytes (good_4, i);
  for (gsize i = 0; i < sizeof good_3 - 1; i++)
    assert_refused_bytes (good_3, i);
}

static void
check_metalink (SkeinMetalink *metalink)
{
  g_assert_cmpuint (metalink->files->len, >, 0);
  for (guint i = 0; i < metalink->files->len; i++)
    {
      SkeinMetalinkFile *file = get_file (metalink, i);
      g_autofree char *again = skein_file_name_sanitize (file->name, -1);

      g_assert_cmpstr (file->name, ==, again);
      g_assert_cmpuint (file->mirrors->len + file->others->len, >, 0);
    }
}

/* Each byte of a good document changed. */
static void
test_property (void)
{
  guint taken = 0;

  for (guint round = 0; round < 10000; round++)
    {
      g_autofree char *text = g_memdup2 (good_4, sizeof good_4);
      int changes = g_test_rand_int_range (1, 4);
      g_autoptr (SkeinMetalink) metalink = NULL;

      for (int i = 0; i < changes; i++)
        text[g_test_rand_int_range (0, sizeof good_4 - 1)] =
          g_test_rand_int_range (0, 2) == 0 ? (char) g_test_rand_int_range (0, 256)
                                            : good_4[g_test_rand_int_range (0, sizeof good_4 - 1)];

      metalink = skein_metalink_parse (text, sizeof good_4 - 1, NULL);
      if (metalink != NULL)
        {
          check_metalink (metalink);
          taken++;
        }
    }

  g_assert_cmpuint (taken, >, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metalink/version-4", test_version_4);
  g_test_add_func ("/metalink/version-3", test_version_3);
  g_test_add_func ("/metalink/namespaces", test_namespaces);
  g_test_add_func ("/metalink/names", test_names);
  g_test_add_func ("/metalink/no-name", test_no_name);
  g_test_add_func ("/metalink/no-urls", test_no_urls);
  g_test_add_func ("/metalink/sizes", test_sizes);
  g_test_add_func ("/metalink/hashes", test_hashes);
  g_test_add_func ("/metalink/pieces", test_pieces);
  g_test_add_func ("/metalink/pieces/many", test_many_pieces);
  g_test_add_func ("/metalink/mirrors", test_mirrors);
  g_test_add_func ("/metalink/mirrors/many", test_many_mirrors);
  g_test_add_func ("/metalink/long-address", test_long_address);
  g_test_add_func ("/metalink/files", test_files);
  g_test_add_func ("/metalink/bombs", test_bombs);
  g_test_add_func ("/metalink/namespace-bomb", test_namespace_bomb);
  g_test_add_func ("/metalink/encodings", test_encodings);
  g_test_add_func ("/metalink/malformed", test_malformed);
  g_test_add_func ("/metalink/silence", test_silence);
  g_test_add_func ("/metalink/truncated", test_truncated);
  g_test_add_func ("/metalink/property", test_property);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-digest-spec.h"

#include <string.h>

/* The digests of "a". */
#define MD5    "0cc175b9c0f1b6a831c399e269772661"
#define SHA1   "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
#define SHA256 "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define SHA384 "54a59b9f22b0b80880d8427e548b7c23abd873486e1f035d" \
               "ce9cd697e85175033caa88e6d57bc35efae0b5afd3145f31"
#define SHA512 "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f53" \
               "02860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75"

#define MD5_64    "DMF1ucDxtqgxw5niaXcmYQ=="
#define SHA1_64   "hvfkN/qlp/zhXR3cuerq6jd2Z7g="
#define SHA256_64 "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="
#define SHA384_64 "VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x"
#define SHA512_64 "H0D8ktokFpR1CXnubPWC8tXX0o4YM13gWrxU0FYOD1MC" \
                  "hgxlK/CNVgJSql50IQVG82n7u86MEs/HlXsmUv6adQ=="

#define OTHER "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"

typedef struct
{
  const char *text;
  const char *hex;
} Case;

static void
assert_digest (const char        *text,
               const SkeinDigest *digest,
               const char        *hex)
{
  g_autofree char *readable = g_strescape (text != NULL ? text : "none", NULL);

  g_test_message ("%s", readable);
  if (hex == NULL)
    {
      g_assert_null (digest);
      return;
    }

  g_assert_nonnull (digest);
  g_assert_cmpstr (digest->hex, ==, hex);
  g_assert_cmpint (2 * g_checksum_type_get_length (digest->kind), ==, strlen (hex));
}

static const Case person_cases[] = {
  { MD5, MD5 },
  { SHA1, SHA1 },
  { SHA256, SHA256 },
  { SHA384, SHA384 },
  { SHA512, SHA512 },
  { " \t" SHA1 "\n", SHA1 },
  { "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB", SHA256 },
  { "sha256:" SHA256, SHA256 },
  { "sha-256=" SHA256, SHA256 },
  { "SHA-256: " SHA256 " ", SHA256 },
  { " SHA256 = " SHA256, SHA256 },
  { "md5=" MD5, MD5 },
  { "sha:" SHA1, SHA1 },
  { "sha1:" SHA1, SHA1 },
  { "sha-1=" SHA1, SHA1 },
  { "sha-384=" SHA384, SHA384 },
  { "sha512:" SHA512, SHA512 },
  { "sha-256=" SHA256_64, SHA256 },
  { NULL, NULL },
  { "", NULL },
  { " ", NULL },
  { ":", NULL },
  { "=", NULL },
  { "sha256", NULL },
  { "sha256:", NULL },
  { "sha256:" SHA1, NULL },
  { "md5:" SHA256, NULL },
  { ":" SHA256, NULL },
  { "sha3-256:" SHA256, NULL },
  { "sha512/256:" SHA256, NULL },
  { "blake2b:" SHA512, NULL },
  { "sha256sha256sha256:" SHA256, NULL },
  { "sha256:" SHA256 "0", NULL },
  { "sha256:" SHA256 " x", NULL },
  { "0cc175b9c0f1b6a831c399e26977266", NULL },
  { "0cc175b9c0f1b6a831c399e26977266g", NULL },
  { "0cc175b9c0f1b6a831c399e26977266\xc3\xa4", NULL },
  { MD5 " " MD5, NULL },
};

static void
test_person (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (person_cases); i++)
    {
      g_autoptr (SkeinDigest) digest = skein_digest_parse (person_cases[i].text);

      assert_digest (person_cases[i].text, digest, person_cases[i].hex);
    }
}

static const Case repr_cases[] = {
  { "sha-256=:" SHA256_64 ":", SHA256 },
  { "sha-512=:" SHA512_64 ":", SHA512 },
  { "sha-256=:" SHA256_64 ":, sha-512=:" SHA512_64 ":", SHA512 },
  { "sha-512=:" SHA512_64 ":,sha-256=:" SHA256_64 ":", SHA512 },
  { "md5=:" MD5_64 ":, sha=:" SHA1_64 ":", SHA1 },
  { "unixsum=:AAAA:, adler=:AAAA:, md5=:" MD5_64 ":", MD5 },
  { " sha-256=:" SHA256_64 ":;q=1;x=\"y\" , ", SHA256 },
  { "sha-384=:" SHA384_64 ":", SHA384 },
  { "sha-256=:" SHA256_64 ":, sha-512=:broken:", SHA256 },
  { "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:, sha-256=:" SHA256_64 ":", SHA256 },
  { NULL, NULL },
  { "", NULL },
  { ",,,", NULL },
  { "sha-256", NULL },
  { "sha-256=", NULL },
  { "sha-256=:", NULL },
  { "sha-256=::", NULL },
  { "sha-256=" SHA256_64, NULL },
  { "sha-256=:" SHA256_64, NULL },
  { "sha-256=:" SHA1_64 ":", NULL },
  { "sha-256=:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLsA:", NULL },
  { "sha-256=:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uS==s=:", NULL },
  { "sha-256=:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/u$Ls=:", NULL },
  { "sha-256=:============================================:", NULL },
};

static const Case digest_cases[] = {
  { "SHA-256=" SHA256_64, SHA256 },
  { "sha-256=" SHA256_64 ",md5=" MD5_64, SHA256 },
  { "MD5=" MD5_64 ", SHA=" SHA1_64, SHA1 },
  { "UNIXsum=30637, SHA-512=" SHA512_64, SHA512 },
  { "SHA-256=" SHA256, SHA256 },
  { "SHA-256=" SHA256_64 ";q=0.5", SHA256 },
  { "SHA-256=:" SHA256_64 ":", NULL },
  { NULL, NULL },
  { "SHA-256=" MD5_64, NULL },
};

static const Case md5_cases[] = {
  { MD5_64, MD5 },
  { " " MD5_64 "\t", MD5 },
  { NULL, NULL },
  { "", NULL },
  { MD5, NULL },
  { SHA1_64, NULL },
  { "DMF1ucDxtqgxw5niaXcmYQ", NULL },
};

static void
test_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (repr_cases); i++)
    {
      g_autoptr (SkeinDigest) digest = skein_digest_parse_repr_digest (repr_cases[i].text);

      assert_digest (repr_cases[i].text, digest, repr_cases[i].hex);
    }
  for (guint i = 0; i < G_N_ELEMENTS (digest_cases); i++)
    {
      g_autoptr (SkeinDigest) digest = skein_digest_parse_digest (digest_cases[i].text);

      assert_digest (digest_cases[i].text, digest, digest_cases[i].hex);
    }
  for (guint i = 0; i < G_N_ELEMENTS (md5_cases); i++)
    {
      g_autoptr (SkeinDigest) digest = skein_digest_parse_content_md5 (md5_cases[i].text);

      assert_digest (md5_cases[i].text, digest, md5_cases[i].hex);
    }
}

static const Case list_cases[] = {
  { SHA256 "  x1\n", SHA256 },
  { SHA256 " *x1\n", SHA256 },
  { SHA256 " x1", SHA256 },
  { SHA256 "\t\tx1\r\n", SHA256 },
  { SHA256 "  ./x1\n", SHA256 },
  { SHA256 " *././x1\n", SHA256 },
  { OTHER "  x2\n" SHA256 "  x1\n" OTHER "  x10\n", SHA256 },
  { "\xef\xbb\xbf" SHA256 "  x1\n", SHA256 },
  { "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB  x1", SHA256 },
  { "SHA256 (x1) = " SHA256 "\n", SHA256 },
  { "SHA256 (./x1) = " SHA256 "\n", SHA256 },
  { "SHA2-256(x1)= " SHA256 "\n", SHA256 },
  { "MD5(x1)= " MD5 "\r\nSHA1(x1)= " SHA1 "\r\n", SHA1 },
  { "SHA512 (x1) = " SHA512 "\nMD5 (x1) = " MD5 "\n", SHA512 },
  { "BLAKE2b (x1) = " SHA512 "\nSHA256 (x1) = " SHA256, SHA256 },
  { "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" SHA256 "  x1\n-----BEGIN PGP", SHA256 },
  { "# made by hand\n\n" SHA256 "  x1\n", SHA256 },
  { MD5 "  x1\n" SHA256 "  x1\n" SHA1 "  x1\n", SHA256 },
  { SHA256, SHA256 },
  { SHA256 "\n\n", SHA256 },
  { SHA256 "  -\n", SHA256 },
  { "# comment\n" SHA256 "\n", SHA256 },
  { OTHER "\n" SHA256 "  x1\n", SHA256 },
  { "", NULL },
  { "\n\n", NULL },
  { SHA256 "  x2\n", NULL },
  { SHA256 "  X1\n", NULL },
  { SHA256 "  dir/x1\n", NULL },
  { SHA256 "  ../x1\n", NULL },
  { SHA256 "\n" SHA256 "\n", NULL },
  { SHA256 "\n" OTHER "  x2\n", NULL },
  { SHA256 "x1\n", NULL },
  { SHA256 "0  x1\n", NULL },
  { "12345678  x1\n", NULL },
  { "x1 " SHA256 "\n", NULL },
  { "SHA256 (x1) " SHA256 "\n", NULL },
  { "SHA256 )x1( = " SHA256 "\n", NULL },
  { "SHA256 (x1 = " SHA256 "\n", NULL },
  { "SHA1 (x1) = " SHA256 "\n", NULL },
  { "(x1) = " SHA256 "\n", NULL },
  { "\\", NULL },
  { "(", NULL },
  { ")=", NULL },
};

static void
test_lists (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (list_cases); i++)
    {
      const char *text = list_cases[i].text;
      g_autofree char *exact = g_memdup2 (text, MAX (strlen (text), 1));
      g_autoptr (SkeinDigest) digest = skein_digest_find (exact, strlen (text), "x1", TRUE);

      assert_digest (text, digest, list_cases[i].hex);
    }
}

static void
test_list_names (void)
{
  static const struct { const char *text; const char *name; } cases[] = {
    { "\\" SHA256 "  we\\nird\\\\\\r\n", "we\nird\\\r" },
    { "\\SHA256 (we\\nird\\\\) = " SHA256 "\n", "we\nird\\" },
    { SHA256 "  back\\nslash\n", "back\\nslash" },
    { "\\" SHA256 "  end\\\n", "end\\" },
    { SHA256 "  with two words\n", "with two words" },
    { "SHA256 (a (1).iso) = " SHA256 "\n", "a (1).iso" },
    { "SHA256 (a) = b) = " SHA256 "\n", "a) = b" },
    { SHA256 "  caf\xe9\n", "caf\xe9" },
    { SHA256 " *-\n" OTHER "  x\n", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SkeinDigest) digest =
        skein_digest_find (cases[i].text, strlen (cases[i].text), cases[i].name, TRUE);

      assert_digest (cases[i].text, digest, SHA256);
    }
}

/* A list of a folder must name the file. */
static void
test_list_alone (void)
{
  g_autoptr (SkeinDigest) named = skein_digest_find (SHA256 "  x1\n", strlen (SHA256 "  x1\n"), "x1", FALSE);
  g_autoptr (SkeinDigest) nameless = skein_digest_find (SHA256 "\n", strlen (SHA256 "\n"), "x1", FALSE);

  assert_digest ("with its name", named, SHA256);
  g_assert_null (nameless);
}

/* NUL bytes and the like: nothing is read outside, nothing is found. */
static void
test_list_bytes (void)
{
  static const char nul[] = SHA256 "\0  x1\nSHA256 (x1\0) = " SHA256 "\n";
  g_autoptr (SkeinDigest) none = skein_digest_find (nul, sizeof nul - 1, "x1", TRUE);
  g_autoptr (SkeinDigest) empty = skein_digest_find (NULL, 0, "x1", TRUE);

  assert_digest ("a cut line has no name", none, SHA256);
  g_assert_null (empty);

  for (guint round = 0; round < 2000; round++)
    {
      static const char alphabet[] = "\\()= \t*\n\r.-/ax0123\0SHA256";
      gsize length = (gsize) g_test_rand_int_range (1, 200);
      g_autofree char *bytes = g_malloc (length);
      g_autoptr (SkeinDigest) found = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      found = skein_digest_find (bytes, length, "x", TRUE);
      g_assert_true (found == NULL || strlen (found->hex) >= 32);
    }
}

static void
test_new (void)
{
  g_autoptr (SkeinDigest) hex = skein_digest_new ("SHA-1", SHA1);
  g_autoptr (SkeinDigest) base64 = skein_digest_new ("sha", SHA1_64);
  g_autoptr (SkeinDigest) copy = skein_digest_copy (base64);
  g_autoptr (SkeinDigest) strong = skein_digest_new ("sha512", SHA512);

  assert_digest ("hex", hex, SHA1);
  assert_digest ("base64", base64, SHA1);
  assert_digest ("copy", copy, SHA1);
  g_assert_null (skein_digest_copy (NULL));
  g_assert_null (skein_digest_new ("", SHA1));
  g_assert_null (skein_digest_new ("crc32", SHA1));
  g_assert_null (skein_digest_new ("sha-1", ""));

  g_assert_cmpstr (skein_digest_get_name (hex), ==, "SHA-1");
  g_assert_cmpstr (skein_digest_get_name (strong), ==, "SHA-512");
  g_assert_cmpstr (skein_digest_kind_get_key (hex->kind), ==, "sha1");
  g_assert_cmpstr (skein_digest_kind_get_key (strong->kind), ==, "sha512");
  g_assert_true (skein_digest_is_stronger (strong, hex));
  g_assert_false (skein_digest_is_stronger (hex, strong));
  g_assert_false (skein_digest_is_stronger (hex, base64));
  g_assert_true (skein_digest_is_stronger (hex, NULL));
}

static void
test_matches (void)
{
  g_autoptr (SkeinDigest) digest = skein_digest_parse ("md5:0CC175B9C0F1B6A831C399E269772661");
  g_autofree char *computed = g_compute_checksum_for_string (digest->kind, "a", 1);

  g_assert_true (skein_digest_matches (digest, computed));
  g_assert_true (skein_digest_matches (digest, "0CC175B9C0F1B6A831C399E269772661"));
  g_assert_false (skein_digest_matches (digest, "0CC175B9C0F1B6A831C399E26977266"));
  g_assert_false (skein_digest_matches (digest, "0CC175B9C0F1B6A831C399E2697726610"));
  g_assert_false (skein_digest_matches (digest, "0cc175b9c0f1b6a831c399e269772662"));
  g_assert_false (skein_digest_matches (digest, ""));
  g_assert_false (skein_digest_matches (digest, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/digest-spec/person", test_person);
  g_test_add_func ("/digest-spec/headers", test_headers);
  g_test_add_func ("/digest-spec/lists", test_lists);
  g_test_add_func ("/digest-spec/list-names", test_list_names);
  g_test_add_func ("/digest-spec/list-alone", test_list_alone);
  g_test_add_func ("/digest-spec/list-bytes", test_list_bytes);
  g_test_add_func ("/digest-spec/new", test_new);
  g_test_add_func ("/digest-spec/matches", test_matches);

  return g_test_run ();
}

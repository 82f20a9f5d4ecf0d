/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-challenge.h"

#include <string.h>

#define MOST_CHALLENGES 16
#define MOST_PARAMETERS 32

struct _SkeinChallenge
{
  char       *scheme;
  GHashTable *parameters;  /* name in lower case → value */
};

static void
challenge_free (gpointer data)
{
  SkeinChallenge *self = data;

  g_free (self->scheme);
  g_hash_table_unref (self->parameters);
  g_free (self);
}

static gboolean
is_token_character (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static const char *
skip_blanks (const char *text)
{
  return text + strspn (text, " \t");
}

static char *
read_token (const char **text)
{
  const char *start = *text;

  while (is_token_character (**text))
    (*text)++;

  return *text > start ? g_strndup (start, (gsize) (*text - start)) : NULL;
}

/* RFC 9110 section 5.6.4; one that never ends, ends with the header. */
static char *
read_quoted (const char **text)
{
  GString *value = g_string_new (NULL);
  const char *p = *text + 1;

  for (; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p);
    }
  *text = *p == '"' ? p + 1 : p;

  return g_string_free (value, FALSE);
}

/* Servers leave quotes away where they should not. */
static char *
read_value (const char **text)
{
  gsize length;
  char *value;

  *text = skip_blanks (*text);
  if (**text == '"')
    return read_quoted (text);

  length = strcspn (*text, ", \t");
  value = g_strndup (*text, length);
  *text += length;

  return value;
}

static void
add_parameter (SkeinChallenge *self,
               const char     *name,
               char           *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  g_autofree char *own = value;

  if (g_hash_table_size (self->parameters) < MOST_PARAMETERS && !g_hash_table_contains (self->parameters, key))
    g_hash_table_insert (self->parameters, g_steal_pointer (&key), g_steal_pointer (&own));
}

/* Schemes that we do not speak have one word without a name behind them, which may end with "=". */
static const char *
skip_token68 (const char *text)
{
  const char *p = skip_blanks (text);

  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr ("-._~+/", *p) != NULL))
    p++;
  p = skip_blanks (p + strspn (p, "="));

  return *p == ',' || *p == '\0' ? p : text;
}

static SkeinChallenge *
begin_challenge (GPtrArray *challenges,
                 char      *scheme)
{
  SkeinChallenge *self = g_new0 (SkeinChallenge, 1);

  self->scheme = scheme;
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (challenges, self);

  return self;
}

GPtrArray *
skein_challenge_parse_all (const char *value)
{
  GPtrArray *challenges = g_ptr_array_new_with_free_func (challenge_free);
  SkeinChallenge *current = NULL;
  const char *p = value != NULL ? value : "";

  while (*(p += strspn (p, ", \t")) != '\0')
    {
      g_autofree char *token = read_token (&p);
      const char *next = skip_blanks (p);

      if (token == NULL)
        {
          p += strcspn (p, ",");
        }
      else if (*next == '=')
        {
          g_autofree char *found = NULL;

          p = next + 1;
          found = read_value (&p);
          if (current != NULL)
            add_parameter (current, token, g_steal_pointer (&found));
        }
      else if (challenges->len == MOST_CHALLENGES)
        {
          break;
        }
      else
        {
          current = begin_challenge (challenges, g_steal_pointer (&token));
          p = skip_token68 (p);
        }
    }

  return challenges;
}

gboolean
skein_challenge_is (const SkeinChallenge *self,
                    const char           *scheme)
{
  return g_ascii_strcasecmp (self->scheme, scheme) == 0;
}

const char *
skein_challenge_get (const SkeinChallenge *self,
                     const char           *name)
{
  return g_hash_table_lookup (self->parameters, name);
}

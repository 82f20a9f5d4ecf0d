/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-link-header.h"

#include <string.h>

#define BLANK " \t"

void
skein_link_free (SkeinLink *self)
{
  g_free (self->target);
  g_free (self->rel);
  g_free (self->type);
  g_free (self->geo);
  g_free (self);
}

static void
skip_blank (const char **p)
{
  *p += strspn (*p, BLANK);
}

/* What stands between quotes, its escapes undone; %NULL if the second quote is missing. */
static char *
read_quoted (const char **p)
{
  GString *value = g_string_new (NULL);

  for ((*p)++; **p != '\0' && **p != '"'; (*p)++)
    {
      if ((*p)[0] == '\\' && (*p)[1] != '\0')
        (*p)++;
      g_string_append_c (value, **p);
    }

  if (**p == '\0')
    {
      g_string_free (value, TRUE);
      return NULL;
    }
  (*p)++;

  return g_string_free (value, FALSE);
}

static char *
read_word (const char **p,
           const char  *stops)
{
  gsize length = strcspn (*p, stops);
  char *word = g_strndup (*p, length);

  *p += length;

  return word;
}

static guint
parse_pri (const char *value)
{
  guint64 pri;

  if (!g_ascii_string_to_unsigned (value, 10, 1, SKEIN_LINK_LOWEST_PRI, &pri, NULL))
    return SKEIN_LINK_LOWEST_PRI;

  return (guint) pri;
}

/* The first one counts (RFC 8288 section 3.3). */
static void
take (char       **place,
      const char  *value,
      gsize        length)
{
  if (*place == NULL)
    *place = g_ascii_strdown (value, (gssize) length);
}

static void
apply (SkeinLink  *link,
       const char *name,
       const char *value,
       gboolean   *foreign)
{
  if (g_ascii_strcasecmp (name, "rel") == 0)
    take (&link->rel, value, strlen (value));
  else if (g_ascii_strcasecmp (name, "type") == 0)
    take (&link->type, value, strcspn (value, "; \t"));
  else if (g_ascii_strcasecmp (name, "geo") == 0 && strlen (value) == 2 &&
           g_ascii_isalpha (value[0]) && g_ascii_isalpha (value[1]))
    take (&link->geo, value, 2);
  else if (g_ascii_strcasecmp (name, "pri") == 0 && link->pri == 0)
    link->pri = parse_pri (value);
  else if (g_ascii_strcasecmp (name, "anchor") == 0)
    *foreign = TRUE;
}

static gboolean
read_parameter (const char **p,
                SkeinLink   *link,
                gboolean    *foreign)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  skip_blank (p);
  name = read_word (p, "=;, \t");
  skip_blank (p);
  if (**p != '=')
    return TRUE;

  (*p)++;
  skip_blank (p);
  value = **p == '"' ? read_quoted (p) : read_word (p, ";, \t");
  if (value == NULL)
    return FALSE;
  apply (link, name, value, foreign);
  skip_blank (p);

  return TRUE;
}

/* From "<" to behind the last parameter. */
static SkeinLink *
read_link (const char **p,
           gboolean    *foreign)
{
  g_autoptr (SkeinLink) link = g_new0 (SkeinLink, 1);

  (*p)++;
  link->target = g_strstrip (read_word (p, ">"));
  if (**p != '>')
    return NULL;

  (*p)++;
  skip_blank (p);
  while (**p == ';')
    {
      (*p)++;
      if (!read_parameter (p, link, foreign))
        return NULL;
    }

  if (link->pri == 0)
    link->pri = SKEIN_LINK_LOWEST_PRI;

  return g_steal_pointer (&link);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  const SkeinLink *first = *(const SkeinLink * const *) a;
  const SkeinLink *second = *(const SkeinLink * const *) b;

  return (int) first->pri - (int) second->pri;
}

GPtrArray *
skein_link_header_parse (const char *value)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) skein_link_free);
  const char *p = value != NULL ? value : "";

  while (links->len < SKEIN_LINK_HEADER_MOST)
    {
      g_autoptr (SkeinLink) link = NULL;
      gboolean foreign = FALSE;

      p += strspn (p, BLANK ",");
      link = *p == '<' ? read_link (&p, &foreign) : NULL;
      if (link == NULL)
        break;

      if (*link->target != '\0' && link->rel != NULL && !foreign)
        g_ptr_array_add (links, g_steal_pointer (&link));
      if (*p != ',')
        break;
    }

  g_ptr_array_sort (links, compare_cb);

  return links;
}

gboolean
skein_link_has_rel (const SkeinLink *self,
                    const char      *rel)
{
  g_auto (GStrv) rels = g_strsplit_set (self->rel, BLANK, -1);

  for (guint i = 0; rels[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (rels[i], rel) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
skein_link_is_metalink (const SkeinLink *self)
{
  return skein_link_has_rel (self, "describedby") &&
         g_strcmp0 (self->type, "application/metalink4+xml") == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-netrc.h"

#include <gio/gio.h>
#include <string.h>

#include "skein-secret.h"

typedef enum
{
  STATE_BETWEEN,
  STATE_WORD,
  STATE_QUOTED,
  STATE_ESCAPED,
  STATE_COMMENT,
  STATE_MACRO,
} State;

typedef enum
{
  DUE_KEYWORD,
  DUE_MACHINE,
  DUE_LOGIN,
  DUE_PASSWORD,
  DUE_IGNORED,
  DUE_MACRO_NAME,
} Due;

typedef struct
{
  char *host;      /* NULL: default */
  char *login;     /* nullable */
  char *password;  /* nullable */
  gboolean bad;    /* something in it could not be taken */
} Entry;

struct _SkeinNetrc
{
  gatomicrefcount  ref_count;
  GPtrArray       *entries;

  /* While it is fed. */
  State            state;
  Due              due;
  GString         *word;
  gboolean         too_long;    /* the word, of which only the head is kept */
  gboolean         line_start;  /* nothing but blanks came since the last line end */
  gboolean         word_first;  /* the word is the first of its line */
  Entry           *entry;       /* nullable: the one that is being read */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->host);
  g_free (entry->login);
  skein_secret_free (entry->password);
  g_free (entry);
}

SkeinNetrc *
skein_netrc_new (void)
{
  SkeinNetrc *self = g_new0 (SkeinNetrc, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->word = g_string_new (NULL);
  self->line_start = TRUE;

  return self;
}

SkeinNetrc *
skein_netrc_ref (SkeinNetrc *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
forget_word (SkeinNetrc *self)
{
  explicit_bzero (self->word->str, self->word->len);
  g_string_truncate (self->word, 0);
  self->too_long = FALSE;
}

void
skein_netrc_unref (SkeinNetrc *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  forget_word (self);
  g_string_free (self->word, TRUE);
  g_clear_pointer (&self->entry, entry_free);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
flush_entry (SkeinNetrc *self)
{
  Entry *entry = g_steal_pointer (&self->entry);

  if (entry == NULL)
    return;

  if (!entry->bad && entry->login != NULL && entry->password != NULL)
    g_ptr_array_add (self->entries, entry);
  else
    entry_free (entry);
}

static void
begin_entry (SkeinNetrc *self)
{
  flush_entry (self);
  self->entry = g_new0 (Entry, 1);
}

static gboolean
take_keyword (SkeinNetrc *self,
              const char *word)
{
  const struct { const char *word; Due due; } known[] = {
    { "machine", DUE_MACHINE }, { "default", DUE_KEYWORD }, { "login", DUE_LOGIN }, { "user", DUE_LOGIN },
    { "password", DUE_PASSWORD }, { "passwd", DUE_PASSWORD }, { "account", DUE_IGNORED },
    { "macdef", DUE_MACRO_NAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strcmp (word, known[i].word) != 0)
        continue;
      if (i < 2)
        begin_entry (self);
      self->due = known[i].due;
      return TRUE;
    }

  return FALSE;
}

static char *
clean_host (const char *word)
{
  gsize length = strlen (word);
  g_autofree char *bare = word[0] == '[' && word[length - 1] == ']' ? g_strndup (word + 1, length - 2)
                                                                    : g_strdup (word);
  g_autofree char *ascii = g_utf8_validate (bare, -1, NULL) ? g_hostname_to_ascii (bare) : NULL;

  return ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
}

static void
take_value (SkeinNetrc *self,
            const char *word,
            gboolean    good)
{
  Entry *entry = self->entry;

  if (self->due == DUE_MACHINE)
    {
      entry->host = good ? clean_host (word) : NULL;
      entry->bad = entry->host == NULL;
    }
  else if (self->due == DUE_LOGIN && entry != NULL)
    {
      /* Basic and Digest both end the name at the first colon. */
      entry->bad = entry->bad || !good || strchr (word, ':') != NULL;
      g_free (entry->login);
      entry->login = g_strdup (word);
    }
  else if (self->due == DUE_PASSWORD && entry != NULL)
    {
      entry->bad = entry->bad || !good;
      skein_secret_free (entry->password);
      entry->password = g_strdup (word);
    }
}

static void
end_word (SkeinNetrc *self,
          gboolean    quoted)
{
  gboolean good = !self->too_long && memchr (self->word->str, '\0', self->word->len) == NULL;
  gboolean keyword = self->due == DUE_KEYWORD || (self->word_first && !quoted);
  gboolean macro = FALSE;

  /* Where a value is due, a keyword at the start of a line means that it is missing. */
  if (!(keyword && good && take_keyword (self, self->word->str)) && self->due != DUE_KEYWORD)
    {
      macro = self->due == DUE_MACRO_NAME;
      take_value (self, self->word->str, good);
      self->due = DUE_KEYWORD;
    }
  forget_word (self);
  self->state = macro ? STATE_MACRO : STATE_BETWEEN;
}

static void
append (SkeinNetrc *self,
        char        c)
{
  if (self->word->len < SKEIN_NETRC_MAX_WORD)
    g_string_append_c (self->word, c);
  else
    self->too_long = TRUE;
}

static void
begin_word (SkeinNetrc *self,
            char        c)
{
  self->word_first = self->line_start;
  if (c == '#' && self->due == DUE_KEYWORD)
    self->state = STATE_COMMENT;
  else if (c == '"')
    self->state = STATE_QUOTED;
  else
    {
      self->state = STATE_WORD;
      append (self, c);
    }
}

static char
unescape (char c)
{
  switch (c)
    {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
    }
}

static void
step (SkeinNetrc *self,
      char        c)
{
  switch (self->state)
    {
    case STATE_BETWEEN:
      if (!g_ascii_isspace (c))
        begin_word (self, c);
      break;
    case STATE_WORD:
      if (g_ascii_isspace (c))
        end_word (self, FALSE);
      else
        append (self, c);
      break;
    case STATE_QUOTED:
      if (c == '"' || c == '\n')
        end_word (self, TRUE);
      else if (c == '\\')
        self->state = STATE_ESCAPED;
      else
        append (self, c);
      break;
    case STATE_ESCAPED:
      append (self, unescape (c));
      self->state = STATE_QUOTED;
      break;
    case STATE_COMMENT:
      if (c == '\n')
        self->state = STATE_BETWEEN;
      break;
    case STATE_MACRO:
      if (c == '\n' && self->line_start)
        self->state = STATE_BETWEEN;
      break;
    default:
      g_assert_not_reached ();
    }

  self->line_start = c == '\n' || (self->line_start && g_ascii_isspace (c));
}

void
skein_netrc_feed (SkeinNetrc *self,
                  const char *bytes,
                  gsize       length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  for (gsize i = 0; i < length; i++)
    step (self, bytes[i]);
}

void
skein_netrc_end (SkeinNetrc *self)
{
  g_return_if_fail (self != NULL);

  if (self->state == STATE_WORD || self->state == STATE_QUOTED)
    end_word (self, self->state == STATE_QUOTED);
  flush_entry (self);
}

static char *
find (SkeinNetrc *self,
      const char *host,
      const char *user)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_strcmp0 (entry->host, host) == 0 && (user == NULL || strcmp (entry->login, user) == 0))
        return g_strconcat (entry->login, ":", entry->password, NULL);
    }

  return NULL;
}

char *
skein_netrc_find (SkeinNetrc *self,
                  const char *host,
                  const char *user,
                  gboolean    by_name)
{
  char *login;

  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  login = find (self, host, user);

  return login == NULL && !by_name ? find (self, NULL, user) : login;
}

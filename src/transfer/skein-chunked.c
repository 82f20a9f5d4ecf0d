/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skein-chunked.h"

#include <string.h>

#include "skein-error.h"

#define MOST_DIGITS   15        /* a size below 2^60 */
#define MOST_LINE     4096      /* size, extensions or a trailer field */
#define MOST_TRAILERS 65536

enum
{
  SIZE,           /* hex digits */
  EXTENSION,      /* up to the line's end */
  SIZE_LF,        /* CR seen */
  DATA,
  DATA_CR,        /* data done */
  DATA_LF,
  TRAILER_START,  /* at the head of a trailer line */
  TRAILER,        /* inside one */
  TRAILER_LF,
  END_LF,         /* CR of the empty line seen */
  DONE
};

void
skein_chunked_init (SkeinChunked *self)
{
  memset (self, 0, sizeof *self);
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, SKEIN_ERROR, SKEIN_ERROR_PROTOCOL, "Chunked body: %s", what);

  return FALSE;
}

static int
after_size (SkeinChunked *self)
{
  int state = self->left > 0 ? DATA : TRAILER_START;

  self->digits = self->line = 0;

  return state;
}

static gboolean
size_byte (SkeinChunked  *self,
           char           c,
           GError       **error)
{
  if (g_ascii_isxdigit (c))
    {
      if (++self->digits > MOST_DIGITS)
        return fail (error, "a size that is too large");
      self->left = self->left * 16 + (guint) g_ascii_xdigit_value (c);
      return TRUE;
    }

  if (self->digits == 0)
    return fail (error, "no size");

  /* RFC 9112 wants CR LF; a bare LF is what many servers send and every client takes. */
  if (c == '\r')
    self->state = SIZE_LF;
  else if (c == '\n')
    self->state = after_size (self);
  else if (c == ';' || c == ' ' || c == '\t')
    self->state = EXTENSION;
  else
    return fail (error, "a size that is no number");

  return TRUE;
}

static gboolean
trailer_byte (SkeinChunked  *self,
              char           c,
              GError       **error)
{
  if (++self->trailers > MOST_TRAILERS)
    return fail (error, "endless trailers");
  if (c == '\0')
    return fail (error, "a NUL in the trailers");

  if (self->state == TRAILER_START && c == '\r')
    self->state = END_LF;
  else if (self->state == TRAILER_START && c == '\n')
    self->state = DONE;
  else if (c == '\n')
    self->state = TRAILER_START;
  else if (c == '\r')
    self->state = TRAILER_LF;
  else
    self->state = TRAILER;

  return TRUE;
}

static gboolean
expect_lf (SkeinChunked  *self,
           char           c,
           int            next,
           GError       **error)
{
  if (c != '\n')
    return fail (error, "a line without its end");

  self->state = next;

  return TRUE;
}

static gboolean
control_byte (SkeinChunked  *self,
              char           c,
              GError       **error)
{
  switch (self->state)
    {
    case SIZE:
      return size_byte (self, c, error);

    case EXTENSION:
      if (++self->line > MOST_LINE)
        return fail (error, "an endless extension");
      if (c == '\r')
        self->state = SIZE_LF;
      else if (c == '\n')
        self->state = after_size (self);
      return TRUE;

    case SIZE_LF:
      return expect_lf (self, c, after_size (self), error);

    case DATA_CR:
      if (c == '\r')
        self->state = DATA_LF;
      else
        return expect_lf (self, c, SIZE, error);
      return TRUE;

    case DATA_LF:
      return expect_lf (self, c, SIZE, error);

    case TRAILER_LF:
      return expect_lf (self, c, TRAILER_START, error);

    case END_LF:
      return expect_lf (self, c, DONE, error);

    default:
      return trailer_byte (self, c, error);
    }
}

gboolean
skein_chunked_decode (SkeinChunked  *self,
                      guint8        *bytes,
                      gsize          length,
                      gsize         *decoded,
                      GError       **error)
{
  gsize in = 0;
  gsize out = 0;

  while (in < length && self->state != DONE)
    {
      if (self->state == DATA)
        {
          gsize n = (gsize) MIN (self->left, length - in);

          memmove (bytes + out, bytes + in, n);
          in += n;
          out += n;
          self->left -= n;
          if (self->left == 0)
            self->state = DATA_CR;
        }
      else if (!control_byte (self, (char) bytes[in++], error))
        return FALSE;
    }

  *decoded = out;

  return TRUE;
}

gboolean
skein_chunked_is_done (SkeinChunked *self)
{
  return self->state == DONE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-describe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "skein-error.h"

/* Without a host: what the disk and the list say. */
static const char *
describe_local (int code)
{
  switch (code)
    {
    case SKEIN_ERROR_INVALID_ADDRESS:
      return _("This is not an address. Check how it is written.");
    case SKEIN_ERROR_UNSUPPORTED_SCHEME:
      return _("Addresses of this kind cannot be downloaded; those of http and https can.");
    case SKEIN_ERROR_NO_BACKEND:
      return _("Addresses of this kind need GVfs with a part for them, which is not there. Install it, or find an "
               "address of http or https.");
    case SKEIN_ERROR_NOT_FOUND:
      return _("There is no such file. Check the address.");
    case SKEIN_ERROR_NOT_A_FILE:
      return _("This is a folder or a device, not a file. Check the address.");
    case SKEIN_ERROR_UNREADABLE:
      return _("You are not allowed to read this file.");
    case SKEIN_ERROR_FOLDER:
      return _("The folder is not there. Choose another folder, or create it again.");
    case SKEIN_ERROR_PERMISSION:
      return _("You are not allowed to write in this folder. Choose another folder.");
    case SKEIN_ERROR_READ_ONLY:
      return _("The folder is on a disk that cannot be written to. Choose another folder.");
    case SKEIN_ERROR_NO_SPACE:
      return _("The disk is full. Make room, then try again.");
    case SKEIN_ERROR_TOO_LARGE:
      return _("The file is too large for this disk. Choose a folder on another disk.");
    case SKEIN_ERROR_IN_USE:
      return _("Another program is downloading this file to the same folder. Wait for it, or stop it.");
    case SKEIN_ERROR_IO:
      return _("The disk could not be read or written. Check it, or choose another folder.");
    case SKEIN_ERROR_BAD_RECORD:
      return _("What was kept of this download is damaged. Cancel it, then download it again.");
    case SKEIN_ERROR_BAD_METALINK:
      return _("This is no Metalink file that can be read. Ask whoever gave it to you for a new one.");
    case SKEIN_ERROR_PREEMPTED:
      return _("The download was interrupted. Try again.");
    case SKEIN_ERROR_BAD_TASK:
      return _("The helper program does not understand what it is asked to do. Install Skein again.");
    case SKEIN_ERROR_WORKER:
      return _("The helper program ended unexpectedly. Try again.");
    default:
      return NULL;
    }
}

static const char *
describe_remote_format (int code)
{
  switch (code)
    {
    case SKEIN_ERROR_HOST_NOT_FOUND:
      return _("No server is called %s. Check the address and the network connection.");
    case SKEIN_ERROR_CONNECT:
      return _("%s could not be reached. Check the network connection, or try again later.");
    case SKEIN_ERROR_PROXY:
      return _("The proxy did not let the way to %s open. Check the proxy in the network settings.");
    case SKEIN_ERROR_CERTIFICATE:
      return _("%s could not prove that it is the right server: its certificate is not trusted. "
               "Check the address and this computer’s clock.");
    case SKEIN_ERROR_LOGIN:
      return _("%s asks for a login, or refused it. Add the address with user name and password.");
    case SKEIN_ERROR_TLS:
      return _("No secure connection to %s was possible. Try again later.");
    case SKEIN_ERROR_NO_ANSWER:
      return _("%s did not answer in time. Try again later.");
    case SKEIN_ERROR_STALLED:
      return _("%s stopped sending. Try again.");
    case SKEIN_ERROR_TOO_SLOW:
      return _("%s sends almost nothing. Try again later.");
    case SKEIN_ERROR_PROTOCOL:
      return _("The answer of %s makes no sense. The address may not be a download.");
    case SKEIN_ERROR_TRUNCATED:
      return _("%s ended the file too early. Try again.");
    case SKEIN_ERROR_RANGE:
      return _("%s gave another part of the file than it was asked for. Try again.");
    case SKEIN_ERROR_CHANGED:
      return _("The file on %s keeps changing while it is downloaded. Try again later.");
    case SKEIN_ERROR_TOO_MANY_REDIRECTS:
      return _("%s sends from one address to the next without end. Check the address.");
    case SKEIN_ERROR_BAD_REDIRECT:
      return _("%s sends to an address that cannot be used. Check the address.");
    case SKEIN_ERROR_REDIRECT_REFUSED:
      return _("%s sends to an address that is not secure, or that is inside your own network. "
               "This was refused.");
    default:
      return NULL;
    }
}

static const char *
describe_status_format (int status)
{
  switch (status)
    {
    case 401:
      return _("%s asks for a login (%d). Add the address with user name and password.");
    case 403:
      return _("%s does not allow this download (%d). It may need a login on its website.");
    case 407:
      return _("The proxy before %s asks for a login (%d). Check the proxy in the network settings.");
    case 408:
      return _("%s waited too long for us (%d). Try again.");
    case 416:
      return _("%s has no such part of the file (%d). Cancel it, then download it again.");
    case 429:
      return _("%s has had too many requests (%d). Wait a while, then try again.");
    case 451:
      return _("%s may not give this file for legal reasons (%d).");
    case 503:
      return _("%s is too busy or closed for repairs (%d). Try again later.");
    default:
      if (status >= 500)
        return _("%s has a problem of its own (%d). Try again later.");
      return _("%s did not give the file (status %d). Check the address.");
    }
}

static char *
fill_in_host (const char *format,
              const char *host)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, host);
#pragma GCC diagnostic pop
}

static char *
describe_status (int         status,
                 const char *host)
{
  if (status == 404)
    return g_strdup_printf (_("The server says there is no such file (%d). Check the address."), status);
  if (status == 410)
    return g_strdup_printf (_("The server says the file is gone for good (%d)."), status);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (describe_status_format (status), host, status);
#pragma GCC diagnostic pop
}

char *
skein_describe_pause (const GError *error)
{
  if (error->domain == SKEIN_HTTP_STATUS)
    return g_strdup_printf (_("This network asks for a sign-in (%d). Sign in with a web browser, then resume."),
                            error->code);
  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_NO_SPACE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_("The disk is full. Free some space, then resume."));
  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_FOLDER))
    return g_strdup (_("The folder is not there. Create it again or connect its disk, then resume."));
  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_READ_ONLY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup (_("The folder is on a disk that cannot be written to. Change that, then resume."));

  return g_strdup (_("The disk could not be read or written. Check it, then resume."));
}

char *
skein_describe_expired (const GError *error)
{
  /* Translators: %d is a status of HTTP */
  return g_strdup_printf (_("The address worked before and does no more (%d). What came is kept for a new address."),
                          error->code);
}

/* The name of the proxy stands first in the message, before a colon and a blank; %NULL if there is none. */
static char *
describe_proxy (const GError *error,
                const char   *host)
{
  const char *end = strstr (error->message, ": ");
  g_autofree char *name = end != NULL ? g_strndup (error->message, (gsize) (end - error->message))
                                      : g_strdup (error->message);

  if (*name == '\0' || strchr (name, ' ') != NULL)
    return NULL;

  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_PROXY))
    /* Translators: the first %s is a server, the second a proxy */
    return g_strdup_printf (_("There was no way to %s through the proxy %s. Check the proxy."), host, name);
  if (g_error_matches (error, SKEIN_HTTP_STATUS, 407))
    /* Translators: %s is the name of a proxy */
    return g_strdup_printf (_("The proxy %s asks for a login (%d). Check the address of the proxy."), name, 407);

  return NULL;
}

char *
skein_describe_error (const GError *error,
                      const char   *host)
{
  const char *format;
  char *text;

  if (error == NULL)
    return g_strdup (_("The download failed."));
  if (host == NULL || *host == '\0')
    host = _("The server");

  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_DIGEST))
    /* Translators: %s is "SHA-256 is VALUE, not VALUE" */
    return g_strdup_printf (_("The file is damaged or another one: %s. What came stays as a part file."),
                            error->message);
  if (g_error_matches (error, SKEIN_ERROR, SKEIN_ERROR_SIZE))
    /* Translators: %s is "NUMBER bytes, not NUMBER" */
    return g_strdup_printf (_("The file is another one than it ought to be: %s."), error->message);
  text = describe_proxy (error, host);
  if (text != NULL)
    return text;
  if (error->domain == SKEIN_HTTP_STATUS)
    return describe_status (error->code, host);

  if (error->domain == SKEIN_ERROR)
    {
      format = describe_local (error->code);
      if (format != NULL)
        return g_strdup (format);
      format = describe_remote_format (error->code);
      if (format != NULL)
        return fill_in_host (format, host);
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("The download was stopped."));

  /* Translators: %s is a message in English from a library */
  return g_strdup_printf (_("The download failed: %s"), error->message);
}

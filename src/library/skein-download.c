/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "skein-download-private.h"

#include <glib/gi18n-lib.h>

#include "skein-describe.h"
#include "skein-file-name.h"
#include "skein-practice-link.h"
#include "skein-uri.h"

enum
{
  PROP_ADDRESS = 1,
  PROP_HOST,
  PROP_FOLDER,
  PROP_NAME,
  PROP_STATE,
  PROP_RECEIVED,
  PROP_TOTAL,
  PROP_FRACTION,
  PROP_RATE,
  PROP_TIME_LEFT,
  PROP_FROZEN,
  PROP_LENGTH_KNOWN,
  PROP_ERROR,
  PROP_FACTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SkeinDownload, skein_download, G_TYPE_OBJECT)

GType
skein_download_state_get_type (void)
{
  static GType type;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { SKEIN_DOWNLOAD_WAITING, "SKEIN_DOWNLOAD_WAITING", "waiting" },
        { SKEIN_DOWNLOAD_DELAYED, "SKEIN_DOWNLOAD_DELAYED", "delayed" },
        { SKEIN_DOWNLOAD_RUNNING, "SKEIN_DOWNLOAD_RUNNING", "running" },
        { SKEIN_DOWNLOAD_PAUSED, "SKEIN_DOWNLOAD_PAUSED", "paused" },
        { SKEIN_DOWNLOAD_FINISHED, "SKEIN_DOWNLOAD_FINISHED", "finished" },
        { SKEIN_DOWNLOAD_FAILED, "SKEIN_DOWNLOAD_FAILED", "failed" },
        { SKEIN_DOWNLOAD_CANCELLED, "SKEIN_DOWNLOAD_CANCELLED", "cancelled" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("SkeinDownloadState", values));
    }

  return type;
}

static void
notify (SkeinDownload *self,
        guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
notify_fraction (SkeinDownload *self,
                 double         before)
{
  if (!G_APPROX_VALUE (before, skein_download_get_fraction (self), G_MINDOUBLE))
    notify (self, PROP_FRACTION);
}

SkeinDownload *
skein_download_new (const char *address,
                    const char *login,
                    const char *folder,
                    const char *name)
{
  SkeinDownload *self = g_object_new (SKEIN_TYPE_DOWNLOAD, NULL);

  self->address = g_strdup (address);
  self->login = g_strdup (login);
  self->folder = g_strdup (folder);
  self->wanted_name = g_strdup (name);

  if (g_str_has_prefix (address, SKEIN_PRACTICE_PREFIX))
    {
      self->host = g_strdup (_("Practice server on this computer"));
      self->host_key = g_strdup (SKEIN_PRACTICE_PREFIX);
      if (name == NULL)
        name = address + strlen (SKEIN_PRACTICE_PREFIX);
    }
  else if (skein_uri_get_kind (address) == SKEIN_URI_FILE || skein_uri_get_kind (address) == SKEIN_URI_DATA)
    {
      self->host = g_strdup (_("This computer"));
      self->host_key = skein_uri_dup_host_key (address);
    }
  else
    {
      self->host = skein_uri_dup_host_label (address);
      self->host_key = skein_uri_dup_host_key (address);
    }

  if (name != NULL)
    self->name = skein_file_name_sanitize (name, -1);
  else
    self->name = skein_file_name_from_uri (address);

  return self;
}

void
skein_download_set_state (SkeinDownload      *self,
                          SkeinDownloadState  state)
{
  double fraction = skein_download_get_fraction (self);

  if (self->state == state)
    return;

  self->state = state;
  notify (self, PROP_STATE);
  notify_fraction (self, fraction);
  skein_download_refresh_facts (self);
}

void
skein_download_set_name (SkeinDownload *self,
                         const char    *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  notify (self, PROP_NAME);
}

gboolean
skein_download_set_amount (SkeinDownload *self,
                           guint64        received,
                           gint64         total)
{
  double fraction = skein_download_get_fraction (self);
  gboolean changed = received != self->received || total != self->total;

  if (received != self->received)
    {
      self->received = received;
      notify (self, PROP_RECEIVED);
    }
  if (total != self->total)
    {
      self->total = total;
      notify (self, PROP_TOTAL);
    }
  notify_fraction (self, fraction);

  return changed;
}

gboolean
skein_download_set_speed (SkeinDownload *self,
                          guint64        rate,
                          gint64         time_left)
{
  gboolean changed = rate != self->rate || time_left != self->time_left;

  if (rate != self->rate)
    {
      self->rate = rate;
      notify (self, PROP_RATE);
    }
  if (time_left != self->time_left)
    {
      self->time_left = time_left;
      notify (self, PROP_TIME_LEFT);
    }

  return changed;
}

void
skein_download_set_frozen (SkeinDownload *self,
                           gboolean       frozen)
{
  if (self->frozen == frozen)
    return;

  self->frozen = frozen;
  notify (self, PROP_FROZEN);
}

void
skein_download_set_path (SkeinDownload *self,
                         const char    *path,
                         gboolean       length_known)
{
  g_free (self->path);
  self->path = g_strdup (path);

  if (self->length_known != length_known)
    {
      self->length_known = length_known;
      notify (self, PROP_LENGTH_KNOWN);
    }
}

void
skein_download_take_error (SkeinDownload *self,
                           GError        *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

void
skein_download_refresh_facts (SkeinDownload *self)
{
  g_autofree char *facts = skein_describe_facts (self);

  if (g_strcmp0 (facts, self->facts) == 0)
    return;

  g_free (self->facts);
  self->facts = g_steal_pointer (&facts);
  notify (self, PROP_FACTS);
}

const char *
skein_download_get_address (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->address;
}

const char *
skein_download_get_host (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->host;
}

const char *
skein_download_get_folder (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->folder;
}

const char *
skein_download_get_name (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->name;
}

SkeinDownloadState
skein_download_get_state (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), SKEIN_DOWNLOAD_FAILED);

  return self->state;
}

guint64
skein_download_get_received (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), 0);

  return self->received;
}

gint64
skein_download_get_total (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), -1);

  return self->total;
}

double
skein_download_get_fraction (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), 0);

  if (self->state == SKEIN_DOWNLOAD_FINISHED)
    return 1;
  if (self->total <= 0)
    return 0;

  return MIN ((double) self->received / (double) self->total, 1);
}

guint64
skein_download_get_rate (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), 0);

  return self->rate;
}

gint64
skein_download_get_time_left (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), -1);

  return self->time_left;
}

gboolean
skein_download_get_frozen (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), FALSE);

  return self->frozen;
}

gboolean
skein_download_get_length_known (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), FALSE);

  return self->length_known;
}

const char *
skein_download_get_media_type (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->media_type;
}

const GError *
skein_download_get_error (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->error;
}

const char *
skein_download_get_facts (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  if (self->facts == NULL)
    self->facts = skein_describe_facts (self);

  return self->facts;
}

gint64
skein_download_get_duration (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), 0);

  return self->duration;
}

const GArray *
skein_download_get_notes (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->notes;
}

const char *
skein_download_get_path (SkeinDownload *self)
{
  g_return_val_if_fail (SKEIN_IS_DOWNLOAD (self), NULL);

  return self->path;
}

static void
skein_download_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  SkeinDownload *self = SKEIN_DOWNLOAD (object);

  switch (prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, skein_download_get_fraction (self));
      break;
    case PROP_RATE:
      g_value_set_uint64 (value, self->rate);
      break;
    case PROP_TIME_LEFT:
      g_value_set_int64 (value, self->time_left);
      break;
    case PROP_FROZEN:
      g_value_set_boolean (value, self->frozen);
      break;
    case PROP_LENGTH_KNOWN:
      g_value_set_boolean (value, self->length_known);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_FACTS:
      g_value_set_string (value, skein_download_get_facts (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
skein_download_finalize (GObject *object)
{
  SkeinDownload *self = SKEIN_DOWNLOAD (object);

  g_free (self->address);
  g_free (self->login);
  g_free (self->host);
  g_free (self->host_key);
  g_free (self->folder);
  g_free (self->wanted_name);
  g_clear_pointer (&self->limiter, skein_rate_limiter_unref);
  g_clear_pointer (&self->digest, skein_digest_free);
  g_clear_pointer (&self->journal, skein_journal_unref);
  g_clear_pointer (&self->request, skein_request_options_unref);
  g_clear_pointer (&self->sources, skein_source_set_unref);
  g_free (self->media_type);
  g_free (self->name);
  g_free (self->path);
  g_free (self->facts);
  g_free (self->fetched);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->transfer, skein_transfer_unref);

  G_OBJECT_CLASS (skein_download_parent_class)->finalize (object);
}

static void
skein_download_class_init (SkeinDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = skein_download_get_property;
  object_class->finalize = skein_download_finalize;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);
  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SKEIN_TYPE_DOWNLOAD_STATE,
                                              SKEIN_DOWNLOAD_WAITING, flags);
  properties[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_RATE] = g_param_spec_uint64 ("rate", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TIME_LEFT] = g_param_spec_int64 ("time-left", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_FROZEN] = g_param_spec_boolean ("frozen", NULL, NULL, FALSE, flags);
  properties[PROP_LENGTH_KNOWN] = g_param_spec_boolean ("length-known", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_FACTS] = g_param_spec_string ("facts", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
skein_download_init (SkeinDownload *self)
{
  self->state = SKEIN_DOWNLOAD_WAITING;
  self->total = -1;
  self->checked = -1;
  self->time_left = -1;
  self->retry_in = -1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SkeinXmlCursor:
 *
 * Walks through the elements of a small document from outside, forwards, without building a tree. What
 * makes XML dangerous is refused before a parser sees it: document types and with them entities, other
 * encodings than UTF-8 and Latin-1, tags beyond 2 KiB, more than two million tags, more than 16 levels. One
 * thread at a time.
 */
typedef struct _SkeinXmlCursor SkeinXmlCursor;

/**
 * skein_xml_cursor_new:
 * @bytes: (array length=length): the document; must stay until the cursor is freed
 * @length: how many, below 1 GiB
 * @error: %SKEIN_ERROR_BAD_METALINK
 *
 * Returns: (transfer full) (nullable): a cursor at the root element
 */
SkeinXmlCursor *skein_xml_cursor_new           (const char      *bytes,
                                                gsize            length,
                                                GError         **error);

/**
 * skein_xml_cursor_free:
 * @self: (transfer full): a cursor
 */
void            skein_xml_cursor_free          (SkeinXmlCursor  *self);

/**
 * skein_xml_cursor_get_depth:
 * @self: a cursor
 *
 * Returns: levels above the current node, 0 for the root element
 */
int             skein_xml_cursor_get_depth     (SkeinXmlCursor  *self);

/**
 * skein_xml_cursor_get_line:
 * @self: a cursor
 *
 * Returns: the line of the current node, from 1
 */
guint           skein_xml_cursor_get_line      (SkeinXmlCursor  *self);

/**
 * skein_xml_cursor_next_child:
 * @self: a cursor, at an element or somewhere inside of it
 * @depth: the depth of that element
 *
 * Goes to its next child element, over whatever lies between.
 *
 * Returns: %FALSE at the end of the element, and after an error
 */
gboolean        skein_xml_cursor_next_child    (SkeinXmlCursor  *self,
                                                int              depth);

/**
 * skein_xml_cursor_get_name:
 * @self: a cursor at an element
 *
 * Returns: (transfer none): its name without prefix; valid until the cursor moves
 */
const char     *skein_xml_cursor_get_name      (SkeinXmlCursor  *self);

/**
 * skein_xml_cursor_get_namespace:
 * @self: a cursor at an element
 *
 * Returns: (transfer none): its namespace, empty if it has none; valid until the cursor moves
 */
const char     *skein_xml_cursor_get_namespace (SkeinXmlCursor  *self);

/**
 * skein_xml_cursor_dup_attribute:
 * @self: a cursor at an element
 * @name: an attribute without prefix
 *
 * Returns: (transfer full) (nullable): its value
 */
char           *skein_xml_cursor_dup_attribute (SkeinXmlCursor  *self,
                                                const char      *name);

/**
 * skein_xml_cursor_dup_text:
 * @self: a cursor at an element
 * @max_length: bytes to keep at the most
 *
 * Goes to the end of the element.
 *
 * Returns: (transfer full): the text in it, without that of its children and without white space at the
 *   ends; if it was cut, perhaps within a character, "…" follows
 */
char           *skein_xml_cursor_dup_text      (SkeinXmlCursor  *self,
                                                gsize            max_length);

/**
 * skein_xml_cursor_finish:
 * @self: a cursor
 * @error: %SKEIN_ERROR_BAD_METALINK
 *
 * Reads the rest of the document.
 *
 * Returns: %FALSE if the document is not well-formed or goes beyond a limit, here or before
 */
gboolean        skein_xml_cursor_finish        (SkeinXmlCursor  *self,
                                                GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SkeinXmlCursor, skein_xml_cursor_free)

G_END_DECLS

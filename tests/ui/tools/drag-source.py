#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of another toolkit to drag from: drag-source.py FORMAT FILE [FORMAT FILE…]

FORMAT is "uris" (text/uri-list), "text" or a target's own name such as text/x-moz-url. What a file holds is
given as it is. Prints "ready", and "given TARGET" each time that data was fetched."""

import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

NAMES = {'uris': ['text/uri-list'], 'text': ['UTF8_STRING', 'text/plain;charset=utf-8']}


def read_offers(arguments):
    offers = {}
    for name, path in zip(arguments[::2], arguments[1::2]):
        with open(path, 'rb') as file:
            data = file.read()
        for target in NAMES.get(name, [name]):
            offers[target] = data
    return offers


def give(_widget, _context, selection, _info, _time, offers):
    target = selection.get_target()
    selection.set(target, 8, offers[target.name()])
    print('given', target.name(), flush=True)


def main():
    offers = read_offers(sys.argv[1:])
    window = Gtk.Window(title='Drag Source', default_width=260, default_height=160)
    source = Gtk.EventBox()
    source.add(Gtk.Label(label='Drag me'))
    source.drag_source_set(Gdk.ModifierType.BUTTON1_MASK,
                           [Gtk.TargetEntry.new(target, 0, 0) for target in offers],
                           Gdk.DragAction.COPY | Gdk.DragAction.LINK)
    source.connect('drag-data-get', give, offers)
    window.add(source)
    window.connect('destroy', Gtk.main_quit)
    window.connect('map-event', lambda *_: print('ready', flush=True))
    window.show_all()
    Gtk.main()


main()

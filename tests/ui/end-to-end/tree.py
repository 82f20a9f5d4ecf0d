# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds: the accessible tree of a program."""

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

LIST_NAME = 'Downloads'
# A frozen program gives no answer at all.
Atspi.set_timeout(5000, 5000)


def find_application(pid):
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        try:
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == pid:
                application.set_cache_mask(Atspi.Cache.NONE)
                return application
        except GLib.Error:
            continue
    return None


def children(node):
    found = []
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            found.append(child)
    return found


def walk(node, into_list=True):
    """The node and all below it; widgets that go while we look are left out."""
    yield node
    try:
        below = children(node)
    except GLib.Error:
        return
    for child in below:
        try:
            leave_out = not into_list and child.get_name() == LIST_NAME
        except GLib.Error:
            continue
        if not leave_out:
            yield from walk(child, into_list)


def is_called(node, name):
    """GTK 4.8 says the name of a button with a text twice, at first with its mnemonic: "_Add Add"."""
    said = node.get_name()
    return said == name or said.replace('_', '', 1) == f'{name} {name}'


def find(node, role, name=None, into_list=True):
    """The first with this role (as AT-SPI names it) and name."""
    for candidate in walk(node, into_list):
        try:
            if candidate.get_role_name() == role and (name is None or is_called(candidate, name)):
                return candidate
        except GLib.Error:
            continue
    return None


def texts(node, into_list=True):
    """All labels."""
    found = []
    for candidate in walk(node, into_list):
        try:
            if candidate.get_role_name() == 'label' and candidate.get_name():
                found.append(candidate.get_name())
        except GLib.Error:
            continue
    return found


def press(node):
    action = node.get_action_iface()
    assert action is not None, f'{node.get_role_name()} {node.get_name()!r} cannot be pressed'
    action.do_action(0)


def is_checked(node):
    return node.get_state_set().contains(Atspi.StateType.CHECKED)


def extents(node):
    """Within the window: x, y, width, height."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return box.x, box.y, box.width, box.height


class Row:
    """What one row of the list says just now."""

    def __init__(self, item):
        self.name = self.host = self.facts = ''
        self.bar = None
        self.buttons = {}
        labels = []
        for node in walk(item):
            role = node.get_role_name()
            if role == 'label':
                labels.append(node.get_name())
            elif role == 'progress bar':
                self.bar = node
            elif role == 'push button' and node.get_name():
                self.buttons[node.get_name()] = node
        if len(labels) >= 3:
            self.name, self.host, self.facts = labels[:3]

    def fraction(self):
        return self.bar.get_value_iface().get_current_value()

    def press(self, command):
        press(self.buttons[f'{command} {self.name}'])

    def is_finished(self):
        return f'Open {self.name}' in self.buttons

    def is_failed(self):
        return f'Remove {self.name}' in self.buttons

    def __repr__(self):
        return f'<{self.name}: {self.facts}>'


def rows(frame):
    """The rows that have a widget, in the order in which AT-SPI has them."""
    view = find(frame, 'list', LIST_NAME)
    found = []
    for item in children(view) if view is not None else []:
        try:
            row = Row(item)
        except GLib.Error:
            continue
        if row.name:
            found.append(row)
    return found

# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs that take part: Skein, its practice server, and those that look at it or are dragged from."""

import ctypes
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

from gi.repository import Gio, GLib

import screen
import tree
from tap import BUILD_ROOT
from waiting import CONTEXT, Late, PATIENCE, wait_until

LIBC = ctypes.CDLL(None)
TOOLS = os.path.join(os.path.dirname(__file__), '..', 'tools')
SOURCE_ROOT = os.path.join(os.path.dirname(__file__), '..', '..', '..')
APPLICATION_ID = 'io.github.skein.Skein'
OBJECT_PATH = '/io/github/skein/Skein'
# GTK 4.8 says the first one itself when things are dropped, GIO the second where no desktop takes notifications.
HARMLESS = re.compile(r'gdk_drop_set_actions: assertion|unable to send notifications through')
COMPLAINT = re.compile(r'\b(CRITICAL|WARNING|ERROR|runtime error|Sanitizer)\b')


def built(*names):
    return os.path.join(BUILD_ROOT, *names)


def read_all(file):
    """Leaves the place in the file alone, which is also that of the program that writes it."""
    number = file.fileno()
    return os.pread(number, os.fstat(number).st_size, 0).decode(errors='replace')


def end_with_parent():
    """Whatever becomes of the test, nothing that it started stays (prctl (PR_SET_PDEATHSIG, SIGKILL))."""
    LIBC.prctl(1, signal.SIGKILL)


class Program:
    """A child process whose output is kept."""

    def __init__(self, *command, env=None):
        self.command = command
        self.output = tempfile.TemporaryFile()
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, env=env, stdout=self.output, stderr=self.errors,
                                        preexec_fn=end_with_parent)

    @property
    def pid(self):
        return self.process.pid

    def running(self):
        return self.process.poll() is None

    def said(self):
        return read_all(self.output)

    def complained(self):
        return read_all(self.errors)

    def wait(self, seconds=PATIENCE):
        """The exit status."""
        wait_until(lambda: not self.running(), f'the end of {self.command[0]}', seconds)
        return self.process.returncode

    def stop(self):
        if self.running():
            self.process.terminate()
        try:
            self.wait()
        finally:
            if self.running():
                self.process.kill()
                self.process.wait()


class Practice(Program):
    """The practice server, of low priority: it stands for another machine, which takes none of our cores."""

    def __init__(self):
        super().__init__('/usr/bin/nice', '-n', '19', built('src', 'practice', 'skein-practice'), '--port', '0')
        self.address = wait_until(lambda: re.search(r'http://\S+[^/\s]', self.said()), 'the address of the server')[0]

    def pictures(self, count=12, **knobs):
        query = '&'.join(f'{name}={value}' for name, value in knobs.items())
        return [f'{self.address}/pictures/{i}.png{"?" if query else ""}{query}' for i in range(1, count + 1)]

    def get(self, address):
        """What the server has under an address, without its knobs."""
        with urllib.request.urlopen(address.split('?')[0], timeout=PATIENCE) as answer:
            return answer.read()


def digest(data):
    return hashlib.sha256(data).hexdigest()


def write_settings(folder, settings):
    path = os.path.join(folder, 'glib-2.0', 'settings')
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write('[io/github/skein/Skein]\n')
        for key, value in settings.items():
            file.write(f'{key}={value}\n')


def skein_environment(case):
    """Of a Skein that runs where it was built and keeps everything in the folder of the case."""
    data_dirs = os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')
    return {**os.environ,
            # Its complaints are read at the end: GTK itself makes one that must not end the program.
            'G_DEBUG': '',
            'GSETTINGS_BACKEND': 'keyfile',
            'GSETTINGS_SCHEMA_DIR': built('data'),
            'SKEIN_BINDIR': built('src', 'practice') + ':' + built('src', 'get'),
            'XDG_CONFIG_HOME': case.path('config', ''),
            'XDG_CACHE_HOME': case.path('cache', ''),
            'XDG_DATA_HOME': case.path('data', ''),
            'XDG_STATE_HOME': case.path('state', ''),
            'XDG_DATA_DIRS': f'{os.path.join(SOURCE_ROOT, "data")}:{data_dirs}'}


class Window:
    """What can be seen of and done to Skein's window, however it was started: needs a pid and running()."""

    folder = window = application = frame = None

    def wait_for_window(self):
        self.window = wait_until(self.find_window, 'the window of Skein')
        self.wait_for_application()

    def wait_for_application(self):
        self.application = wait_until(lambda: tree.find_application(self.pid), 'the program in the accessible tree')
        self.frame = wait_until(lambda: tree.find(self.application, 'frame', 'Skein'), 'its window there')

    def find_window(self):
        assert self.running(), 'Skein has ended'
        found = screen.find_windows('Skein')
        return found[-1] if found else None

    def rows(self):
        return tree.rows(self.frame)

    def row(self, name):
        return next((row for row in self.rows() if row.name == name), None)

    def wait_for_row(self, name, condition=lambda row: True, what='be there', seconds=PATIENCE):
        def ask():
            row = self.row(name)
            return row if row is not None and condition(row) else None
        try:
            return wait_until(ask, f'{name} to {what}', seconds)
        except Late as late:
            raise Late(f'{late}; rows: {self.rows()}') from None

    def wait_for_facts(self, name, pattern):
        return self.wait_for_row(name, lambda row: re.search(pattern, row.facts), f'say “{pattern}”')

    def wait_for_finished(self, *names, seconds=PATIENCE):
        for name in names:
            self.wait_for_row(name, tree.Row.is_finished, 'be finished', seconds)

    def texts(self):
        """All texts but those of rows; of dialogs too."""
        return tree.texts(self.application, into_list=False)

    def wait_for_text(self, pattern, seconds=PATIENCE):
        def ask():
            return next(filter(None, (re.search(pattern, text) for text in self.texts())), None)
        try:
            return wait_until(ask, f'the text “{pattern}”', seconds)
        except Late as late:
            raise Late(f'{late}; there are {self.texts()}') from None

    def wait_for(self, role, name):
        return wait_until(lambda: tree.find(self.application, role, name, into_list=False), f'the {role} “{name}”')

    def press(self, name):
        tree.press(self.wait_for('push button', name))

    def count_rows(self):
        return tree.find(self.frame, 'list', tree.LIST_NAME).get_child_count()

    def select(self, *indices):
        """Rows, by their place among the children of the list."""
        selection = tree.find(self.frame, 'list', tree.LIST_NAME).get_selection_iface()
        selection.clear_selection()
        for index in indices:
            selection.select_child(index)

    def check_box(self):
        return tree.find(self.frame, 'check box', into_list=False)

    def is_checked(self):
        return tree.is_checked(self.check_box())

    def click_on(self, node):
        x, y, width, height = tree.extents(node)
        left, top, _, _ = screen.geometry(self.window)
        screen.click(left + x + min(width, 24) // 2, top + y + height // 2)

    def centre(self):
        """Where on the screen the middle of the window is."""
        x, y, width, height = screen.geometry(self.window)
        return x + width // 2, y + height // 2

    def activate(self, name, path=OBJECT_PATH + '/window/1'):
        """An action of the window."""
        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            APPLICATION_ID, path, 'org.gtk.Actions', 'Activate', GLib.Variant('(sava{sv})', (name, [], {})),
            None, Gio.DBusCallFlags.NONE, 30000)

    def file(self, name):
        with open(os.path.join(self.folder, name), 'rb') as file:
            return file.read()

    def files(self):
        return sorted(os.listdir(self.folder))


class Skein(Window, Program):
    """The window, where it was built."""

    def __init__(self, case, *arguments, settings=None, env=None, window=True):
        self.folder = case.path('Downloads', '')
        write_settings(case.path('config', ''), {'folder': f"'{self.folder.rstrip('/')}'", 'explain-freeze': 'false',
                                                 **(settings or {})})
        self.environment = {**skein_environment(case), **(env or {})}
        Program.__init__(self, built('src', 'app', 'skein'), *arguments, env=self.environment)
        if window:
            self.wait_for_window()

    def hand_over(self, *arguments):
        """A second start, which gives its addresses to the first."""
        second = Program(*self.command[:1], *arguments, env=self.environment)
        status = second.wait()
        assert status == 0, f'The second start ended with {status}: {second.complained()}'

    def complaints(self):
        return [line for line in self.complained().splitlines()
                if COMPLAINT.search(line) and not HARMLESS.search(line)]

    def stop(self):
        Program.stop(self)
        assert not self.complaints(), 'Skein complained:\n' + self.complained()
        assert self.process.returncode == 0, f'Skein ended with {self.process.returncode}:\n{self.complained()}'


def bus_name_is_owned(name=APPLICATION_ID):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    answer = bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner',
                           GLib.Variant('(s)', (name,)), None, Gio.DBusCallFlags.NONE, 5000)
    return answer[0]


class Unchecked(Program):
    """Somebody else's program, whose end is not looked at."""

    def stop(self):
        if self.running():
            self.process.terminate()
        self.process.wait(PATIENCE)


class WindowManager(Unchecked):
    """openbox, once it manages the display."""

    def __init__(self):
        super().__init__('openbox')
        wait_until(self.manages, 'the window manager')

    def manages(self):
        said = subprocess.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], stdout=subprocess.PIPE, text=True,
                              check=False, timeout=30).stdout
        return 'window id' in said


class DragSource(Unchecked):
    """A window of another toolkit that offers data: (format, file) …"""

    def __init__(self, *offers):
        arguments = [part for offer in offers for part in offer]
        # Two programs with accessible trees, one of them dragging, and the library that reads them waits for ever.
        super().__init__('/usr/bin/python3', os.path.join(TOOLS, 'drag-source.py'), *arguments,
                         env={**os.environ, 'NO_AT_BRIDGE': '1'})
        wait_until(lambda: 'ready' in self.said(), 'the window to drag from')
        self.window = screen.wait_for_window('Drag Source')

    def drag_to(self, skein, highlighted):
        """Puts the windows side by side and drags what there is into the middle of Skein's."""
        screen.place(self.window, 20, 800)
        screen.place(skein.window, 300, 40)
        x, y, width, height = screen.geometry(self.window)
        screen.drag((x + width // 2, y + height // 2), skein.centre(), highlighted)


class Browser(Unchecked):
    """Chromium with one page and nothing around it."""

    FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
             '--disable-component-update', '--disable-sync', '--no-default-browser-check', '--password-store=basic',
             '--test-type', '--window-position=0,480', '--window-size=500,400']

    def __init__(self, case, title, page):
        super().__init__('chromium', *self.FLAGS, '--user-data-dir=' + case.path('browser', ''), f'--app=file://{page}')
        self.window = wait_until(lambda: screen.find_windows(title), 'the window of the browser', 60)[-1]
        # Its colours come when the page is there.
        wait_until(lambda: screen.colours(screen.picture(self.window, 100, 100, 200, 100)) > 1, 'the page', 60)


class WmPing(Program):
    """Asks a window every 20 ms whether it answers."""

    def __init__(self, case, window, seconds=600):
        self.log = case.path(f'ping-{window}-{len(case.cleanups)}.log')
        super().__init__(built('tests', 'ui', 'tools', 'wmping'), '--for', str(seconds), '--log', self.log, str(window))
        wait_until(self.latencies, 'the first answer')

    def latencies(self):
        """Pairs: when, in seconds of the monotonic clock, and milliseconds to the answer."""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding='ascii') as file:
            return [tuple(map(float, line.split())) for line in file if line.endswith('\n')]

    def finish(self):
        """The figures: count, lost, median, p99, max."""
        if self.running():
            self.process.send_signal(signal.SIGTERM)
        status = self.wait()
        assert status == 0, self.complained()
        return {name: float(value) for name, value in (line.split() for line in self.said().splitlines())}


class Frames(Unchecked):
    """Notes when a window is painted."""

    def __init__(self, window):
        super().__init__(built('tests', 'ui', 'tools', 'frames'), str(window))

    def times(self):
        """In seconds of the monotonic clock."""
        return [float(line) for line in self.said().splitlines()]


class Weston(Unchecked):
    """A Wayland compositor whose screen is a window on the display."""

    def __init__(self):
        super().__init__('weston', '--backend=x11-backend.so', '--use-pixman', '--width=1100', '--height=900',
                         '--socket=skein-test', '--idle-time=0', '--shell=kiosk-shell.so')
        self.environment = {'GDK_BACKEND': 'wayland', 'WAYLAND_DISPLAY': 'skein-test'}
        self.window = wait_until(lambda: screen.find_windows('Weston Compositor', '--class'), 'the compositor')[-1]
        wait_until(lambda: os.path.exists(os.path.join(os.environ['XDG_RUNTIME_DIR'], 'skein-test')), 'its socket')


class NotificationSpy:
    """What a desktop does with notifications: keeps them, and answers for the person."""

    INTERFACE = 'org.freedesktop.Notifications'
    PATH = '/org/freedesktop/Notifications'
    XML = """<node><interface name="org.freedesktop.Notifications">
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
        <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
      </interface></node>"""

    def __init__(self):
        self.shown = {}
        self.next = 1
        CONTEXT.push_thread_default()
        try:
            self.bus = Gio.DBusConnection.new_for_address_sync(
                os.environ['DBUS_SESSION_BUS_ADDRESS'],
                Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
            interface = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
            self.bus.register_object(self.PATH, interface, self.called, None, None)
            Gio.bus_own_name_on_connection(self.bus, self.INTERFACE, Gio.BusNameOwnerFlags.NONE, None, None)
        finally:
            CONTEXT.pop_thread_default()
        wait_until(lambda: bus_name_is_owned(self.INTERFACE), 'the place for notifications')

    def called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        if method == 'Notify':
            _, replaces, _, title, body, actions, _, _ = parameters.unpack()
            number = replaces or self.next
            self.next = max(self.next, number + 1)
            self.shown[number] = (title, body, dict(zip(actions[1::2], actions[::2])))
            invocation.return_value(GLib.Variant('(u)', (number,)))
        elif method == 'CloseNotification':
            self.shown.pop(parameters.unpack()[0], None)
            invocation.return_value(None)
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        else:
            invocation.return_value(GLib.Variant('(ssss)', ('spy', 'Skein', '1', '1.2')))

    def wait_for(self, pattern):
        def ask():
            return next((number for number, (title, _, _) in self.shown.items() if re.search(pattern, title)), None)
        try:
            return wait_until(ask, f'the notification “{pattern}”')
        except Late as late:
            raise Late(f'{late}; there are {list(self.shown.values())}') from None

    def press(self, number, button):
        """The button of a notification, which goes then."""
        action = self.shown.pop(number)[2][button]
        for signal_name, parameters in (('ActionInvoked', GLib.Variant('(us)', (number, action))),
                                        ('NotificationClosed', GLib.Variant('(uu)', (number, 2)))):
            self.bus.emit_signal(None, self.PATH, self.INTERFACE, signal_name, parameters)

    def stop(self):
        self.bus.close_sync()


def log(*what):
    print('#', *what, file=sys.stdout, flush=True)

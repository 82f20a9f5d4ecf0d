#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a launcher to a window: what is installed is clicked in a panel, and started by the session bus."""

import os
import shutil
import subprocess

from gi.repository import Gio, GLib

import screen
import tap
from programs import (APPLICATION_ID, OBJECT_PATH, Practice, Unchecked, Window, WindowManager, built,
                      bus_name_is_owned, write_settings)
from waiting import wait_until

PANEL = '''panel_items = L
panel_position = top left horizontal
panel_size = 200 64
launcher_padding = 8 8 8
launcher_icon_size = 48
launcher_icon_theme_override = 0
launcher_item_app = {}
'''


def call_bus(method, parameters):
    return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, parameters,
        None, Gio.DBusCallFlags.NONE, 10000)


class Started(Window):
    """The window, started by somebody else."""

    def __init__(self, folder):
        self.folder = folder
        wait_until(bus_name_is_owned, 'Skein on the session bus')
        self.pid = call_bus('GetConnectionUnixProcessID', GLib.Variant('(s)', (APPLICATION_ID,)))[0]
        self.wait_for_window()

    def running(self):
        return os.path.exists(f'/proc/{self.pid}')

    def stop(self):
        if bus_name_is_owned():
            self.activate('stop', OBJECT_PATH)
        wait_until(lambda: not bus_name_is_owned(), 'Skein to end')


def install(case):
    """Installs into a folder of the case and gives the path of the launcher."""
    root = case.path('root')
    subprocess.run(['meson', 'install', '-C', built(), '--no-rebuild', '--quiet', '--destdir', root], check=True,
                   stdout=subprocess.DEVNULL, timeout=120)
    launcher = subprocess.run(['find', root, '-name', f'{APPLICATION_ID}.desktop'], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()
    share = os.path.dirname(os.path.dirname(launcher))
    service = os.path.join(share, 'dbus-1', 'services', f'{APPLICATION_ID}.service')
    # What is installed for real would be in the folder that these two name.
    for path in launcher, service:
        with open(path, encoding='utf-8') as file:
            text = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace('=/', f'={root}/'))
    subprocess.run(['glib-compile-schemas', os.path.join(share, 'glib-2.0', 'schemas')], check=True, timeout=60)
    return launcher, share


def prepare_environment(case, share):
    """The environment of a session into which Skein is installed, and where it downloads to."""
    folder, config = case.path('Downloads', ''), case.path('config', '')
    write_settings(config, {'folder': f"'{folder.rstrip('/')}'"})
    environment = {'XDG_DATA_DIRS': f'{share}:/usr/local/share:/usr/share', 'XDG_CONFIG_HOME': config,
                   'GSETTINGS_BACKEND': 'keyfile', 'GSETTINGS_SCHEMA_DIR': os.path.join(share, 'glib-2.0', 'schemas'),
                   'G_DEBUG': ''}
    return folder, {**os.environ, **environment}


def start_with_a_click(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    launcher, share = install(case)
    folder, environment = prepare_environment(case, share)
    panel = case.own(Unchecked('tint2', '-c', case.write('tint2rc', PANEL.format(launcher)), env=environment))
    window = wait_until(lambda: screen.find_windows('tint2'), 'the panel')[-1]
    # An icon that cannot be found leaves the panel plain.
    wait_until(lambda: screen.colours(screen.picture(window, 8, 8, 48, 48)) > 8, 'the icon in the panel')
    assert not bus_name_is_owned()
    x, y, _, _ = screen.geometry(window)
    screen.move(x + 32, y + 32)
    screen.click(x + 32, y + 32)
    skein = case.own(Started(folder))
    assert panel.running()

    # A second click shows the same window, a second start gives it addresses.
    screen.click(x + 32, y + 32)
    second = Unchecked(os.path.join(share, '..', 'bin', 'skein'), practice.address + '/bytes/1k',
                       practice.address + '/bytes/2k', env=environment)
    assert second.wait() == 0, second.complained()
    skein.wait_for_finished('1k', '2k')
    assert skein.files() == ['1k', '2k'], skein.files()
    assert len(screen.find_windows('Skein')) == 1


def start_by_the_bus(case):
    practice = case.own(Practice())
    case.own(WindowManager())
    launcher, share = install(case)
    folder, environment = prepare_environment(case, share)
    home = os.environ['XDG_DATA_HOME']
    for path in launcher, os.path.join(share, 'dbus-1', 'services', f'{APPLICATION_ID}.service'):
        target = os.path.join(home, os.path.relpath(path, share))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(path, target)
    call_bus('ReloadConfig', None)
    call_bus('UpdateActivationEnvironment', GLib.Variant('(a{ss})', (environment,)))
    subprocess.run(['gtk-launch', APPLICATION_ID, practice.address + '/bytes/1k'], check=True, env=environment,
                   timeout=60)
    skein = case.own(Started(folder))
    skein.wait_for_finished('1k')

    # The launcher's own action, on the program that runs already.
    screen.copy(practice.address + '/bytes/2k')
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        APPLICATION_ID, OBJECT_PATH, 'org.freedesktop.Application', 'ActivateAction',
        GLib.Variant('(sava{sv})', ('add-from-clipboard', [], {})), None, Gio.DBusCallFlags.NONE, 30000)
    skein.wait_for_finished('2k')
    assert skein.files() == ['1k', '2k'], skein.files()


tap.run(start_with_a_click, start_by_the_bus)

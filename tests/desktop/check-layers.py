#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers hold: with the compile command of a layer's own files, headers of the layers it may use
compile and all others do not. Speaks TAP. Arguments: the source folder and the build folder."""

import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

MAY_USE = {
    'core': ['core'],
    'transfer': ['core', 'transfer'],
    'runner': ['core', 'runner'],
    'library': ['core', 'transfer', 'runner', 'library'],
    'lab': ['core', 'transfer', 'runner', 'lab'],
    'practice': ['practice'],
    'get': ['core', 'transfer', 'runner', 'library', 'lab', 'get'],
    'app': ['core', 'transfer', 'runner', 'library', 'lab', 'app'],
}

TOOLKIT = ['gtk/gtk.h', 'adwaita.h']
SOUP = ['libsoup/soup.h']

MUST_COMPILE = {
    'core': ['gio/gio.h'],
    'transfer': ['gio/gio.h'] + SOUP,
    'runner': ['gio/gio.h'],
    'library': ['gio/gio.h'],
    'lab': ['gio/gio.h'],
    'practice': ['gio/gio.h'],
    'get': ['gio/gio.h'],
    'app': ['gio/gio.h'] + TOOLKIT,
}

MUST_NOT_COMPILE = {
    'core': TOOLKIT + SOUP,
    'transfer': TOOLKIT,
    'runner': TOOLKIT + SOUP,
    'library': TOOLKIT,
    'lab': TOOLKIT,
    'practice': TOOLKIT + SOUP,
    'get': TOOLKIT,
    'app': [],
}

results = []


def report(good, description, details=''):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {description}")
    for line in details.splitlines() if not good else []:
        print('# ' + line)


def layer_headers(source, layer):
    return sorted(os.path.basename(path) for path in glob.glob(f'{source}/src/{layer}/*.h'))


def shows_libsoup(source, layer, header):
    """libsoup is the transfer's own business: the layers above do not see it, nor headers that show it."""
    with open(f'{source}/src/{layer}/{header}', encoding='utf-8') as file:
        return layer == 'transfer' and '<libsoup/soup.h>' in file.read()


def compile_commands(source, build, layer):
    """The commands of a layer that differ in where they look for headers; main.c is glue outside."""
    with open(f'{build}/compile_commands.json', encoding='utf-8') as file:
        entries = json.load(file)
    folder = os.path.realpath(f'{source}/src/{layer}')
    found = {}
    for entry in entries:
        path = os.path.realpath(os.path.join(entry['directory'], entry['file']))
        if os.path.dirname(path) != folder or os.path.basename(path) == 'main.c':
            continue
        words = shlex.split(entry['command'])
        where = tuple(sorted(set(word for word in words if word.startswith(('-I', '-isystem')))))
        found.setdefault(where, (words, entry['directory'], path))
    return list(found.values())


def compiles(command, headers):
    words, directory, path = command
    kept = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ('-o', '-MF', '-MQ', '-MT'):
            skip = True
        elif word not in ('-c', '-MD', '-Werror') and \
                os.path.realpath(os.path.join(directory, word)) != path:
            kept.append(word)
    with tempfile.NamedTemporaryFile('w', suffix='.c') as file:
        file.writelines(f'#include <{header}>\n' for header in headers)
        file.write('typedef int not_empty;\n')
        file.flush()
        done = subprocess.run(kept + ['-w', '-fsyntax-only', file.name], cwd=directory,
                              capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def check_layer(source, build, layer):
    if not glob.glob(f'{source}/src/{layer}/*.c'):
        return
    commands = compile_commands(source, build, layer)
    if not commands:
        report(False, f'{layer}: is compiled')
    for command in commands:
        allowed = [header for used in MAY_USE[layer] for header in layer_headers(source, used)
                   if used == layer or not shows_libsoup(source, used, header)]
        good, errors = compiles(command, MUST_COMPILE[layer] + allowed)
        report(good, f'{layer}: what it may use compiles', errors)
        forbidden = list(MUST_NOT_COMPILE[layer])
        for other in MAY_USE:
            if other not in MAY_USE[layer]:
                forbidden += layer_headers(source, other)
        wrong = [header for header in forbidden if compiles(command, [header])[0]]
        report(not wrong, f'{layer}: what it must not use does not compile', '\n'.join(wrong))


def check_paths(source):
    """A path in an include would go round the layers."""
    pattern = re.compile(r'^\s*#\s*include\s*(".*/.*"|<(\.\.|src)/.*>)')
    wrong = []
    for path in sorted(glob.glob(f'{source}/src/**/*.[ch]', recursive=True)):
        with open(path, encoding='utf-8') as file:
            for number, line in enumerate(file, 1):
                if pattern.match(line):
                    wrong.append(f'{os.path.relpath(path, source)}:{number}: {line.strip()}')
    report(not wrong, 'no include names a folder', '\n'.join(wrong))


def check_programs(source, build):
    """The programs without a window must not need the toolkit, not even indirectly."""
    for layer in ('get', 'practice'):
        program = f'{build}/src/{layer}/skein-{layer}'
        if not glob.glob(f'{source}/src/{layer}/*.c'):
            continue
        done = subprocess.run(['ldd', program], capture_output=True, text=True, check=False)
        wrong = [line.strip() for line in done.stdout.splitlines()
                 if re.match(r'\s*lib(gtk|gdk|adwaita)-', line)]
        report(done.returncode == 0 and not wrong, f'skein-{layer} does not link GTK',
               done.stderr + '\n'.join(wrong))


def main():
    source, build = sys.argv[1:3]
    with_app = os.path.isdir(f'{build}/data')
    for layer in MAY_USE:
        if layer != 'app' or with_app:
            check_layer(source, build, layer)
    check_paths(source)
    check_programs(source, build)
    print(f'1..{len(results)}')


main()

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing to build and run Skein, with "test" also what its tests and the fuzz targets need, with
# "bench" what the benchmark does, with "fuzz" what the fuzz targets alone do.
#   build-aux/deps.sh [test|bench|fuzz]
# Does nothing, and asks for nothing, when all of it is there.
set -euo pipefail

packages=(
  # to build
  gcc libc6-dev pkgconf meson ninja-build
  libglib2.0-dev        # with the compilers for schemas and resources
  libsoup-3.0-dev       # HTTP
  libxml2-dev           # Metalink
  libcairo2-dev         # the practice server draws its pictures with it
  libgtk-4-dev libadwaita-1-dev
  libwayland-dev        # a frozen window has to go on reading its display's socket
  gettext               # translations are merged into the launcher
  desktop-file-utils gtk-update-icon-cache  # called after installing
  # to run
  glib-networking ca-certificates  # TLS, and the certificates to trust
  dconf-gsettings-backend          # keeps the settings
  adwaita-icon-theme librsvg2-common  # icons, and what draws them
  fonts-dejavu-core     # a machine without any font shows boxes
  dbus                  # dbus-run-session, where no session bus runs
)

test_packages=(
  appstream             # validates the metainfo file
  xvfb xauth openbox x11-utils  # a display, a window manager, xprop and xwininfo
  weston                # a Wayland display
  at-spi2-core python3-pyatspi gir1.2-atspi-2.0  # read the window as a screen reader does
  python3-gi gir1.2-gtk-3.0     # a program of another toolkit to drag from
  xdotool xclip         # the mouse, the keys and the clipboard
  tint2 libgtk-3-bin    # a panel with a launcher to click, and gtk-launch
  chromium              # a browser to drag a link from
  imagemagick           # looks at screenshots
  procps                # ps
  strace                # sees and breaks system calls
)

bench_packages=(
  nginx-light           # serves
  curl wget2 aria2 axel # others to compare with
  openssl python3       # certificates, and what takes the figures
)

fuzz_packages=(
  clang libclang-rt-dev  # the compiler, with libFuzzer and the sanitizers
)

# What the packages stand for, for systems that name them otherwise.
libraries=(
  'glib-2.0 >= 2.74' 'libsoup-3.0 >= 3.2' 'libxml-2.0 >= 2.9' 'cairo >= 1.16' 'gtk4 >= 4.8'
  'libadwaita-1 >= 1.2' 'wayland-client >= 1.20'
)

say () {
  printf '%s\n' "$*" >&2
}

list_missing () {
  local installed package
  # dpkg-query fails as soon as one of them is unknown, having answered for the others.
  installed=$({ dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "$@" 2> /dev/null || true; } |
    sed -n 's/^.i  *//p')
  for package in "$@"; do
    grep -qFx "$package" <<< "$installed" || printf '%s\n' "$package"
  done
}

# Other systems, and people who may not install anything: enough if it can be built.
check_without_packages () {
  local library tool absent=()
  for tool in cc pkg-config meson ninja msgfmt; do
    command -v "$tool" > /dev/null || absent+=("$tool")
  done
  for library in "${libraries[@]}"; do
    pkg-config --exists "$library" 2> /dev/null || absent+=("$library")
  done
  [ "${#absent[@]}" -gt 0 ] || return 0

  say "Skein needs these programs and libraries (with their development files), which are missing here:"
  printf '  %s\n' "${absent[@]}" >&2
  say "Install them in the way of your system, then run this again."
  return 1
}

as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif [ -t 0 ]; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

apt_get () {
  as_root apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >&2
}

main () {
  local wanted=("${packages[@]}") missing
  if [ "${1:-}" = test ]; then
    wanted+=("${test_packages[@]}" "${fuzz_packages[@]}")
  elif [ "${1:-}" = bench ]; then
    wanted+=("${bench_packages[@]}")
  elif [ "${1:-}" = fuzz ]; then
    wanted+=("${fuzz_packages[@]}")
  fi

  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
    check_without_packages
    return
  fi

  mapfile -t missing < <(list_missing "${wanted[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ] && ! command -v sudo > /dev/null; then
    say "These packages are missing, and only root can install them (there is no sudo here):"
    say "  ${missing[*]}"
    check_without_packages
    return
  fi

  say "Installing what Skein needs to be built and run${1:+, and for its $1}: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    say "This uses sudo, which may ask for your password."
  fi
  if ! apt-cache show "${missing[@]}" > /dev/null 2>&1; then
    apt_get update || say "The list of packages could not be fetched."
  fi
  # An old list names files that are gone from the server: fetch a new one and try again, once.
  apt_get install --no-install-recommends "${missing[@]}" ||
    { apt_get update && apt_get install --no-install-recommends "${missing[@]}"; } ||
    { say "Could not install: ${missing[*]}"; check_without_packages; }
}

main "$@"

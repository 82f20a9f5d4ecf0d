# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of skein-get for bash.
_skein_get_compare ()
{
  local words="--work --ways --tasks --workers --repeat --delay --rate --side --hours --additions --care --json --help"

  case "$1" in
    --work)
      words="pictures weather memory tiny"
      ;;
    --ways)
      words="blocking threads lock processes"
      ;;
    --care)
      words="none lock atomic"
      ;;
    --tasks | --workers | --repeat | --delay | --rate | --side | --hours | --additions)
      return
      ;;
  esac

  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
}

_skein_get ()
{
  local current="${COMP_WORDS[COMP_CWORD]}"
  local previous="${COMP_WORDS[COMP_CWORD-1]}"

  # bash takes "--option=value" apart at the sign.
  if [[ "$current" == "=" ]]; then
    current=""
  elif [[ "$previous" == "=" && COMP_CWORD -gt 1 ]]; then
    previous="${COMP_WORDS[COMP_CWORD-2]}"
  fi

  COMPREPLY=()
  if [[ "${COMP_WORDS[1]}" == compare && COMP_CWORD -gt 1 ]]; then
    _skein_get_compare "$previous" "$current"
    return
  fi

  case "$previous" in
    -i | --input | --journal | --netrc-file | --cookies)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    -d | --directory)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return
      ;;
    --progress)
      mapfile -t COMPREPLY < <(compgen -W "bar lines json none" -- "$current")
      return
      ;;
    --checksum)
      compopt -o nospace
      mapfile -t COMPREPLY < <(compgen -W "md5: sha1: sha256: sha384: sha512:" -- "$current")
      return
      ;;
    -o | --output | -j | --jobs | -x | --connections | --limit-rate | --limit-each | --max-tries | --timeout | \
      --header | --referer | --user-agent | --user | --proxy)
      return
      ;;
  esac

  if [[ "$current" == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "--input --directory --output --jobs --connections --limit-rate
      --limit-each --max-tries --checksum --find-checksum --mirror --preallocate --continue --no-continue
      --journal --no-journal --timeout --progress --quiet --blocking --header --referer
      --user-agent --user --netrc --netrc-file --cookies --proxy --worker --version --help" -- "$current")
  fi
}

complete -F _skein_get skein-get

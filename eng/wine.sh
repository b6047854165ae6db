#!/usr/bin/env bash
# Starts a Windows program on Linux: in a Wine of its own, without a display.
#
#   eng/wine.sh PROGRAM.exe [ARGUMENTS]
#   eng/wine.sh --screen PROGRAM.exe [ARGUMENTS]   with windows on the display that DISPLAY names
#   eng/wine.sh --prepare                          only makes what the others need
#
# Where Wine keeps its Windows is made once, in about ten seconds, outside the repository: below XDG_CACHE_HOME, or ~/.cache.
set -euo pipefail

readonly recipe=1   # one more whenever make_prefix changes
readonly fonts='HKLM\Software\Microsoft\Windows NT\CurrentVersion\Fonts'

screen=none
if [[ ${1:-} == --screen ]]; then
  screen=x11
  shift
fi

# Debian's wrapper complains at every start that 32-bit programs cannot run; we have none.
wine=$(command -v /usr/lib/wine/wine64 || command -v wine64 || command -v wine)
version=$("$wine" --version | cut -d ' ' -f 1)
# Never one that is there already and may be somebody's own: make_prefix deletes what it finds.
export WINEPREFIX=${XDG_CACHE_HOME:-$HOME/.cache}/fibula/$version-$recipe-$screen
export WINEARCH=win64 WINEDEBUG=-all
# No HTML engine; and a program that crashes must end, not wait for a debugger. .NET needs mscoree to load its own libraries.
export WINEDLLOVERRIDES='mshtml=;winedbg.exe=d'

# .NET maps the code it makes twice, and under Wine 8 dies when a generated method is collected (0x80131506): once will do.
export DOTNET_EnableWriteXorExecute=0

# WPF ends the process when there is no font family of this name: one is made from a font with the same measures.
make_arial() {
  /usr/bin/python3 - "$WINEPREFIX/drive_c/windows/Fonts" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont

COPYRIGHT, FAMILY, ID, FULL_NAME, POSTSCRIPT_NAME, TYPOGRAPHIC_FAMILY = 0, 1, 3, 4, 6, 16
for source, file, full, postscript in (
    ("Regular", "arial", "Arial", "ArialMT"),
    ("Bold", "arialbd", "Arial Bold", "Arial-BoldMT"),
):
    font = TTFont(f"/usr/share/fonts/truetype/liberation/LiberationSans-{source}.ttf")
    names = {FAMILY: "Arial", TYPOGRAPHIC_FAMILY: "Arial", FULL_NAME: full, POSTSCRIPT_NAME: postscript, ID: f"Liberation as {full}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font.save(f"{sys.argv[1]}/{file}.ttf")
PYTHON
  "$wine" reg add "$fonts" /v 'Arial (TrueType)' /d arial.ttf /f
  "$wine" reg add "$fonts" /v 'Arial Bold (TrueType)' /d arialbd.ttf /f
}

make_prefix() {
  mkdir -p "$(dirname "$WINEPREFIX")"
  rm -rf "$WINEPREFIX"
  # Without mscoree for this one step: with it, Wine would ask to install Mono.
  WINEDLLOVERRIDES="mscoree=;$WINEDLLOVERRIDES" "$wine" wineboot --init
  # The version that Wine itself fills: as Windows 10, calls would be expected of it that it does not have.
  "$wine" winecfg -v win81
  if [[ $screen == x11 ]]; then
    # No window manager is expected: Wine draws the title bars itself.
    "$wine" reg add 'HKCU\Software\Wine\X11 Driver' /v Managed /d N /f
  else
    "$wine" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f
  fi
  make_arial
  wait_for_server
  touch "$WINEPREFIX/.ready"
}

# It keeps the registry in memory, and ends a moment after the last program.
wait_for_server() { timeout 30 "$(command -v wineserver || echo /usr/lib/wine/wineserver)" --wait; }

if [[ ! -e $WINEPREFIX/.ready ]]; then
  mkdir -p "$(dirname "$WINEPREFIX")"
  exec {lock}>"$WINEPREFIX.lock"
  flock "$lock"
  [[ -e $WINEPREFIX/.ready ]] || make_prefix >"$WINEPREFIX.log" 2>&1 || {
    echo "eng/wine.sh: Wine could not be made ready; see $WINEPREFIX.log" >&2
    exit 1
  }
  exec {lock}>&-
fi

[[ ${1:-} == --prepare ]] || exec "$wine" "$@"

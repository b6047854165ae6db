#!/usr/bin/env bash
# Takes the pictures of the samples in docs/screenshots/: shows each on a screen that nobody sees, starts its task as a user does, and keeps what the
# window then shows.
#
#   eng/screenshots.sh                       all
#   eng/screenshots.sh gtk windows-forms     these: of terminal, gtk, browser, windows-forms and wpf
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

readonly pictures=$PWD/docs/screenshots
readonly patience=60   # seconds
work=$(mktemp --directory)
readonly work
touch "$work/program.log"

# What a function of one picture has started, and the screen.
started=() screen=()

fail() {
  printf 'eng/screenshots.sh: %s\n' "$1" >&2
  exit 1
}

install_packages() {
  local missing=()
  command -v Xvfb >/dev/null || missing+=(xvfb)
  command -v openbox >/dev/null || missing+=(openbox)
  command -v xterm >/dev/null || missing+=(xterm)
  command -v xdotool >/dev/null || missing+=(xdotool)
  command -v import >/dev/null || missing+=(imagemagick)
  [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf ]] || missing+=(fonts-dejavu-core)
  [[ -e /usr/lib/cli/gtk-sharp-3.0/gtk-sharp.dll ]] || missing+=(libgtk3.0-cil)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v wine >/dev/null || missing+=(wine wine64)
  [[ -e /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf ]] || missing+=(fonts-liberation)
  /usr/bin/python3 -c 'import fontTools' 2>/dev/null || missing+=(python3-fonttools)
  eng/install.sh "${missing[@]}"
}

build() { dotnet build "samples/$1" --configuration Release --verbosity quiet; }

program_of() { echo "$PWD/artifacts/bin/$1/${2:-release}/$1"; }

start() {
  "$@" >"$work/program.log" 2>&1 &
  started+=($!)
}

end() {
  local id
  for id in "$@"; do
    kill "$id" 2>/dev/null && wait "$id" 2>/dev/null || true
  done
}

open_screen() {
  local number
  mkfifo "$work/number"
  Xvfb -displayfd 3 -screen 0 1000x700x24 -nolisten tcp 3>"$work/number" 2>/dev/null &
  screen+=($!)
  read -r number <"$work/number"
  export DISPLAY=:$number GDK_BACKEND=x11 NO_AT_BRIDGE=1
  openbox --sm-disable >/dev/null 2>&1 &
  screen+=($!)
  wait_until is_managed
}

clean_up() {
  end "${started[@]}" "${screen[@]}"
  rm -rf "$work"
}

wait_until() {
  local end=$((SECONDS + patience))
  until "$@"; do
    [[ $SECONDS -lt $end ]] || fail "waited in vain until '$*'. The program says: $(tail -n 5 "$work/program.log")"
    sleep 0.05
  done
}

is_managed() { xdotool get_num_desktops >/dev/null 2>&1; }

# The number of the window with a title.
find_window() { window=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -n 1) && [[ -n $window ]]; }

# What a window shows, with its frame.
look() { import -silent -window "$window" -frame "$1" 2>/dev/null; }

see() { look "$work/now.png" && seen=$(identify -format '%#' "$work/now.png"); }

has_changed() {
  local before=$seen
  see && [[ $seen != "$before" ]]
}

# Something stands in the window, and stays so.
is_drawn() {
  local try
  [[ $(import -silent -window "$window" png:- | identify -format '%k' -) -gt 20 ]] && see || return 1
  for try in {1..10}; do
    ! has_changed || return 1
  done
}

# Whether input starts a task whose progress is seen. Whoever is not ready takes none: then it is to be given once more.
starts_with() {
  local end=$((SECONDS + 5)) changes=0
  "$@"
  while [[ $changes -lt 10 ]]; do
    [[ $SECONDS -lt $end ]] || return 1
    has_changed && changes=$((changes + 1))
  done
}

# Shows a window, gives it input that starts its task, and keeps it when the task is under way: picture NAME TITLE INPUT …
picture() {
  local name=$1 title=$2
  shift 2
  wait_until find_window "$title"
  wait_until is_drawn
  wait_until starts_with "$@"
  mkdir -p "$pictures"
  convert "$work/now.png" -strip +dither -colors 96 "png8:$pictures/$name.png"
  end "${started[@]}"
  started=()
}

click() { xdotool mousemove --window "$window" "$1" "$2" click 1; }

press() { xdotool windowfocus "$window" key "$@"; }

terminal() {
  build TerminalWindow
  start xterm -fa 'DejaVu Sans Mono' -fs 11 -geometry 80x12 -bg black -fg gray90 -xrm 'XTerm*allowTitleOps: false' -xrm 'XTerm*cursorBlink: never' -T Sum -e "$(program_of TerminalWindow)"
  picture terminal '^Sum$' press Return
}

gtk() {
  build PricesGtk
  start "$(program_of PricesGtk)"
  picture gtk '^Prices$' click 60 30
}

browser() {
  build PricesBlazor
  ASPNETCORE_ENVIRONMENT=Development start "$(program_of PricesBlazor)" --urls http://127.0.0.1:0
  wait_until grep -q 'Now listening on' "$work/program.log"
  local address
  address=$(sed -n 's/.*Now listening on: //p' "$work/program.log")
  start chromium --app="$address" --user-data-dir="$work/profile" --window-size=760,300 --no-sandbox --test-type --disable-gpu --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync
  picture browser '^Prices$' click 80 110
}

# A Windows program, in a window as all others have it here.
windows() {
  build "$1"
  eng/wine.sh --screen --prepare
  eng/wine.sh --screen reg add "HKCU\\Software\\Wine\\AppDefaults\\$1.exe\\X11 Driver" /v Managed /d Y /f >/dev/null
  start eng/wine.sh --screen "$(program_of "$1" release_win-x64).exe"
}

windows-forms() {
  windows PricesWindowsForms
  picture windows-forms '^Prices$' click 60 24
}

wpf() {
  windows PricesWpf
  picture wpf '^Prices$' click 60 24
}

trap clean_up EXIT
install_packages
open_screen
[[ $# -gt 0 ]] || set -- terminal gtk browser windows-forms wpf
for name in "$@"; do
  "$name"
done

#!/usr/bin/env bash
# Draws the pictures of the terminal Workbench in docs/workbench/: runs it in tmux, presses keys, and keeps what the screen shows.
#
#   eng/capture-workbench.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly program=$PWD/artifacts/bin/Workbench/release/Workbench
readonly pictures=$PWD/docs/workbench
readonly demo=/tmp/workbench-demo   # a short name, since it is in the pictures
readonly patience=120

fail() {
  printf 'eng/capture-workbench.sh: %s\n' "$1" >&2
  exit 1
}

in_tmux() { tmux -u -L workbench-pictures -f /dev/null "$@"; }

clean_up() {
  in_tmux kill-server 2>/dev/null || true
  rm -rf "$demo"
}

random_file() {
  mkdir -p "$(dirname "$2")"
  head -c "$1" /dev/urandom >"$2"
}

copy() {
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2"
}

# Three folders: pictures with names from all over the world, letters in many copies, and films that take a minute to read.
make_demo() {
  local p=$demo/Pictures d=$demo/Documents
  random_file 4194304 "$p/2024/東京タワー.jpg"
  copy "$p/2024/東京タワー.jpg" "$p/2024/写真 (1).jpg"
  copy "$p/2024/東京タワー.jpg" "$p/backup/2024/東京タワー.jpg"
  random_file 2621440 "$p/2025/birthday 🎂🎉.jpg"
  copy "$p/2025/birthday 🎂🎉.jpg" "$p/2025/birthday_cake.jpg"
  random_file 1310720 "$p/2025/서울 여행.png"
  copy "$p/2025/서울 여행.png" "$p/backup/2025/서울 여행.png"
  random_file 786432 "$p/2023/Žluťoučký kůň.png"
  copy "$p/2023/Žluťoučký kůň.png" "$p/backup/2023/a picture with a name that is longer than a row of the table is wide, so that it is cut.png"
  ln -s ../gone.jpg "$p/2023/カメラ.jpg"
  ln -s . "$p/2024/loop"
  : >"$p/2025/empty.png"
  mkfifo "$p/2025/pipe 🎶"

  for letter in {1..40}; do
    random_file $((letter * 2048)) "$d/letters/$letter.txt"
    copy "$d/letters/$letter.txt" "$d/archive/letters/$letter.txt"
  done
  mkdir -p "$demo/Films" "$demo/Notes"
  for note in {1..20000}; do
    echo 'The same note.' >"$demo/Notes/$note.txt"
  done
  truncate -s 3G "$demo/Films/映画.mkv" "$demo/Films/映画 (コピー).mkv"
  for episode in {1..9}; do
    truncate -s $((1000 + episode))M "$demo/Films/episode $episode.mkv" "$demo/Films/episode $episode (copy).mkv"
  done
}

# open_workbench WIDTH HEIGHT FOLDER…
open_workbench() {
  local width=$1 height=$2
  shift 2
  in_tmux new-session -d -x "$width" -y "$height" -e "XDG_DATA_HOME=$demo/data" "$program" "${@/#/$demo/}"
}

press() { in_tmux send-keys "$@"; }

shows() { in_tmux capture-pane -p | grep -qF -- "$1"; }

shows_no() { ! shows "$1"; }

wait_until() {
  local end=$((SECONDS + patience))
  until "$@"; do
    [[ $SECONDS -lt $end ]] || fail "waited in vain until the screen $*."
    sleep 0.05
  done
}

wait_for() { wait_until shows "$1"; }

# An Esc with a key right behind it would be that key with Alt.
close_dialog() {
  press Escape
  wait_until shows_no 'Esc closes'
}

close_trash_dialog() {
  press Escape
  wait_until shows_no 'stays.'
}

keep() { in_tmux capture-pane -p | sed 's/ *$//' >"$pictures/$1.txt"; }

trap clean_up EXIT
clean_up
dotnet build samples/Workbench --configuration Release --verbosity quiet
mkdir -p "$pictures"
make_demo

open_workbench 80 24 Pictures Documents Films
wait_for 'Done in'
keep results
press k && wait_for 'Left out: 4 paths'
keep left-out
close_dialog
press / && wait_for 'Search:' && press -l 2024 && wait_for '1 of 4 groups'
keep search
press Escape && wait_for '4 groups of equal files'
press d && wait_for 'stays.'
keep trash
close_trash_dialog
press 3 && wait_for '[3 Films*]' && wait_until shows_no '東京' && wait_for 'So far'
keep scanning
press t && wait_for 'Running'
keep tasks
close_dialog
press a && wait_for 'Add a folder'
press -l "$demo/Music" && wait_for "$demo/Music"
keep add
press Enter && wait_for 'There is no folder'
keep problem
press w && wait_for '[3 Films*]'
press c && wait_for 'Canceled after'
keep canceled
press 1 && in_tmux resize-window -x 60 -y 18 && wait_for "$(printf '─%.0s' {1..60})"
wait_for 's  Scan'
keep narrow
press q

open_workbench 80 24 Notes
wait_for 'Done in'
press d && wait_for 'stays.'
press Enter && wait_until shows_no 'stays.'
press w && wait_for 'is still running'
keep closing
press Enter

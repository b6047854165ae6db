#!/usr/bin/env bash
# Measures the terminal Workbench on 100,000 files: how soon it answers a key while it scans, the processors it uses and its memory.
#
#   eng/measure-workbench.sh [FOLDER]
#
# Without a folder it makes one of 100,000 files, two fifths of them duplicates. A second tab is open, and the key changes the tab: the
# time counts from sending the key to the first screen that shows the other tab. A client of tmux is told of every output, and only then
# looks at the screen, so that measuring takes next to nothing from what is measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly program=$PWD/artifacts/bin/Workbench/release/Workbench
readonly tmux=(-u -L "workbench-measure-$$" -f /dev/null)
readonly scratch=$(mktemp -d)
readonly folder=${1:-$scratch/files}

in_tmux() { tmux "${tmux[@]}" "$@"; }

# The client first: the server would wait for it to read all it is told.
clean_up() {
  [[ -z ${client_PID:-} ]] || kill "$client_PID" || true
  in_tmux kill-server 2>/dev/null || true
  rm -rf "$scratch"
}

# 500 folders of 200 files. Blocks of one random stream make the contents: equal numbers, equal files.
make_files() {
  python3 - "$1" <<'PYTHON'
import os, random, sys

numbers = random.Random(1)
for index in range(100_000):
    parent = os.path.join(sys.argv[1], f"{index // 5000:02}", f"{index // 200:03}")
    os.makedirs(parent, exist_ok=True)
    is_duplicate = numbers.randrange(5) < 2
    content = numbers.randrange(8_000) if is_duplicate else 1_000_000 + index
    with open(os.path.join(parent, f"{index:06}.dat"), "wb") as file:
        file.write(random.Random(content).randbytes(200 + content * 37 % 60_000))
PYTHON
}

now() { echo "${EPOCHREALTIME/./}"; }

# Asks tmux through the client, and passes over what it tells meanwhile.
ask() {
  local line='' answer=''
  echo "$1" >&"${client[1]}"
  until [[ $line == %begin* ]]; do read -r -u "${client[0]}" line; done
  while read -r -u "${client[0]}" line && [[ $line != %end* && $line != %error* ]]; do answer+=$line$'\n'; done
  printf '%s' "$answer"
}

shows() { [[ $(ask 'capture-pane -p') == *"$1"* ]]; }

wait_for() {
  local line=''
  until shows "$1"; do
    until [[ $line == %output* ]]; do read -r -u "${client[0]}" line; done
    line=''
  done
}

milliseconds_of_processor() {
  local stat
  read -r -a stat </proc/"$pid"/stat
  echo $(((stat[13] + stat[14]) * 1000 / $(getconf CLK_TCK)))
}

trap clean_up EXIT
dotnet build samples/Workbench --configuration Release --verbosity quiet
[[ -d $folder ]] || make_files "$folder"
mkdir "$scratch/other"

# A star behind the name tells that the scan runs.
readonly name=$(basename "$folder")
in_tmux new-session -d -x 80 -y 24 "exec '$program' '$scratch/other' '$folder'"
coproc client { exec tmux "${tmux[@]}" -C attach-session -f ignore-size; }
wait_for '[1 other'
ask 'send-keys 2' && wait_for "[2 $name*"
pid=$(in_tmux display-message -p '#{pane_pid}')
began=$(now) used=$(milliseconds_of_processor)
latencies=()
until shows "[2 $name]"; do
  for tab in 1 2; do
    sent=$(now)
    ask "send-keys $tab"
    wait_for "[$tab"
    latencies+=($((($(now) - sent) / 1000)))
  done
done
wall=$((($(now) - began) / 1000)) used=$(($(milliseconds_of_processor) - used))

mapfile -t sorted < <(printf '%s\n' "${latencies[@]}" | sort -n)
echo "files     $(find "$folder" -type f | wc -l)"
echo "scan      $wall ms, $((used * 100 / wall)) % of one processor, of $(nproc)"
echo "memory    $(($(awk '/VmHWM/ { print $2 }' /proc/"$pid"/status) / 1024)) MiB at most"
in_time=0
for latency in "${sorted[@]}"; do [[ $latency -gt 100 ]] || in_time=$((in_time + 1)); done
echo "keys      ${#sorted[@]} while it scanned: median ${sorted[${#sorted[@]} / 2]} ms, longest ${sorted[-1]} ms, $in_time within 100 ms"
echo "load      $(cut -d ' ' -f 1 /proc/loadavg), of everything on this machine"
ask 'send-keys q'

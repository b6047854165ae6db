#!/usr/bin/env bash
# Installs what is missing, builds everything, checks the layout of the code and runs every test. CI runs exactly this.
#
#   eng/test.sh                       everything but the tests that take long: those with the trait Run=Long
#   eng/test.sh --long                everything, and eng/mutate.sh
#   eng/test.sh B12 B13               the tests of these behaviours
#   eng/test.sh --filter-class NAME   any other options of the test programs
#
# --long comes first, and works with the others too.
#
# The last line is "N passed, N failed, N skipped". It succeeds only when something passed and nothing failed or was skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export MSBUILDDISABLENODEREUSE=1   # no process outlives the run

time_limit=40m
wine_time_limit=10m   # for each program
options=(--filter-not-trait Run=Long)
is_long=false
if [[ ${1:-} == --long ]]; then
  time_limit=4h
  wine_time_limit=1h
  options=()
  is_long=true
  shift
fi

say() { printf '\n== %s\n' "$1"; }

fail() {
  printf 'eng/test.sh: %s\n' "$1" >&2
  exit 1
}

check_sdk() {
  command -v dotnet >/dev/null || fail 'dotnet is missing. Install the .NET 10 SDK.'
  dotnet --version >/dev/null 2>&1 || fail "the SDK that global.json asks for is missing. There is: $(dotnet --list-sdks | tr '\n' ' ')"
}

# The tests use a terminal (tmux), a screen that nobody sees (Xvfb, with a mouse), GTK 4, a binding of GTK 3, SDL 2, Wine with a font, a browser,
# independent tools to compare with (jdupes, trash-cli), and a linker for the ahead-of-time build.
install_packages() {
  local missing=()
  command -v tmux >/dev/null || missing+=(tmux)
  command -v Xvfb >/dev/null || missing+=(xvfb)
  compgen -G '/usr/lib/*/libXtst.so.6' >/dev/null || missing+=(libxtst6)
  compgen -G '/usr/lib/*/libgtk-4.so.1' >/dev/null || missing+=(libgtk-4-1)
  [[ -e /usr/lib/cli/gtk-sharp-3.0/gtk-sharp.dll ]] || missing+=(libgtk3.0-cil)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v wine >/dev/null || missing+=(wine wine64)
  [[ -e /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf ]] || missing+=(fonts-liberation)
  /usr/bin/python3 -c 'import fontTools' 2>/dev/null || missing+=(python3-fonttools)
  compgen -G '/usr/lib/*/libSDL2-2.0.so.0' >/dev/null || missing+=(libsdl2-2.0-0)
  command -v jdupes >/dev/null || missing+=(jdupes)
  command -v trash-list >/dev/null || missing+=(trash-cli)
  command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  [[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
  eng/install.sh "${missing[@]}"
}

# The last number that the summary of a run has under a name.
total() { sed -n "s/^ *$2: *\([0-9][0-9]*\).*/\1/p" "$1" | tail -n 1; }

# Runs tests and adds to the totals what their summary says: run_tests LOG TIME_LIMIT COMMAND …
run_tests() {
  local log=artifacts/$1 limit=$2 run=0 failures
  shift 2
  : >"$log"
  # In the background: a signal to the script ends it at once, and the tests with it.
  timeout --kill-after=30s "$limit" "$@" >"$log" 2>&1 &
  tests=$!
  tail --follow --lines=+1 --sleep-interval=0.2 --pid="$tests" "$log" &
  wait "$tests" || run=$?
  wait
  [[ $run -eq 124 || $run -eq 137 ]] && echo "The tests were stopped after $limit."

  failures=$(($(total "$log" failed) + 0))
  if [[ $run -ne 0 && $failures -eq 0 ]]; then
    printf '\nA test program crashed, was stopped or holds no test: this counts as failed.\n'
    failures=1
  fi

  passed=$(($(total "$log" succeeded) + passed))
  failed=$((failures + failed))
  skipped=$(($(total "$log" skipped) + skipped))
}

# The programs that are Windows' own.
wine_tests() { grep --files-with-matches '<WindowsDesktop>' tests/*.Tests/*.csproj | xargs --no-run-if-empty -n 1 basename --suffix .csproj; }

smoke_test() {
  dotnet publish tests/Fibula.AotSmoke --configuration Release --no-restore && timeout 1m artifacts/publish/Fibula.AotSmoke/release/Fibula.AotSmoke
}

# Each contestant once: only an answer that is wrong, such as a value lost, fails. The figures take a run of their own.
benchmarks() { timeout 4m dotnet run --project bench/Fibula.Benchmarks --configuration Release --no-build -- compare --quick; }

check_sdk
install_packages
mkdir -p artifacts

say 'Build'
dotnet restore Fibula.slnx
dotnet build Fibula.slnx --configuration Release --no-restore

say 'Layout'
dotnet format whitespace --folder --exclude artifacts --verify-no-changes || fail 'the layout differs. Run: dotnet format whitespace'

passed=0 failed=0 skipped=0
is_whole=false
if [[ $# -eq 0 ]]; then
  is_whole=true
  say 'Ahead-of-time smoke test'
  if smoke_test; then passed=1; else failed=1; fi
  say 'Benchmarks'
  if benchmarks; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
else
  # Most test programs hold none of the tests asked for: that is exit code 8.
  options+=(--ignore-exit-code 8)
  while [[ ${1:-} =~ ^B[0-9]+$ ]]; do
    options+=(--filter-trait "Behaviour=$1")
    shift
  done
fi

tests=
trap 'kill "$tests" 2>/dev/null || true' EXIT

say 'Tests'
run_tests test.log "$time_limit" dotnet test --solution Fibula.slnx --configuration Release --no-build \
  --max-parallel-test-modules 1 --no-ansi --no-progress "${options[@]}" "$@"

say 'Tests under Wine'
eng/wine.sh --prepare
for name in $(wine_tests); do
  wine_program=(eng/wine.sh "artifacts/bin/$name/release_win-x64/$name.exe" --no-ansi --progress off "${options[@]}" "$@")
  if $is_whole; then
    # A process under Wine hangs after some 65 UI threads with windows, and most tests start one.
    run_tests "$name.log" "$wine_time_limit" "${wine_program[@]}" --filter-not-class '*PromiseTests' --filter-not-namespace '*.Windows'
    run_tests "$name.windows.log" "$wine_time_limit" "${wine_program[@]}" --filter-namespace '*.Windows'
    run_tests "$name.promises.log" "$wine_time_limit" "${wine_program[@]}" --filter-class '*PromiseTests' --filter-not-class '*WindowPromiseTests'
    run_tests "$name.promises.windows.log" "$wine_time_limit" "${wine_program[@]}" --filter-class '*WindowPromiseTests'
  else
    run_tests "$name.log" "$wine_time_limit" "${wine_program[@]}"
  fi
done

if $is_whole && $is_long; then
  say 'Mutations'
  if timeout 2h eng/mutate.sh; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[[ $passed -gt 0 && $failed -eq 0 && $skipped -eq 0 ]]

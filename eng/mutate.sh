#!/usr/bin/env bash
# Changes the core in one place at a time, and runs its tests for each change. A change that no test notices is shown, and fails the run.
#
#   eng/mutate.sh                      the files of which every change must be noticed
#   eng/mutate.sh '**/Progress/*.cs'   other files of src/Fibula: shows what their tests miss, and does not fail
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/mutation"

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

files=(--mutate '**/Commands/CommandDecision.cs')
least=100
if [[ $# -gt 0 ]]; then
  files=()
  for file in "$@"; do files+=(--mutate "$file"); done
  least=0
fi

dotnet tool restore
dotnet stryker "${files[@]}" --threshold-high 100 --threshold-low 100 --break-at "$least" --output ../../artifacts/mutation --skip-version-check

#!/usr/bin/env bash
# Changes the core in one place at a time, runs its tests for each change, and reports the changes that no test notices.
#
#   eng/mutate.sh                      CommandDecision; fails where fewer are noticed than before
#   eng/mutate.sh '**/Progress/*.cs'   other files of src/Fibula: shows what their tests miss, and does not fail
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/mutation"

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1

files=(--mutate '**/Commands/CommandDecision.cs')

# The rest changes nothing that can be seen: a run that waits where there is room begins at once.
least=65
if [[ $# -gt 0 ]]; then
  files=()
  for file in "$@"; do files+=(--mutate "$file"); done
  least=0
fi

dotnet tool restore
dotnet stryker "${files[@]}" --threshold-high 100 --threshold-low 65 --break-at "$least" --output ../../artifacts/mutation --skip-version-check

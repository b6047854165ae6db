#!/usr/bin/env bash
# Changes the core in one place at a time, runs the tests that reach that place, and reports the changes that no test notices.
#
#   eng/mutate.sh                      decision and plan, in about three minutes
#   eng/mutate.sh tree owning          other sets, by name: one line each; fails where a score is below the set's minimum
#   eng/mutate.sh all                  all of src/Fibula, in one or two hours
#   eng/mutate.sh '**/TurnQueue.cs'    any other files of src/Fibula: only shows what their tests miss
#
# The survivors are in artifacts/mutation/reports/mutation-report.html. Not changed are calls of AssertHeld and AssertFree, checks that only other test programs turn on, and of
# ConfigureAwait, which an analyzer demands; and places with a comment "Stryker disable", which says why no test can notice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/mutation"

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export DOTNET_INFO_WAIT_TIME=60000   # how long Stryker waits for "dotnet --info": on a busy machine it takes more than its two seconds
export CustomBeforeMicrosoftCommonTargets=$PWD/Friend.targets

# A set's files below src/Fibula, and the percentage of changes that its tests must notice.
declare -A files=(
  [decision]=Commands/CommandDecision.cs [plan]=Tree/Closing/Plan/ [tree]=Tree/ [all]=
  [basics]=Basics/ [loops]=Loops/ [progress]=Progress/ [owning]=Owning/ [commands]=Commands/
  [diagnostics]=Diagnostics/ [apps]=Apps/ [toolkits]=Toolkits/ [forgotten]=Forgotten/
)
declare -A least=([decision]=90 [plan]=90 [tree]=90 [all]=75)

[[ $# -gt 0 ]] || set -- decision plan
mutate=() sets=()
for argument in "$@"; do
  if [[ -v files[$argument] ]]; then
    place=${files[$argument]}
    [[ $place == *.cs ]] || place+='**/*.cs'
    mutate+=(--mutate "**/$place")
    sets+=("$argument:${least[$argument]:-0}:${files[$argument]}")
  elif [[ $argument == *.cs ]]; then
    mutate+=(--mutate "$argument")
  else
    printf 'eng/mutate.sh: there is no set %s. There are: %s\n' "$argument" "$(printf '%s\n' "${!files[@]}" | sort | paste -sd ' ')" >&2
    exit 1
  fi
done

dotnet tool restore
dotnet stryker "${mutate[@]}" --output ../../artifacts/mutation --skip-version-check
dotnet run --file Scores.cs ../../artifacts/mutation/reports/mutation-report.json "${sets[@]}"

#!/usr/bin/env bash
# Puts the compiled code into the documents again, every block under a marker <!-- code: path#name -->, and into the examples of the XML
# documentation, every <code source="path#name">.
#
#   eng/docs.sh            the code
#   eng/docs.sh output     what samples print, as the README shows it, too
#   eng/docs.sh toolkits   the table of docs/toolkits.md too, from a run of the conformance suite on every loop
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export TESTINGPLATFORM_TELEMETRY_OPTOUT=1
export UPDATE_DOCS=1

if [[ ${1:-} == toolkits ]]; then
  for project in tests/Fibula.Tests tests/Fibula.Testing.Tests tests/Fibula.TerminalGui.Tests tests/Fibula.Gtk.Tests tests/Fibula.Blazor.Tests tests/Fibula.Avalonia.Tests; do
    dotnet test --project "$project" --filter-class '*PromiseTests' --ignore-exit-code 8
  done
  for project in $(grep --files-with-matches '<WindowsDesktop>' tests/*.Tests/*.csproj); do
    dotnet build "$project"
    name=$(basename "$project" .csproj)
    eng/wine.sh "artifacts/bin/$name/debug_win-x64/$name.exe" --filter-class '*PromiseTests' --filter-not-class '*WindowPromiseTests' --ignore-exit-code 8
    eng/wine.sh "artifacts/bin/$name/debug_win-x64/$name.exe" --filter-class '*WindowPromiseTests' --ignore-exit-code 8
  done
  dotnet test --project tests/Fibula.Tests --filter-method '*.Table_IsWhatTheResultsGive'
fi

if [[ ${1:-} == output ]]; then
  dotnet test --project tests/Fibula.Analyzers.Tests --filter-method '*.Readme_ShowsBothRuns'
fi

dotnet test --project tests/Fibula.Tests --filter-method '*.Code_IsTheCodeThatIsCompiled'
git diff --stat -- docs src '*.md'

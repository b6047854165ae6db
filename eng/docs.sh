#!/usr/bin/env bash
# Puts the compiled code into the documents again: every block under a marker <!-- code: path#name -->.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export TESTINGPLATFORM_TELEMETRY_OPTOUT=1

UPDATE_DOCS=1 dotnet test --project tests/Fibula.Tests --filter-method '*.Code_IsTheCodeThatIsCompiled'
git diff --stat -- '*.md'

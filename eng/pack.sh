#!/usr/bin/env bash
# Packs every package of src/ into artifacts/packages, or into the folder given.
set -euo pipefail
folder=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")/../artifacts/packages}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet pack Fibula.slnx --configuration Release --output "$folder"

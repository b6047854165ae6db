#!/usr/bin/env bash
# Packs every package of src/ into artifacts/packages, or into the folder given, on any system. What was packed there before goes.
#
# Each run gives the packages a version of its own: NuGet never looks again at a version it has installed once.
set -euo pipefail
folder=$(realpath -m "${1:-$(dirname "${BASH_SOURCE[0]}")/../artifacts/packages}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() {
  printf 'eng/pack.sh: %s\n' "$1" >&2
  exit 1
}

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' src/Directory.Build.props).$(date +%s)
names=$(grep --files-without-match '<IsPackable>false' src/*/*.csproj | xargs -n 1 basename --suffix .csproj)

for name in $names; do
  rm -f "$folder/$name".[0-9]*.nupkg
done

dotnet pack eng/pack.proj --configuration Release --output "$folder" -p:PackageVersion="$version" || fail 'the packages could not be made. The errors are above.'

for name in $names; do
  [[ -e $folder/$name.$version.nupkg ]] || fail "$name was not packed, although nothing in its project says that it is no package."
done
printf 'Packed version %s into %s.\n' "$version" "$folder"

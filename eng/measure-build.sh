#!/usr/bin/env bash
# Measures what the package adds to the build of a project of 500 files: its rules alone, and with FibulaOwnForgottenTasks.
#
#   eng/measure-build.sh [ROUNDS]      default: 5
#
# The three ways are built in turn, ROUNDS times, each from nothing but the restored packages. The time is that of the processor, of the
# build and all it starts, since a machine that does other things too makes the clock on the wall useless. The least of all rounds counts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export MSBUILDDISABLENODEREUSE=1

readonly rounds=${1:-5}
readonly scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What a view model of some size looks like. In each fifth a task and an async void are forgotten.
make_project() {
  python3 - "$scratch/project" <<'PYTHON'
import os, sys

def method(index):
    return f"""
    public async Task<int> Load{index}Async(string path, CancellationToken cancellationToken)
    {{
        var lines = new List<string>();
        using var reader = new StreamReader(path);
        while (await reader.ReadLineAsync(cancellationToken) is {{ }} line)
        {{
            if (line.Length > {index} && !line.StartsWith('#'))
            {{
                lines.Add(line.Trim().ToUpperInvariant());
            }}
        }}

        Count{index} = lines.Where(line => line.Contains("x{index}", StringComparison.Ordinal)).Select(line => line.Length).DefaultIfEmpty().Sum();
        Changed?.Invoke(this, EventArgs.Empty);
        return lines.GroupBy(line => line.Length).OrderBy(group => group.Key).Select(group => group.Count()).FirstOrDefault();
    }}

    public int Count{index} {{ get; private set; }}
"""

os.makedirs(sys.argv[1])
for index in range(500):
    forgotten = """
    public void Start(string path) { _ = Load0Async(path, CancellationToken.None); }

    private async void OnChanged(object? sender, EventArgs e) => await Load1Async("b", CancellationToken.None);
""" if index % 5 == 0 else ""
    with open(os.path.join(sys.argv[1], f"Model{index}.cs"), "w") as file:
        file.write(f"""namespace Models;

public sealed class Model{index}
{{
    public event EventHandler? Changed;
{forgotten}{''.join(method(number) for number in range(2))}}}
""")
PYTHON
  cat >"$scratch/project/Models.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>FIB0001</NoWarn>
    <RestorePackagesPath>$scratch/installed</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Fibula" Version="*-*" />
  </ItemGroup>
  <!-- The way to compare with: the library without its rules. -->
  <Target Name="LeaveRulesOut" AfterTargets="ResolvePackageAssets" BeforeTargets="CoreCompile" Condition="'\$(Rules)' == 'false'">
    <ItemGroup>
      <Analyzer Remove="@(Analyzer)" Condition="\$([System.String]::Copy('%(Filename)').StartsWith('Fibula.'))" />
    </ItemGroup>
  </Target>
</Project>
XML
  echo "<configuration><packageSources><add key=\"fibula\" value=\"$scratch/feed\" /></packageSources></configuration>" >"$scratch/nuget.config"
}

# Milliseconds of the processor.
build() {
  rm -rf "$scratch/project/bin" "$scratch/project/obj/Debug"
  local times
  times=$( { TIMEFORMAT='%U %S'; time dotnet build "$scratch/project" --no-restore --verbosity quiet -p:UseSharedCompilation=false "$@" >"$scratch/log" 2>&1; } 2>&1 ) \
    || { cat "$scratch/log" >&2; exit 1; }
  awk '{ printf "%d\n", ($1 + $2) * 1000 }' <<<"$times"
}

least() { sort -n "$scratch/$1" | head -n 1; }

report() { awk -v name="$1" -v with="$(least "$2")" -v without="$(least without)" 'BEGIN { printf "%-34s %6d ms   %+.1f %%\n", name, with, (with / without - 1) * 100 }'; }

dotnet pack src/Fibula --configuration Release --output "$scratch/feed" --verbosity quiet
make_project
dotnet restore "$scratch/project" --verbosity quiet
build >/dev/null
for ((round = 1; round <= rounds; round++)); do
  build -p:Rules=false >>"$scratch/without"
  build >>"$scratch/rules"
  build -p:FibulaOwnForgottenTasks=true >>"$scratch/line"
done

printf '%-34s %6d ms\n' 'without the rules' "$(least without)"
report 'with the rules' rules
report 'with FibulaOwnForgottenTasks' line

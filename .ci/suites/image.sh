# What the build of the image runs: the training of its AOT cache, and that the JVM takes the cache. The image itself stands on
# a base that is not fetched here.
# shellcheck shell=bash

# A start with settings that are missing, which loads classes first; with this mode the JVM ends if it cannot take the cache.
taken() {
  local said
  # It ends with an error in any case.
  said=$("$1/java" -XX:AOTMode=on "-XX:AOTCache=$2/coffer.aot" -jar "$2/quarkus-run.jar" 2>&1) || true
  grep -q 'coffer.identity' <<<"$said"
}

image() {
  local java application
  java=$(./mvnw -q help:evaluate -Dexpression=java.home -DforceStdout)/bin
  application=$(mktemp -d)
  cp -a target/quarkus-app/. "$application"
  check "train the image's AOT cache" env "PATH=$java:$PATH" deploy/image/train "$application"
  check "the AOT cache is taken" taken "$java" "$application"
  rm -rf "$application"
}

image

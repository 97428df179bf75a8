# The image, built from the packaged application without a base: none is fetched, and nothing of it is run. Skipped where
# there is no buildah.
# shellcheck shell=bash

image() {
  local store
  if ! command -v buildah > /dev/null; then
    echo "skipped: there is no buildah"
    return
  fi
  store=$(mktemp -d)
  check "buildah build" buildah --storage-driver vfs --root "$store/root" --runroot "$store/run" \
    build --isolation chroot --build-arg BASE=scratch --file Containerfile --tag coffer:test .
  rm -rf "$store"
}

image

#!/bin/sh
# Unpacks an image's tarball and runs it as its user, without a container engine, to inspect what was built. Needs root
# (for chroot). The environment is that of the image and the variables before "--":
#   k8s/image/run.sh k8s/target/jib-image.tar ROLE=local -- --version
set -eu

image=${1:?the image, a tarball}
shift
root=$(mktemp -d)
child=
# Also on a signal: dash doesn't run an EXIT trap then, and rm would delete through what is still mounted.
clean() {
  trap - EXIT INT TERM HUP
  if [ -n "$child" ] && kill "$child" 2>/dev/null; then
    wait "$child" || true
  fi
  for directory in proc dev; do
    ! mountpoint -q "$root/files/$directory" || umount "$root/files/$directory" || umount --lazy "$root/files/$directory"
  done
  rm -rf --one-file-system "$root"
}
trap clean EXIT
trap 'clean; exit 130' INT
trap 'clean; exit 143' TERM HUP

mkdir "$root/image" "$root/files"
tar -C "$root/image" --warning=no-unknown-keyword -xf "$image"
# manifest.json: [{"config":..., "repoTags":[...], "layers":["...",...]}], bottom layer first.
sed 's/.*"[Ll]ayers":\[\([^]]*\)\].*/\1/' "$root/image/manifest.json" | tr ',' '\n' | tr -d '"' | while read -r layer || [ -n "$layer" ]; do
  tar -C "$root/files" --warning=no-unknown-keyword -xf "$root/image/$layer"
done
config=$(cat "$root/image/$(sed 's/.*"[Cc]onfig":"\([^"]*\)".*/\1/' "$root/image/manifest.json")")
user=$(echo "$config" | sed 's/.*"User":"\([^"]*\)".*/\1/')
path=$(echo "$config" | sed 's/.*"\(PATH=[^"]*\)".*/\1/')
directory=$(echo "$config" | sed 's/.*"WorkingDir":"\([^"]*\)".*/\1/')
entrypoint=$(echo "$config" | sed 's/.*"Entrypoint":\[\([^]]*\)\].*/\1/' | tr -d '"' | tr ',' ' ')

environment=
while [ $# -gt 0 ] && [ "$1" != "--" ]; do
  environment="$environment $1"
  shift
done
[ $# -eq 0 ] || shift
# The kernel's file systems, which a container engine would provide, and this machine's host names.
mkdir -p "$root/files/proc" "$root/files/dev" "$root/files/etc"
mount -t proc proc "$root/files/proc"
mount --bind /dev "$root/files/dev"
cp -L /etc/hosts /etc/resolv.conf "$root/files/etc/" 2>/dev/null || true
echo "user $user, in $directory: $entrypoint $*" >&2
# The entrypoint and the environment are lists of words without spaces.
# shellcheck disable=SC2086
env -i "$path" $environment "$(command -v chroot)" --userspec="$user" "$root/files" $entrypoint "$@" &
child=$!
# Waits here, so that a signal is handled at once.
status=0
wait "$child" || status=$?
child=
exit $status

#!/bin/sh
# Fetches the definitions that crds.txt pins, once, for run.sh.
#   k8s/rehearsal/crds.sh [DIRECTORY]     (k8s/target/rehearsal/crds)
set -eu

here=$(cd "$(dirname "$0")" && pwd)
to=${1:-$here/../target/rehearsal/crds}
mkdir -p "$to"
grep -v '^#' "$here/crds.txt" | while read -r sum repository tag path; do
  file=$to/${repository##*/}-${path##*/}
  if ! echo "$sum  $file" | sha256sum --check --status 2>/dev/null; then
    curl --fail --silent --show-error --location --output "$file" "https://raw.githubusercontent.com/$repository/$tag/$path"
    echo "$sum  $file" | sha256sum --check --quiet
  fi
done
echo "$to"

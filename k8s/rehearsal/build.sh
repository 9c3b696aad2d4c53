#!/bin/sh
# Builds kube-apiserver and etcd from their Go modules, for machines that can't download binaries. Needs Go; takes half an hour
# of one core.
#   k8s/rehearsal/build.sh [DIRECTORY]    (k8s/target/rehearsal/bin)
set -eu

version=1.34.2
etcd=v3.6.4

here=$(cd "$(dirname "$0")" && pwd)
to=${1:-$here/../target/rehearsal/bin}
mkdir -p "$to"
to=$(cd "$to" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work"

module=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/.*"GoMod": "\(.*\)".*/\1/p')
{
  echo "module rehearsal"
  sed -n 's/^go /go /p' "$module"
  echo "require k8s.io/kubernetes v$version"
  echo "require go.etcd.io/etcd/server/v3 $etcd"
  # Kubernetes' parts are published as modules of their own, with the same version beginning with v0.
  sed -n "s#^[[:space:]]*\(k8s.io/[a-z-]*\) => ./staging.*#replace \1 => \1 v0.${version#1.}#p" "$module"
} > go.mod
cat > tools.go <<'GO'
//go:build tools

package tools

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
GO
go mod tidy
go build -o "$to/etcd" go.etcd.io/etcd/server/v3
# Without the version, kubectl would take it for one of 0.0.
go build -o "$to/kube-apiserver" \
  -ldflags "-X k8s.io/component-base/version.gitVersion=v$version -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34" \
  k8s.io/kubernetes/cmd/kube-apiserver
echo "$to"

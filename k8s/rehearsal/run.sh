#!/bin/sh
# Puts overlays before a real API server, on this machine, and tears it down again:
#   k8s/rehearsal/run.sh [OVERLAY...]     (all of k8s/overlays)
# For each: strict validation without a warning, a second apply that changes nothing, Pod Security, the delete guard, live
# settings that survive an apply, and what our pods may read. At the end it says what it left out.
#
# kube-apiserver and etcd are looked for in KUBEBUILDER_ASSETS, in k8s/target/rehearsal/bin (build.sh) and on the PATH. With
# REHEARSAL_CONTEXT, such as kind-kind, a cluster is used instead, which must be empty and which keeps what was applied. The
# definitions of other kinds are in CRDS or in k8s/target/rehearsal/crds (crds.sh).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
k8s=$(dirname "$here")
crds=${CRDS:-$k8s/target/rehearsal/crds}
namespace=alert-stream-broker
[ $# -gt 0 ] || set -- $(ls "$k8s/overlays")

work=$(mktemp -d)
processes=
stop() {
  [ -z "$processes" ] || kill $processes 2>/dev/null || true
  [ -z "$processes" ] || wait $processes 2>/dev/null || true
  processes=
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

program() {
  for directory in "${KUBEBUILDER_ASSETS:-}" "$k8s/target/rehearsal/bin"; do
    [ -z "$directory" ] || [ ! -x "$directory/$1" ] || { echo "$directory/$1"; return; }
  done
  command -v "$1" || { echo "MISSING: $1; set KUBEBUILDER_ASSETS, or run k8s/rehearsal/build.sh" >&2; exit 3; }
}

# A port that nothing listens on now.
port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

await() {
  what=$1
  shift
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 240 ] || { tail -20 "$work/log" >&2; fail "$what isn't there after two minutes"; }
    sleep 0.5
  done
}

# An API server with nothing in it. There are no controllers: nothing is started, and nothing is collected.
start() {
  stop
  rm -rf "$work/etcd" "$work/certificates"
  client=$(port) peer=$(port) secure=$(port)
  "$etcd" --data-dir "$work/etcd" --listen-client-urls "http://127.0.0.1:$client" --advertise-client-urls "http://127.0.0.1:$client" \
    --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
    --initial-cluster "default=http://127.0.0.1:$peer" --unsafe-no-fsync > "$work/log" 2>&1 &
  processes=$!
  [ -f "$work/key" ] || openssl genrsa -out "$work/key" 2048 2>/dev/null
  echo 'rehearsal,admin,admin,system:masters' > "$work/tokens"
  "$apiserver" --etcd-servers "http://127.0.0.1:$client" --bind-address 127.0.0.1 --secure-port "$secure" --cert-dir "$work/certificates" \
    --token-auth-file "$work/tokens" --authorization-mode RBAC --service-cluster-ip-range 10.0.0.0/24 \
    --service-account-issuer https://kubernetes.default.svc --service-account-signing-key-file "$work/key" \
    --service-account-key-file "$work/key" --disable-admission-plugins ServiceAccount >> "$work/log" 2>&1 &
  processes="$processes $!"
  cat > "$work/config" <<CONFIG
apiVersion: v1
kind: Config
clusters: [{name: rehearsal, cluster: {server: "https://127.0.0.1:$secure", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: rehearsal}}]
contexts: [{name: rehearsal, context: {cluster: rehearsal, user: admin}}]
current-context: rehearsal
CONFIG
  export KUBECONFIG="$work/config"
  await "the API server" kubectl get --raw /readyz
}

refused() {
  message=$1
  shift
  ! "$@" > "$work/out" 2>&1 || fail "allowed: $*"
  grep -q "$message" "$work/out" || { cat "$work/out" >&2; fail "refused for another reason than $message: $*"; }
}

# Applies without a warning.
apply() {
  kubectl apply --validate=strict --warnings-as-errors -k "$1" > "$work/out" 2> "$work/err" || { cat "$work/err" >&2; fail "apply of $1"; }
  [ ! -s "$work/err" ] || { cat "$work/err" >&2; fail "warnings about $1"; }
}

versions() {
  kubectl get -k "$1" -o jsonpath='{range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\n"}{end}'
}

# By the versions of what is stored: kubectl calls disruption budgets "configured" each time, and changes nothing.
unchanged() {
  versions "$1" > "$work/before"
  apply "$1"
  versions "$1" > "$work/after"
  diff "$work/before" "$work/after" >&2 || fail "a second apply changes $1"
  kubectl diff -k "$1" > "$work/out" 2>&1 || { cat "$work/out" >&2; fail "a difference after apply of $1"; }
}

rehearse() {
  overlay=$k8s/overlays/$1
  kubectl apply --server-side -f "$crds" > /dev/null
  await "all definitions" kubectl wait --for=condition=Established --timeout=10s crd --all
  apply "$k8s/namespace"
  await "the delete guard" kubectl get validatingadmissionpolicybinding alertstream-delete-guard alertstream-crd-guard
  apply "$k8s/operators/registry-operator"
  kubectl create namespace argocd > /dev/null
  apply "$k8s/argocd"
  kubectl create -k "$k8s/live-settings" > /dev/null
  ! kubectl create -k "$k8s/live-settings" > /dev/null 2>&1 || fail "the live settings are made twice"
  apply "$overlay"
  count=$(wc -l < "$work/out")
  unchanged "$overlay"

  live() { kubectl -n $namespace get configmap alertstream-live -o jsonpath='{.data.REPLAY_PAUSED}'; }
  kubectl -n $namespace patch configmap alertstream-live --type merge -p '{"data":{"REPLAY_PAUSED":"true"}}' > /dev/null
  apply "$overlay"
  [ "$(live)" = true ] || fail "applying $1 resumes a paused stream"

  # Deployments and Jobs that don't pass were warned of above; pods are refused.
  refused 'violates PodSecurity "restricted' kubectl -n $namespace run root --image=example.org/root --dry-run=server

  for kind in kafka kafkanodepool kafkatopic persistentvolumeclaim; do
    for name in $(kubectl -n $namespace get $kind -o name); do
      refused 'alertstream.io/may-be-deleted=true' kubectl -n $namespace delete "$name" --dry-run=server
    done
  done
  refused 'alertstream.io/may-be-deleted=true' kubectl delete namespace $namespace --dry-run=server
  refused 'alertstream.io/may-be-deleted=true' kubectl delete -k "$overlay" --dry-run=server
  refused 'alertstream.io/may-be-deleted=true' kubectl delete crd kafkatopics.kafka.strimzi.io --dry-run=server
  kubectl delete crd certificates.cert-manager.io --dry-run=server > /dev/null
  kubectl -n $namespace annotate kafkatopic registry-schemas alertstream.io/may-be-deleted=true > /dev/null
  kubectl -n $namespace delete kafkatopic registry-schemas --dry-run=server > /dev/null

  for account in $(kubectl -n $namespace get rolebinding -o jsonpath='{.items[?(@.roleRef.name=="alertstream-settings-reader")].subjects[*].name}'); do
    user=system:serviceaccount:$namespace:$account
    for map in alertstream-settings alertstream-live; do
      [ "$(kubectl -n $namespace auth can-i get configmap/$map --as "$user")" = yes ] || fail "$account may not read $map"
    done
    [ "$(kubectl -n $namespace auth can-i get secrets --as "$user" || true)" = no ] || fail "$account may read Secrets"
  done
  echo "passed: $1, $count resources"
}

[ -d "$crds" ] || { echo "MISSING: $crds; run k8s/rehearsal/crds.sh" >&2; exit 3; }
if [ -z "${REHEARSAL_CONTEXT:-}" ]; then
  etcd=$(program etcd)
  apiserver=$(program kube-apiserver)
else
  [ $# -eq 1 ] || { echo "with REHEARSAL_CONTEXT, name one overlay" >&2; exit 3; }
  kubectl config view --minify --flatten --context "$REHEARSAL_CONTEXT" > "$work/config"
  export KUBECONFIG="$work/config"
fi
for each in "$@"; do
  [ -n "${REHEARSAL_CONTEXT:-}" ] || start
  rehearse "$each"
done
echo "API server: $(kubectl version 2>/dev/null | sed -n 's/^Server Version: //p')"
cat <<LEFT
LEFT OUT: Strimzi's operator and all others (no StrimziPodSets, Secrets or certificates are made); running pods, images and
probes; whether network policies let traffic through; disks; load balancers and their addresses.
LEFT

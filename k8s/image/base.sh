#!/bin/sh
# Makes a base image from this machine's JDK, for machines that can't reach a container registry: a runtime made by jlink,
# with the C library that it needs, as a tarball that Jib accepts instead of a base from a registry.
#   k8s/image/base.sh target/base.tar && ./mvnw -Pimage -DskipTests package -Dimage.base=tar://$PWD/target/base.tar
# Only for trying the image: releases use the base that k8s/pom.xml names. JAVA_HOME selects the JDK.
set -eu

out=${1:?the tarball to write}
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every module that a server may use; Netty and TLS find jdk.unsupported and jdk.crypto.ec by name.
"$java_home/bin/jlink" --output "$work/root/opt/java" --strip-debug --no-header-files --no-man-pages \
  --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.crypto.cryptoki,jdk.naming.dns,jdk.management,jdk.zipfs,jdk.httpserver

# The C library, and everything else that the native code of the runtime and the compressors is linked with.
for file in "$work/root/opt/java/bin/java" "$work"/root/opt/java/lib/*.so "$work"/root/opt/java/lib/server/*.so; do
  ldd "$file" 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p; s/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\).*/\1/p'
done | sort -u | grep -v "^$work" | while read -r library; do
  mkdir -p "$work/root$(dirname "$library")"
  cp -L "$library" "$work/root$library"
done
# The compressors' native libraries are in jars, where ldd doesn't see that they need C++.
for library in libstdc++.so.6 libgcc_s.so.1 libresolv.so.2 libnss_dns.so.2; do
  found=$(ldconfig -p | sed -n "s/.*$library .*=> //p" | head -1)
  [ -z "$found" ] || { mkdir -p "$work/root$(dirname "$found")" && cp -L "$found" "$work/root$found"; }
done
mkdir -p "$work/root/tmp" "$work/root/etc"
chmod 1777 "$work/root/tmp"

mkdir "$work/image"
tar -C "$work/root" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$work/image/layer.tar" .
digest=$(sha256sum "$work/image/layer.tar" | cut -d' ' -f1)
case $(uname -m) in aarch64) architecture=arm64 ;; *) architecture=amd64 ;; esac
cat > "$work/image/config.json" <<JSON
{"architecture":"$architecture","os":"linux","config":{"Env":["PATH=/opt/java/bin","JAVA_HOME=/opt/java"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$digest"]}}
JSON
echo '[{"Config":"config.json","RepoTags":null,"Layers":["layer.tar"]}]' > "$work/image/manifest.json"
mkdir -p "$(dirname "$out")"
tar -C "$work/image" -cf "$out" manifest.json config.json layer.tar

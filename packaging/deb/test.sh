#!/bin/bash
# packaging/deb/test.sh FILE: unpacks a Debian package into a folder, without installing it, starts the program there as its
# unit does, and asks it for its health and its home page.
set -euo pipefail
file=$1
port=${PORT:-18084}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

dpkg-deb --field "$file" Depends | grep -q 'nodejs (>= 20.19)'
dpkg-deb --ctrl-tarfile "$file" | tar -xOf - ./conffiles | grep -qx /etc/retrograde/retrograde.yaml
dpkg -x "$file" "$work"
(cd "$work" && tar -xOf <(dpkg-deb --ctrl-tarfile "$file") ./md5sums | md5sum --check --quiet)
grep -q '^ExecStart=/usr/bin/retrograde serve --config /etc/retrograde/retrograde.yaml$' "$work/usr/lib/systemd/system/retrograde.service"

cd /
"$work/usr/bin/retrograde" serve --config "$work/etc/retrograde/retrograde.yaml" --port "$port" --data-dir "$work/var" >"$work/log" 2>&1 &
pid=$!
if ! curl -sf --retry 60 --retry-connrefused --retry-delay 1 --retry-max-time 60 "http://127.0.0.1:$port/healthz" >/dev/null; then cat "$work/log"; exit 1; fi
curl -sf -x "http://127.0.0.1:$port" http://retrograde/ | grep -q '<H1>Retrograde</H1>'
[ -f "$work/var/retrograde.lmdb" ]
echo "$(basename "$file"): answers, and keeps what it is to keep"

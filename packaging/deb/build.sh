#!/bin/bash
# packaging/deb/build.sh [ARCHITECTURE [FOLDER]]: writes FOLDER/retrograde_VERSION_ARCHITECTURE.deb (amd64, arm64 or armhf; this
# machine's own unless named; dist/ unless named) with dpkg-deb alone, after "npm run build". Nothing is compiled for the
# architecture: the native modules (sharp, lmdb, msgpackr-extract) come from npm for each of them.
#
# Node is Debian's (20.19 in Debian 13 and the Raspberry Pi OS made of it), or NodeSource's: so that apt mends its holes, the
# package has 14 MB instead of 40, and one armhf build does for all, which Node itself no longer makes.
set -euo pipefail
cd "$(dirname "$0")/../.."

architecture=${1:-$(dpkg --print-architecture)}
out=$(mkdir -p "${2:-dist}" && cd "${2:-dist}" && pwd)
case $architecture in
  amd64) cpu=x64 ;;
  arm64) cpu=arm64 ;;
  armhf) cpu=arm ;;
  *) echo "build.sh: amd64, arm64 or armhf, not $architecture" >&2; exit 2 ;;
esac
[ -f dist/retrograde.cjs ] || { echo 'build.sh: first npm run build' >&2; exit 1; }
version=$(node -p 'require("./package.json").version')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
lib=$root/usr/lib/retrograde
doc=$root/usr/share/doc/retrograde
umask 022
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$lib" "$doc" "$root/usr/share/man/man1" "$root/usr/lib/systemd/system" "$root/etc/retrograde"

# The program, and what it needs as package-lock.json has it. ( --ignore-scripts: they would only look for a compiler.)
cp -r rules package.json package-lock.json "$lib"
mkdir "$lib/dist" && (cd dist && find . -type f ! -name '*.map' ! -name '*.deb' -print0 | tar --null -cf - -T -) | tar -xf - -C "$lib/dist"
(cd "$lib" && npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund --silent --os=linux --cpu="$cpu" --libc=glibc)
for module in "@img/sharp-linux-$cpu" "@lmdb/lmdb-linux-$cpu"; do
  [ -d "$lib/node_modules/$module" ] || { echo "build.sh: npm brought no $module" >&2; exit 1; }
done
cp -r licenses "$lib" && node "$lib/licenses/write.mjs" | gzip -9n >"$doc/THIRD-PARTY-LICENSES.gz"
rm -r "$lib/licenses" "$lib/package-lock.json"
# What only a developer, a tool or another C library reads, a fifth of it all.
find "$lib/node_modules" -mindepth 1 -name '.*' -prune -exec rm -r {} +
find "$lib/node_modules" -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.musl.node' -o -name '*.sh' \) -delete
rm -rf "$lib"/node_modules/lmdb/dependencies "$lib"/node_modules/lmdb/src
find "$lib" -type f -exec chmod 644 {} +
chmod 755 "$lib/dist/retrograde.cjs"
ln -s ../lib/retrograde/dist/retrograde.cjs "$root/usr/bin/retrograde"

cp packaging/systemd/retrograde.service "$root/usr/lib/systemd/system/"
cp packaging/deb/retrograde.yaml "$root/etc/retrograde/"
cp -r docs README.md "$doc"
sed -n '/^Permission/,$ { s/^$/./; s/^/ /; p; }' LICENSE | cat packaging/deb/copyright - >"$doc/copyright"
cp CHANGELOG.md "$doc"
# Debian's own form has dates and names, which the other one has not.
printf 'retrograde (%s) unstable; urgency=medium\n\n  * What changed is in CHANGELOG.md.\n\n -- %s  %s\n' "$version" \
  "$(sed -n 's/^Maintainer: //p' packaging/deb/control.in)" "$(date -R -u -d "@${SOURCE_DATE_EPOCH:-$(stat -c %Y CHANGELOG.md)}")" |
  gzip -9n >"$doc/changelog.gz"
node dist/retrograde.cjs man | gzip -9nc >"$root/usr/share/man/man1/retrograde.1.gz"

echo /etc/retrograde/retrograde.yaml >"$root/DEBIAN/conffiles"
(cd "$root" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
install -m 755 packaging/deb/postinst packaging/deb/prerm packaging/deb/postrm "$root/DEBIAN"
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$(du -sk --exclude=DEBIAN "$root" | cut -f1)/" packaging/deb/control.in >"$root/DEBIAN/control"
dpkg-deb --root-owner-group --build "$root" "$out/retrograde_${version}_$architecture.deb"

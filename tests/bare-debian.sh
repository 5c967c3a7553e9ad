#!/usr/bin/env bash
# Does the published program start on a bare Debian, and say what it lacks? Run as root: tests/bare-debian.sh [FOLDER OF ./dev publish]
# The Debian is made once by debootstrap and kept for the next time, in $PORTE_DEBIAN or /var/tmp/porte-debian.
set -euo pipefail
cd "$(dirname "$0")/.."
published=${1:-artifacts/publish}
debian=${PORTE_DEBIAN:-/var/tmp/porte-debian}
port=5089

fail() {
  echo "$*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "run it as root: it makes a system to enter"
for program in debootstrap curl; do
  command -v "$program" >/dev/null || fail "$program is missing: apt-get install $program"
done
[ -x "$published/porte" ] || fail "$published/porte is missing: run ./dev publish first"

if [ ! -e "$debian/made" ]; then
  debootstrap --variant=minbase bookworm "$debian"
  chroot "$debian" apt-get install --yes --no-install-recommends libicu72 libssl3 ca-certificates
  touch "$debian/made"
fi
mkdir -p "$debian/opt/porte"
cp "$published/porte" "$published/libe_sqlite3.so" "$debian/opt/porte/"
rm -rf "$debian/opt/porte/data"
libraries=$debian/usr/lib/x86_64-linux-gnu
aside=$debian/aside
server=

# The runtime asks /proc how much memory there is.
mountpoint --quiet "$debian/proc" || mount -t proc proc "$debian/proc"

restore() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  if [ -d "$aside" ]; then
    find "$aside" -mindepth 1 -exec mv -t "$libraries" {} +
    rmdir "$aside"
  fi
}
leave() {
  restore
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  umount "$debian/proc" 2>/dev/null || umount --lazy "$debian/proc"
}
trap leave EXIT
restore

porte() {
  chroot "$debian" /opt/porte/porte "$@"
}

# One sentence, the three packages, exit code 2: in both languages, whatever the command.
expect_sentence() {
  local library=$1 said code
  mkdir "$aside"
  mv -t "$aside" "$libraries/$library".*
  for command in "serve" "diagnose x" "serve --lang en"; do
    code=0
    # shellcheck disable=SC2086
    said=$(porte $command 2>&1) || code=$?
    [ "$code" = 2 ] || fail "without $library, porte $command ended with $code: $said"
    [ "$(wc -l <<<"$said")" = 1 ] || fail "without $library, porte $command says more than a sentence: $said"
    for package in libicu72 libssl3 ca-certificates; do
      grep -q "$package" <<<"$said" || fail "without $library, porte $command does not name $package: $said"
    done
    case $command in
      *en) grep -q needs <<<"$said" || fail "not English: $said" ;;
      *) grep -q 'Il manque' <<<"$said" || fail "not French: $said" ;;
    esac
  done
  restore
  echo "without $library: $said"
}

expect_sentence libicuuc.so
expect_sentence libssl.so

start=$(date +%s%N)
chroot "$debian" /opt/porte/porte serve --urls "http://127.0.0.1:$port" --data /opt/porte/data >"$debian/opt/porte/log" 2>&1 &
server=$!
until [ "$(curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/sign-in")" = 200 ]; do
  kill -0 "$server" 2>/dev/null || fail "porte serve ended: $(cat "$debian/opt/porte/log")"
done
echo "with libicu72, libssl3 and ca-certificates: /sign-in answers after $((($(date +%s%N) - start) / 1000000)) ms, on data made anew"

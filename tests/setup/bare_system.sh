#!/usr/bin/env bash
# Prove the set-up on a bare Debian 12 (minbase and python3, nothing else), as root and as an ordinary user.
#
#   sudo tests/setup/bare_system.sh [root|user ...] [-- COMMAND]     default: both, README commands 1 and 2
#
# A fresh clone is put into a fresh root each time. Network, proxy, certificates, apt mirrors and pip's configuration
# of this machine are given to it. The root is entered by pivot_root in own mount and pid namespaces: the sandbox
# cannot work in a plain chroot. KEEP=1 leaves the roots, WORK=DIR chooses where they lie (about 3 GB each).
set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-/var/tmp/multicoder-bare}
who=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do who+=("$1"); shift; done
[ $# -gt 0 ] && shift
[ ${#who[@]} -gt 0 ] || who=(root user)
commands=("$*")
[ -n "${commands[0]}" ] || commands=("python3 mc.py" "python3 mc.py test")
[ "$(id -u)" = 0 ] || { echo "bare_system.sh needs root: debootstrap and pivot_root do" >&2; exit 2; }
command -v debootstrap > /dev/null || { echo "install debootstrap first" >&2; exit 2; }

base=$work/base
mkdir -p "$work"
if [ ! -e "$base/.complete" ]; then
    rm -rf "$base"
    mirror=$(sed -n 's/^URIs: *\(\S*\).*/\1/p; s/^deb \(\[.*\] \)\?\(http\S*\).*/\2/p' \
        /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2> /dev/null | head -n 1 || true)
    [ -n "$mirror" ] || { echo "no Debian mirror is configured on this machine" >&2; exit 2; }
    debootstrap --variant=minbase --include=python3 bookworm "$base" "$mirror" > "$work/debootstrap.log"
    rm -rf "$base"/var/lib/apt/lists/* "$base"/var/cache/apt/archives/*.deb
    cp -a /etc/apt/sources.list.d/debian.sources "$base/etc/apt/sources.list.d/" 2> /dev/null && : > "$base/etc/apt/sources.list"
    cp -a /etc/apt/apt.conf.d/. "$base/etc/apt/apt.conf.d/"
    rm -f "$base"/etc/apt/apt.conf.d/{20packagekit,50appstream,70debconf}
    mkdir -p "$base/etc/ssl"
    cp -aL /etc/ssl/certs "$base/etc/ssl/"
    cp /etc/resolv.conf /etc/hosts "$base/etc/"
    chroot "$base" useradd --create-home --uid 1000 person
    touch "$base/.complete"
fi

# What pip is told here: files and variables; folders named there are shown read-only at their own places.
settings=$(python3 -m pip config list 2> /dev/null || true)
folders=$(printf '%s\n' "$settings" | grep -oE "(file://)?/[^' ]+" | sed 's#^file://##; s#/simple/*$##' | sort -u)
names='^(PIP_|UV_|[a-z]*_proxy=|[A-Z]*_PROXY=|SSL_CERT_|REQUESTS_CA_BUNDLE=|CURL_CA_BUNDLE=)'

run_as() {
    local person=$1 root=$work/$1
    rm -rf "$root"
    cp -a "$base" "$root"
    git clone --quiet "$repository" "$root/srv/multicoder"
    [ "$person" = root ] || chroot "$root" chown -R 1000:1000 /srv/multicoder
    for file in $folders; do
        # A file that pip's configuration names, such as one of constraints.
        [ -f "$file" ] && [ ! -e "$root$file" ] && install -D -m 644 "$file" "$root$file"
    done
    python3 -m pip config list 2> /dev/null | sed -n "s/^global\.\([^=]*\)='\(.*\)'$/\1 = \2/p" | sed '1i [global]' > "$root/etc/pip.conf"
    env | grep -E "$names" > "$root/environment" || true
    printf '%s\n' "${commands[@]}" > "$root/commands"
    cat > "$root/inside.sh" << 'INSIDE'
cd /srv/multicoder
status=0
while read -r command; do
    echo "### $(id -un): $command"
    started=$(date +%s.%N)
    sh -c "$command" < /dev/null || { status=$?; echo "### FAILED with $status"; }
    echo "### $(id -un): $command: $(echo "$started $(date +%s.%N)" | awk '{printf "%.1f", $2 - $1}') s"
done < /commands
exit $status
INSIDE
    export root person folders
    unshare --mount --pid --fork --propagation private bash -euc '
        mount --bind "$root" "$root"
        cd "$root"
        mkdir -p proc dev sys tmp old
        mount -t proc proc proc
        mount --rbind /dev dev
        mount -t tmpfs -o mode=1777 tmpfs tmp
        for folder in $folders; do
            # The bundle of certificates is a file below /etc and was copied.
            [ -d "$folder" ] || continue
            mkdir -p "./$folder"
            mount --rbind "$folder" "./$folder"
        done
        pivot_root . old
        cd /
        umount -l /old
        variables=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8)
        while IFS= read -r line; do variables+=("$line"); done < /environment
        if [ "$person" = root ]; then
            exec env -i HOME=/root "${variables[@]}" sh /inside.sh
        fi
        exec env -i HOME=/home/person "${variables[@]}" setpriv --reuid 1000 --regid 1000 --clear-groups sh /inside.sh
    '
}

status=0
for person in "${who[@]}"; do
    run_as "$person" || status=1
    [ -n "${KEEP:-}" ] || rm -rf "${work:?}/$person"
done
exit $status

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The packages, built from this tree and build/rdmpath: what is in them, what lintian says, and what they leave behind
# in a system of their own that has nothing but dpkg's database.

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || return
    packaging/deb "$BATS_FILE_TMPDIR/deb"
    packaging/rpm/build "$BATS_FILE_TMPDIR/rpm"
    make -s install DESTDIR="$BATS_FILE_TMPDIR/installed" prefix=/usr
}

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    deb=$BATS_FILE_TMPDIR/deb
    rpm=$BATS_FILE_TMPDIR/rpm
    root=$BATS_TEST_TMPDIR/root
}

content() {    # PACKAGE: mode, owner and name of its files, documentation aside
    dpkg-deb --contents "$deb"/"$1"_*.deb |
        awk '!/\/$/ && !/usr\/share\/(doc|lintian)\// { print $1, $2, substr($6, 3) }'
}

in_tree() {    # what make install made, in the same form
    find "$BATS_FILE_TMPDIR/installed" ! -type d -printf '%M root/root %P\n' | sed -E 's,(/man/.*),\1.gz,' | sort
}

@test "the three Debian packages have all that is installed, each file once" {
    run -0 bash -c "$(declare -f content); deb=$deb; for package in rdmpath rdmpath-dracut rdmpath-initramfs; do content \$package; done | sort"
    sysvinit=' (etc/init.d/rdmpath-end|usr/libexec/rdmpath/outlast|usr/lib/systemd/system/rdmpath-end.service)$'
    [ "$(grep -vE "$sysvinit" <<<"$output")" = "$(in_tree)" ]
    [ "$(grep -cE "$sysvinit" <<<"$output")" = 3 ]
}

@test "only sysvinit starts what waits for the end of the system" {
    dpkg-deb --control "$deb"/rdmpath_*.deb "$BATS_TEST_TMPDIR/control"
    run -0 cat "$BATS_TEST_TMPDIR/control"/p*
    [[ $output == *'invoke-rc.d --skip-systemd-native rdmpath-end'* ]]
    dpkg-deb --extract "$deb"/rdmpath_*.deb "$root"
    [ "$(readlink "$root/usr/lib/systemd/system/rdmpath-end.service")" = /dev/null ] # systemd makes no unit of the script
    [ "$(readlink -f "$root/usr/libexec/rdmpath/outlast")" = "$(readlink -f "$root")/usr/sbin/rdmpath" ]
}

@test "the hooks are in packages of their own" {
    [ "$(content rdmpath-dracut | sort)" = "$(in_tree | grep ' usr/lib/dracut/modules.d/55rdmpath/')" ]
    [ "$(content rdmpath-initramfs | sort)" = "$(in_tree | grep ' usr/share/initramfs-tools/')" ]
    needs=$(dpkg-deb -f "$deb"/rdmpath-dracut_*.deb Depends)
    [[ $needs == *'dracut-core | dracut, rdmpath (>= '* ]]
    needs=$(dpkg-deb -f "$deb"/rdmpath-initramfs_*.deb Depends)
    [[ $needs == *'initramfs-tools-core | initramfs-tools, rdmpath (>= '* ]]
}

@test "lintian finds no errors and no warnings" {
    # What it says of root is not about packages.
    run -0 lintian --allow-root --fail-on error,warning "$deb"/*.changes
    [ "$output" = '' ]
}

@test "the package says which sources are in the program" { # those of Debian 12: packaging/source-pins
    [[ $(dpkg-deb -f "$deb"/rdmpath_*.deb Built-Using) == 'lvm2 (= 2.03.16-'* ]]
    run -0 dpkg-deb -f "$deb"/rdmpath_*.deb Static-Built-Using
    for source in llvm-toolchain-19 musl sg3-utils; do [[ $output == *"$source (= "* ]]; done
}

@test "program, changelog and spec agree on the version" {
    version=$(build/rdmpath --version)
    version=${version#rdmpath }
    [[ $(dpkg-deb -f "$deb"/rdmpath_*.deb Version) == "$version"-* ]]
    [ "$(rpm -qp --queryformat '%{VERSION}' "$rpm"/rdmpath-[0-9]*.rpm)" = "$version" ]
}

@test "the RPM packages have all that is installed but initramfs-tools' part" {
    wanted=$(cd "$BATS_FILE_TMPDIR/installed" && find . ! -type d -printf '%M /%P\n' | grep -v /initramfs-tools/ | sort)
    run -0 rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$rpm"/*.rpm
    [ "$(grep -v -e '^d' -e /usr/share/licenses/ <<<"$output" | sed 's/\.gz$//' | sort)" = "$wanted" ]
    [ "$(rpm -qpl "$rpm"/rdmpath-dracut-*.rpm | grep -cv ^/usr/lib/dracut/modules.d/55rdmpath)" -eq 0 ]
}

# A system that has dpkg's database and one package, which stands for all others and writes down when images are built.
system() {
    mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers} "$BATS_TEST_TMPDIR/host/DEBIAN"
    : >"$root/var/lib/dpkg/status"
    cat >"$BATS_TEST_TMPDIR/host/DEBIAN/control" <<'END'
Package: host
Version: 1
Architecture: all
Maintainer: nobody <nobody@localhost>
Provides: dmsetup, dracut-core, init-system-helpers (= 1.65), initramfs-tools-core
Description: stands for all others
END
    echo 'interest-noawait update-initramfs' >"$BATS_TEST_TMPDIR/host/DEBIAN/triggers"
    cat >"$BATS_TEST_TMPDIR/host/DEBIAN/postinst" <<'END'
#!/bin/sh
[ "$1" != triggered ] || ls "$DPKG_ROOT"/usr/sbin >"$DPKG_ROOT/images-built" 2>/dev/null || :
END
    chmod 755 "$BATS_TEST_TMPDIR/host/DEBIAN/postinst"
    dpkg-deb --build --root-owner-group "$BATS_TEST_TMPDIR/host" "$BATS_TEST_TMPDIR/host.deb"
    on_system --install "$BATS_TEST_TMPDIR/host.deb"
}

on_system() { dpkg --root="$root" --force-not-root --force-script-chrootless --force-bad-path --log=/dev/null "$@"; }

builds_images() {    # WITH DPKG-ARGUMENT...: builds images that have the program, or have it no more
    local with=$1
    shift
    rm -f "$root/images-built"
    on_system "$@"
    [ "$(cat "$root/images-built")" = "$with" ]
}

left() {    # all that is there, but for dpkg's database and the other package
    find "$root" -mindepth 1 -path "$root/var/lib/dpkg" -prune -o ! -type d -print -o -name '*rdmpath*' -print |
        grep -v '/images-built$' || :
}

@test "install, upgrade, removal and purge build the images again, and leave nothing behind" {
    system
    builds_images rdmpath --install "$deb"/*.deb
    run -0 on_system --audit
    [ "$output" = '' ]
    builds_images rdmpath --install "$deb"/*.deb
    builds_images '' --remove rdmpath rdmpath-dracut rdmpath-initramfs
    on_system --purge rdmpath rdmpath-dracut rdmpath-initramfs
    [ "$(left)" = '' ]
    [ "$(find "$root/var/lib/dpkg/info" -name 'rdmpath*')" = '' ]
}

@test "each package alone builds the images again" {
    system
    on_system --install "$deb"/rdmpath_*.deb "$deb"/rdmpath-*.deb
    builds_images rdmpath --install "$deb"/rdmpath_*.deb # a new program, as after a rebuild
    builds_images rdmpath --install "$deb"/rdmpath-initramfs_*.deb
    builds_images rdmpath --install "$deb"/rdmpath-dracut_*.deb
    builds_images rdmpath --purge rdmpath-initramfs
    builds_images rdmpath --purge rdmpath-dracut
}

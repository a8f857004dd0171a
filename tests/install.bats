#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# `make install` into a package's root, as a packager calls it: what appears there, with which modes, and nothing else.

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    root="$BATS_TEST_TMPDIR/a root" # with a blank
}

installed() { (cd "$root" && find . -type f -printf '%m %P\n' | sort); }

of_folder() {    # SOURCE PLACE: how its files should appear
    find "$1" -type f -perm /100 -printf "755 $2/%P\n" -o -type f -printf "644 $2/%P\n"
}

wanted() {    # PREFIX
    {
        printf '%s\n' "755 $1/sbin/rdmpath" "644 $1/share/man/man"{8/rdmpath.8,7/rdmpath.cmdline.7}
        of_folder dracut-module/shared "$1/lib/rdmpath"
        of_folder dracut-module/55rdmpath "$1/lib/dracut/modules.d/55rdmpath"
        of_folder initramfs-tools-hook/hooks "$1/share/initramfs-tools/hooks"
        of_folder initramfs-tools-hook/scripts "$1/share/initramfs-tools/scripts"
        of_folder packaging/shutdown "$1/lib/systemd/system"
    } | sort
}

@test "install puts everything into prefix, and nothing else" {
    make -s install DESTDIR="$root" prefix=/usr
    [ "$(installed)" = "$(wanted usr)" ]
    cmp build/rdmpath "$root/usr/sbin/rdmpath"
}

@test "what dracut and initramfs-tools run is where they look, and can be executed" {
    make -s install DESTDIR="$root" prefix=/usr
    for file in lib/rdmpath/switch lib/dracut/modules.d/55rdmpath/module-setup.sh share/initramfs-tools/hooks/rdmpath \
        share/initramfs-tools/scripts/{rdmpath-blkid,{init-top,local-top,init-bottom}/rdmpath}; do
        [ -x "$root/usr/$file" ]
    done
    [ -f "$root/usr/lib/dracut/modules.d/55rdmpath/rdmpath.service" ]
    [ -f "$root/usr/lib/systemd/system/multi-user.target.wants/rdmpath-end.target" ]
    for end in poweroff reboot; do
        [ -f "$root/usr/lib/systemd/system/$end.target.wants/rdmpath-$end.service" ]
    done
}

@test "the prefix is /usr/local unless told" {
    make -s install DESTDIR="$root"
    [ "$(installed)" = "$(wanted usr/local)" ]
}

@test "install does not mind a packager's umask, nor an older program in its place" {
    umask 077
    mkdir -p "$root/usr/sbin"
    echo old >"$root/usr/sbin/rdmpath"
    make -s install DESTDIR="$root" prefix=/usr
    [ "$(installed)" = "$(wanted usr)" ]
    [ "$(stat -c %a "$root/usr/lib/rdmpath")" = 755 ]
    cmp build/rdmpath "$root/usr/sbin/rdmpath"
}

@test "the installed program runs on its own" {
    make -s install DESTDIR="$root" prefix=/usr
    run env -i "$root/usr/sbin/rdmpath" --version
    [ "$status" -eq 0 ]
    [[ $output == 'rdmpath '* ]]
}

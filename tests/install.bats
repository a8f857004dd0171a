#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# `make install` into a package's root, as a packager calls it: what appears there, with which modes, and nothing else.

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    root="$BATS_TEST_TMPDIR/a root" # with a blank
}

installed() { (cd "$root" && find . -type f -printf '%m %P\n' | sort); }

@test "install puts the program into prefix, and nothing else" {
    make -s install DESTDIR="$root" prefix=/usr
    [ "$(installed)" = '755 usr/sbin/rdmpath' ]
    cmp build/rdmpath "$root/usr/sbin/rdmpath"
}

@test "the prefix is /usr/local unless told" {
    make -s install DESTDIR="$root"
    [ "$(installed)" = '755 usr/local/sbin/rdmpath' ]
}

@test "install does not mind a packager's umask, nor an older program in its place" {
    umask 077
    mkdir -p "$root/usr/sbin"
    echo old >"$root/usr/sbin/rdmpath"
    make -s install DESTDIR="$root" prefix=/usr
    [ "$(installed)" = '755 usr/sbin/rdmpath' ]
    cmp build/rdmpath "$root/usr/sbin/rdmpath"
}

@test "the installed program runs on its own" {
    make -s install DESTDIR="$root" prefix=/usr
    run env -i "$root/usr/sbin/rdmpath" --version
    [ "$status" -eq 0 ]
    [[ $output == 'rdmpath '* ]]
}

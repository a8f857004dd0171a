#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The tools around the build: the sum of the results, the room check, the libraries' sources. None of it downloads.

bats_require_minimum_version 1.5.0

setup() {
    tree=$BATS_TEST_DIRNAME/..
    cd "$BATS_TEST_TMPDIR" || return
}

room() {    # FILE LINE: a source tree of one file, checked
    mkdir -p "tests" "${1%/*}" src/base
    cp "$tree/tests/rooms" tests
    : >src/base/text.h
    : >src/base/text.cc
    printf '%s\n' "$2" >"$1"
    run tests/rooms
}

@test "the sum counts results, says what failed and why something was skipped" {
    printf '1..4\nok 1 one\nok 2 two # skip no udev here\nnot ok 3 three\n# ok, but only a remark\n' >bats.tap
    printf 'ok - four\n' >unit.tap
    run "$tree/tests/tally" bats.tap unit.tap
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = 'skipped bats: two # skip no udev here' ]
    [ "${lines[1]}" = 'FAILED  bats: three' ]
    [ "${lines[2]}" = '2 passed, 1 failed, 1 skipped' ]
}

@test "a step that ran nothing, or left no file, counts as failed" {
    : >empty.tap
    run "$tree/tests/tally" empty.tap missing.tap
    [ "$status" -eq 1 ]
    [ "${lines[2]}" = '0 passed, 2 failed, 0 skipped' ]
}

@test "all good: one line and status 0" {
    printf 'ok 1 one\n' >bats.tap
    run "$tree/tests/tally" bats.tap
    [ "$status" -eq 0 ]
    [ "$output" = '1 passed, 0 failed, 0 skipped' ]
}

@test "unit tests: a test that takes the program with it is a failure" {
    cat >crash <<'END'
#!/bin/sh
echo '[ RUN      ] A.Good'
echo '[       OK ] A.Good (0 ms)'
echo '[ RUN      ] A.Crash'
exit 134
END
    chmod +x crash
    run --separate-stderr "$tree/tests/gtest-to-tap" ./crash
    [ "$status" -eq 134 ]
    [ "${lines[0]}" = 'ok - A.Good' ]
    [ "${lines[1]}" = 'not ok - A.Crash (ended the program, status 134)' ]
}

@test "rooms: up is refused, down is not" {
    room src/kernel/a.cc '#include "map/table.h"'
    [ "$status" -eq 1 ]
    [ "$output" = 'src/kernel/a.cc:1: includes "map/table.h": map/ is above kernel/' ]
    room src/kernel/a.cc '#include "base/text.h"'
    [ "$status" -eq 0 ]
}

@test "rooms: system headers are for kernel/*.cc, and iostream for nobody" {
    room src/map/a.cc '#include <sys/stat.h>'
    [ "$status" -eq 1 ]
    rm src/map/a.cc
    room src/kernel/a.h '#include <fcntl.h>'
    [ "$status" -eq 1 ]
    rm src/kernel/a.h
    room src/kernel/a.cc '#include <fcntl.h>'
    [ "$status" -eq 0 ]
    room src/kernel/a.cc '#include <iostream>'
    [ "$status" -eq 1 ]
}

@test "sources: a tarball with another hash is refused, and so is an unknown package" {
    mkdir cache
    printf 'not it\n' >cache/lvm2_2.03.16.orig.tar.xz
    run "$tree/packaging/sources" lvm2 cache
    [ "$status" -eq 1 ]
    [[ $output == *'lvm2: cache/lvm2_2.03.16.orig.tar.xz has SHA-256 '*', but '*' wants '* ]]
    run "$tree/packaging/sources" lvm3 cache
    [ "$status" -eq 1 ]
    [[ $output == *'lvm3: no line in '* ]]
}

tree_of() {    # PACKAGE TEXT: what packaging/libraries needs of its source tree; its library is that text
    mkdir -p "$1" && (
        cd "$1" && case $1 in
            lvm2)
                mkdir -p libdm/ioctl && : >libdm/libdevmapper.h
                printf 'ioctl/libdevmapper.a:\n\techo %s >$@\n' "$2" >libdm/Makefile
                ;;
            sg3_utils)
                mkdir -p lib/.libs include && : >include/sg_lib.h
                printf '.libs/libsgutils2.a:\n\techo %s >$@\n' "$2" >lib/Makefile
                ;;
        esac
        printf '#!/bin/sh\n' >configure
        chmod +x configure
    )
}

given() { make -s DEVMAPPER_SRC="$PWD/lvm2" SG3_UTILS_SRC="$PWD/sg3_utils" build/libraries-given >/dev/null; }

@test "libraries: given trees are built once, left as they are, and built again when they change" {
    mkdir -p src/kernel
    cp -R "$tree/packaging" "$tree/Makefile" .
    cp -R "$tree/src/kernel/libudev" src/kernel
    tree_of lvm2 one
    tree_of sg3_utils two
    before=$(ls -lR lvm2 sg3_utils)
    given
    [ "$(cat build/libraries-given/lib/libdevmapper.a)" = one ]
    [ "$(cat build/libraries-given/lib/libsgutils2.a)" = two ]
    [ "$(ls -lR lvm2 sg3_utils)" = "$before" ]
    : >build/libraries-given/marker
    given
    [ -e build/libraries-given/marker ]
    make -s build/libraries-given # as a plain `make install` does: what was given stays
    [ -e build/libraries-given/marker ]
    tree_of sg3_utils three
    given
    [ "$(cat build/libraries-given/lib/libsgutils2.a)" = three ]
}

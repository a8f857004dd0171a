#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Decisions on snapshots of other machines: the built program, without root and without a device. The snapshots are the
# consoles of qemu/boots/21-snapshot.sh.
# shellcheck disable=SC2154  # run --separate-stderr sets $stderr

bats_require_minimum_version 1.5.0

setup() {
    rdmpath=${RDMPATH:-$BATS_TEST_DIRNAME/../build/rdmpath}
    snapshots=$BATS_TEST_DIRNAME/data/snapshots
}

@test "list, plan and explain decide on a snapshot" {
    run --separate-stderr -0 "$rdmpath" list --snapshot "$snapshots/two-disks"
    [ "${lines[0]}" = 'root (35000c50012345678)  dm-0  usable, 1 of 2 paths' ]
    run --separate-stderr -0 "$rdmpath" plan "--snapshot=$snapshots/two-disks"
    [[ $output == 35000c50087654321,mpath-35000c50087654321,,rw,* ]]
    run --separate-stderr -0 "$rdmpath" explain --snapshot - sda < "$snapshots/two-disks"
    [[ $output == 'sda is a path of '* ]]
    # find_multipaths is strict by default: a map is what stands in the wwids file (decisions.md 5.1), and so is what
    # has the same WWID a path (5.2)
    [[ $output == *' yes '*' in /etc/multipath/wwids'* ]]
    run --separate-stderr -0 "$rdmpath" claim --snapshot "$snapshots/two-disks" sdc
    [ "$output" = 'DM_MULTIPATH_DEVICE_PATH="1"' ]
}

@test "config shows what a snapshot's files and host make of it" {
    run --separate-stderr -0 "$rdmpath" config --snapshot "$snapshots/two-disks"
    [[ $output == *'alias "root"'* && $output == *'no_path_retry 12'* ]]
    [[ $output != *detect_pgpolicy* ]] # 0.9.4, which the image was built for, has no such keyword
    run --separate-stderr -0 "$rdmpath" config --like 0.11 --snapshot "$snapshots/two-disks"
    [[ $output == *detect_pgpolicy* ]]
}

@test "a snapshot of a snapshot is the same" {
    for file in "$snapshots"/*; do
        "$rdmpath" snapshot --snapshot "$file" | cmp - "$file"
    done
}

@test "what is masked stays masked and decides as before" {
    "$rdmpath" snapshot --anonymous --snapshot "$snapshots/two-disks" > "$BATS_TEST_TMPDIR/masked"
    run -1 grep -qiE '12345678|87654321|12 34 56 78' "$BATS_TEST_TMPDIR/masked"
    "$rdmpath" snapshot --anonymous --snapshot "$BATS_TEST_TMPDIR/masked" | cmp - "$BATS_TEST_TMPDIR/masked"
    for verb in list plan explain; do
        "$rdmpath" "$verb" --snapshot "$snapshots/two-disks" 2>&1 | sed 's/35000c50[0-9a-f]*/WWID/g' > "$BATS_TEST_TMPDIR/plain"
        "$rdmpath" "$verb" --snapshot "$BATS_TEST_TMPDIR/masked" 2>&1 | sed 's/35000c50[0-9a-f]*/WWID/g' |
            cmp - "$BATS_TEST_TMPDIR/plain"
    done
}

@test "a bad snapshot is status 2 and names its line" {
    printf 'rdmpath machine 1\n[disk sda]\n' > "$BATS_TEST_TMPDIR/bad"
    run --separate-stderr -2 "$rdmpath" list --snapshot "$BATS_TEST_TMPDIR/bad"
    [ "$output" = '' ]
    [ "$stderr" = "rdmpath: $BATS_TEST_TMPDIR/bad:2: disk sda has no \"at\"" ]
    run --separate-stderr -2 "$rdmpath" plan --snapshot "$BATS_TEST_TMPDIR/none"
    [ "$stderr" = "rdmpath: $BATS_TEST_TMPDIR/none: No such file or directory" ]
}

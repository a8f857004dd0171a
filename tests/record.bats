#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What image builds and hooks ask for: record and scope, on machine texts and where there is no machine to see.
# shellcheck disable=SC2154  # run --separate-stderr sets $stderr

bats_require_minimum_version 1.5.0

setup() {
    rdmpath=${RDMPATH:-$BATS_TEST_DIRNAME/../build/rdmpath}
    cd "$BATS_TEST_TMPDIR" || return
}

machine() {    # CMDLINE [MOUNTED]: a map with a partition, / on MAJOR:MINOR, an image's record
    cat "$BATS_TEST_DIRNAME/data/root-disk" - << END
devices/virtual/block/dm-1/dm/uuid = part1-mpath-36001405aabbccdd11223344556677889
devices/virtual/block/dm-1/slaves/ = dm-0
devices/virtual/block/dm-1/slaves/dm-0 -> /devices/virtual/block/dm-0
block/ = dm-0 dm-1 sda
dev/block/254:1 -> /devices/virtual/block/dm-1
[cmdline]
| $1
[file /proc/self/mountinfo]
| 29 1 ${2-254:1} / / rw,relatime shared:1 - ext4 /dev/x rw
[file /etc/rdmpath/host]
| wwid-from libmultipath
|
| map 36001405aabbccdd11223344556677889
| sysfs-wwid naa.6001405aabbccdd11223344556677889
END
}

@test "record prints what root stands on, and what multipathd will not have" {
    machine '' | sed '/^.file .etc/,$d' > text
    run --separate-stderr -0 "$rdmpath" record --snapshot text --multipath-tools 0.9.4
    diff - <(printf '%s\n' "$output") << END
multipath-tools 0.9.4
wwid-from libmultipath
partition-delimiter -part

map 36001405aabbccdd11223344556677889
roles root
name 36001405aabbccdd11223344556677889
size 2048
vendor LIO-ORG
product disk
paths 1 unspec
sysfs-wwid naa.6001405aabbccdd11223344556677889
END
    [[ $stderr == *'recorded root: map 36001405aabbccdd11223344556677889'*'warning: '*'multipath -a /dev/sda'* ]]
    run --separate-stderr -0 "$rdmpath" record --generic --snapshot text
    [ "${#lines[@]}" = 2 ]
    [ "$stderr" = '' ]
}

@test "record says unknown where nobody can tell, and the image build goes on" {
    machine '' 0:55 > text
    run --separate-stderr -0 "$rdmpath" record --snapshot text
    [ "${lines[-1]}" = 'maps unknown' ]
    [[ $stderr == 'rdmpath: warning: '* ]]
    unshare --map-root-user --mount true 2> /dev/null || skip "no namespaces here"
    # shellcheck disable=SC2016 # for the other shell
    run --separate-stderr -0 unshare --map-root-user --mount sh -c '
        mount -t tmpfs none /sys && mount -t tmpfs none /dev && mount -t tmpfs none /proc && exec "$@"' sh "$rdmpath" record
    [ "${lines[-1]}" = 'maps unknown' ]
    [[ $stderr == *'rdmpath: warning: '* ]]
}

@test "scope names the disks that the boot needs" {
    run --separate-stderr -1 "$rdmpath" scope --snapshot <(machine 'quiet')
    [ "$output" = '' ]
    run --separate-stderr -0 "$rdmpath" scope --snapshot <(machine 'rd.mpath=1')
    [ "$output" = naa.6001405aabbccdd11223344556677889 ]
    run --separate-stderr -0 "$rdmpath" scope --snapshot <(machine 'rd.mpath=1 rd.mpath.scope=all')
    [ "$output" = '' ]
}

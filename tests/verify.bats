#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What rdmpath verify says of an image's record, on a machine text. Words: screens.md; wwids: handoff.md 5.

bats_require_minimum_version 1.5.0

setup() {
    rdmpath=${RDMPATH:-$BATS_TEST_DIRNAME/../build/rdmpath}
    wwid=36001405aabbccdd11223344556677889
    cd "$BATS_TEST_TMPDIR" || return
    cat "$BATS_TEST_DIRNAME/data/root-disk" - > machine << END
block/ = dm-0 sda
dev/block/254:0 -> /devices/virtual/block/dm-0
[file /proc/self/mountinfo]
| 29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/x rw
[file /var/lib/dpkg/status]
| Package: multipath
| Version: 7
|
| Package: multipath-tools
| Status: install ok installed
| Version: 0.9.4-3+deb12u1
|
| Package: other
| Version: 8
END
    { echo recorded 2026-11-27 && "$rdmpath" record --snapshot machine --multipath-tools 0.9.4 2> /dev/null; } > image
    cp machine accepted
    printf '%s\n' '[file /etc/multipath/wwids]' "| /$wwid/" >> accepted
}

@test "verify says ok, line by line, if nothing differs" {
    sed -i 's/^paths 1 /paths 4 /' image
    run --separate-stderr -0 "$rdmpath" verify --snapshot accepted image
    diff - <(printf '%s\n' "$output") << END
record of image against this system
  ok    multipath-tools 0.9.4
  ok    wwid-from libmultipath
  ok    partition-delimiter -part
  ok    map $wwid
  ok    roles root
  ok    name $wwid
  ok    size 2048
  ok    vendor LIO-ORG
  ok    product disk
END
}

@test "verify says what multipathd will not have, and what to type" {
    run --separate-stderr -1 "$rdmpath" verify --snapshot machine - < image
    [[ $output == *"  DIFF  $wwid: the main system's multipathd will not have this map: "* ]]
    [[ $output == *'  fix:  multipath -a /dev/sda, then rebuild the image'* ]]
    [ "${lines[-1]}" = '  fix:  dracut -f' ]
    printf '%s\n' '[file /usr/sbin/update-initramfs]' '| #!/bin/sh' >> machine
    run -1 "$rdmpath" verify --snapshot machine - < image
    [ "${lines[-1]}" = '  fix:  update-initramfs -u' ]
}

@test "verify says what differs" {
    sed -i 's/^multipath-tools .*/multipath-tools 0.8/; s/^size .*/size 204/; s/^name .*/name root\\x0d/' image
    run --separate-stderr -1 "$rdmpath" verify --snapshot accepted image
    diff - <(printf '%s\n' "$output" | grep -v '  ok ') << END
record of image against this system
  DIFF  multipath-tools  image: 0.8  system: 0.9.4
  DIFF  name  image: root\\x0d  system: $wwid
  DIFF  size  image: 204  system: 2048
  fix:  dracut -f
END
}

@test "verify says which maps are missing on either side, but for a generic image" {
    sed "s/^map .*/map 3600a/; /^size/d" image > other
    run --separate-stderr -1 "$rdmpath" verify --snapshot accepted other
    [[ $output == *'  DIFF  map  image: 3600a  system: nothing'* ]]
    [[ $output == *"  DIFF  map $wwid  image: nothing"* ]]
    [ "$(grep -c DIFF <<< "$output")" = 2 ]
    sed -i 's/ 254:0 / 0:55 /' accepted
    run --separate-stderr -1 "$rdmpath" verify --snapshot accepted image
    [[ $output == *"  DIFF  map  image: $wwid  system: nothing"*'  DIFF  found no disk'* ]]
}

@test "verify of an image for named devices compares those alone" {
    # root stands on a map that kdump's image has nothing to do with
    sed 's/ 254:0 / 0:55 /; s|^block/ = dm-0 sda|block/ = dm-0 sda sdb|; s|^dev/block/254:0 .*|&\ndev/block/8:16 -> /devices/pci1/block/sdb|' accepted > kdump
    echo '| /36001405babbccdd11223344556677889/' >> kdump
    sed -n '/^.disk sda/,/^tur/p' accepted | sed 's/sda/sdb/; s/pci0/pci1/; s/8:0$/8:16/; s/6001405a/6001405b/; s/60 01 40 5a/60 01 40 5b/' >> kdump
    sed -i 's/ 0:55 / 8:16 /' kdump
    "$rdmpath" record --snapshot kdump --multipath-tools 0.9.4 254:0 > named 2> /dev/null
    grep -qx 'roles named' named
    "$rdmpath" record --snapshot kdump 2> /dev/null | grep -qx 'map 36001405babbccdd11223344556677889'
    run --separate-stderr -0 "$rdmpath" verify --snapshot kdump named
    [[ $output == *"  ok    map $wwid"* && $output == *'  ok    roles named'* ]]
    [[ $output != *'image: nothing'* ]]
    # the same devices in an image that starts the system
    "$rdmpath" record --snapshot accepted --multipath-tools 0.9.4 254:0 > named 2> /dev/null
    grep -qx 'roles root named' named
    run --separate-stderr -0 "$rdmpath" verify --snapshot accepted named
    [[ $output == *'  ok    roles root named'* ]]
    sed -i 's/ 254:0 / 0:55 /' accepted
    run --separate-stderr -1 "$rdmpath" verify --snapshot accepted named
}

@test "verify of a generic image leaves maps alone" {
    sed '/^$/,$d' image > generic
    run --separate-stderr -0 "$rdmpath" verify --snapshot accepted generic
    [ "${#lines[@]}" = 4 ]
    sed '$a maps unknown' generic > unknown
    run --separate-stderr -1 "$rdmpath" verify --snapshot accepted unknown
    [[ $output == *'  DIFF  maps  image: unknown  system: nothing'* ]]
}

@test "verify without a record is status 2 and says what to do" {
    run --separate-stderr -2 "$rdmpath" verify --snapshot machine none
    [ "$output" = '' ]
    # shellcheck disable=SC2154  # run --separate-stderr sets it
    [[ $stderr == *'none: No such file'*'lsinitrd -f etc/rdmpath/host IMAGE | rdmpath verify -'* ]]
}

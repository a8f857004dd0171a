# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# a snapshot decides as the machine does, with serial numbers masked too

modules='virtio_pci virtio_scsi'
map=35000c50012345678
other=35000c50087654321

machine() {
    random_image "$work/d1" 8
    disk d1 "$work/d1"
    disk d2 "$work/d1"
    adapter h0
    adapter h1
    for host in h0 h1; do
        add -device "$(path "$host-1" "$host" d1 0x5000c50012345678 lun=1)"
        add -device "$(path "$host-2" "$host" d2 0x5000c50087654321 lun=2)"
    done
}

guest() {
    wait_for 10 has_disks 4
    mkdir -p /etc/multipath /etc/rdmpath
    printf 'multipath-tools 0.9.4\nwwid-from sg3\n' > /etc/rdmpath/host # or udev's rules are in the snapshot too
    printf 'multipaths {\n\tmultipath {\n\t\twwid %s\n\t\talias root\n\t\tno_path_retry 12\n\t}\n}\n' $map > /etc/multipath.conf
    printf '/%s/\n' $map > /etc/multipath/wwids
    same_decisions # no map yet
    holds rdmpath assemble $map
    printf '/%s/\n' $other >> /etc/multipath/wwids # find_multipaths is strict: only now it is to be a map
    dmsetup message root 0 "fail_path $(devnos naa.${map#3} | cut -d ' ' -f 2)"
    same_decisions
    holds grep -q "^\[map root\]" /run/snapshot
    say 'the snapshot'
    cat /run/snapshot
    fails grep -qi 12345678 /run/masked
    fails grep -qi '12 34 56 78' /run/masked
    say 'the same, masked'
    cat /run/masked
}

same_decisions() {
    rdmpath snapshot > /run/snapshot || fail "no snapshot"
    rdmpath snapshot > /run/again
    holds cmp /run/snapshot /run/again
    rdmpath snapshot --snapshot /run/snapshot > /run/again
    holds cmp /run/snapshot /run/again
    for words in list 'list --json' plan explain 'explain sda' "explain $map" 'claim sda' 'claim sdb' config 'config --like 0.11'; do
        # shellcheck disable=SC2086 # words
        rdmpath $words > /run/live 2>&1
        # shellcheck disable=SC2086 # words
        rdmpath $words --snapshot - < /run/snapshot > /run/replayed 2>&1
        holds cmp /run/live /run/replayed
    done
    rdmpath snapshot --anonymous > /run/masked
    masked=$(sed -n 's/^| \/\(.*\)\//\1/p' /run/masked | head -n 1)
    for words in list plan explain; do
        rdmpath $words > /run/live 2>&1
        rdmpath $words --snapshot /run/masked > /run/replayed 2>&1
        # a serial number that is masked in the one is any in the other
        for file in live replayed; do
            sed 's/35000c50[0-9a-f]*/WWID/g' /run/$file > /run/$file.names
        done
        holds cmp /run/live.names /run/replayed.names
    done
    holds rdmpath explain "$masked" --snapshot /run/masked
}

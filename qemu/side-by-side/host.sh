# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The host's half of the boots 23 and 24: the incumbent's system in the guest's initramfs, and the disks of all topologies.
memory=1024
processors=1 # two spend a third more of the host's time for the same
timeout=1500
append='nvme_core.multipath=N'

machine() {
    local host=$work/root/host
    mkdir -p "$work/root"
    cp -a "$("$here/../tests/incumbent" "$generation")" "$host"
    cp "$here"/guest/lib.sh "$here"/guest/target.sh "$here/guest/inside" "$work/root/scenario.sh" "$work/root/boot-name" "$host"
    cp -r "$here/side-by-side" "$host"
    cp -r "$here/side-by-side" "$work/root"
    cp "$binary" "$host/bin/rdmpath"

    random_image "$work/two.img" 16
    printf 'label: gpt\nsize=4MiB\nsize=4MiB\n' | sfdisk -q "$work/two.img"
    random_image "$work/fixed.img" 8
    random_image "$work/one.img" 8
    adapter h0
    adapter h1
    disk two "$work/two.img"
    disk fixed "$work/fixed.img" read-only=on
    disk one "$work/one.img"
    for bus in h0 h1; do
        add -device "$(path "two-$bus" $bus two 0x5000000000000a01)"
        add -device "$(path "fixed-$bus" $bus fixed 0x5000000000000a02)"
    done
    add -device "$(path one-h0 h0 one 0x5000000000000a03)"

    random_image "$work/nvme.img" 8
    disk nvme "$work/nvme.img"
    add -device nvme-subsys,id=s0,nqn=side-by-side
    add -device nvme,id=c0,serial=SIDE30,subsys=s0 -device nvme,id=c1,serial=SIDE30,subsys=s0
    add -device nvme-ns,drive=nvme,bus=c0,nsid=1,shared=on
}

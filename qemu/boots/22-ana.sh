# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# NVMe over TCP to the guest itself, by two ports with an ANA state each; the kernel's own multipathing off
modules='nvme_tcp nvmet_tcp'
append='nvme_core.multipath=N'

nqn=nqn.2026-01.rdmpath:ana
map=uuid.11111111-2222-3333-4444-555555555555

guest() {
    mount_target
    ip link set lo up
    nvmet_disk d0 8 11111111-2222-3333-4444-555555555555
    nvmet_port 1 non-optimized
    nvmet_port 2 optimized
    wait_for 10 has_disks 2 $map

    holds rdmpath assemble $map
    expect maps "$(maps)" "$map"
    expect 'first path' "$(first_of $map)" "$(devno nvme1n1)"
    told nvme0n1 10 'ANA: non-optimized'
    told nvme1n1 50 'ANA: optimized'
    expect data "$(digest /dev/mapper/$map)" "$(digest /dev/nvme0n1)"

    holds rdmpath flush
    printf optimized > "$nvmet/ports/1/ana_groups/1/ana_state"
    printf inaccessible > "$nvmet/ports/2/ana_groups/1/ana_state"
    holds rdmpath assemble $map
    expect 'first path' "$(first_of $map)" "$(devno nvme0n1)"
    told nvme0n1 50 'ANA: optimized'
    told nvme1n1 1 'ANA: inaccessible'
    expect data "$(digest /dev/mapper/$map)" "$(digest /dev/nvme0n1)"
}

nvmet=/sys/kernel/config/nvmet

nvmet_disk() { # NAME MEGABYTES UUID
    local folder=$nvmet/subsystems/$nqn
    dd if=/dev/urandom of="/run/$1.img" bs=1M count="$2" 2> /dev/null
    mkdir "$folder"
    printf 1 > "$folder/attr_allow_any_host"
    mkdir "$folder/namespaces/1"
    printf '/run/%s.img' "$1" > "$folder/namespaces/1/device_path"
    printf %s "$3" > "$folder/namespaces/1/device_uuid"
    printf 1 > "$folder/namespaces/1/buffered_io" # tmpfs has no direct I/O
    printf 1 > "$folder/namespaces/1/enable"
}

nvmet_port() { # NUMBER ANA_STATE: a port of the disk, and a controller by it
    local folder=$nvmet/ports/$1
    mkdir "$folder"
    printf tcp > "$folder/addr_trtype"
    printf ipv4 > "$folder/addr_adrfam"
    printf '127.0.0.%s' "$1" > "$folder/addr_traddr"
    printf 4420 > "$folder/addr_trsvcid"
    printf %s "$2" > "$folder/ana_groups/1/ana_state"
    ln -s "$nvmet/subsystems/$nqn" "$folder/subsystems/"
    printf 'transport=tcp,traddr=127.0.0.%s,trsvcid=4420,nqn=%s' "$1" "$nqn" > /dev/nvme-fabrics
}

# The disk of the group that is to be used first. How paths are grouped, and the features, are another boot's business:
# two priorities are two groups.
first_of() { # MAP
    dmsetup table "$1" | awk '{
        for (i = 1; i <= NF; ++i) {
            if ($i != "service-time") continue
            if (++groups == 1) first = $(i - 1)
            if (groups == first) print $(i + 4)
        }
    }'
}

told() { # DISK PRIORITY WHY
    status_is 0 rdmpath explain "$1"
    says "priority  *$2 .*$3"
}

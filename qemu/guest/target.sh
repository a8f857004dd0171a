# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# Arrays made of the kernel's own target: LIO disks with ALUA behind tcm_loop, and bin/array behind TCMU.
# Scenarios that use it load the modules target_core_file or target_core_user, and tcm_loop.

target=/sys/kernel/config/target

mount_target() {
    mount -t configfs config /sys/kernel/config
}

lio_disk() { # NAME MEGABYTES SERIAL: of random content
    local folder=$target/core/fileio_0/$1
    dd if=/dev/urandom of="/run/$1.img" bs=1M count="$2" 2> /dev/null
    mkdir -p "$folder"
    printf 'fd_dev_name=/run/%s.img,fd_dev_size=%s' "$1" "$(($2 << 20))" > "$folder/control"
    printf '%s\n' "$3" > "$folder/wwn/vpd_unit_serial"
    printf 1 > "$folder/enable"
}

lio_group() { # DISK GROUP NUMBER: a target port group
    mkdir "$target/core/fileio_0/$1/alua/$2"
    printf %s "$3" > "$target/core/fileio_0/$1/alua/$2/tg_pt_gp_id"
}

portal() { # NUMBER
    printf '%s/loopback/naa.60014050000000%02x/tpgt_1\n' "$target" "$1"
}

# A path: one SCSI host of tcm_loop with one LUN. The nexus has to be there before the LUN.
loop_path() { # NUMBER BACKSTORE, a folder below core/
    local portal
    portal=$(portal "$1")
    mkdir -p "$portal"
    printf 'naa.60014051000000%02x' "$1" > "$portal/nexus"
    mkdir -p "$portal/lun/lun_0"
    ln -s "$target/core/$2" "$portal/lun/lun_0/disk"
}

path_group() { # NUMBER GROUP
    printf %s "$2" > "$(portal "$1")/lun/lun_0/alua_tg_pt_gp"
}

# A path whose every answer comes from /run/array/NAME (guest/array.c says what is in it); `data` has to be there.
array_path() { # NAME NUMBER
    local disk=$target/core/user_0/$1 uio
    mkdir -p "$disk"
    printf 'dev_config=array,dev_size=%s,hw_block_size=512,nl_reply_supported=-1' "$(wc -c < "/run/array/$1/data")" > "$disk/control"
    printf 1 > "$disk/enable"
    for uio in /sys/class/uio/*; do
        case $(cat "$uio/name") in tcm-user/*/"$1"/*) break ;; esac
    done
    printf 0 > "$disk/attrib/cmd_time_out"
    array "/dev/${uio##*/}" "/run/array/$1" &
    loop_path "$2" "user_0/$1"
}

# Answers of a sound disk: 8 bytes of NAA as 16 hex digits
array_folder() { # NAME NAA DATA
    mkdir -p "/run/array/$1"
    cd "/run/array/$1" || return
    ln -sf "$3" data
    bytes 00 00 06 02 1f 00 00 02 > inquiry
    printf 'RDMPATH ARRAY           1   ' >> inquiry
    bytes 00 00 00 03 00 80 83 > vpd00
    bytes 00 80 00 04 31 32 33 34 > vpd80
    # shellcheck disable=SC2046 # a list of bytes
    bytes 00 83 00 0c 01 03 00 08 $(printf %s "$2" | sed 's/../& /g') > vpd83
    cd /
}

bytes() { # HEX...
    local byte
    for byte; do
        # shellcheck disable=SC2059 # an escape
        printf "\\$(printf %03o "0x$byte")"
    done
}

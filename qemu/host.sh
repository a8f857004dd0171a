# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What scenarios say on the host: the machine's disks, and events while it runs.

args=()
add() { args+=("$@"); } # to QEMU's command line

# An image of random content: with zeros alone every part of a disk looks like every other
random_image() { # FILE MEGABYTES
    head -c "$2M" /dev/urandom > "$1"
}

# An image that several paths lead to. Its content is the scenario's business.
disk() { # ID FILE [OPTIONS]
    add -blockdev "driver=file,node-name=file-$1,filename=$2,locking=off${3:+,$3}" \
        -blockdev "driver=raw,node-name=$1,file=file-$1${3:+,$3}"
}

# A SCSI host adapter
adapter() { # ID
    add -device "virtio-scsi-pci,id=$1"
}

# A path, for -device and for device_add
path() { # ID ADAPTER DISK WWN [OPTIONS]
    printf 'scsi-hd,id=%s,bus=%s.0,drive=%s,share-rw=on,serial=%s,wwn=%s%s\n' "$1" "$2" "$3" "$3" "$4" "${5:+,$5}"
}

on() { # NAME: waits until the guest signals it; boot ends us when the guest ends
    until grep -q "^to the host: $1" "$console"; do
        sleep 0.1
    done
}

monitor() { # COMMAND
    printf '%s\n' "$1" >&3
}

# The file system of a small root: busybox, lib.sh and the scenario, whose function inside() is run after switch_root
root_folder() { # FOLDER
    mkdir -p "$1"/bin "$1"/dev "$1"/proc "$1"/run "$1"/sbin "$1"/sys "$1"/tmp
    (cd "$1" && busybox cpio -i 2> /dev/null) < "$image/base.cpio"
    rm -rf "$1/lib/modules" "$1/init"
    cp "$work/root/scenario.sh" "$work/root/boot-name" "$1"
    cp "$here/guest/inside" "$1/sbin/init"
    cp "$binary" "$1/bin/rdmpath"
}

# An ext4 file system with that content in one partition of an image, without loop devices
write_ext4() { # FOLDER IMAGE START SECTORS
    mke2fs -q -F -t ext4 -L root -d "$1" -E "offset=$(($3 * 512))" "$2" "$(($4 / 2))k"
}

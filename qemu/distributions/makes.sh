# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# What a system needs that makes images for itself: state `makes` of boot.

makes_images() { # FOLDER: what `roots` leaves out, rdmpath, and our hooks in the images
    local from own=$1/etc/initramfs-tools/scripts
    from=$("$here/tree" "$tree")/tree
    mkdir -p "$1"/usr/lib "$1"/usr/share "$1"/var/lib/dpkg
    cp -a "$from/usr/lib/dracut" "$1/usr/lib"
    cp -a "$from/usr/share/initramfs-tools" "$1/usr/share"
    cp "$from/var/lib/dpkg/status" "$1/var/lib/dpkg"
    make -s -C "$top" install DESTDIR="$1" prefix=/usr
    cp -r "$here/hooks/98lab" "$here/host/99kdumpbase" "$1/usr/lib/dracut/modules.d"
    cp "$here/systemd/etc/systemd/system/systemd-udev-trigger.service.d/lab.conf" "$1/usr/lib/dracut/modules.d/98lab"
    install -D "$here/hooks/panic" "$own/panic/lab"
    install -D "$here/hooks/init-bottom" "$own/init-bottom/lab"
    sed -i 's/^    echo udev$/    echo udev rdmpath/' "$own/init-bottom/lab" # it sees what that leaves
    install -D "$here/host/local-block" "$own/local-block/lab"
    printf 'UUID=%s /var/crash ext4 defaults 0 2\n' "$dump_uuid" >> "$1/etc/fstab"
    mkdir -p "$1/var/crash"
    cp "$here/guest/make" "$1/lab"
}

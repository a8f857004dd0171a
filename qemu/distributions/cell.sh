# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# What the words of a cell mean: its configuration, its root, and the files that they make.

# A second disk, for dumps, where a system makes images for itself and boots with them
dump_wwn=0x5000c5000001a001
dump_wwid=35000c5000001a001
dump_uuid=6c0f1e2d-5555-4aaa-8bbb-000000000005

has_dump_disk() {
    case $state in makes | host | kdump) ;; *) return 1 ;; esac
}

map_name() {
    case $configuration in
    names) printf 'mpatha\n' ;;
    *) printf '%s\n' "$wwid" ;;
    esac
}

partition() { # PREFIX: of the map's partition that holds root, or nothing for the whole disk
    [ "$kind" = whole ] || printf '%s\n' "$1"
}

root_is() { # as `spelling` has it on the kernel's command line
    local above
    case $kind in lvm) above=/dev/mapper/$volume ;; luks) above=/dev/mapper/rootcrypt ;; *) above= ;; esac
    case $spelling in
    uuid) printf 'UUID=%s\n' "$fs_uuid" ;;
    label) printf 'LABEL=%s\n' "$fs_label" ;;
    partuuid) printf 'PARTUUID=%s\n' "$part_uuid" ;;
    partlabel) printf 'PARTLABEL=%s\n' "$part_label" ;;
    mapper) printf '%s\n' "${above:-/dev/mapper/$(map_name)$(partition -part1)}" ;;
    wwn) printf '/dev/disk/by-id/wwn-%s%s\n' "$wwn" "$(partition -part1)" ;;
    scsi) printf '/dev/disk/by-id/scsi-%s%s\n' "$wwid" "$(partition -part1)" ;;
    dm-uuid) printf '/dev/disk/by-id/dm-uuid-%smpath-%s\n' "$(partition part1-)" "$wwid" ;;
    dm-name) printf '/dev/disk/by-id/dm-name-%s%s\n' "$(map_name)" "$(partition -part1)" ;;
    esac
}

configure() { # ETC: what multipath-tools finds there, in the image and in the main system
    mkdir -p "$1/multipath/conf.d"
    case $configuration in fresh | none | yes) ;; *) printf '/%s/\n' "$wwid" > "$1/multipath/wwids" ;; esac
    printf 'defaults {\n\tverbosity 3\n}\n' > "$1/multipath/conf.d/lab.conf" # its log says what it decided
    case $configuration in
    names)
        printf 'defaults {\n\tuser_friendly_names yes\n}\n' > "$1/multipath.conf"
        { grep '^#' "$here/../../tests/data/bindings/bindings.txt" && printf 'mpatha %s\n' "$wwid"; } > "$1/multipath/bindings"
        ;;
    queue) printf 'defaults {\n\tno_path_retry queue\n}\n' > "$1/multipath.conf" ;;
    retry) printf 'defaults {\n\tno_path_retry 30\n}\n' > "$1/multipath.conf" ;;
    yes) printf 'defaults {\n\tfind_multipaths yes\n}\n' > "$1/multipath.conf" ;;
    strict | fresh | none) ;; # no multipath.conf; fresh, none: no wwids either, as nobody has yet said that this is multipath
    esac
    has_dump_disk || return 0
    printf '/%s/\n' "$dump_wwid" >> "$1/multipath/wwids"
    [ ! -e "$1/multipath/bindings" ] || printf 'mpathb %s\n' "$dump_wwid" >> "$1/multipath/bindings"
}

main_system() { # FOLDER: what guest/pivot copies over the root
    local type=ext4
    [ "$kind" != btrfs ] || type=btrfs
    mkdir -p "$1/etc" "$1/lab"
    cp "$here/guest/check" "$1/lab"
    cp "$work/cell" "$1/lab/cell"
    printf '%s / %s defaults 0 1\n' "$(root_is)" "$type" > "$1/etc/fstab"
    configure "$1/etc"
    [ "$kind" != luks ] || key "$1/etc" luks
    case $state in
    makes) makes_images "$1" ;;
    host) install -D -m 755 "$program" "$1/usr/sbin/rdmpath" ;;
    poweroff | gone | cut | told) at_its_end "$1" ;;
    esac
}

at_its_end() { # FOLDER: what the packages have in the main system for that
    # What cannot be stopped is given up sooner: without root, most of it
    mkdir -p "$1/etc/systemd/system.conf.d" "$1/etc/systemd/system/mount.d"
    printf '[Manager]\nDefaultTimeoutStopSec=15\n' > "$1/etc/systemd/system.conf.d/lab.conf"
    printf '[Mount]\nTimeoutSec=15\n' > "$1/etc/systemd/system/mount.d/lab.conf"
    [ "$flavour" != stock ] || return 0
    if [ "$tree" != d12v ]; then
        "$top/packaging/install" "$program" "$work/installed"
        mkdir -p "$1/usr/lib"
        mv "$work/installed/lib/systemd" "$1/usr/lib"
        rm -r "$work/installed"
        return
    fi
    install -D "$program" "$1/usr/sbin/rdmpath"
    mkdir -p "$1/usr/libexec/rdmpath"
    ln -s ../../sbin/rdmpath "$1/usr/libexec/rdmpath/outlast"
    # shellcheck disable=SC2016 # for the inner shell
    unshare --mount sh -euc '
        mount -t tmpfs tmpfs "$1/run"
        cp -a "$1/etc" "$1/run"
        install "$2" "$1/run/etc/init.d/rdmpath-end"
        mount --bind "$1/run/etc" "$1/etc"
        chroot "$1" update-rc.d rdmpath-end defaults
        cd "$1/etc"
        cp -a --parents init.d/rdmpath-end init.d/.depend.st* rc?.d/*rdmpath-end "$3"' \
        - "$("$here/tree" "$tree")/tree" "$top/packaging/debian/rdmpath.rdmpath-end.init" "$1/etc"
}

key() { # ETC OPTIONS: as the administrator has it, and as dracut takes it over
    mkdir -p "$1/keys"
    printf %s "$luks_key" > "$1/keys/root.key"
    printf 'rootcrypt UUID=%s /etc/keys/root.key %s\n' "$luks_uuid" "$2" > "$1/crypttab"
    chmod 400 "$1/keys/root.key"
}

image_part() { # FOLDER: what goes behind the image
    mkdir -p "$1/lab" "$1/etc"
    if [ "$state" = kdump ]; then # there is no main system
        cp "$here/guest/kdump" "$here/guest/emergency" "$1/lab"
        return
    fi
    cp "$here"/guest/{pivot,foreign,emergency,shell} "$work/cell" "$1/lab"
    main_system "$1/lab/root"
    if [ "$state" = host ]; then # all else was taken from the host when the image was made there
        cp "$here/guest/late" "$1/lab"
        return
    fi
    [ "$configuration" = none ] || configure "$1/etc"
    if [ -e "$1/etc/multipath.conf" ]; then # the image was made without
        mkdir -p "$1/etc/rdmpath"
        : > "$1/etc/rdmpath/no-multipath.conf"
    fi
    if [ "$kind" = luks ]; then # as initramfs-tools' hook or dracut's module would have put it there
        key "$1/etc" luks
        mkdir -p "$1/cryptroot/keyfiles"
        cp "$1/etc/keys/root.key" "$1/cryptroot/keyfiles/rootcrypt.key"
        printf 'rootcrypt UUID=%s /cryptroot/keyfiles/rootcrypt.key luks\n' "$luks_uuid" > "$1/cryptroot/crypttab"
    fi
}

recorded_map() { # BYTES RECORD: what `rdmpath record` says on a host that runs from this map
    sed -i -e '/^maps unknown$/d' -e '1i recorded 2026-11-20' "$2"
    printf '\nmap %s\nroles root\nname %s\nsize %s\nvendor QEMU\nproduct QEMU HARDDISK\npaths 2\nsysfs-wwid %s\n' \
        "$wwid" "$(map_name)" "$(($1 / 512))" "naa.${wwid#3}" >> "$2"
}

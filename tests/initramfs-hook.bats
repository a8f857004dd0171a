#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The hook of initramfs-tools in a small system that one can chroot into, with words of hook-functions that note what they
# are asked for. initramfs-tools(7) says what a hook may expect.
bats_require_minimum_version 1.7.0

setup() {
    top=$BATS_TEST_DIRNAME/..
    host=$BATS_TEST_TMPDIR/host
    image=$host/image
    mkdir -p "$host"/{bin,proc,sys/block,dev,run,tmp,etc/multipath/conf.d,usr/sbin,usr/lib/rdmpath,usr/share/initramfs-tools} \
        "$image"/{usr/sbin,etc,scripts/init-top,scripts/local-top}
    cp /bin/busybox "$host/bin"
    local applet
    for applet in sh mkdir cat printf cp rm sed date ln; do ln -s busybox "$host/bin/$applet"; done
    printf '#!/bin/sh\necho 0.9.4-3+deb12u1\n' > "$host/bin/dpkg-query"
    chmod +x "$host/bin/dpkg-query"
    cp "$top/build/rdmpath" "$host/usr/sbin/rdmpath"
    cp -r "$top/dracut-module/shared/." "$host/usr/lib/rdmpath"
    cp "$top/initramfs-tools-hook/hooks/rdmpath" "$host/hook"
    cat > "$host/usr/share/initramfs-tools/hook-functions" << 'END'
copy_exec() { cp "$1" "$DESTDIR$2"; }
manual_add_modules() { [ "$version" = 6.1.0-kernel ] && printf '%s\n' "$@" >> /modules; }
END
    for script in init-top local-top; do
        # shellcheck disable=SC2016  # for the script
        printf '#!/bin/sh\ncase $1 in\nprereqs) echo udev; exit 0 ;;\nesac\necho stock\n' > "$image/scripts/$script/multipath"
        chmod +x "$image/scripts/$script/multipath"
    done
}

inside() { # COMMAND...: in the small system
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(unshare -r)
    "${as_root[@]}" env PATH=/usr/sbin:/bin DESTDIR=/image version=6.1.0-kernel chroot "$host" "$@"
}

@test "the hook says what is to be there before it" {
    run -0 inside /bin/sh /hook prereqs
    [ "$output" = 'udev dmsetup multipath' ]
}

@test "the image has the program, the rules, the configuration and a record" {
    printf 'defaults {\n}\n' > "$host/etc/multipath.conf"
    printf '/3600a/\n' > "$host/etc/multipath/wwids"
    : > "$host/etc/multipath/conf.d/a.conf"
    inside /bin/sh /hook
    cmp "$top/build/rdmpath" "$image/usr/sbin/rdmpath"
    [ -x "$image/usr/lib/rdmpath/switch" ]
    [ "$image/usr/sbin/udevadm" -ef "$image/usr/lib/rdmpath/settle" ]
    diff -r "$top/dracut-module/shared/rules.d" "$image/usr/lib/rdmpath/rules.d"
    for file in multipath.conf multipath/wwids multipath/conf.d/a.conf; do
        cmp "$host/etc/$file" "$image/etc/$file"
    done
    grep -qx 'multipath-tools 0.9.4' "$image/etc/rdmpath/host"
    grep -qx 'recorded 20[0-9][0-9]-[01][0-9]-[0-3][0-9]' "$image/etc/rdmpath/host"
    [ ! -e "$image/etc/rdmpath/multipath-t" ] # no multipath that could tell
    grep -qx dm-multipath "$host/modules"
    grep -qx scsi_dh_alua "$host/modules"
}

@test "a host without any configuration, and a second run, are no trouble" {
    : > "$image/usr/sbin/udevadm" # where that is a link to /usr/bin
    inside /bin/sh /hook
    inside /bin/sh /hook
    [ ! -e "$image/etc/multipath.conf" ]
    [ ! -s "$image/usr/sbin/udevadm" ]
}

@test "multipath-tools' scripts ask the kernel's command line first" {
    inside /bin/sh /hook
    cp -r "$image/." "$host"
    for script in init-top local-top; do
        printf 'quiet rd.mpath=1\n' > "$host/proc/cmdline"
        run -0 inside "/scripts/$script/multipath"
        [ "$output" = '' ]
        run -0 inside "/scripts/$script/multipath" prereqs
        [ "$output" = udev ]
        printf 'quiet rd.mpath=0\n' > "$host/proc/cmdline"
        run -0 inside "/scripts/$script/multipath"
        [ "$output" = stock ]
    done
}

@test "while rdmpath is on, blkid finds root on no path" {
    # shellcheck disable=SC2016  # for the scripts
    {
        mkdir -p "$host/scripts" "$host"/sys/class/block/{sda,dm-0} "$host/sys/devices/sda/sda1"
        : > "$host/sys/devices/sda/sda1/partition"
        ln -s ../../devices/sda/sda1 "$host/sys/class/block/sda1"
        for applet in readlink mv; do ln -s busybox "$host/bin/$applet"; done
        cp -r "$top/initramfs-tools-hook/scripts/." "$host/scripts"
        printf '#!/bin/sh\n[ $1 != claim ] || [ $2 != sda ] || echo DM_MULTIPATH_DEVICE_PATH=\\"1\\"\n' > "$host/usr/sbin/rdmpath"
        printf '#!/bin/sh\n[ ! "$found" ] || printf "%%s\\n" $found\n' > "$host/bin/blkid"
        printf '#!/bin/sh\n[ ! "$on" ] || mkdir -p /run/rdmpath/on\n' > "$host/usr/lib/rdmpath/switch"
        chmod +x "$host/usr/sbin/rdmpath" "$host/bin/blkid" "$host/usr/lib/rdmpath/switch"
    }
    look() { # FOUND ARGUMENT...
        run inside /bin/env "found=$1" /bin/blkid "${@:2}"
    }
    ln -s busybox "$host/bin/env"
    on='' inside /scripts/init-top/rdmpath
    look '/dev/sda1' -l -t UUID=x -o device
    [ "$status $output" = '0 /dev/sda1' ]

    on=1 inside /scripts/init-top/rdmpath
    look '/dev/sda1' -l -t UUID=x -o device
    [ "$status $output" = '2 ' ]
    look '/dev/sda1 /dev/dm-0' -t UUID=x -o device
    [ "$status $output" = '0 /dev/dm-0' ]
    look '' -l -t UUID=x -o device
    [ "$status $output" = '2 ' ]
    look '/dev/sda1:' -s TYPE # what it says of a path does no harm
    [ "$status $output" = '0 /dev/sda1:' ]
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What the image becomes when it is switched on, in a small image that one can chroot into. udev(7) for the rules; the names
# of files are Debian's and upstream's (multipath-tools, sg3_utils, dracut's module multipath).
bats_require_minimum_version 1.7.0

setup() {
    top=$BATS_TEST_DIRNAME/..
    image=$BATS_TEST_TMPDIR/image
    rules=$image/etc/udev/rules.d
    mkdir -p "$image"/{bin,proc,sys,dev,run,tmp,etc/rdmpath,usr/sbin,usr/lib/udev/rules.d,usr/lib/rdmpath,lib/dracut/hooks/pre-trigger}
    cp /bin/busybox "$image/bin"
    local applet
    for applet in sh mkdir cat printf; do ln -s busybox "$image/bin/$applet"; done
    cp "$top/build/rdmpath" "$image/usr/sbin/rdmpath"
    cp -r "$top/dracut-module/shared/." "$image/usr/lib/rdmpath"
    printf 'LABEL="one"\nPROGRAM="x"\nLABEL="the_end"\n' > "$image/usr/lib/udev/rules.d/55-scsi-sg3_id.rules"
    local file
    for file in 55-dm 60-multipath 56-dm-mpath 60-kpartx 68-del-part-nodes 60-persistent-storage; do
        printf '# %s\n' "$file" > "$image/usr/lib/udev/rules.d/$file.rules"
    done
    printf 'x\n' > "$image/lib/dracut/hooks/pre-trigger/02-multipathd.sh"
}

in_image() { # SCRIPT
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(unshare -r)
    "${as_root[@]}" chroot "$image" /bin/sh "/usr/lib/rdmpath/$1"
}

switch() { # COMMAND LINE
    printf '%s\n' "$1" > "$image/proc/cmdline"
    in_image switch
}

@test "off: not one file is another" {
    for line in quiet rd.mpath=0 rd.mpath=2 'rd.mpath=1 nompath' 'rd.mpath=1 multipath=off' 'rd.mpath=1 rd.mpath=0'; do
        printf '%s\n' "$line" > "$image/proc/cmdline"
        before=$(cd "$image" && find . -exec ls -ld --time-style=full-iso '{}' + && find . -type f -exec sha256sum '{}' +)
        switch "$line" 2> /dev/null
        after=$(cd "$image" && find . -exec ls -ld --time-style=full-iso '{}' + && find . -type f -exec sha256sum '{}' +)
        diff <(printf '%s\n' "$before" | grep -v cmdline) <(printf '%s\n' "$after" | grep -v cmdline)
    done
}

@test "on: our rules are there, and those of multipath-tools are not" {

    switch 'quiet rd.mpath=1'
    [ -e "$image/run/rdmpath/on" ]

    cmp "$top/dracut-module/shared/rules.d/55-rdmpath.rules" "$rules/55-rdmpath.rules"
    cmp "$top/dracut-module/shared/rules.d/61-rdmpath-links.rules" "$rules/61-rdmpath-links.rules"
    cmp "$top/dracut-module/shared/rules.d/rdmpath-map.rules" "$rules/56-rdmpath-map.rules"
    for file in 60-multipath 56-dm-mpath 60-kpartx 68-del-part-nodes; do
        [ -e "$rules/$file.rules" ] && [ ! -s "$rules/$file.rules" ]
    done
    [ ! -e "$rules/60-persistent-storage.rules" ]
    [ ! -s "$image/lib/dracut/hooks/pre-trigger/02-multipathd.sh" ]
    [ ! -e "$rules/54-rdmpath-scope.rules" ]
}

@test "on: the rule on maps follows device-mapper's, whatever number that has" {
    rm "$image/usr/lib/udev/rules.d/55-dm.rules"
    : > "$image/usr/lib/udev/rules.d/10-dm.rules"
    switch rd.mpath
    cmp "$top/dracut-module/shared/rules.d/rdmpath-map.rules" "$rules/11-rdmpath-map.rules"
}

@test "on: sg3_utils' rules leave disks alone that this boot does not need" {
    switch rd.mpath=1
    [ "$(head -n 1 "$rules/55-scsi-sg3_id.rules")" = 'ENV{RDMPATH_FOREIGN}=="1", GOTO="the_end"' ]
    tail -n +2 "$rules/55-scsi-sg3_id.rules" | cmp - "$image/usr/lib/udev/rules.d/55-scsi-sg3_id.rules"
}

@test "on: a configuration that the host does not have is none" {
    ln -s busybox "$image/bin/rm"
    printf 'defaults {\n}\n' > "$image/etc/multipath.conf"
    switch rd.mpath=1
    [ -e "$image/etc/multipath.conf" ]
    echo none > "$image/etc/rdmpath/no-multipath.conf"
    switch rd.mpath=0 || :
    [ -e "$image/etc/multipath.conf" ]
    switch rd.mpath=1
    [ ! -e "$image/etc/multipath.conf" ]
}

@test "on: a unit that the main system does not know comes along" {
    mkdir -p "$image"/{run/systemd/system,usr/lib/systemd/system}
    cp "$top/dracut-module/55rdmpath/rdmpath.service" "$image/usr/lib/systemd/system"
    switch rd.mpath=1
    cmp "$top/dracut-module/55rdmpath/rdmpath.service" "$image/run/systemd/system/rdmpath.service"
}

recorded() { # SYSFS-WWID: what an image knows of root's disk
    printf 'recorded 2026-11-27\n\nmap 3600a\nroles root\nsysfs-wwid %s\n' "$1" > "$image/etc/rdmpath/host"
}

@test "on: disks that a recorded boot does not need are foreign, and all are needed with scope=all" {
    recorded naa.600a
    switch 'rd.mpath=1 rd.mpath.scope=all'
    [ ! -e "$rules/54-rdmpath-scope.rules" ]
    switch rd.mpath=1
    grep -qxF 'ATTR{device/wwid}=="naa.600a", GOTO="rdmpath_scope_end"' "$rules/54-rdmpath-scope.rules"
    grep -qx 'ENV{RDMPATH_FOREIGN}="1"' "$rules/54-rdmpath-scope.rules"
    grep -qxF 'ATTR{wwid}=="naa.600a", GOTO="rdmpath_scope_driver"' "$rules/54-rdmpath-scope.rules"
    [ "$(tail -n 2 "$rules/54-rdmpath-scope.rules")" = $'ATTR{subsystem/drivers_probe}="$kernel"\nLABEL="rdmpath_scope_end"' ]
}

@test "on: what is below adapters waits, if who asks whether udev is done does not" {
    held() { grep -c '"scsi_host".*PROGRAM="/bin/sleep 5"$' "$rules/54-rdmpath-scope.rules"; }
    recorded naa.600a
    switch rd.mpath=1
    [ "$(held)" = 0 ]
    printf '\177ELF\n' > "$image/usr/sbin/udevadm"
    switch rd.mpath=1
    [ "$(held)" = 0 ]
    ln -sf ../lib/rdmpath/settle "$image/usr/sbin/udevadm"
    switch rd.mpath=1
    [ "$(held)" = 1 ]
    switch 'rd.mpath=1 udev.children-max=2' # as for kdump: one adapter would be all
    [ "$(held)" = 0 ]
    switch 'rd.udev.children_max=2 rd.mpath=1'
    [ "$(held)" = 0 ]
}

@test "on: udev is done when root's maps are there, off: when its queue is empty" {
    mkdir -p "$image/usr/bin"
    printf '#!/bin/sh\necho "udevadm $*"\n' > "$image/usr/bin/udevadm"
    printf '#!/bin/sh\necho "$*" >> /asked\n[ -e /there ]\n' > "$image/usr/sbin/rdmpath"
    chmod +x "$image/usr/bin/udevadm" "$image/usr/sbin/rdmpath"
    settle() { # ARGUMENT...
        local as_root=()
        [ "$(id -u)" = 0 ] || as_root=(unshare -r)
        : > "$image/asked"
        run -0 "${as_root[@]}" chroot "$image" /bin/sh /usr/lib/rdmpath/settle "$@"
    }
    settle settle --timeout=30
    [ "$output" = 'udevadm settle --timeout=30' ] && [ ! -s "$image/asked" ]

    mkdir -p "$rules" "$image/run/rdmpath"
    : > "$rules/54-rdmpath-scope.rules"
    : > "$image/run/rdmpath/on"
    settle settle --timeout=2
    [ "$(< "$image/asked")" = 'wait --present --timeout 2' ]
    : > "$image/run/rdmpath/on"
    settle settle --timeout=30
    [ "$output" = 'udevadm settle --timeout=30' ]
    [ "$(< "$image/asked")" = 'wait --present --timeout 5' ]
    settle settle --timeout=30 # dracut asks again and again
    [ "$output" = 'udevadm settle --timeout=30' ]
    [ "$(< "$image/asked")" = 'wait --present --timeout 0' ]
    : > "$image/run/rdmpath/on"
    settle settle --timeout=0
    [ "$(< "$image/asked")" = 'wait --present --timeout 0' ]
    settle control --exit
    [ "$output" = 'udevadm control --exit' ] && [ ! -s "$image/asked" ]

    : > "$image/there"
    settle settle --exit-if-exists=/x
    [ "$output" = '' ]
    [ "$(< "$image/asked")" = 'wait --present --timeout 5' ]
}

@test "on: disks of others get their driver when root is mounted, and only where that was put off" {
    bus=$image/sys/bus/scsi
    mkdir -p "$bus"/devices/{host2,target2:0:0,2:0:0:0/driver,2:0:0:1,host7,7:0:0:1/driver}
    recorded naa.600a
    echo 1 > "$bus/drivers_autoprobe"
    switch rd.mpath=0 || :
    [ "$(< "$bus/drivers_autoprobe")" = 1 ]
    switch rd.mpath=1
    [ "$(< "$bus/drivers_autoprobe")" = 0 ]

    in_image late-drivers
    [ "$(< "$bus/drivers_autoprobe")" = 1 ]
    [ "$(< "$bus/drivers_probe")" = 2:0:0:1 ]
    rm "$bus/drivers_probe"
    in_image late-drivers
    [ ! -e "$bus/drivers_probe" ]
}

@test "on: a name that would be a pattern to udev, or end its string, makes no rule" {
    for name in 't10.A*B' 't10.A"B' 't10.[AB]'; do
        recorded "$name"
        switch rd.mpath=1
        [ ! -e "$rules/54-rdmpath-scope.rules" ]
    done
}

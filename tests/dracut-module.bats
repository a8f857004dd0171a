#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Which devices dracut's module takes a host-only image to be for, with words of dracut's that say what they are asked.
# Words and variables: dracut.modules(7), and dracut-functions.sh of versions 059 and 106.
# shellcheck disable=SC2034,SC2154,SC2317,SC2329  # what the module calls and sets

bats_require_minimum_version 1.7.0

setup() {
    # shellcheck source=dracut-module/55rdmpath/module-setup.sh
    . "$BATS_TEST_DIRNAME/../dracut-module/55rdmpath/module-setup.sh"
    hostonly=-h resumes_from=0:0 map=map
    require_binaries() { :; }
    for_each_host_dev_and_slaves_all() { "$1" 254:1 || "$1" 254:0 || "$1" 8:0; }
    grep() { if [[ $* == *' /sys/power/resume' ]]; then command grep "${@:1:$#-1}" <<< "$resumes_from"; else command grep "$@"; fi; }
    multipath() { echo 'multipath-tools v0.9.4 (12/19, 2022)'; }
    rdmpath() { printf '%s\n' "asked: $*" "$map 3600a"; }
}

devices() {
    local _devices=()
    host_devices || : # its status is nobody's business
    echo "${_devices[*]}"
}

@test "a host-only image is for dracut's devices and for what hibernation resumes from" {
    [ "$(devices)" = '254:1 254:0 8:0' ]
    resumes_from=8:33
    [ "$(devices)" = '254:1 254:0 8:0 8:33' ]
    run -0 record 254:1 8:33
    [[ $output == *'asked: record --multipath-tools 0.9.4 254:1 8:33'* ]]
}

@test "kdump's image is for what kdump names alone" {
    resumes_from=8:33 hostonly_default_device=no
    [ "$(devices)" = '254:1 254:0 8:0' ]
}

@test "a host-only image has the module if maps are recorded, any other has it" {
    run -0 check
    map=disk
    run -255 check
    for_each_host_dev_and_slaves_all() { return 2; }
    run -255 check
    hostonly=''
    run -0 check
    mount_needs=1
    run -255 check
}

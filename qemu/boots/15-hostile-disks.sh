# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# hostile disks: lying lengths, empty and odd serials, evil names, one WWID with two sizes; the sound disk still works
modules='target_core_user tcm_loop'

map=35000000000000015
evil=3500000000000015e
arrays='page-too-long designator-too-long page-empty page-short page-ones serial-empty serial-ones serial-lies blanks
    twice-a twice-b evil-a evil-b sound-a sound-b'

guest() {
    mount_target
    dd if=/dev/urandom of=/run/data bs=1M count=8 2> /dev/null
    dd if=/run/data of=/run/half bs=1M count=4 2> /dev/null
    number=0
    for name in $arrays; do
        number=$((number + 1))
        array_folder "$name" "50000000000001$(printf %02x $number)" /run/data
        cd "/run/array/$name" || fail "no folder"
        answers
        array_path "$name" $number
    done
    wait_for 30 has_disks 15
    wait_for 10 has_disks 2 naa.${map#3}

    start_run
    holds rdmpath wait --timeout 30 $map $evil
    usleep 2000000 # time to do something wrong
    holds running
    expect 'all maps' "$(maps | tr '\n' ' ')" "$map $evil "
    expect 'paths of the sound map' "$(path_status $map | grep -c ' A$')" 2
    expect 'paths of the map with an evil vendor' "$(path_status $evil | grep -c ' A$')" 2
    expect data "$(digest /dev/mapper/$map)" "$(sha256sum < /run/data)"

    # whatever the devices say, a line of output is ours
    for verb in list 'list --json' plan explain; do
        say "$verb"
        # shellcheck disable=SC2086 # a list
        rdmpath $verb > /run/output 2>&1 || fail "status $? of $verb"
        [ "$verb" != 'list --json' ] || base64 < /run/output | sed 's/^/json: /' # for the host
        fails grep -q '^EVIL' /run/output
        fails grep -q "$(printf '\033')" /run/output
    done
    status_is 0 rdmpath explain 3500000000000015d
    says 'differ in size'
}

judge() { # list --json is JSON, and tells the evil names as they are
    tr -d '\r' < "$console" | sed -n 's/^json: //p' | base64 -d > "$work/list.json"
    jq -e '[.paths[].vendor] | length == 15 and any(contains("\""))' "$work/list.json"
}

answers() { # of $name, into the current folder, where a sound disk's are already
    case $name in
    page-too-long) bytes 00 83 ff ff 01 03 00 08 50 00 00 00 00 00 01 51 > vpd83 ;;
    designator-too-long) bytes 00 83 00 0c 01 03 00 ff 50 00 00 00 00 00 01 52 > vpd83 ;;
    page-empty | serial-*) bytes 00 83 00 00 > vpd83 ;;
    page-short) bytes 00 83 > vpd83 ;;
    page-ones) head -c 255 /dev/zero | tr '\0' '\377' > vpd83 ;;
    blanks) { bytes 00 83 00 fc 02 01 00 f8 && head -c 248 /dev/zero | tr '\0' ' '; } > vpd83 ;;
    twice-*) bytes 00 83 00 0c 01 03 00 08 50 00 00 00 00 00 01 5d > vpd83 ;;
    evil-*) bytes 00 83 00 0c 01 03 00 08 50 00 00 00 00 00 01 5e > vpd83 ;;
    sound-*) bytes 00 83 00 0c 01 03 00 08 50 00 00 00 00 00 00 15 > vpd83 ;;
    esac
    case $name in
    serial-empty) bytes 00 80 00 00 > vpd80 ;;
    serial-ones) bytes 00 80 00 04 ff ff ff ff > vpd80 ;;
    serial-lies) bytes 00 80 ff ff 41 > vpd80 ;;
    twice-b) ln -sf /run/half data ;;
    evil-*)
        { bytes 00 00 06 02 1f 00 00 02 && printf 'A"\047\n\033[2JEVIL\n"}\n{"x": 1     '; } > inquiry
        { bytes 00 80 00 09 && printf 'a\nEVIL"\134' && bytes 00; } > vpd80
        ;;
    esac
}

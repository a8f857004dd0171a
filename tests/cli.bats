#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The command line of the built program. No root, no VM, and never this machine's disks: what looks for some runs in a
# namespace of its own without any.
# shellcheck disable=SC2154  # run --separate-stderr sets $stderr

bats_require_minimum_version 1.5.0

setup() {
    rdmpath=${RDMPATH:-$BATS_TEST_DIRNAME/../build/rdmpath}
    possible='possible are run, assemble, wait, list, plan, explain, claim, scope, flush, record, verify, config, snapshot, --version, --help'
}

wrong() {    # TEXT WORD...: status 2, exactly this one line on stderr, nothing on stdout
    local text=$1
    shift
    run --separate-stderr -2 "$rdmpath" "$@"
    [ "$output" = '' ]
    [ "$stderr" = "rdmpath: $text" ]
}

alone() {    # COMMAND...: with no device in /sys and /dev, and without device-mapper
    unshare --map-root-user --mount sh -c '
        mount -t tmpfs none /sys && mkdir /sys/block && mount -t tmpfs none /dev &&
            mount --bind /proc/self/status /proc/misc && exec "$@"' sh "$@"
}

no_disks() {    # before a test that uses alone
    alone true 2> /dev/null || skip "no namespaces here"
}

@test "--version prints one line" {
    run --separate-stderr -0 "$rdmpath" --version
    [[ $output =~ ^rdmpath\ [0-9]+\.[0-9]+[^[:space:]]*$ ]]
    [ "$stderr" = '' ]
}

@test "--help fits on a screen of 80 columns and names every verb and status" {
    run --separate-stderr -0 "$rdmpath" --help
    [ "${#lines[@]}" -le 24 ]
    for line in "${lines[@]}"; do [ "${#line}" -le 80 ]; done
    for word in run assemble wait list plan explain scope flush record verify snapshot --version 'exit status: 0' '2 wrong usage' '3 the kernel'; do
        [[ $output == *"$word"* ]]
    done
    [ "$stderr" = '' ]
}

@test "help, --help and VERB --help are the same help" {
    overview=$("$rdmpath" --help)
    [ "$("$rdmpath" help)" = "$overview" ]
    for verb in run assemble wait list plan explain scope flush record verify snapshot; do
        run -0 "$rdmpath" "$verb" --help
        [[ ${lines[0]} == "usage: rdmpath $verb"* ]]
        [ "$("$rdmpath" help "$verb")" = "$output" ]
    done
}

@test "wrong usage says what was wrong and what is possible" {
    wrong "no verb; $possible"
    wrong "no verb 'lsit'; $possible" lsit
    wrong "no option '--jsno'; $possible" --jsno
    wrong "list: unknown option '--jsno'; it takes --json, --snapshot FILE and --help" list --jsno
    wrong "list: 'sda' is too many; it takes no words" list sda
    wrong "wait: --timeout takes whole seconds, not 'soon'" wait --timeout soon
    wrong "wait: --timeout needs a number of seconds" wait --timeout
    wrong "explain: one at a time, 'sdb' is too many" explain sda sdb
    wrong "assemble: '/dev/sda' is not a WWID; \"rdmpath explain DEVICE\" shows the WWID of a device" assemble /dev/sda
}

@test "a control character in a word does not reach the terminal" {
    wrong "no verb 'a\\x1b[31m'; $possible" $'a\e[31m'
}

@test "list and explain without a disk" {
    no_disks
    for verb in list explain; do
        run --separate-stderr -0 alone "$rdmpath" "$verb"
        [ "$output" = 'no disk found' ]
        [ "$stderr" = '' ]
    done
}

@test "list --json is JSON to jq and to Python" {
    command -v jq > /dev/null || skip "no jq here"
    no_disks
    alone "$rdmpath" list --json > "$BATS_TEST_TMPDIR/list.json"
    [ "$(jq -r .version "$BATS_TEST_TMPDIR/list.json")" = 1 ]
    [ "$(jq -r 'keys_unsorted | join(" ")' "$BATS_TEST_TMPDIR/list.json")" = 'version maps paths refused other_maps' ]
    ! command -v python3 > /dev/null || python3 -m json.tool "$BATS_TEST_TMPDIR/list.json" > /dev/null
}

@test "plan and flush with nothing to do are silent, assemble says so" {
    no_disks
    for verb in plan flush; do
        run -0 alone "$rdmpath" "$verb"
        [ "$output" = '' ]
    done
    run --separate-stderr -1 alone "$rdmpath" assemble
    [ "$output" = '' ]
    [ "$stderr" = 'rdmpath: no disk with two paths or more' ]
}

@test "explain of an unknown device is status 1 and says so" {
    no_disks
    run --separate-stderr -1 alone "$rdmpath" explain /dev/no-such-disk
    [ "$output" = '' ]
    [[ $stderr == 'rdmpath: /dev/no-such-disk: no disk and no WWID known here; '* ]]
}

@test "wait --timeout 0 for a map that is not there is status 1 and names it" {
    no_disks
    run --separate-stderr -1 alone "$rdmpath" wait --timeout 0 3deadbeefdeadbeef
    [ "$output" = '' ]
    [[ $stderr == *3deadbeefdeadbeef* ]]
}

@test "scope is status 1 while the kernel's command line has it off" {
    grep -qw rd.mpath /proc/cmdline && skip "it is on here"
    run --separate-stderr -1 "$rdmpath" scope
    [ "$output" = '' ]
    [ "$stderr" = '' ]
}

# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# What scenarios say in the guest. A helper that isn't satisfied ends the boot as failed, with the reason on the console.

boot=$(cat /boot-name)

say() { printf '# %s\n' "$*"; }

# the one line that counts as success
pass() {
    trap - EXIT
    printf '\nboot %s: passed\n' "$boot"
    poweroff -nf
}

fail() { # REASON...
    trap - EXIT
    set +e
    dmesg | tail -n 40
    for command in 'dmsetup table' 'dmsetup status' 'dmsetup info -c'; do
        say "$command"
        $command
    done
    say 'log of rdmpath run, and its report'
    tail -n 40 /run/log /run/rdmpath/report
    printf '\n# %s\nboot %s: failed\n' "$*" "$boot"
    poweroff -nf
}

expect() { # WHAT IS WANTED
    [ "$2" = "$3" ] && return
    printf '# %s: expected\n%s\n# but it is\n%s\n' "$1" "$3" "$2"
    fail "$1 is not as expected"
}

holds() { # COMMAND...: true now
    "$@" || fail "not true: $*"
}

fails() { # COMMAND...: false now
    ! "$@" || fail "not false: $*"
}

status_is() { # STATUS COMMAND...: ends so, and not in another way; keeps what it said
    local want=$1 status=0
    shift
    said=$("$@" 2>&1) || status=$?
    printf '%s\n' "$said"
    [ "$status" = "$want" ] || fail "status $status, not $want: $*"
}

says() { # PATTERN: what the command of the last status_is said
    printf '%s\n' "$said" | grep -q "$1" || fail "not said: $1"
}

wait_for() { # SECONDS COMMAND...: true within that time
    local end
    end=$(($(now) + $1 * 100))
    shift
    until "$@"; do
        [ "$(now)" -lt "$end" ] || fail "not in time: $*"
        usleep 200000
    done
}

# hundredths of a second since the kernel started
now() {
    local up
    read -r up _ < /proc/uptime
    up=${up%.*}${up#*.}
    printf '%s\n' "${up#0}"
}

signal() { # NAME: the host's part of the scenario waits for this
    printf '\nto the host: %s\n' "$1"
}

# --- paths ---

# One line for each disk, in the order of their paths in sysfs: NAME MAJ:MIN ID SECTORS ACCESS_STATE
# The kernel calls a path active/optimized until it has asked for the states, 2 s later after a unit attention. Those of
# scsi_debug, with vpd_use_hostno=0, go by the host's number (drivers/scsi/scsi_debug.c, resp_report_tgtpgs()): another
# one is not known yet.
inventory() {
    find /sys/devices -type d '(' -name 'sd[a-z]*' -o -name 'nvme[0-9]*n[0-9]*' ')' -prune 2> /dev/null | LC_ALL=C sort |
        awk -v by_host="$(grep -sx 0 /sys/module/scsi_debug/parameters/vpd_use_hostno)" '
        BEGIN { split("active/optimized active/non-optimized standby", states, " ") }
        function state(text) {
            if (by_host == "" || text == "" || !match($0, "/adapter[0-9]+/host[0-9]+/")) return text
            text_of_host = substr($0, RSTART, RLENGTH - 1)
            sub(/.*host/, "", text_of_host)
            return text == states[text_of_host % 3 + 1] ? text : "unknown"
        }
        function attribute(file, text) {
            if ((getline text < file) < 1) text = ""
            close(file)
            gsub(/ +/, "_", text)
            return text
        }
        attribute($0 "/hidden") != "1" {
            id = attribute($0 "/device/wwid")
            if (id == "") id = attribute($0 "/wwid")
            print gensub_name($0), attribute($0 "/dev"), id == "" ? "-" : id, attribute($0 "/size"), state(attribute($0 "/device/access_state"))
        }
        function gensub_name(path) { sub(/.*\//, "", path); return path }'
}

disks() { # ID: kernel names of the disks that have it in sysfs
    inventory | awk -v id="$1" '$3 == id { print $1 }'
}

has_disks() { # COUNT [ID]: that many, or more, and each of them ready for use
    inventory | awk -v id="${2-}" -v count="$1" '(id == "" || $3 == id) && $4 > 0 && $5 != "unknown" { ++n } END { exit n < count }'
}

devnos() { # ID [ACCESS_STATE]: "8:0 8:16"
    inventory | awk -v id="$1" -v state="${2-}" '$3 == id && (state == "" || $5 == state) { printf "%s%s", gap, $2; gap = " " }'
}

devno() { # NAME: 8:16
    cat "/sys/block/$1/dev"
}

sectors() { # NAME
    cat "/sys/block/$1/size"
}

digest() { # NODE [START SECTORS]: of the bytes that a direct read gets
    dd if="$1" bs=64k skip="$((${2:-0} * 512))" count="$((${3:-$(blockdev --getsz "$1")} * 512))" \
        iflag=direct,skip_bytes,count_bytes 2> /dev/null | sha256sum
}

# --- maps, as dmsetup sees them ---

maps() { # names of all multipath maps
    dmsetup ls --target multipath | sed 's/[[:space:]].*//' | grep -v '^No' | sort
}

is_map() { # NAME: there and live
    [ "$(dmsetup info -c --noheadings -o attr "$1" 2> /dev/null | cut -c 1,4)" = Lw ] # Live, writable
}

# The table, without the feature that the kernel adds by itself where a handler is attached
table_of() { # NAME
    dmsetup table "$1" | sed 's/ *$//
        s/multipath 1 retain_attached_hw_handler /multipath 0 /
        s/multipath 2 queue_if_no_path retain_attached_hw_handler /multipath 1 queue_if_no_path /'
}

# The table that a map should have: a group is the list of its paths' numbers. The kernel prints the selector's
# arguments per path as "2 PATH REPEAT THROUGHPUT".
table() { # SECTORS FEATURES HANDLER GROUP...
    local text group path
    text="0 $1 multipath $2 $3 $(($# - 3)) 1"
    shift 3
    for group; do
        # shellcheck disable=SC2086 # a list
        set -- $group
        text="$text service-time 0 $# 2"
        for path; do
            text="$text $path 1 1"
        done
    done
    printf '%s\n' "$text"
}

# The same for an array with ALUA, as sysfs has its paths now
alua_table() { # ID
    inventory | awk -v id="$1" '
        $3 == id {
            rank = index("active/optimized active/non-optimized lba-dependent standby", $5)
            if (!rank || $5 == "") rank = 99
            size = $4
            count[rank]++
            paths[rank] = paths[rank] " " $2 " 1 1"
        }
        END {
            for (rank = 1; rank < 100; ++rank)
                if (rank in count) { ++groups; text = text " service-time 0 " count[rank] " 2" paths[rank] }
            print "0 " size " multipath 0 1 alua " groups " 1" text
        }'
}

path_status() { # MAP: lines "8:0 A" (active) or "8:0 F" (failed), sorted
    dmsetup status "$1" | grep -o '[0-9]*:[0-9]* [AF]' | LC_ALL=C sort
}

path_is() { # MAP MAJ:MIN A|F|'': the last means "not in the table"
    [ "$(path_status "$1" | sed -n "s/^$2 //p")" = "$3" ]
}

has_paths() { # MAP ID: exactly the present disks with this ID, and all of them active
    [ "$(path_status "$1")" = "$(devnos "$2" | tr ' ' '\n' | LC_ALL=C sort | sed 's/$/ A/')" ]
}

# --- rdmpath ---

start_run() { # the event loop, in the background
    rdmpath run >> /run/log 2>&1 &
    printf '%s\n' "$!" > /run/pid
}

running() { # the event loop, still the same process
    kill -0 "$(cat /run/pid)" 2> /dev/null
}

stop_run() {
    kill "$(cat /run/pid)"
    wait "$(cat /run/pid)" || fail "rdmpath run ended with status $?"
}

time_to_map() { # MAP: starts the event loop; $elapsed is the time until map and partitions are usable, in 1/100 s
    local begin
    begin=$(now)
    start_run
    holds rdmpath wait --timeout 60 "$1"
    elapsed=$(($(now) - begin))
}

peak() { # peak of resident memory of the event loop in KiB
    sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$(cat /run/pid)/status"
}

below() { # WHAT NUMBER LIMIT
    say "$1: $2 (limit $3)"
    [ "$2" -lt "$3" ] || fail "$1 is $2, the limit $3"
}

enter_root() { # what is mounted at /newroot becomes the root; inside() goes on there
    local folder
    for folder in dev proc sys run; do
        mount -o move "/$folder" "/newroot/$folder"
    done
    trap - EXIT
    exec switch_root /newroot /sbin/init
}

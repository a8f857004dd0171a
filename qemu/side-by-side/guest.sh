# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# The guest's half of the boots 30-*: on the same devices the incumbent makes its maps, which are recorded and removed,
# then rdmpath makes its own, and the recordings have to be equal; then the incumbent's multipathd starts on ours, and has
# to find nothing to do. A case is a configuration on a topology (cases/, topologies.sh); its result is one line on the
# console, "# case GENERATION TOPOLOGY: NAME: ok", which qemu/run counts.
#
# All of it runs in the incumbent's own system, with its udevd and its rules, but without 60-multipath.rules: nothing here
# asks it, and its `multipath -u` for each event of each path takes longer than all the rest.

modules='dm_round_robin dm_queue_length'
kinds='maps tables properties links settings actions claims'

# The first process goes on in the incumbent's system, with inside()
enter_host() {
    local folder
    for folder in dev proc sys run lib/modules; do
        mkdir -p "/host/$folder"
        mount -o bind "/$folder" "/host/$folder"
    done
    trap - EXIT
    exec chroot /host /inside
}

side_by_side() { # TOPOLOGY...
    local topology folder
    failed=0
    wanted_differences=$(cat /side-by-side/wanted-differences)
    rm /lib/udev/rules.d/60-multipath.rules
    printf 'SUBSYSTEM=="block", KERNEL=="sd*|nvme*", ENV{DM_MULTIPATH_DEVICE_PATH}="1"\n' > /lib/udev/rules.d/30-claimed.rules
    mkdir -p /etc/rdmpath
    multipath -h 2>&1 | sed -n 's/^multipath-tools v\([0-9.]*\) .*/multipath-tools \1/p' > /etc/rdmpath/host
    grep -q . /etc/rdmpath/host || fail 'multipath does not say its version'
    /lib/systemd/systemd-udevd --daemon
    udevadm trigger --action=add --subsystem-match=block
    udevadm settle
    for topology; do
        begin=$(now)
        "up_$topology"
        udevadm settle
        split_cases "$topology"
        for folder in "/run/cases/$topology"/*; do
            one_case "$folder"
        done
        "down_$topology"
        udevadm settle
        say "$topology took $(($(now) - begin))/100 s"
    done
    [ "$failed" = 0 ] || fail "$failed cases are not as they should be"
}

# A file of cases becomes folders: `name`, `before` and `after` (commands), `claim` (ask about the disks), `watch` (let
# multipathd run so many seconds more), and below etc/ the configuration. "== NAME" begins a case and its multipath.conf, "-- FILE" another file of it.
split_cases() { # TOPOLOGY
    awk -v at="/run/cases/$1" '
        function into(name) {
            file = folder "/" (name ~ /^(before|after|claim|watch)$/ ? name : "etc/" name)
            printf "" > file
        }
        /^== / {
            folder = sprintf("%s/%02d", at, ++cases)
            system("mkdir -p " folder "/etc/multipath/conf.d")
            print substr($0, 4) > (folder "/name")
            into("multipath.conf")
            next
        }
        /^-- / { into(substr($0, 4)); next }
        cases { print > file }' "/side-by-side/cases/$1"
}

one_case() { # FOLDER
    local case=$1 began name
    began=$(now)
    name="$topology: $(cat "$case/name")"
    mkdir -p "$case/theirs" "$case/ours"
    run_part before
    settings > "$case/settings"
    ask_claims
    configure
    multipath -q -v3 > "$case/theirs/log" 2>&1 || : # -q: queue as the daemon does, that is not running
    record theirs
    clear_maps
    configure
    rdmpath assemble > "$case/ours/log" 2>&1 || :
    record ours
    adopt ours
    awk '$2 ~ /^mpath-/ { print $1 ": set ACT_NOTHING (map unchanged)" }' "$case/ours/maps" > "$case/theirs/actions"
    cmp -s "$case/theirs/actions" "$case/ours/actions" || with_their_own
    clear_maps
    run_part after
    judge
}

# There are configurations that multipathd finds its own maps to differ from, at each start: with ours it does the same
with_their_own() {
    clear_maps
    configure
    multipath -q -v0 || :
    adopt theirs
}

run_part() { # before|after: commands of the case
    # shellcheck disable=SC1090 # commands of the case
    [ ! -e "$case/$1" ] || { . "$case/$1" && udevadm settle; }
}

# The system's configuration as the case has it; nothing that an earlier run wrote
configure() {
    rm -rf /etc/multipath /etc/multipath.conf /run/multipath
    cp -r "$case"/etc/* /etc
    [ -s /etc/multipath.conf ] || rm -f /etc/multipath.conf
    [ ! "${failed_wwid-}" ] || { mkdir -p /run/multipath/failed_wwids && : > "/run/multipath/failed_wwids/$failed_wwid"; }
}

# Everything that the main system would find of the present maps. In tables a map is called by its name.
record() { # theirs|ours
    local at=$case/$1
    udevadm settle
    dmsetup info -c --noheadings --separator ' ' -o major,minor,name,uuid,attr | grep '^[0-9]' | sort -k 3 > "$at/info" || :
    dmsetup table > "$at/table"
    : > "$at/maps"
    : > "$at/tables"
    : > "$at/properties"
    : > "$at/links"
    awk -v at="$at" '
        FILENAME ~ /info$/ {
            device = $1 ":" $2
            name[device] = $3
            print $3, $4, $5 > (at "/maps")
            database = "/run/udev/data/b" device
            while ((getline line < database) > 0) {
                # without what its last event was about: the kernel may have had one more of its own
                if (line ~ /^E:/ && line !~ /^E:(DM_(COOKIE|ACTIVATION|ACTION|SEQNUM|PATH|NR_VALID_PATHS)|MPATH_UNCHANGED|DISKSEQ)=/)
                    print $3, substr(line, 3) > (at "/properties")
                if (line ~ /^S:/ && line !~ /by-diskseq/) print $3, substr(line, 3) > (at "/links")
            }
            close(database)
        }
        FILENAME ~ /table$/ && /:/ {
            for (i = 2; i <= NF; ++i) if ($i in name) $i = name[$i]
            print > (at "/tables")
        }' "$at/info" "$at/table"
    sort -o "$at/tables" "$at/tables"
    sort -o "$at/properties" "$at/properties"
    sort -o "$at/links" "$at/links"
    stat -L -c '%n %A %u:%g' /dev/mapper/* >> "$at/maps" || : # a link may lead nowhere
    settings > "$at/settings"
}

# What a program may set on sessions, hosts and queues before it makes a map
settings() {
    grep -s . /sys/class/iscsi_session/*/recovery_tmo /sys/class/scsi_host/*/eh_deadline /sys/block/sd*/queue/max_sectors_kb || :
}

# What each says of the disks before there is a map
ask_claims() {
    local disk
    : > "$case/theirs/claims"
    : > "$case/ours/claims"
    [ -e "$case/claim" ] || return 0
    for disk in $(inventory | awk '{ print $1 }' | sort); do
        configure
        claimed theirs multipath -c "/dev/$disk"
        configure
        claimed ours rdmpath claim "/dev/$disk"
    done
}

# The verdict, and whether there is to be another later; ours are lines without quotes
claimed() { # theirs|ours COMMAND...
    local whose=$1
    shift
    "$@" 2> /dev/null | sed -n "s/\"//g; s/^\(FIND_MULTIPATHS_WAIT_UNTIL=\)[1-9].*/\1later/; s/^DM_MULTIPATH_DEVICE_PATH=\|^FIND_MULTIPATHS_WAIT_UNTIL=/$disk &/p" \
        >> "$case/$whose/claims"
}

# Starts multipathd on what is there and waits until it has configured
adopt() { # theirs|ours: whose maps they are
    local end
    end=$(($(now) + 6000))
    dmsetup table > "$case/before_adoption"
    multipathd -d -v3 > "$case/$1/multipathd" 2>&1 &
    until configured "$1" $!; do
        [ "$(now)" -lt "$end" ] || fail "multipathd does not come up: $(cat "$case/$1/multipathd")"
        usleep 50000
    done
    [ ! -e "$case/watch" ] || sleep "$(cat "$case/watch")"
    dmsetup table > "$case/after_adoption"
    { kill -9 $! && wait $!; } 2> /dev/null || : # not with SIGTERM, which makes it change the maps once more
    sed -n 's/^[0-9. ]*| //; /: set ACT_/p; /: rename /p; /removed/p; /remove dead map/p; /switch to path group/p; /reload/p' \
        "$case/$1/multipathd" | sort -u > "$case/$1/actions"
    diff "$case/before_adoption" "$case/after_adoption" >> "$case/$1/actions" || :
}

configured() { # theirs|ours PID: it answers about maps only with its lock, which it keeps while it configures
    kill -0 "$2" || fail "multipathd ended: $(cat "$case/$1/multipathd")"
    grep -qs 'setting up paths and maps' "$case/$1/multipathd" &&
        multipathd show maps raw format %n > "$case/$1/adopted" 2>&1 && ! grep -q -e timeout -e error "$case/$1/adopted"
}

clear_maps() {
    udevadm settle
    dmsetup remove_all --noudevsync
    udevadm settle
    expect 'what is left of the maps' "$(dmsetup ls)" 'No devices found'
    local file value
    settings | diff "$case/settings" - | sed -n 's/^-\([^-].*\):/\1 /p' | while read -r file value; do
        echo "$value" > "$file"
    done
}

# Compares the recordings; differences that are wanted have to be there
judge() {
    local kind wrong='' reason said
    for kind in $kinds; do
        reason=$(wanted "$kind")
        if cmp -s "$case/theirs/$kind" "$case/ours/$kind"; then
            [ ! "$reason" ] || wrong="$wrong, $kind are equal, but the list says: $reason"
        elif [ ! "$reason" ]; then
            wrong="$wrong, $kind"
            diff -U 0 "$case/theirs/$kind" "$case/ours/$kind" | sed 1,2d | grep -v '^@@' | head -n 8 | sed "s/^/# $kind /"
        fi
    done
    said="$(grep -c ' mpath-' "$case/theirs/maps" || :) maps, $(($(now) - began))/100 s"
    ! grep -v ACT_NOTHING "$case/theirs/actions" > "$case/said" || said="$said, as with its own: $(head -n 1 "$case/said")"
    if [ "$wrong" ]; then
        failed=$((failed + 1))
        sed 's/^/# rdmpath: /' "$case/ours/log" | head -n 20
        printf '# case %s %s: not ok: %s (%s)\n' "$generation" "$name" "${wrong#, }" "$said"
    else
        printf '# case %s %s: ok (%s)\n' "$generation" "$name" "$said"
    fi
}

wanted() { # KIND: the reason why it differs in this case, if it is on the list
    case $wanted_differences in
    *"| $name |"*) awk -F ' *[|] *' -v generation="$generation" -v name="$name" -v kind="$1" \
        '($1 == generation || $1 == "*") && $2 == name && $3 == kind { print $4 }' /side-by-side/wanted-differences ;;
    esac
}

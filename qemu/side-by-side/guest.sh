# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
# The guest's half of the boots 23 and 24: on the same devices the incumbent makes its maps, which are recorded and removed,
# then rdmpath makes its own, and the recordings have to be equal; then the incumbent's multipathd starts on ours, and has
# to find nothing to do. A case is a configuration on a topology (cases/, topologies.sh); its result is one line on the
# console, "# case GENERATION TOPOLOGY: NAME: ok", which qemu/run counts.
#
# All of it runs in the incumbent's own system, with its udevd and its rules, but without 60-multipath.rules: nothing here
# asks it, and its `multipath -u` for each event of each path takes longer than all the rest. And udev does not watch for
# who wrote to a disk: after each it would ask all rules again, for nothing.

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
    printf 'SUBSYSTEM=="block", OPTIONS+="nowatch"\n' > /lib/udev/rules.d/99-nobody-watches.rules
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

# A file of cases becomes folders: `name`, `before` and `after` (commands), `claim` (ask about the first path of each disk,
# or of "all" of them), `watch` (let multipathd run so many seconds more), and below etc/ the configuration. "== NAME"
# begins a case and its multipath.conf, "-- FILE" another file of it.
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
    read -r name < "$case/name"
    name="$topology: $name"
    mkdir "$case/theirs" "$case/ours"
    run_part before
    settings=$(settings)
    ask_claims
    configure
    multipath -q > "$case/theirs/log" 2>&1 || : # -q: queue as the daemon does, that is not running
    record theirs
    clear_maps
    configure
    rdmpath assemble > "$case/ours/log" 2>&1 || :
    record ours
    adopt ours
    sed -n 's/^maps \(.*\) mpath-.*/\1: set ACT_NOTHING (map unchanged)/p' "$case/ours/recording" > "$case/theirs/actions"
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
    record theirs
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

# Everything that the main system would find of the present maps, in one file: "KIND WHAT". In tables a map is called by
# its name. Left out of its properties is what its last event was about: the kernel may have had one more of its own, a
# path that is late to answer is one more table, with that flag, and kpartx of 0.11 loads partitions again at each event.
record() { # theirs|ours
    udevadm settle
    dmsetup table > "$case/$1/table"
    {
        grep -s . /sys/block/dm-*/dev /sys/block/dm-*/ro /sys/block/dm-*/dm/name /sys/block/dm-*/dm/uuid /sys/block/dm-*/dm/suspended || :
        cat "$case/$1/table"
        stat -L -c '%n %A %u:%g' /dev/mapper/* || : # a link may lead nowhere
        settings
    } 2> /dev/null | awk '
        match($0, "^/sys/block/dm-[0-9]*/[a-z/]*:") {
            split(substr($0, 1, RLENGTH - 1), part, "/")
            value[part[4], part[5] part[6]] = substr($0, RLENGTH + 1)
            if (part[5] == "dev") device[part[4]] = substr($0, RLENGTH + 1)
            if (part[6] == "name") name[device[part[4]]] = substr($0, RLENGTH + 1)
            next
        }
        /^\/sys\// { print "settings " $0; next }
        /^\/dev\// { print "maps " $0; next }
        /: / {
            for (i = 2; i <= NF; ++i) if ($i in name) $i = name[$i]
            print "tables " $0
        }
        END {
            for (one in device) {
                called = name[device[one]]
                print "maps " called, value[one, "dmuuid"], "read-only=" value[one, "ro"], "suspended=" value[one, "dmsuspended"]
                database = "/run/udev/data/b" device[one]
                while ((getline line < database) > 0) {
                    if (line ~ /^E:/ && line !~ /^E:(DM_(COOKIE|ACTIVATION|ACTION|SEQNUM|PATH|NR_VALID_PATHS|SUBSYSTEM_UDEV_FLAG0|DISABLE_OTHER_RULES_FLAG_OLD)|MPATH_UNCHANGED|DISKSEQ)=/)
                        print "properties " called, substr(line, 3)
                    if (line ~ /^S:/ && line !~ /by-diskseq/) print "links " called, substr(line, 3)
                }
                close(database)
            }
        }' | sort > "$case/$1/recording"
}

# What a program may set on sessions, hosts and queues before it makes a map
settings() {
    grep -s . /sys/class/iscsi_session/*/recovery_tmo /sys/class/scsi_host/*/eh_deadline /sys/block/sd*/queue/max_sectors_kb || :
}

# What each says of the disks before there is a map: of the first path of each, or of "all"
ask_claims() {
    local disk
    [ -e "$case/claim" ] || return 0
    for disk in $(inventory | awk -v all="$(cat "$case/claim")" 'all != "" || !seen[$3]++ { print $1 }'); do
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

# Starts multipathd on the maps that were recorded, and waits until it has configured
adopt() { # theirs|ours: whose maps they are
    local end
    : > "$case/$1/actions"
    grep -q ' mpath-' "$case/$1/recording" || return 0
    end=$(($(now) + 6000))
    multipathd -d -v4 > "$case/$1/multipathd" 2>&1 &
    until grep -qs 'daemon state configure -> idle' "$case/$1/multipathd"; do
        kill -0 $! || fail "multipathd ended: $(cat "$case/$1/multipathd")"
        [ "$(now)" -lt "$end" ] || fail "multipathd does not come up: $(cat "$case/$1/multipathd")"
        usleep 50000
    done
    [ ! -e "$case/watch" ] || sleep "$(cat "$case/watch")"
    dmsetup table > "$case/$1/adopted"
    { kill -9 $! && wait $!; } 2> /dev/null || : # not with SIGTERM, which makes it change the maps once more
    # Without the tables of a reload: in which order it lists the paths depends on which checkers have answered by then.
    sed -n 's/^[0-9. ]*| //; s/: reload \[.*/: reload/; /: set ACT_/p; /: rename /p; /removed/p; /remove dead map/p; /switch to path group/p; /: reload/p' \
        "$case/$1/multipathd" | sort -u > "$case/$1/actions"
    diff -U 0 "$case/$1/table" "$case/$1/adopted" | sed -n 's/^\([-+]\)\([^-+ ]*\): .*/\2: \1 table/p' |
        while read -r map sign word; do
            grep -qFx "$map reload" "$case/$1/actions" || echo "$map $sign $word"
        done > "$case/$1/table-actions" || :
    cat "$case/$1/table-actions" >> "$case/$1/actions"
}

clear_maps() {
    local tries=0 file value
    until dmsetup remove_all --noudevsync && udevadm settle && no_map; do
        tries=$((tries + 1))
        [ $tries -lt 5 ] || fail "what is left of the maps: $(dmsetup ls)" # an event may have had them open
    done
    [ "$(settings)" != "$settings" ] || return 0
    printf '%s\n' "$settings" | sed -n 's/:/ /p' | while read -r file value; do
        [ "$(cat "$file")" = "$value" ] || echo "$value" > "$file"
    done
}

no_map() {
    ! ls /sys/block/dm-* > /dev/null 2>&1
}

# Compares what was recorded, at once or for each of several arrays
judge() {
    local whose count lun words
    for whose in theirs ours; do
        {
            cat "$case/$whose/recording"
            [ ! -e "$case/$whose/claims" ] || sed 's/^/claims /' "$case/$whose/claims"
            sed 's/^/actions /' "$case/$whose/actions"
        } > "$case/$whose/all"
    done
    words="$(($(now) - began))/100 s"
    [ -e "$case/each" ] || { verdict "$name" "$case/theirs/all" "$case/ours/all" && return; }
    while read -r lun name; do
        for whose in theirs ours; do
            grep "[^0-9]$lun" "$case/$whose/all" > "$case/$whose/of_one" || :
            sed -i "/[^0-9]$lun/d" "$case/$whose/all"
        done
        verdict "$topology: $name" "$case/theirs/of_one" "$case/ours/of_one"
    done < "$case/each"
    verdict "$topology: everything else" "$case/theirs/all" "$case/ours/all"
}

# Differences that are wanted have to be there
verdict() { # NAME THEIRS OURS
    local kind wrong='' reason said
    said="$(grep -c '^maps .* mpath-' "$2" || :) maps, $words"
    reason=$(sed -n '/^actions /{/ACT_NOTHING/!{s/^actions //p;q;};}' "$2")
    [ ! "$reason" ] || said="$said, as with its own: $reason"
    case $wanted_differences in *"| $1 |"*) reason=wanted ;; *) reason='' ;; esac
    if [ "$reason" ] || ! cmp -s "$2" "$3"; then
        for kind in $kinds; do
            reason=$(wanted "$1" "$kind")
            grep "^$kind " "$2" > "$case/theirs/part" || :
            grep "^$kind " "$3" > "$case/ours/part" || :
            if cmp -s "$case/theirs/part" "$case/ours/part"; then
                [ ! "$reason" ] || wrong="$wrong, $kind are equal, but the list says: $reason"
            elif [ ! "$reason" ]; then
                wrong="$wrong, $kind"
                diff -U 0 "$case/theirs/part" "$case/ours/part" | sed 1,2d | grep -v '^@@' | head -n 8 | sed 's/^/# /'
            else
                said="$said, wanted: other $kind"
            fi
        done
    fi
    if [ "$wrong" ]; then
        failed=$((failed + 1))
        sed 's/^/# rdmpath: /' "$case/ours/log" | head -n 20
        printf '# case %s %s: not ok: %s (%s)\n' "$generation" "$1" "${wrong#, }" "$said"
    else
        printf '# case %s %s: ok (%s)\n' "$generation" "$1" "$said"
    fi
}

wanted() { # NAME KIND: the reason why it differs in this case, if it is on the list
    awk -F ' *[|] *' -v generation="$generation" -v name="$1" -v kind="$2" '
        ($1 == generation || $1 == "*") && $2 == name && (" " $3 " ") ~ (" " kind " ") { print $4 }' /side-by-side/wanted-differences
}

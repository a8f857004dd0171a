#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the disk images of this folder with sfdisk, sgdisk, mkfs and pvcreate, and records their non-zero bytes with
# what kpartx says of them. Needs root, loop devices and the tools; the unit tests need only the recorded files.
#   record.sh [NAME...]      (KPARTX=path to kpartx, default: the one in PATH)
# A file: "disk SECTORS BLOCKSIZE", then "part NUMBER START SECTORS" for each line of `kpartx -l`, then "@ OFFSET" and
# hex bytes. All numbers are decimal; sectors have 512 bytes; what is not listed is zero.
set -euo pipefail
kpartx=${KPARTX:-kpartx}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
loop=''
trap '[ -z "$loop" ] || losetup -d "$loop"; rm -rf "$work"' EXIT

# disk SIZE BLOCKSIZE: an empty disk in $image, as block device $loop
disk() {
    image=$work/image block=$2 log='' keep=1000000000000
    rm -f "$image"
    truncate -s "$1" "$image"
    attach
}

attach() {
    [ -z "$loop" ] || losetup -d "$loop"
    loop=$(losetup -f --show --sector-size "$block" "$image")
}

# run COMMAND...: does it with the loop device as DISK, and keeps the command for the record
run() {
    log="$log# $(printf '%s' "$*" | tr '\n' '|')"$'\n'
    "${@//DISK/$loop}" > "$work/out" 2>&1 || { cat "$work/out" >&2; return 1; }
    sync "$loop"
}

# sf DISK-SCRIPT: sfdisk with that script
sf() {
    log="$log# sfdisk DISK <<< '$(printf '%s' "$1" | sed 's/$/\\n/' | tr -d '\n' | sed 's/\\n$//')'"$'\n'
    printf '%s\n' "$1" | sfdisk -q --no-reread --no-tell-kernel "$loop"
    sync "$loop"
}

# poke OFFSET HEX: overwrites bytes; a negative offset counts from the end
poke() {
    local offset=$1
    [ "$offset" -ge 0 ] || offset=$(($(stat -c %s "$image") + offset))
    log="$log# bytes $2 written at $offset"$'\n'
    printf '%b' "$(printf '%s' "$2" | sed 's/../\\x&/g')" | dd of="$loop" bs=1 seek="$offset" conv=notrunc status=none
    sync "$loop"
}

resize() {
    log="$log# truncate -s $1"$'\n'
    sync "$loop"
    truncate -s "$1" "$image"
    attach
}

# What kpartx lists, logical partitions too: those are shown relative to the M-th line, as /dev/dm-M.
parts() {
    "$kpartx" -l "$loop" 2> /dev/null | awk '
        { number = $1; sub(/.*p/, "", number); start = $6
          if ($5 ~ /dm-/) { sub(/.*dm-/, "", $5); start += first[$5] } else first[lines++] = $6
          print "part", number, start, $4 }'
}

# The image's non-zero bytes below offset $keep, in lines of at most 32.
bytes() {
    { cmp -l "$image" /dev/zero 2> /dev/null || true; } | awk -v keep="$keep" '
        function flush() {
            if (start < 0) return
            sub(/( 00)+$/, "", line)
            if (start != expected) print "@ " start
            print substr(line, 2)
            expected = start + split(line, ignored, " ")
            line = ""
        }
        BEGIN { start = -1; expected = -1 }
        $1 > keep { exit }
        { at = $1 - 1; base = at - at % 32
          if (base != start) { flush(); start = base; filled = 0 }
          while (filled < at - base) { line = line " 00"; filled++ }
          line = line sprintf(" %02x", substr($2, 1, length($2) - 2) * 64 + int($2 % 100 / 10) * 8 + $2 % 10)
          filled++ }
        END { flush() }'
}

record() {
    local list
    list=$(parts)
    { printf '# SPDX-License-Identifier: GPL-2.0-or-later\n# %s\n%s' "$2" "$log"
      printf '# expectation: kpartx -l, %s\n' "$(dpkg-query -Wf '${Version}' kpartx 2> /dev/null || echo 0.9.4-3+deb12u2)"
      printf 'disk %s %s\n' "$(($(stat -c %s "$image") / 512))" "$block"
      [ -z "$list" ] || printf '%s\n' "$list"
      bytes
    } > "$here/$1.hex"
}

gpt_of_200() {
    local slots=() n
    for n in $(seq 200); do slots+=(-n "$n:$((2048 * n)):$((2048 * n + 2047))"); done
    run sgdisk -S 200 DISK
    run sgdisk "${slots[@]}" DISK
}

gpt_of_2() {
    sf "label: gpt
label-id: 11111111-2222-3333-4444-555555555555
start=2048, size=4096, type=U, uuid=11111111-2222-3333-4444-000000000001
start=8192, size=6144, uuid=11111111-2222-3333-4444-000000000003"
}

logical_3() {
    sf "label: dos
label-id: 0x11111111
start=2048, size=30000, type=5
start=4096, size=2048
start=8192, size=2048
start=12288, size=2048"
}

make() {
    case $1 in
    gpt-200) disk 256M 512; gpt_of_200; keep=1048576; record "$1" "GPT with 200 partitions; its backup is not stored" ;;
    gpt-2) disk 16M 512; gpt_of_2; record "$1" "GPT with two partitions" ;;
    gpt-slots) disk 16M 512; run sgdisk -n 3:2048:4095 -n 7:4096:6143 -n 128:6144:8191 DISK
        keep=1048576; record "$1" "GPT with slots 3, 7 and 128 of 128 in use" ;;
    gpt-header-damaged) disk 16M 512; gpt_of_2; poke 568 00; record "$1" "first GPT header damaged" ;;
    gpt-entries-damaged) disk 16M 512; gpt_of_2; poke 1056 ff; record "$1" "first GPT entries damaged" ;;
    gpt-both-damaged) disk 16M 512; gpt_of_2; poke 568 00; poke -456 00; record "$1" "both GPT headers damaged" ;;
    gpt-grown) disk 16M 512; gpt_of_2; resize 24M; record "$1" "GPT on a disk that has grown" ;;
    gpt-grown-damaged) disk 16M 512; gpt_of_2; resize 24M; poke 1056 ff
        record "$1" "first GPT entries damaged on a disk that has grown: the backup is where the header says" ;;
    gpt-shrunk) disk 16M 512; gpt_of_2; resize 5M
        record "$1" "GPT on a disk that has shrunk: kpartx lists partition 2, and device-mapper would refuse it" ;;
    gpt-4kn) disk 64M 4096; run sgdisk -n 1:256:1279 -n 2:2048:4095 DISK; record "$1" "GPT on 4,096-byte blocks" ;;
    gpt-4kn-header-damaged) disk 64M 4096; run sgdisk -n 1:256:1279 -n 2:2048:4095 DISK; poke 4152 77
        record "$1" "first GPT header damaged on 4,096-byte blocks" ;;
    gpt-no-pmbr) disk 16M 512; gpt_of_2; poke 510 0000; record "$1" "GPT without a protective MBR" ;;
    gpt-empty) disk 16M 512; sf 'label: gpt'; keep=1048576; record "$1" "GPT without partitions" ;;
    hybrid) disk 16M 512; run sgdisk -n 1:2048:6143 -n 2:8192:14335 -h 1 DISK; keep=1048576
        record "$1" "hybrid MBR beside a GPT" ;;
    pmbr-only) disk 16M 512; gpt_of_2; run dd if=/dev/zero of=DISK bs=512 seek=1 count=2047 status=none
        run dd if=/dev/zero of=DISK bs=512 seek=32700 count=68 status=none
        record "$1" "a protective MBR, and no GPT" ;;
    dos-logical-8) disk 64M 512; sf "label: dos
label-id: 0x11111111
start=2048, size=4096, bootable
start=8192, size=8192
start=20480, size=90000, type=5
start=22528, size=2048
start=26624, size=2048
start=30720, size=2048
start=34816, size=2048
start=38912, size=2048
start=43008, size=2048
start=47104, size=2048
start=51200, size=4096"
        record "$1" "DOS table with 8 logical partitions" ;;
    dos-4kn) disk 64M 4096; sf "label: dos
label-id: 0x11111111
start=256, size=1024
start=2048, size=8192, type=f
start=2304, size=512
start=4096, size=1024"
        record "$1" "DOS table with logical partitions on 4,096-byte blocks" ;;
    dos-slots) disk 16M 512; sf "label: dos
label-id: 0x11111111
4 : start=2048, size=2048
2 : start=8192, size=2048"
        record "$1" "DOS table with slots 2 and 4, in reverse order on the disk" ;;
    dos-logical-empty) disk 16M 512; sf "label: dos
label-id: 0x11111111
start=2048, size=30000, type=85
start=4096, size=2048
start=8192, size=2048"
        poke $((2048 * 512 + 446)) 00000000000000000000000000000000
        record "$1" "the first logical partition deleted, its link kept: kpartx counts it, the kernel does not" ;;
    dos-two-extended) disk 16M 512; sf "label: dos
label-id: 0x11111111
start=2048, size=8192, type=5
start=4096, size=2048"
        poke 462 0000000005000000003000000010000000
        poke $((12288 * 512 + 446)) 00000000830000000008000000040000; poke $((12288 * 512 + 510)) 55aa
        record "$1" "a second extended partition, with one logical in it" ;;
    dos-link-0) disk 16M 512; logical_3; poke $((2048 * 512 + 462 + 8)) 00000000
        record "$1" "a link with start 0: kpartx does not follow it" ;;
    dos-loop) disk 16M 512; logical_3; poke $((10240 * 512 + 462)) 00000000050000000010000000100000
        record "$1" "the last link points at the second: kpartx goes round until it has 256" ;;
    dos-leaves-disk) disk 16M 512; logical_3; poke $((6144 * 512 + 462 + 8)) 00000070
        record "$1" "the second link points beyond the disk" ;;
    dos-empty) disk 16M 512; sf 'label: dos'; record "$1" "DOS table without partitions" ;;
    fat) disk 16M 512; run mkfs.fat -i 12345678 DISK; keep=1024; record "$1" "FAT on the whole disk" ;;
    ntfs) disk 16M 512; run mkntfs -q -F DISK; keep=1024; record "$1" "NTFS on the whole disk" ;;
    ext4) disk 16M 512; run mkfs.ext4 -q DISK; keep=4096; record "$1" "ext4 on the whole disk" ;;
    lvm) disk 16M 512; run pvcreate -q --devices DISK DISK; keep=8192; record "$1" "LVM physical volume on the whole disk" ;;
    empty) disk 16M 512; record "$1" "nothing but zeros" ;;
    *) echo "record.sh: no image named $1" >&2; return 2 ;;
    esac
}

names() { sed -n 's/^    \([a-z0-9-]*\)) disk.*/\1/p' "$0"; }
mapfile -t all < <(names)
for name in "${@:-${all[@]}}"; do make "$name"; done

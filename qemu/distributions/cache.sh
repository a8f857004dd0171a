# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What is built once and kept: trees, images and roots, in ${XDG_CACHE_HOME:-~/.cache}/rdmpath/distributions. A folder's
# name ends in a hash of what it is made of; who builds it holds its lock, who asks for it meanwhile waits. A week old, it
# is taken away: then packages are fetched again as they are by then.

export PATH="$PATH:/usr/sbin:/sbin"
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cache=${XDG_CACHE_HOME:-${HOME:-$here/../../build}/.cache}/rdmpath/distributions

hash_of() { # FILES...: 16 digits for their content
    cat "$@" | sha256sum | cut -c 1-16
}

# Prints the folder NAME; if it isn't there, runs COMMAND, which fills the folder $work. What fails is tried again twice, since
# mirrors are away for a minute at times, and then not for a while: dozens may ask for it.
cached() { # NAME COMMAND...
    local folder=$cache/$1 pause status
    shift
    mkdir -p "$cache"
    exec 9> "$folder.lock"
    flock 9
    if [ ! -e "$folder" ]; then
        find "$cache" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf '{}' +
        if [ "$(find "$folder.failed" -mmin -30 2> /dev/null)" ]; then
            printf '%s: could not be built a while ago; to try at once: rm %s\n' "${0##*/}" "$folder.failed" >&2
            exit 1
        fi
        trap 'rm -rf "$work"' EXIT
        for pause in 30 120 ''; do
            work=$(mktemp -d "$cache/work.XXXXXX")
            printf '%s: building %s\n' "${0##*/}" "${folder##*/}" >&2
            status=0
            "$@" >&2 & # it stops at what fails, which it would not do where its status is asked for
            wait "$!" || status=$?
            [ "$status" != 0 ] || break
            rm -rf "$work"
            [ "$pause" ] || { : > "$folder.failed"; exit "$status"; }
            sleep "$pause"
        done
        chmod 755 "$work"
        touch "$work"
        mv "$work" "$folder"
    fi
    exec 9>&-
    printf '%s\n' "$folder"
}

# Runs COMMAND in FOLDER as its root, with the machine's /dev, /proc and /sys; nobody else sees these mounts.
inside() { # FOLDER COMMAND...
    # shellcheck disable=SC2016 # for the inner shell
    unshare --mount sh -euc '
        for folder in dev proc sys; do mount --rbind "/$folder" "$1/$folder"; done
        mount -t tmpfs tmpfs "$1/run"
        mount -t tmpfs tmpfs "$1/tmp"
        shift
        exec chroot "$0" "$@"' "$1" "$@"
}

#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual pages: sound for both formatters, and complete by what the program itself knows.
# shellcheck disable=SC2154  # run --separate-stderr sets $stderr

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/.." || return
    rdmpath=${RDMPATH:-build/rdmpath}
}

lacks() {    # PAGE: those words of standard input that no entry of the page begins with, or has in bold
    local word entry entries
    entries=$(sed -n '/^\.TP/ { n; p; }; /^\.B \\-/p' "$1")
    while read -r word; do
        entry=${word//-/\\-}
        grep -q -F -e ".B $entry" -e "\\fB$entry\\fP" -e "\\fB$entry=\\fP" <<<"$entries" || printf '%s\n' "$word"
    done
}

@test "mandoc has nothing to say about the pages" {
    run -0 mandoc -T lint -W style doc/*.[1-8]
    [ "$output" = '' ]
}

@test "groff has nothing to say about the pages, and whatis finds them" {
    for page in doc/*.[1-8]; do
        run -0 --separate-stderr env LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page"
        [ "$stderr" = '' ]
        [[ $(lexgrog "$page") == *": \"$(basename "${page%.*}") - "* ]]
    done
}

@test "rdmpath(8) has every verb and every option of --help" {
    verbs=$("$rdmpath" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')
    [[ $verbs == *run*snapshot* ]]
    options=$(for verb in $verbs; do "$rdmpath" "$verb" --help; done | grep -o -e '--[a-z][a-z-]*' | sort -u)
    [[ $options == *--timeout* ]]
    [ "$(printf '%s\n' "$verbs" "$options" | grep -vx -e --concise | lacks doc/rdmpath.8)" = '' ]
}

@test "rdmpath.cmdline(7) has every parameter that the program reads" {
    parameters=$(grep -o 'word\.name == "[^"]*"' src/config/command_line.cc | cut -d '"' -f 2)
    [[ $parameters == *rd.mpath.wwid* ]]
    [ "$(lacks doc/rdmpath.cmdline.7 <<<"${parameters/multipath/multipath=off}")" = '' ]
}

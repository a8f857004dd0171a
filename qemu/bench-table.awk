# SPDX-License-Identifier: GPL-2.0-or-later
# Lines "bench PATHS with|without PROGRAM NAME NUMBER..." of qemu/bench as a table: the smallest number of all rounds.
{
    row = $2 " " $3 " " $4
    if (!(row in known)) { known[row] = 1; rows[++count] = row }
    for (i = 5; i < NF; i += 2)
        if ($(i + 1) >= 0 && (!((row, $i) in best) || $(i + 1) < best[row, $i])) best[row, $i] = $(i + 1)
}
function ms(row, name) { return (row, name) in best ? sprintf("%.1f", best[row, name] / 1000) : "-" }
function plain(row, name) { return (row, name) in best ? best[row, name] : "-" }
END {
    print "| paths | udev | program | live ms | done ms | exit ms | CPU ms | all CPU ms | memory KiB | forks | system calls |"
    print "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (i = 1; i <= count; ++i) {
        row = rows[i]
        split(row, part, " ")
        printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", part[1], part[2], part[3], ms(row, "live"),
            part[2] == "with" ? ms(row, "done") : "-", ms(row, "exit"), ms(row, "cpu"),
            (row, "all_cpu") in best ? best[row, "all_cpu"] * 10 : "-", plain(row, "memory"), plain(row, "forks"), plain(row, "calls")
    }
}

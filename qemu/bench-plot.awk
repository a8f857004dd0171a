# SPDX-License-Identifier: GPL-2.0-or-later
# The same lines as curves, an SVG: time until the maps are live (without udev) and done (with udev) over the number of
# paths, both axes logarithmic.
function x(paths) { return left + width * log(paths / 4) / log(2048 / 4) }
function y(time) { return top + height - height * log(time / 1e4) / log(1e9 / 1e4) } # 10 ms to 1,000 s
function line(udev, name, program, colour, dash,    i, points, last) {
    for (i = 1; i <= sizes; ++i)
        if ((size[i], udev, program) in best) {
            points = points sprintf(" %.1f,%.1f", x(size[i]), y(best[size[i], udev, program]))
            last = i
        }
    if (!last) return
    printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", substr(points, 2), colour, dash
    printf "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s, %s</text>\n", x(size[last]) + 6, y(best[size[last], udev, program]) + 4, colour, program, name
}
BEGIN { left = 70; top = 20; width = 460; height = 340 }
{
    if (!($2 in known)) { known[$2] = 1; size[++sizes] = $2 }
    for (i = 5; i < NF; i += 2)
        if ($i == ($3 == "with" ? "done" : "live") && $(i + 1) > 0 && (!(($2, $3, $4) in best) || $(i + 1) < best[$2, $3, $4]))
            best[$2, $3, $4] = $(i + 1)
}
END {
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"420\" font-family=\"sans-serif\" font-size=\"12\">"
    print "<rect width=\"720\" height=\"420\" fill=\"white\"/>"
    for (time = 1e4; time <= 1e9; time *= 10) {
        printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n", left, left + width, y(time), y(time)
        printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%g s</text>\n", left - 8, y(time) + 4, time / 1e6
    }
    for (i = 1; i <= sizes; ++i)
        printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x(size[i]), top + height + 20, size[i]
    printf "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">paths</text>\n", left + width / 2, top + height + 40
    count = split("dmsetup #888 rdmpath #06c multipath #c40", words, " ")
    for (i = 1; i < count; i += 2) {
        line("without", "live", words[i], words[i + 1], "")
        line("with", "done", words[i], words[i + 1], " stroke-dasharray=\"6 4\"")
    }
    print "</svg>"
}

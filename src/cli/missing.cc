// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/missing.h"

#include "kernel/machine_value.h"

namespace rdm {

namespace {
constexpr std::size_t most_paths = 4;

/// As the record has the make and the size, one line after another.
bool is_like(const Path& path, std::string_view known) {
    return known.contains(
        cat("\nsize ", path.sectors, "\nvendor ", safe(path.vendor), "\nproduct ", safe(path.product), '\n'));
}
}  // namespace

std::string missing_text(const Rules& rules, std::string_view wwid, std::span<const Path> seen) {
    const auto known = paragraph(rules.record, cat("map ", safe(wwid)));
    std::string text;
    if (!known.empty()) text = cat("  recorded ", safe(recorded(rules.record, "recorded")));
    for (const auto line : lines(known)) {
        auto rest = line;
        if (std::string_view("roles vendor product paths").contains(take_word(rest))) text += cat(", ", line);
    }
    if (!known.empty()) text += '\n';
    std::size_t bear = 0;
    std::size_t like = 0;
    std::string_view other;
    std::string names;
    for (const Path& path : seen) {
        const bool wanted = path.wwid == wwid;
        if (path.wwid.empty()) continue;
        if (wanted && ++bear <= most_paths)
            text += cat("  ", safe(path.name), ": ", rdm::text(path.state), ", ",
                        safe(path.excluded.empty() ? path.state_from : path.excluded), '\n');
        if (wanted || !(other.empty() ? is_like(path, known) : path.wwid == other)) continue;
        other = path.wwid;
        if (++like <= most_paths) names += cat(' ', safe(path.name));
    }
    text += cat("  seen: ", seen.size(), " disks, ", bear, wwid.empty() ? " wanted\n" : " with this WWID\n");
    if (like > 0 && bear == 0)
        text += cat("  of the same make and size:", names, "; to boot from it once: rd.mpath.wwid=", safe(other), '\n');
    return cat(text, "  to look further: rdmpath list; rdmpath explain");
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/missing.h"

#include "kernel/machine_value.h"

namespace rdm {

namespace {
constexpr std::size_t most_paths = 4;
}  // namespace

std::string missing_text(const Rules& rules, std::string_view wwid, std::span<const Path> seen) {
    const auto known = paragraph(rules.record, cat("map ", safe(wwid)));
    std::string text;
    if (!known.empty()) text = cat("  recorded ", safe(recorded(rules.record, "recorded")));
    for (const auto line : lines(known)) {
        auto rest = line;
        if (std::string_view("vendor product paths").contains(take_word(rest))) text += cat(", ", line);
    }
    if (!known.empty()) text += '\n';
    std::size_t bear = 0;
    const Path* near = nullptr;
    for (const Path& path : seen) {
        if (path.wwid == wwid && !wwid.empty()) {
            if (++bear <= most_paths)
                text += cat("  ", safe(path.name), ": ", rdm::text(path.state), ", ", safe(path.state_from), '\n');
        } else if (!path.wwid.empty() && known.contains(cat("\nsize ", path.sectors, "\nvendor ", safe(path.vendor),
                                                            "\nproduct ", safe(path.product), '\n'))) {
            near = &path;
        }
    }
    text += cat("  seen: ", seen.size(), " disks, ", bear, wwid.empty() ? " wanted\n" : " with this WWID\n");
    if (near && bear == 0)
        text += cat("  of the same make and size: ", safe(near->name),
                    "; to boot from it once: rd.mpath.wwid=", safe(near->wwid), '\n');
    return cat(text, "  to look further: rdmpath list; rdmpath explain DISK");
}

}  // namespace rdm

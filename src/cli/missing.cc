// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/missing.h"

#include <algorithm>

namespace rdm {

namespace {
constexpr std::size_t most_paths = 4;
}  // namespace

std::string missing_text(const Rules& rules, const std::vector<std::string>& missing, std::span<const Path> seen) {
    const auto& wwid = missing[0];
    const auto at = rules.record.find(cat("\nmap ", safe(wwid), '\n'));
    auto known = std::string_view(rules.record).substr(std::min(at, rules.record.size()));
    known = known.substr(0, known.find("\n\n"));
    std::string text;
    if (!known.empty())
        text = cat("  recorded: ", safe(recorded(known, "vendor")), ' ', safe(recorded(known, "product")),
                   ", paths: ", safe(recorded(known, "paths")), '\n');
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

// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/links.h"

#include <cstring>

namespace rdm {

namespace {

constexpr int most_hops = 40;

/// The next part of a path, cut off its front; an empty one between two slashes.
std::string next_part(std::string& path) {
    auto slash = path.find('/');
    std::string part = path.substr(0, slash);
    path.erase(0, slash == std::string::npos ? slash : slash + 1);
    return part;
}

std::string parent(const std::string& path) {
    auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

Result<std::string> follow_links(std::string_view path, LinkTarget target, const void* self) {
    std::string at;
    std::string rest(path);
    for (int hops = 0; !rest.empty();) {
        std::string part = next_part(rest);
        if (part.empty() || part == ".") continue;
        if (part == "..") {
            at = parent(at);
            continue;
        }
        std::string next = at.empty() ? part : cat(at, '/', part);
        auto to = TRY(target(self, next));
        if (!to) {
            at = std::move(next);
            continue;
        }
        if (++hops > most_hops) return fail(ELOOP, safe(path), ": ", std::strerror(ELOOP));
        if (to->starts_with('/')) at.clear();
        rest = cat(*to, '/', rest);
    }
    return at;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// One line of the bindings file.
struct Binding {
    std::string alias;
    std::string wwid;
    bool operator==(const Binding&) const = default;
};

/// What the bindings file says, as multipath-tools reads it (decisions.md 10): in the file's order, each alias once.
struct Bindings {
    std::vector<Binding> lines;
    std::vector<std::string> problems;  ///< "/etc/multipath/bindings:7: …"
    bool operator==(const Bindings&) const = default;
};

[[nodiscard]] Bindings parse_bindings(std::string_view text, std::string_view file);

/// The WWIDs of a wwids file: lines that begin with "/" (decisions.md 5.1).
[[nodiscard]] std::set<std::string, std::less<>> parse_wwids(std::string_view text);

}  // namespace rdm

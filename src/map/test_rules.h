// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <initializer_list>
#include <utility>

#include "config/rules.h"

namespace rdm {

/// For tests: keyword and value, each in a line of its own of /etc/multipath.conf from 11 on.
using Settings = std::initializer_list<std::pair<Keyword, std::string_view>>;

inline Section test_section(Settings settings, unsigned line = 10) {
    Section section{.source = {.kind = Source::Kind::file, .line = line}, .settings = {}};
    for (const auto& [keyword, value] : settings)
        section.set(keyword, std::string(value), {.kind = Source::Kind::file, .line = ++line});
    return section;
}

/// Rules of a host that has a multipath.conf with these defaults.
inline Rules test_rules(Settings defaults, Generation generation = Generation::v0_14) {
    Rules rules;
    rules.config.generation = generation;
    rules.config.files = {"/etc/multipath.conf"};
    rules.config.has_main_file = true;
    rules.config.defaults = test_section(defaults);
    return rules;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/generation.h"

#include "base/text.h"

namespace rdm {

std::optional<Generation> generation_named(std::string_view version) {
    auto dot = version.find('.');
    auto major = number<unsigned>(version.substr(0, dot));
    if (!major || dot == std::string_view::npos) return std::nullopt;
    auto rest = version.substr(dot + 1);
    auto minor = number<unsigned>(rest.substr(0, rest.find_first_not_of("0123456789")));
    if (!minor) return std::nullopt;
    if (*major > 0 || *minor >= 14) return Generation::v0_14;
    return *minor >= 11 ? Generation::v0_11 : Generation::v0_9;
}

std::string_view text(Generation generation) {
    switch (generation) {
        case Generation::v0_9:
            return "0.9";
        case Generation::v0_11:
            return "0.11";
        case Generation::v0_14:
            return "0.14";
    }
    return "";
}

}  // namespace rdm

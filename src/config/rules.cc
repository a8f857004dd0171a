// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/rules.h"

#include "config/lookup.h"

namespace rdm {

namespace {

std::string file_of(const Config& config, Keyword keyword, std::string_view usual) {
    if (config.generation != Generation::v0_9) return std::string(usual);
    return std::string(choose(config, keyword, {}).value);
}

}  // namespace

std::string wwids_file(const Config& config) { return file_of(config, Keyword::wwids_file, "/etc/multipath/wwids"); }

std::string bindings_file(const Config& config) {
    return file_of(config, Keyword::bindings_file, "/etc/multipath/bindings");
}

}  // namespace rdm

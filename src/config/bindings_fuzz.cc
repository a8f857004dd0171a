// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/bindings.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    for (auto generation : {rdm::Generation::v0_9, rdm::Generation::v0_11, rdm::Generation::v0_14}) {
        rdm::Config config;
        config.generation = generation;
        for (auto kind : {rdm::BindingsFile::read_only, rdm::BindingsFile::writable}) {
            auto bindings = rdm::parse_bindings(text, "bindings", config, kind);
            auto alias = rdm::new_alias(bindings, "mpath", generation, {});
            for (const auto& one : bindings.lines) {
                if (one.alias.empty() || one.alias == alias) std::abort();
            }
        }
    }
    for (const auto& wwid : rdm::parse_wwids(text)) {
        if (wwid.empty() || text.find(rdm::cat('/', wwid, '/')) == std::string_view::npos) std::abort();
    }
    return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/text.h"

namespace rdm {

/// For tests: the bytes of hex text, "#" starts a comment. Anything else ends the test program.
inline Buffer hex_bytes(std::string_view text) {
    Buffer bytes;
    for (auto line : lines(text)) {
        for (auto word : words(line.substr(0, line.find('#')))) {
            for (; !word.empty(); word.remove_prefix(2)) {
                auto byte = number<std::uint8_t>(word.substr(0, 2), 16);
                if (!byte || word.size() < 2) std::abort();
                bytes.push_back(*byte);
            }
        }
    }
    return bytes;
}

/// For tests, which run from the top of the tree: a recorded reply, "vpd83/sas-disk.hex".
inline Buffer fixture(std::string_view name) {
    auto path = cat("tests/data/", name);
    std::FILE* file = std::fopen(path.c_str(), "r");
    if (!file) {
        std::perror(path.c_str());
        std::abort();
    }
    char text[16384];
    auto size = std::fread(text, 1, sizeof text, file);
    std::fclose(file);
    return hex_bytes({text, size});
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of multipath.conf, taken apart by libmultipath and by us.
#include <cstdio>

#include "base/text.h"
#include "config/lexer.h"
#include "oracles.h"
#include "random.h"
#include "report.h"

namespace rdm {

namespace {

std::string line(Random& random) {
    constexpr std::string_view pieces[] = {"defaults", "{", "}", "\"", "\"\"", " ",       " ",  "\t", "no_path_retry",
                                           "queue",    "#", "!", "a",  "\xc3", "\"a b\"", "\v", "\r", "\\",
                                           "^sd[a-z]"};
    std::string text;
    for (auto count = random.below(14); count > 0; --count) {
        if (random.one_in(12)) text += static_cast<char>(random.byte());
        text += random.of(pieces);
    }
    std::erase_if(text, [](char c) { return c == '\n' || c == '\0'; });
    return text;
}

/// As oracle_tokens() writes them.
std::string ours(std::string_view text) {
    std::string all;
    bool within = false;
    std::vector<std::string_view> tokens;
    config_tokens(text, tokens);
    for (auto token : tokens) {
        bool quote = is_quote(token);
        std::string plain;
        for (std::size_t i = 0; i < token.size(); ++i) {
            plain += token[i];
            if (within && token[i] == '"') ++i;
        }
        all += quote ? "Q\n" : cat('T', plain, '\n');
        if (quote) within = !within;
    }
    return all;
}

}  // namespace

bool compare_tokens() {
    Report report("lines of multipath.conf as 0.9.4 takes them apart");
    Random random(9);
    for (int i = 0; i < 20000; ++i) {
        auto text = line(random);
        char out[4096] = "";
        if (oracle_tokens(text.c_str(), out, sizeof out) != 0) out[0] = '\0';
        report.count(out[0] == '\0' ? "without tokens" : "with tokens");
        report.compare(text, out, ours(text));
    }
    return report.end();
}

}  // namespace rdm

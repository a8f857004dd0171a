// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

#include <cstdio>

#include "base/text.h"

namespace rdm {

void Report::compare(std::string_view input, std::string_view theirs, std::string_view ours, std::string_view wanted) {
    ++cases_;
    if (theirs == ours) return;
    if (!wanted.empty()) {
        ++wanted_[std::string(wanted)];
        return;
    }
    constexpr unsigned most_shown = 5;
    if (++different_ > most_shown) return;
    std::printf("# %s\n#   theirs: %s\n#   ours:   %s\n", escape(input).c_str(), escape(theirs).c_str(),
                escape(ours).c_str());
}

bool Report::end() {
    std::string found;
    for (const auto& [what, number] : counts_) found += cat(found.empty() ? "" : ", ", number, ' ', what);
    for (const auto& [why, number] : wanted_) std::printf("# %u times otherwise: %s\n", number, why.c_str());
    bool good = different_ == 0 && cases_ > 0;
    std::printf("%s - %s: %u cases, %u differ (%s)\n", good ? "ok" : "not ok", title_.c_str(), cases_, different_,
                found.c_str());
    std::fflush(stdout);
    return good;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/ana.h"
#include "path/clariion.h"
#include "path/rdac.h"

/// Pages and replies of which no byte is to be trusted, read by every checker and prioritizer that reads any.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rdm;
    ScsiAnswer answer;
    answer.data.assign(data, data + size);
    auto checked = {checked_by_rdac(answer), checked_by_clariion(answer)};
    for (const auto& one : checked)
        if (one.from.empty()) __builtin_trap();
    struct {
        Prioritized got;
        int most;
    } rows[] = {
        {prioritized_by_ana(answer), 50},       {prioritized_by_rdac(answer), 14},
        {prioritized_by_clariion(answer), 257}, {prioritized_by(Prioritizer::ontap, answer), 4},
        {prioritized_by_proxy(answer), 4},
    };
    for (const auto& row : rows)
        if (row.got.value < -1 || row.got.value > row.most || row.got.from.empty()) __builtin_trap();
    return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: worked out by hand from decisions.md 8 and libmultipath/configure.c, rr_optimize_path_order().
#include "map/interleave.h"

#include <gtest/gtest.h>

#include "map/test_paths.h"

namespace rdm {
namespace {

/// A path on a host below PCI devices.
struct At {
    std::string_view above;
    unsigned host;
    Transport transport = Transport::fcp;
};
constexpr std::string_view left = "devices/pci0000:00/0000:00:03.0/0000:05:00.0";
constexpr std::string_view left_too = "devices/pci0000:00/0000:00:03.0/0000:05:00.1";
constexpr std::string_view right = "devices/pci0000:00/0000:00:04.0/0000:06:00.0";
constexpr std::string_view bare = "devices/pci0000:00/0000:00:05.0";

std::string order(std::string_view selector, std::initializer_list<At> paths) {
    Map map;
    map.selector = selector;
    std::vector<std::size_t> members;
    for (const auto& at : paths) {
        auto path = test_path(static_cast<unsigned>(map.paths.size()), "a");
        path.scsi_id = ScsiId{.host = at.host};
        path.transport = at.transport;
        path.sys_path = cat(at.above, "/host", at.host, "/rport-1:0-2/target/block/", path.name);
        members.push_back(map.paths.size());
        map.paths.push_back(std::move(path));
    }
    std::string text;
    for (auto member : table_order(map, members)) text += map.paths[member].name.back();
    return text;
}

TEST(MapInterleave, AdaptersTakeTurns) {
    struct {
        std::string_view name, want;
        std::initializer_list<At> paths;
    } rows[] = {
        {"two adapters", "acbd", {{left, 1}, {left, 1}, {right, 3}, {right, 3}}},
        {"two hosts of one adapter", "acbd", {{left, 1}, {left, 1}, {left_too, 2}, {left_too, 2}}},
        {"one adapter has more", "adbc", {{left, 1}, {left, 1}, {left, 1}, {right, 3}}},
        {"hosts of both", "acbd", {{left, 1}, {left_too, 2}, {right, 3}, {right, 4}}},
        {"two paths stay", "ab", {{left, 1}, {left, 1}}},
        {"no bridge above", "abc", {{left, 1}, {bare, 2}, {right, 3}}},
        {"another transport", "abc", {{left, 1}, {left, 1, Transport::iscsi}, {right, 3}}},
    };
    for (const auto& row : rows) EXPECT_EQ(order("round-robin 0", row.paths), row.want) << row.name;
    EXPECT_EQ(order("service-time 0", rows[0].paths), "abcd");
}

}  // namespace
}  // namespace rdm

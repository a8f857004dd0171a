// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/summary.h"

#include "boot/test_boot.h"

// The words for people: the sketches of screens ("During the boot").

namespace rdm {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wwid = boot_wwid;

std::string told(const Summary& before, const Summary& after) {
    std::string text;
    for (const auto& line : news(before, after, 1500ms)) text += cat(text.empty() ? "" : "\n", line);
    return text;
}

MapSummary map_with(int silent, int working, std::string_view why) {
    MapSummary map;
    map.name = "m";
    map.exists = map.usable = working > 0;
    map.total = static_cast<std::size_t>(silent + working);
    for (int n = 0; n < silent; ++n) map.stale.emplace(cat("sd", char('a' + n)), why);
    for (int n = 0; n < working; ++n) map.working.emplace(cat("sd", char('r' + n)), "2:0:0:0");
    return map;
}

TEST(Summary, APathThatKeepsSilentIsToldOnce) {
    auto fresh = map_with(1, 1, "no answer to TEST UNIT READY");
    auto silent = map_with(1, 1, "no answer to TEST UNIT READY for 5 s");
    EXPECT_EQ(told({{"w", fresh}}, {{"w", silent}}),
              "m: sda does not answer (TEST UNIT READY for 5 s), boot goes on without it");
    EXPECT_EQ(told({{"w", silent}}, {{"w", map_with(1, 1, "no answer to TEST UNIT READY for 9 s")}}), "");
    EXPECT_EQ(told({{"w", map_with(9, 1, "no answer to READ")}}, {{"w", map_with(9, 1, "no answer to READ for 6 s")}}),
              "m: 9 paths do not answer (READ for 6 s), boot goes on without them");
    EXPECT_EQ(told({{"w", fresh}}, {{"w", map_with(1, 1, "TUR: no connect")}}), "");
}

TEST(Summary, AllPathsGoneIsTold) {
    EXPECT_EQ(told({{"w", map_with(0, 2, "")}}, {}), "m: sdr sds lost, 0 of 0 paths\nm: no usable path is left");
    EXPECT_EQ(told({{"w", map_with(2, 0, "TUR: no connect")}}, {}), "");
}

TEST(Summary, SilentPathsOfARealBoot) {
    Boot boot(Duty::run);
    boot.machine.answer("sdb", "tur", "hang");
    boot.work(60s);
    EXPECT_EQ(boot.said("answer"),
              cat(wwid, ": sdb does not answer (TEST UNIT READY for 5 s), boot goes on without it"));
    boot.machine.answer("sda", "tur", "hang");
    boot.work(20s);
    EXPECT_EQ(boot.said("sda"), cat(wwid, ": usable at 0.03 s with 1 of 2 paths (sda)\n", wwid,
                                    ": sda lost (no answer to TEST UNIT READY for 5 s), 0 of 2 paths"));
    EXPECT_EQ(boot.said("no usable path is left"), cat(wwid, ": no usable path is left"));
}

// The kernel has a path active that we know to be down: that is not "usable again with 0 of 2 paths".
TEST(Summary, UsableMeansThatAPathTakesIo) {
    Boot boot(Duty::assemble);
    boot.work(60s);
    auto world = boot.engine.world();
    for (auto& path : world.decided.maps[0].paths) path.state = PathState::down;
    EXPECT_FALSE(summarize(world).begin()->second.usable);
}

}  // namespace
}  // namespace rdm

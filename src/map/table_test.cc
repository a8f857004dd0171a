// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/table.h"

#include <gtest/gtest.h>

#include "map/group.h"
#include "map/test_paths.h"

namespace rdm {
namespace {

// decisions.md 9: `FEATURES HWHANDLER NPG BESTPG`, then ` SELECTOR NPATHS 1` per group and ` MAJ:MIN MINIO` per path.
TEST(MapTable, Params) {
    Map map;
    map.features = "1 queue_if_no_path";
    map.handler = "1 alua";
    map.paths = {test_path(0, "a"), test_path(1, "a")};
    map.groups = {{{0, 1}, 50}};
    EXPECT_EQ(params(map), "1 queue_if_no_path 1 alua 1 1 service-time 0 2 1 8:0 1 8:16 1");
}

TEST(MapTable, ParamsNameTheBestGroup) {
    Map map;
    map.paths = {test_path(0, "a", 10), test_path(1, "a", 50)};
    map.groups = {{{0}, 10}, {{1}, 50}};
    EXPECT_EQ(params(map), "0 0 2 2 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1");
    map.paths[1].state = PathState::down;
    EXPECT_EQ(params(map), "0 0 2 1 service-time 0 1 1 8:0 1 service-time 0 1 1 8:16 1");
}

std::string spelled(const Result<MultipathTable>& table) {
    if (!table) return table.error().what();
    std::string text;
    for (const auto& word : table->features) text += cat(word, ' ');
    text += '/';
    for (const auto& word : table->handler) text += cat(' ', word);
    text += cat(" / next ", table->next_group);
    for (const auto& group : table->groups) {
        text += cat(" / ", group.selector, '(', group.selector_args.size(), ')');
        for (const auto& path : group.paths) {
            text += cat(' ', rdm::text(path.dev));
            for (const auto& arg : path.args) text += cat(',', arg);
        }
    }
    return text;
}

constexpr std::string_view recorded_tables[] = {
    // lab.md "b+f", a table that the kernel took, and "Facts about tables", how it prints one.
    "1 queue_if_no_path 1 alua 2 1 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:16 1 1",
    "0 0 1 1 service-time 0 1 2 8:0 1 1",
};
constexpr std::string_view recorded_statuses[] = {
    // Shape: drivers/md/dm-mpath.c multipath_status(); states as lab.md "b+f" saw them after a failover.
    "2 0 1 0 2 2 E 0 1 2 8:0 F 1 0 1 A 0 1 2 8:16 A 0 0 1 ",
};

TEST(MapTable, Parse) {
    struct {
        std::string_view name, text, want;
    } rows[] = {
        {"recorded, two groups", recorded_tables[0],
         "queue_if_no_path / alua / next 1 / service-time(0) 8:0,1,1 / service-time(0) 8:16,1,1"},
        {"recorded, one path", recorded_tables[1], "/ / next 1 / service-time(0) 8:0,1,1"},
        // Feature order of multipath_status(); lab.md: retain_attached_hw_handler is added by older kernels.
        {"all features",
         "6 queue_if_no_path pg_init_retries 50 retain_attached_hw_handler queue_mode bio 1 alua 1 1 round-robin 0 1 1 "
         "8:0 1",
         "queue_if_no_path pg_init_retries 50 retain_attached_hw_handler queue_mode bio / alua / next 1 / "
         "round-robin(0) 8:0,1"},
        {"handler with arguments", "0 2 emc 1 1 1 queue-length 0 1 0 65:224",
         "/ emc 1 / next 1 / queue-length(0) 65:224"},
        {"selector arguments", "0 0 1 1 x 2 a b 1 0 8:0", "/ / next 1 / x(2) 8:0"},
        {"blank at the end, as the kernel prints it", "0 0 1 1 service-time 0 1 2 8:0 1 1 ",
         "/ / next 1 / service-time(0) 8:0,1,1"},
        {"no groups", "0 0 0 0", "/ / next 0"},
        {"empty", "", "ends before features"},
        {"count is no number", "x 0 0 0", "features: \"x\" is no number"},
        {"count beyond the text", "7 queue_if_no_path 0 0 0", "features: 7 do not fit in the text"},
        {"count beyond any text", "99999999999999999999 0", "features: \"99999999999999999999\" is no number"},
        {"negative count", "-1 0 0 0", "features: \"-1\" is no number"},
        {"next group beyond the last", "0 0 1 2 service-time 0 1 2 8:0 1 1", "next group 2 of 1"},
        {"next group 0 with groups", "0 0 1 0 service-time 0 1 2 8:0 1 1", "next group 0 of 1"},
        {"no device", "0 0 1 1 service-time 0 1 2 sda 1 1", "group 1: path 1: \"sda\" is no device number"},
        {"path arguments lie", "0 0 1 1 service-time 0 1 9 8:0 1 1", "group 1: path 1: ends before a path argument"},
        {"left over", "0 0 1 1 service-time 0 1 2 8:0 1 1 8:16", "1 words left over"},
        {"newline in a word", "0 0 1 1 service-time 0 1 2 8:0\"\x01 1 1",
         "group 1: path 1: \"8:0\"\\x01\" is no device number"},
    };
    for (const auto& row : rows) EXPECT_EQ(spelled(parse_multipath(row.text)), row.want) << row.name;
}

std::string spelled(const Result<MultipathStatus>& status) {
    if (!status) return status.error().what();
    auto text =
        cat("queue_io ", status->queue_io ? 1 : 0, " inits ", status->pg_init_count, " next ", status->next_group);
    for (const auto& group : status->groups) {
        text += cat(" / ", "AED"[static_cast<int>(group.state)]);
        for (const auto& path : group.paths)
            text += cat(' ', rdm::text(path.dev), path.active ? 'A' : 'F', path.failures);
    }
    return text;
}

// Format: drivers/md/dm-mpath.c multipath_status().
TEST(MapStatus, Parse) {
    struct {
        std::string_view name, text, want;
    } rows[] = {
        {"after a failover", recorded_statuses[0], "queue_io 0 inits 1 next 2 / E 8:0F1 / A 8:16A0"},
        {"disabled group, round-robin", "2 1 0 0 1 1 D 0 2 0 8:0 A 0 8:16 F 3",
         "queue_io 1 inits 0 next 1 / D 8:0A0 8:16F3"},
        {"no groups", "2 0 0 0 0 0", "queue_io 0 inits 0 next 0"},
        {"empty", "", "ends before features"},
        {"too few features", "1 0 0 0 0", "features: 1 words, not 2"},
        {"pg_init is no number", "2 0 x 0 0 0", "pg_init count \"x\" is no number"},
        {"odd group state", "2 0 0 0 1 1 X 0 1 0 8:0 A 0", "group 1: group state \"X\""},
        {"odd path state", "2 0 0 0 1 1 A 0 1 0 8:0 Z 0", "group 1: path 1: path state \"Z\""},
        {"no fail count", "2 0 0 0 1 1 A 0 1 0 8:0 A", "group 1: path 1: ends before fail count"},
        {"left over", "2 0 0 0 0 0 A", "1 words left over"},
    };
    for (const auto& row : rows) EXPECT_EQ(spelled(parse_status(row.text)), row.want) << row.name;
}

TEST(MapTable, EveryPrefixIsSurvived) {
    for (auto text : recorded_tables)
        for (std::size_t n = 0; n < text.size(); ++n) (void)parse_multipath(text.substr(0, n));
    for (auto text : recorded_statuses)
        for (std::size_t n = 0; n < text.size(); ++n) (void)parse_status(text.substr(0, n));
}

// What we write, the kernel's parser reads: the same words in the same places.
TEST(MapTable, OwnTextParses) {
    Map map;
    map.features = "2 queue_mode bio";
    map.paths = {test_path(0, "a"), test_path(1, "a", 10), test_path(2, "a")};
    map.policy = GroupPolicy::by_prio;
    group(map);
    EXPECT_EQ(spelled(parse_multipath(params(map))),
              "queue_mode bio / / next 1 / service-time(0) 8:0,1 8:32,1 / service-time(0) 8:16,1");
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the list of members in cli/json.h; the values of the world made by hand. Whether it is JSON at all is
// for an independent parser to say: tests/cli.bats.
#include "cli/json.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/sample_world.h"

namespace rdm {
namespace {

TEST(ListJson, Empty) {
    EXPECT_EQ(list_json({}), R"({
  "version": 1,
  "maps": [],
  "paths": [],
  "refused": [],
  "other_maps": []
}
)");
}

TEST(ListJson, EveryFieldOfAPath) {
    World world = sample::four_paths();
    world.decided.maps.clear();
    world.paths.resize(1);
    world.paths[0].prioritizer_from = "detect_prio: access_state in sysfs";
    world.paths[0].checker = Checker::rdac;
    world.paths[0].checker_from = "path_checker rdac: /etc/multipath.conf:9";
    EXPECT_TRUE(list_json(world).contains(R"("paths": [
    {
      "name": "sdb",
      "dev": "8:16",
      "sg_name": "sg1",
      "sg_dev": "21:1",
      "sys_path": "devices/host2/target0/block/sdb",
      "bus": "scsi",
      "scsi_id": {
        "host": 2,
        "channel": 0,
        "target": 0,
        "lun": 1
      },
      "vendor": "HITACHI",
      "product": "OPEN-V",
      "revision": "5001",
      "serial": "50 0001",
      "sectors": 209715200,
      "block_size": 512,
      "read_only": false,
      "transport": "fcp",
      "target_node": "50060e8012345600",
      "wwid": "360060e80123456780000000000000001",
      "wwid_from": "VPD 83h, NAA 6",
      "excluded": "",
      "tpgs": "implicit",
      "port_group": 1,
      "handler": "alua",
      "access": "optimized",
      "preferred": false,
      "priority": 50,
      "priority_from": "sysfs access_state",
      "prioritizer": "sysfs",
      "prioritizer_from": "detect_prio: access_state in sysfs",
      "checker": "rdac",
      "checker_from": "path_checker rdac: /etc/multipath.conf:9",
      "kernel_state": "running",
      "state": "up",
      "state_from": "TUR good after 0.3 ms",
      "map": null,
      "map_state": null
    }
  ])")) << list_json(world);
}

TEST(ListJson, UnknownIsNull) {
    World world;
    world.paths.resize(1);
    world.paths[0].bus = Bus::nvme;
    auto text = list_json(world);
    for (std::string_view name :
         {"sg_dev", "scsi_id", "port_group", "access", "priority", "prioritizer", "checker", "map", "map_state"})
        EXPECT_TRUE(text.contains(cat("\n      \"", name, "\": null"))) << name << text;
    EXPECT_TRUE(text.contains("\"bus\": \"nvme\""));
}

TEST(ListJson, Map) {
    auto text = list_json(sample::assembled());
    EXPECT_TRUE(text.contains(R"("maps": [
    {
      "wwid": "360060e80123456780000000000000001",
      "name": "360060e80123456780000000000000001",
      "state": "usable",
      "usable_paths": 3,
      "sectors": 209715200,
      "read_only": false,
      "features": "0",
      "handler": "1 alua",
      "selector": "service-time 0",
      "grouping": "group_by_prio: all paths have ALUA priorities",
      "reasons": [
        {
          "subject": "decision",
          "value": "yes",
          "why": "named"
        },
        {
          "subject": "selector",
          "value": "service-time 0",
          "why": "default"
        },
        {
          "subject": "queueing",
          "value": "off",
          "why": "no_path_retry fail: /etc/multipath.conf:14"
        }
      ],
      "groups": [
        {
          "priority": 50,
          "kernel_state": "active",
          "paths": [
            "sdb",
            "sdf"
          ]
        },
        {
          "priority": 10,
          "kernel_state": "ready",
          "paths": [
            "sdd",
            "sdh"
          ]
        }
      ],
      "kernel": {
        "name": "360060e80123456780000000000000001",
        "uuid": "mpath-360060e80123456780000000000000001",
        "dev": "254:0",
        "open_count": 2,
        "suspended": false,
        "read_only": false,
        "table": [
)")) << text;
    EXPECT_TRUE(text.contains(R"("partitions": [
        {
          "number": 1,
          "start": 2048,
          "sectors": 2097152,
          "name": "360060e80123456780000000000000001-part1",
          "uuid": "part1-mpath-360060e80123456780000000000000001",
          "dev": "254:1",
)")) << text;
    EXPECT_TRUE(text.contains("\"map\": \"360060e80123456780000000000000001\",\n      \"map_state\": \"failed\"\n"));
}

TEST(ListJson, NotAssembled) {
    auto text = list_json(sample::four_paths());
    EXPECT_TRUE(text.contains("\"state\": \"not assembled\",\n      \"usable_paths\": 3,"));
    EXPECT_TRUE(text.contains("\"kernel\": null,\n      \"partitions\": []"));
}

TEST(ListJson, OtherMapsAndRefused) {
    auto world = sample::assembled();
    world.decided = {.maps = {}, .refused = {{"sdz", "a \"reason\""}}};
    auto text = list_json(world);
    EXPECT_TRUE(text.contains("\"subject\": \"sdz\",\n      \"reason\": \"a \\\"reason\\\"\"\n"));
    EXPECT_TRUE(text.contains("\"other_maps\": [\n    {\n      \"wwid\": \"360060e80123456780000000000000001\","));
}

TEST(ListJson, HostileTextStaysAscii) {
    auto world = sample::four_paths();
    world.paths[0].vendor = std::string("a\nb\"\xff\0\\", 7);
    auto text = list_json(world);
    EXPECT_TRUE(text.contains(R"("vendor": "a\u000ab\"\u00ff\u0000\\")")) << text;
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); }));
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/choose.h"

#include <gtest/gtest.h>

#include "path/test_probe.h"

namespace rdm {
namespace {

/// Rules with settings at any level; each from "/etc/multipath.conf" at the line of its level.
struct TestRules : Rules {
    Section hardware[2] = {{.source = at(20), .settings = {}}, {.source = at(30), .settings = {}}};

    static Source at(std::uint32_t line) { return {.kind = Source::Kind::file, .file = 0, .line = line}; }
    TestRules() {
        config.files = {"/etc/multipath.conf"};
        config.multipaths.push_back({.source = at(1), .settings = {}});
        config.multipaths[0].set(Keyword::wwid, "3600", at(1));
    }
    void set(std::string_view where, Keyword keyword, const std::string& value) {
        if (where == "multipath") config.multipaths[0].set(keyword, std::string(value), at(2));
        if (where == "overrides") config.overrides.set(keyword, std::string(value), at(10));
        if (where == "first device") hardware[0].set(keyword, std::string(value), at(21));
        if (where == "second device") hardware[1].set(keyword, std::string(value), at(31));
        if (where == "defaults") config.defaults.set(keyword, std::string(value), at(40));
    }
};

struct Set {
    std::string_view where;
    Keyword keyword;
    std::string_view value;
};

TestRules with(std::initializer_list<Set> all) {
    TestRules rules;
    for (const auto& one : all) rules.set(one.where, one.keyword, std::string(one.value));
    return rules;
}

Probe disk_of(const TestRules& rules, Tpgs tpgs = Tpgs::none) {
    auto probe = known_disk(rules);
    probe.path.hardware = {&rules.hardware[0], &rules.hardware[1]};
    probe.tpgs = tpgs;
    probe.path.port_group = 1;
    settle(probe);
    return probe;
}

std::string show(const ChosenChecker& one) { return cat(text(one.checker), ", ", one.from); }
std::string show(const ChosenPrioritizer& one) {
    return cat(text(one.prio), one.args.empty() ? "" : " ", one.args, ", ", one.from);
}

constexpr auto checker = Keyword::path_checker;
constexpr auto detect_checker = Keyword::detect_checker;
constexpr auto prio = Keyword::prio;
constexpr auto args = Keyword::prio_args;
constexpr auto detect_prio = Keyword::detect_prio;

// decisions.md 2.4, class B, and 6.1; multipath-tools 0.9.4 and 0.14.3, propsel.c, select_checker().
TEST(Choose, TakesTheCheckerByItsChain) {
    struct {
        std::initializer_list<Set> sets;
        Tpgs tpgs;
        std::string_view want;
    } rows[] = {
        {{}, Tpgs::none, "tur, path_checker tur: default"},
        {{{"defaults", checker, "directio"}}, Tpgs::none, "directio, path_checker directio: /etc/multipath.conf:40"},
        {{{"defaults", checker, "directio"}}, Tpgs::explicit_only, "tur, detect_checker: TPGS"},
        {{{"defaults", checker, "directio"}, {"first device", detect_checker, "no"}},
         Tpgs::both,
         "directio, path_checker directio: /etc/multipath.conf:40"},
        {{{"defaults", checker, "directio"}, {"second device", checker, "none"}},
         Tpgs::none,
         "none, path_checker none: /etc/multipath.conf:31"},
        {{{"first device", checker, "hp_sw"}, {"second device", checker, "none"}},
         Tpgs::none,
         "hp_sw, path_checker hp_sw: /etc/multipath.conf:21"},
        {{{"first device", checker, "hp_sw"}, {"overrides", checker, "readsector0"}},
         Tpgs::none,
         "readsector0, path_checker readsector0: /etc/multipath.conf:10"},
        {{{"multipath", checker, "none"}}, Tpgs::none, "tur, path_checker tur: default"},
        {{{"overrides", checker, "iobench"}},
         Tpgs::none,
         ", path_checker iobench: /etc/multipath.conf:10: there is no such checker"},
    };
    for (const auto& row : rows) {
        auto rules = with(row.sets);
        EXPECT_EQ(show(choose_checker(disk_of(rules, row.tpgs))), row.want);
    }
}

// propsel.c, check_rdac(): the page is read if the hardware's checker is rdac, or there is none and the list has it.
TEST(Choose, AsksWhetherTheArrayIsAnRdac) {
    struct {
        std::string_view name;
        std::initializer_list<Set> sets;
        std::optional<bool> listed;
        std::string_view asked;
    } rows[] = {
        {"list not known", {}, std::nullopt, "vpd 00"},
        {"listed", {}, true, "vpd c9"},
        {"not listed", {}, false, "tur"},
        {"hardware's checker rdac", {{"second device", checker, "rdac"}}, false, "vpd c9"},
        {"hardware's checker another", {{"second device", checker, "tur"}}, std::nullopt, "tur"},
        {"checker of defaults", {{"defaults", checker, "tur"}}, std::nullopt, "vpd 00"},
        {"no detection", {{"overrides", detect_checker, "no"}}, std::nullopt, "tur"},
    };
    for (const auto& row : rows) {
        auto rules = with(row.sets);
        auto probe = disk_of(rules);
        probe.lists_rdac_page = row.listed;
        probe.path.checker = Checker::undecided;
        probe.test_unit_ready = probe.page_c9 = probe.page_list = {};
        settle(probe);
        EXPECT_EQ(sent(probe), row.asked) << row.name;
    }
    auto rules = with({{"defaults", checker, "directio"}});
    auto probe = disk_of(rules);
    probe.lists_rdac_page = true;
    probe.read = {};
    settle(probe);
    EXPECT_EQ(state(probe), "pending: no answer to VPD c9h yet");
    EXPECT_EQ(sent(probe), "vpd c9");
    answer(probe, "vpd c9", "00c9002c 76616331 01");
    EXPECT_EQ(probe.path.checker_from, "detect_checker: VPD c9h vac1");
    EXPECT_EQ(sent(probe), "read");
    answer(probe, "read");
    EXPECT_EQ(state(probe), "up: VPD c9h: owner");
    auto other = disk_of(rules);
    other.lists_rdac_page = true;
    settle(other);
    (void)sent(other);
    answer_host(other, "vpd c9", 1);
    EXPECT_EQ(other.path.checker_from, "path_checker directio: /etc/multipath.conf:40");
}

// decisions.md 7.1; propsel.c, detect_prio() and select_prio().
TEST(Choose, TakesThePrioritizerByItsChain) {
    struct {
        std::initializer_list<Set> sets;
        Tpgs tpgs;
        bool shown;
        std::string_view want;
    } rows[] = {
        {{}, Tpgs::none, true, "const, prio const: default"},
        {{}, Tpgs::implicit_only, true, "sysfs, detect_prio: access_state in sysfs"},
        {{}, Tpgs::both, false, "alua, detect_prio: TPGS"},
        {{{"multipath", prio, "emc"}, {"multipath", args, "x"}}, Tpgs::explicit_only, false, "alua, detect_prio: TPGS"},
        {{{"multipath", prio, "emc"}, {"overrides", prio, "rdac"}},
         Tpgs::none,
         true,
         "emc, prio emc: /etc/multipath.conf:2"},
        {{{"overrides", prio, "iet"}, {"overrides", args, "a"}, {"first device", prio, "ana"}},
         Tpgs::none,
         true,
         "iet a, prio iet: /etc/multipath.conf:10"},
        {{{"first device", args, "a"}, {"second device", prio, "iet"}, {"second device", args, "b"}},
         Tpgs::none,
         true,
         "iet a, prio iet: /etc/multipath.conf:31"},
        {{{"first device", args, "a"}, {"defaults", prio, "iet"}},
         Tpgs::none,
         true,
         "iet, prio iet: /etc/multipath.conf:40"},
        {{{"defaults", prio, "alua"}}, Tpgs::none, true, "const, prio alua: /etc/multipath.conf:40, but no TPGS"},
        {{{"defaults", prio, "alua"}, {"defaults", args, "exclusive_pref_bit"}, {"overrides", detect_prio, "no"}},
         Tpgs::both,
         true,
         "alua exclusive_pref_bit, prio alua: /etc/multipath.conf:40"},
        {{{"defaults", prio, "hp_tpc"}},
         Tpgs::none,
         true,
         ", prio hp_tpc: /etc/multipath.conf:40: there is no such prioritizer"},
    };
    for (const auto& row : rows) {
        auto rules = with(row.sets);
        auto probe = disk_of(rules, row.tpgs);
        if (row.shown) probe.shown = PortGroupAccess{Access::optimized, true};
        EXPECT_EQ(show(choose_prioritizer(probe)), row.want);
    }
}

// propsel.c, detect_prio(): an RDAC array goes by RTPG unless its TPGS is explicit alone.
TEST(Choose, AsksRdacArraysForPortGroups) {
    struct {
        Tpgs tpgs;
        std::string_view want;
    } rows[] = {{Tpgs::implicit_only, "alua"}, {Tpgs::explicit_only, "sysfs"}, {Tpgs::both, "alua"}};
    TestRules rules;
    for (const auto& row : rows) {
        auto probe = disk_of(rules, row.tpgs);
        probe.shown = PortGroupAccess{Access::optimized, true};
        probe.lists_rdac_page = true;
        bool waits = row.tpgs != Tpgs::explicit_only;
        EXPECT_EQ(show(choose_prioritizer(probe)).starts_with(", no answer to VPD c9h"), waits);
        probe.is_rdac = true;
        EXPECT_EQ(text(choose_prioritizer(probe).prio), row.want);
        probe.is_rdac = false;
        EXPECT_EQ(text(choose_prioritizer(probe).prio), "sysfs");
    }
}

// propsel.c, detect_prio(), SYSFS_BUS_NVME.
TEST(Choose, AsksNvmeForAna) {
    struct {
        std::string_view name;
        std::initializer_list<Set> sets;
        std::string_view reply, asked, want;
    } rows[] = {
        {"ANA", {}, "08", "ana", "ana, detect_prio: NVMe with ANA"},
        {"no ANA", {}, "07", "ana", "const, prio const: default"},
        {"not detected", {{"overrides", detect_prio, "no"}}, "08", "", "const, prio const: default"},
        {"configured",
         {{"overrides", detect_prio, "no"}, {"overrides", prio, "ana"}},
         "07",
         "ana",
         "ana, prio ana: /etc/multipath.conf:10"},
    };
    for (const auto& row : rows) {
        auto rules = with(row.sets);
        Probe probe;
        probe.rules = &rules;
        probe.path.bus = Bus::nvme;
        probe.path.kernel_state = "live";
        settle(probe);
        EXPECT_EQ(sent(probe), row.asked) << row.name;
        answer(probe, "ana", row.reply);
        EXPECT_EQ(show(choose_prioritizer(probe)), row.want) << row.name;
        EXPECT_EQ(sent(probe), "") << row.name;
    }
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Each checker and prioritizer with its questions, from the first to the verdict.
#include <gtest/gtest.h>

#include "path/test_probe.h"

namespace rdm {
namespace {

/// A disk for which the configuration has this checker and this prioritizer, detection off.
struct Configured {
    Rules rules;
    Probe probe;

    explicit Configured(std::string_view checker, std::string_view prio = "const", std::string_view args = "") {
        Source source{.kind = Source::Kind::file, .file = 0, .line = 7};
        rules.config.files = {"/etc/multipath.conf"};
        auto set = [&](Keyword keyword, std::string_view value) {
            rules.config.overrides.set(keyword, std::string(value), source);
        };
        set(Keyword::detect_checker, "no");
        set(Keyword::detect_prio, "no");
        set(Keyword::path_checker, checker);
        set(Keyword::prio, prio);
        set(Keyword::prio_args, args);
        probe = known_disk(rules);
    }
    Configured(const Configured&) = delete;
    Configured& operator=(const Configured&) = delete;
};

/// What a running disk of mode "active" answers to page C0h.
constexpr std::string_view clariion_active =
    "00c00000 02010000 01000000 00000000 00000000 00000000 00000003 04000400 00000000";
constexpr std::string_view clariion_passive =
    "00c00000 01010000 01000000 00000000 00000000 00000000 00000003 04000400 00000000";

TEST(Checkers, NoneGoesBySysfsAlone) {
    Configured disk("none");
    EXPECT_EQ(state(disk.probe), "up: running (sysfs state)");
    EXPECT_EQ(sent(disk.probe), "");
    EXPECT_TRUE(is_settled(disk.probe));
    disk.probe.path.kernel_state = "offline";
    settle(disk.probe);
    EXPECT_EQ(state(disk.probe), "down: offline (sysfs state)");
}

TEST(Checkers, UnknownOnesLeaveAPathUnchecked) {
    Configured disk("iobench");
    EXPECT_EQ(state(disk.probe), "down: path_checker iobench: /etc/multipath.conf:7: there is no such checker");
    EXPECT_EQ(sent(disk.probe), "");
}

TEST(Checkers, ReadingOnesSendReadAlone) {
    for (std::string_view name : {"directio", "readsector0"}) {
        Configured disk(name);
        EXPECT_EQ(state(disk.probe), "pending: no answer to READ yet") << name;
        EXPECT_EQ(sent(disk.probe), "read") << name;
        answer(disk.probe, "read");
        EXPECT_EQ(state(disk.probe), "up: READ good") << name;
        EXPECT_EQ(sent(disk.probe), "") << name;
        EXPECT_TRUE(is_settled(disk.probe)) << name;
        ask_again(disk.probe.read);
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(sent(disk.probe), "read") << name;
            answer_sense(disk.probe, "read", {6, 0x29, 0});
        }
        EXPECT_EQ(state(disk.probe), "down: READ: check condition, Unit Attention 29/00") << name;
        EXPECT_EQ(sent(disk.probe), "") << name;
        doubt(disk.probe);
        EXPECT_EQ(sent(disk.probe), "read") << name;
        doubt(disk.probe);
        answer(disk.probe, "read");  // from before
        EXPECT_EQ(state(disk.probe), "pending: no answer to READ yet") << name;
        EXPECT_EQ(sent(disk.probe), "read") << name;
    }
}

TEST(Checkers, RdacAsksForItsPageAndReadsOnTheOwner) {
    Configured disk("rdac", "rdac");
    EXPECT_EQ(state(disk.probe), "pending: no answer to VPD c9h yet");
    EXPECT_EQ(priority(disk.probe), "-1 by no answer yet");
    EXPECT_EQ(sent(disk.probe), "vpd c9");
    answer(disk.probe, "vpd c9", "00c9002c 76616331 0101");
    EXPECT_EQ(priority(disk.probe), "6 by VPD c9h");
    EXPECT_EQ(sent(disk.probe), "read");
    answer(disk.probe, "read");
    EXPECT_EQ(state(disk.probe), "up: VPD c9h: owner");
    ask_again(disk.probe.page_c9);
    (void)sent(disk.probe);
    answer(disk.probe, "vpd c9", "00c9002c 76616331 0002");
    EXPECT_EQ(state(disk.probe), "ghost: VPD c9h: not the owner");
    EXPECT_EQ(priority(disk.probe), "1 by VPD c9h");
    EXPECT_EQ(sent(disk.probe), "");
}

// checkers/hp_sw.c: page 80h tells a dead path, TEST UNIT READY the active one.
TEST(Checkers, HpAsksTwoThings) {
    struct {
        std::string_view name;
        bool page;
        std::optional<Sense> tur;
        std::string_view want;
        int priority;
    } rows[] = {
        {"active", true, std::nullopt, "up: TUR good", 4},
        {"standby", true, Sense{2, 4, 2}, "ghost: TUR: check condition, Not Ready 04/02", 2},
        {"page 80h alone", true, Sense{4, 0x44, 0}, "ghost: TUR: check condition, Hardware Error 44/00", 0},
        {"no page 80h", false, std::nullopt, "down: VPD 80h: no good answer", 4},
    };
    for (const auto& row : rows) {
        Configured disk("hp_sw", "hp_sw");
        EXPECT_EQ(sent(disk.probe), "tur; vpd 80") << row.name;
        if (row.tur) {
            answer_sense(disk.probe, "tur", *row.tur);
        } else {
            answer(disk.probe, "tur");
        }
        EXPECT_EQ(state(disk.probe), "pending: no answer to VPD 80h yet") << row.name;
        if (row.page) {
            answer(disk.probe, "vpd 80", "00800004 41424344");
        } else {
            answer_sense(disk.probe, "vpd 80", {5, 0x24, 0});
        }
        (void)sent(disk.probe);
        answer(disk.probe, "read");
        EXPECT_EQ(state(disk.probe), row.want) << row.name;
        EXPECT_EQ(disk.probe.path.priority, row.priority) << row.name;
    }
}

// checkers/emc_clariion.c: only the active path is read, and that must succeed.
TEST(Checkers, ClariionReadsItsActivePath) {
    Configured active("emc_clariion", "emc");
    EXPECT_EQ(sent(active.probe), "vpd c0");
    answer(active.probe, "vpd c0", clariion_active);
    EXPECT_EQ(state(active.probe), "pending: no answer to READ yet");
    EXPECT_EQ(priority(active.probe), "4 by VPD c0h");
    EXPECT_EQ(sent(active.probe), "read");
    answer_sense(active.probe, "read", {5, 0x25, 1});
    EXPECT_EQ(state(active.probe), "down: READ: check condition, Illegal Request 25/01");
    ask_again(active.probe.read);
    (void)sent(active.probe);
    answer(active.probe, "read");
    EXPECT_EQ(state(active.probe), "up: VPD c0h: active");
    Configured passive("emc_clariion", "emc");
    (void)sent(passive.probe);
    answer(passive.probe, "vpd c0", clariion_passive);
    EXPECT_EQ(state(passive.probe), "up: VPD c0h: passive");
    EXPECT_EQ(priority(passive.probe), "3 by VPD c0h");
    EXPECT_EQ(sent(passive.probe), "");
}

// discovery.c, pathinfo(): the priority of a path that is down is asked for only while it has none.
TEST(Checkers, DeadPathsKeepTheirPriority) {
    Configured disk("rdac", "rdac");
    (void)sent(disk.probe);
    answer(disk.probe, "vpd c9", "00c9002c 76616331 0001");
    EXPECT_EQ(priority(disk.probe), "4 by VPD c9h");
    for (int i = 0; i < 2; ++i) {
        ask_again(disk.probe.page_c9);
        (void)sent(disk.probe);
        answer(disk.probe, "vpd c9", "20c9002c 76616331 0002");
        EXPECT_EQ(text(disk.probe.path.state), "down");
    }
    EXPECT_EQ(priority(disk.probe), "1 by VPD c9h");  // that was told while it was not known to be down
    ask_again(disk.probe.page_c9);
    (void)sent(disk.probe);
    answer(disk.probe, "vpd c9", "00c9002c 76616331 0001");
    EXPECT_EQ(text(disk.probe.path.state), "ghost");
    EXPECT_EQ(priority(disk.probe), "1 by VPD c9h");
}

// prioritizers/ontap.c; the layout of the reply is what it reads.
TEST(Checkers, OntapAsksForAdapterAndProxy) {
    constexpr std::string_view head = "00000020 0a980a01 41000000 ";
    struct {
        std::string_view name;
        std::string reply, proxy;
        std::string_view want;
    } rows[] = {
        {"iSCSI by software", cat(head, hex(bytes_of("ism_sw3"))), "", "2 by NetApp page 41h: iSCSI by software"},
        {"older iSCSI by software", cat(head, hex(bytes_of("iswta"))), "", "2 by NetApp page 41h: iSCSI by software"},
        {"iSCSI by an adapter", cat(head, hex(bytes_of("ism_sn1"))), "", "3 by NetApp page 41h: iSCSI by an adapter"},
        {"Fibre Channel", cat(head, hex(bytes_of("0c"))), "00c10010 00000000 0a980a00 c1000000 00000000",
         "4 by VPD c1h: no proxy"},
        {"proxied", cat(head, hex(bytes_of("0c"))), "00c10010 00000000 0a980a00 c1000000 00000002",
         "1 by VPD c1h: proxy"},
        {"proxy page of another", cat(head, "00"), "00c10010 00000000 0a980b00 c1000000 00000002",
         "4 by VPD c1h tells no proxy"},
        {"no more than a header", "00000008 0a980a01 41000000 69737774", "00c1", "4 by VPD c1h tells no proxy"},
        {"another page", "00000020 0a980a01 42000000 69737774", "00c1", "4 by VPD c1h tells no proxy"},
        {"another vendor", "00000020 0a980b01 41000000 69737774", "", "0 by NetApp page 41h: unknown format"},
        {"cut short", "0000", "", "0 by NetApp page 41h: unknown format"},
    };
    for (const auto& row : rows) {
        Configured disk("none", "ontap");
        EXPECT_EQ(sent(disk.probe), "netapp") << row.name;
        answer(disk.probe, "netapp", row.reply);
        EXPECT_EQ(sent(disk.probe), row.proxy.empty() ? "" : "vpd c1") << row.name;
        if (!row.proxy.empty()) answer(disk.probe, "vpd c1", row.proxy);
        EXPECT_EQ(priority(disk.probe), row.want) << row.name;
    }
    Configured refused("none", "ontap");
    (void)sent(refused.probe);
    answer_sense(refused.probe, "netapp", {5, 0x20, 0});
    EXPECT_EQ(priority(refused.probe), "0 by NetApp page 41h: check condition, Illegal Request 20/00");
    EXPECT_EQ(sent(refused.probe), "");
}

TEST(Checkers, ChanceIsOne) {
    for (std::string_view name : {"random", "path_latency"}) {
        Configured disk("none", name);
        EXPECT_EQ(priority(disk.probe), cat("1 by const in place of ", name, ", which nobody can foretell"));
    }
}

// prioritizers/alua.c and sysfs.c, get_exclusive_pref_arg(): a word of its own.
TEST(Checkers, AluaTakesItsArgument) {
    struct {
        std::string_view prio, args;
        int want;
    } rows[] = {
        {"alua", "", 50},
        {"alua", "exclusive_pref_bit", 130},
        {"sysfs", "\texclusive_pref_bit x", 130},
        {"sysfs", "exclusive_pref_bits", 50},
        {"alua", "no_exclusive_pref_bit", 50},
    };
    for (const auto& row : rows) {
        Configured disk("none", row.prio, row.args);
        disk.probe.tpgs = Tpgs::both;
        disk.probe.path.port_group = 1;
        disk.probe.shown = PortGroupAccess{Access::optimized, true};
        settle(disk.probe);
        EXPECT_EQ(sent(disk.probe), "rtpg");
        answer(disk.probe, "rtpg", "00000008 8000000100000000");
        EXPECT_EQ(disk.probe.path.priority, row.want) << row.args;
    }
    Configured nothing("none", "sysfs");
    EXPECT_EQ(priority(nothing.probe), "-1 by no access_state in sysfs");
}

// SPC-4, 6.37: a reply is cut to the allocation length, and its header tells the whole length.
TEST(Checkers, AsksForLongRepliesInFull) {
    auto reply = [](std::size_t groups) {
        Buffer data(4 + 8 * groups);
        data[2] = static_cast<std::uint8_t>(8 * groups >> 8);
        data[3] = static_cast<std::uint8_t>(8 * groups);
        data[data.size() - 8] = 1;
        data[data.size() - 5] = 9;
        return data;
    };
    Configured disk("none", "alua");
    disk.probe.tpgs = Tpgs::both;
    disk.probe.path.port_group = 9;
    settle(disk.probe);
    auto give = [&](Buffer data) {
        std::vector<ScsiRequest> out;
        EXPECT_EQ(sent(disk.probe, out), "rtpg");
        data.resize(std::min<std::size_t>(data.size(), out.front().room));
        ScsiAnswer answer;
        answer.data = std::move(data);
        absorb(disk.probe, out.front(), answer);
        return out.front().room;
    };
    EXPECT_EQ(give(reply(1000)), 4096U);
    EXPECT_EQ(priority(disk.probe), "-1 by no answer to RTPG yet");
    EXPECT_EQ(give(reply(1000)), 8004U);
    EXPECT_EQ(priority(disk.probe), "10 by RTPG");
    ask_again(disk.probe.port_groups);
    Buffer endless(16384, 0xff);
    EXPECT_EQ(give(endless), 8004U);
    EXPECT_EQ(give(endless), 16384U);
    EXPECT_EQ(priority(disk.probe), "-1 by RTPG: cut short");
    EXPECT_EQ(sent(disk.probe), "");
}

}  // namespace
}  // namespace rdm

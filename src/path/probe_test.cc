// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/probe.h"

#include <gtest/gtest.h>

#include "path/test_probe.h"

namespace rdm {
namespace {

TEST(Probe, ReadsABlockBeforeAPathIsUp) {
    auto probe = known_disk();
    std::vector<ScsiRequest> out;
    EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
    EXPECT_EQ(sent(probe, out), "tur");
    EXPECT_EQ(out.front().dev, (DevNo{8, 0}));
    EXPECT_EQ(out.front().sg_dev, (DevNo{21, 0}));
    EXPECT_EQ(sent(probe), "");
    answer(probe, "tur");
    EXPECT_EQ(state(probe), "pending: no answer to READ yet");
    EXPECT_EQ(sent(probe), "read");
    EXPECT_FALSE(is_settled(probe));
    answer(probe, "read");
    EXPECT_EQ(state(probe), "up: TUR good");
    EXPECT_EQ(sent(probe), "");
    EXPECT_TRUE(is_settled(probe));
}

TEST(Probe, IsUpAfterABadReadToo) {
    auto probe = known_disk();
    (void)sent(probe);
    answer(probe, "tur");
    (void)sent(probe);
    answer_sense(probe, "read", {3, 0x11, 0});
    EXPECT_EQ(state(probe), "up: TUR good");
}

// A path whose reads hang must not carry boot I/O, and the kernel's giving up is no answer of the disk.
TEST(Probe, IsDownUntilTheDiskAnswersRead) {
    struct {
        void (*fail)(Probe&);
        std::string_view want;
    } rows[] = {
        {[](Probe& probe) { answer_host(probe, "read", 3); }, "down: READ: timed out"},
        {[](Probe& probe) { answer_not_sent(probe, "read"); }, "down: READ: no such device"},
    };
    for (const auto& row : rows) {
        auto probe = known_disk();
        (void)sent(probe);
        answer(probe, "tur");
        (void)sent(probe);
        row.fail(probe);
        EXPECT_EQ(state(probe), row.want);
        EXPECT_EQ(sent(probe), "");
        EXPECT_TRUE(is_settled(probe));
        for (auto* question : {&probe.test_unit_ready, &probe.read}) ask_again(*question);
        EXPECT_EQ(sent(probe), "tur; read");
        answer(probe, "tur");
        EXPECT_EQ(state(probe), row.want);  // until READ is answered too
        row.fail(probe);
        EXPECT_EQ(state(probe), row.want);
        ask_again(probe.read);
        (void)sent(probe);
        answer(probe, "read");
        EXPECT_EQ(state(probe), "up: TUR good");
    }
}

TEST(Probe, IsNotReadInBlocksThatAreTooLargeForACommand) {
    auto probe = known_disk();
    probe.path.block_size = 32768;
    (void)sent(probe);
    answer(probe, "tur");
    EXPECT_EQ(state(probe), "up: TUR good");
    EXPECT_EQ(sent(probe), "");
}

TEST(Probe, AsksADoubtedPathAnew) {
    auto probe = up_disk();
    doubt(probe);
    EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
    EXPECT_EQ(sent(probe), "tur");
    doubt(probe);
    answer(probe, "tur");  // the disk may have said that before the kernel failed the path
    EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
    EXPECT_EQ(sent(probe), "tur");
    answer(probe, "tur");
    EXPECT_EQ(sent(probe), "read");
    doubt(probe);
    EXPECT_EQ(sent(probe), "tur");
    answer(probe, "tur");
    EXPECT_EQ(sent(probe), "");
    EXPECT_FALSE(is_settled(probe));
    answer(probe, "read");
    EXPECT_EQ(state(probe), "pending: no answer to READ yet");
    EXPECT_EQ(sent(probe), "read");
    answer(probe, "read");
    EXPECT_EQ(state(probe), "up: TUR good");
}

TEST(Probe, DoubtsNoDiskThatIsNotAsked) {
    auto nvme = known_disk();
    nvme.path.bus = Bus::nvme;
    nvme.path.kernel_state = "live";
    nvme.has_ana = false;
    nvme.nvme_ana.state = Question::State::answered;
    nvme.test_unit_ready = {};
    settle(nvme);
    auto native = known_disk();
    leave_alone(native, "USB");
    for (auto* probe : {&nvme, &native}) {
        doubt(*probe);
        EXPECT_EQ(text(probe->path.state), "up");
        EXPECT_EQ(sent(*probe), "");
        EXPECT_TRUE(is_settled(*probe));
    }
    EXPECT_EQ(native.path.excluded, "USB");
}

TEST(Probe, ReadsAgainOnlyAfterThePathWasDown) {
    auto probe = up_disk();
    ask_again(probe.test_unit_ready);
    EXPECT_EQ(sent(probe), "tur");
    EXPECT_EQ(state(probe), "up: TUR good");  // the last answer counts while the next is awaited
    answer(probe, "tur");
    EXPECT_EQ(state(probe), "up: TUR good");
    ask_again(probe.test_unit_ready);
    (void)sent(probe);
    answer_sense(probe, "tur", {2, 4, 0x0c});
    EXPECT_EQ(text(probe.path.state), "down");
    ask_again(probe.test_unit_ready);
    (void)sent(probe);
    answer(probe, "tur");
    EXPECT_EQ(state(probe), "pending: no answer to READ yet");
}

TEST(Probe, NeverReadsAGhostOrADiskWithoutSize) {
    auto ghost = known_disk();
    (void)sent(ghost);
    answer_sense(ghost, "tur", {2, 4, 0x0b});
    EXPECT_EQ(text(ghost.path.state), "ghost");
    EXPECT_EQ(sent(ghost), "");
    auto empty = known_disk();
    empty.path.sectors = 0;
    (void)sent(empty);
    answer(empty, "tur");
    EXPECT_EQ(state(empty), "ghost: TUR good, size 0");
    EXPECT_EQ(sent(empty), "");
}

TEST(Probe, SendsTestUnitReadyFiveTimesAtMost) {
    auto probe = known_disk();
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(sent(probe), "tur") << i;
        answer_sense(probe, "tur", {6, 0x29, 0});
        EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
    }
    EXPECT_EQ(sent(probe), "tur");
    answer_sense(probe, "tur", {6, 0x29, 0});
    EXPECT_EQ(text(probe.path.state), "down");
    EXPECT_EQ(sent(probe), "");
}

TEST(Probe, IgnoresAnswersThatNobodyWaitsFor) {
    auto probe = known_disk();
    answer(probe, "tur");
    answer(probe, "read");
    EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
}

TEST(Probe, ForgetsItsAnswersWhenTheKernelStopsTheDisk) {
    auto probe = up_disk();
    probe.path.kernel_state = "blocked";
    settle(probe);
    EXPECT_EQ(state(probe), "pending: blocked (sysfs state)");
    probe.path.kernel_state = "running";
    ask_again(probe.test_unit_ready);
    settle(probe);
    EXPECT_EQ(state(probe), "pending: no answer to TUR yet");
    (void)sent(probe);
    answer(probe, "tur");
    EXPECT_EQ(sent(probe), "read");
}

// SPC-4: 6.6.2 standard INQUIRY data; 7.8.2 page 00h.
TEST(Probe, LearnsFromTheDiskWhatSysfsLacks) {
    auto probe = known_disk();
    probe.path.wwid = "";
    for (auto* question : {&probe.inquiry, &probe.page_list}) question->state = Question::State::open;
    EXPECT_EQ(sent(probe), "inquiry; tur; vpd 00");
    answer(probe, "inquiry", "00000632 5b300002");
    EXPECT_EQ(probe.tpgs, Tpgs::both);
    answer(probe, "vpd 00", "00000003 008083");
    EXPECT_EQ(sent(probe), "vpd 83; vpd 80");
    answer(probe, "vpd 80", "00800004 41424344");
    EXPECT_EQ(probe.path.serial, "ABCD");
    answer(probe, "vpd 83", "00830014 01030008 5000c5003011cb2b 61950004 00000001");
    EXPECT_EQ(probe.path.wwid, "35000c5003011cb2b");
    EXPECT_EQ(probe.path.tpgs, Tpgs::both);
    EXPECT_EQ(sent(probe), "rtpg");
    answer(probe, "rtpg", "00000008 0100000100000000");
    EXPECT_EQ(priority(probe), "10 by RTPG");
}

Probe disk_without_wwid() {
    auto probe = known_disk();
    probe.path.wwid = "";
    probe.page_list.state = Question::State::open;
    (void)sent(probe);
    return probe;
}

TEST(Probe, SaysWhyThereIsNoWwid) {
    struct {
        std::string_view name, list, page, want;
    } rows[] = {
        {"no page 83h", "00000002 0080", "", "VPD 83h: not on the disk's list of pages"},
        {"list lies", "000000ff 00", "", "VPD 83h: not on the disk's list of pages"},
        {"page lies", "00000002 0083", "00830010 01030010", "VPD 83h: cut short"},
        {"ports only", "00000002 0083", "00830008 61940004 00000001", "VPD 83h: names no logical unit"},
    };
    for (const auto& row : rows) {
        auto probe = disk_without_wwid();
        answer(probe, "vpd 00", row.list);
        (void)sent(probe);
        if (!row.page.empty()) answer(probe, "vpd 83", row.page);
        EXPECT_EQ(probe.path.wwid_from, row.want) << row.name;
        EXPECT_EQ(probe.path.wwid, "") << row.name;
    }
    auto refused = disk_without_wwid();
    answer(refused, "vpd 00", "00000001 83");
    (void)sent(refused);
    answer_sense(refused, "vpd 83", {5, 0x24, 0});
    EXPECT_EQ(refused.path.wwid_from, "VPD 83h: check condition, Illegal Request 24/00");
    auto silent = disk_without_wwid();
    answer_host(silent, "vpd 00", 1);
    EXPECT_EQ(silent.path.wwid_from, "VPD 00h: no connect");
    EXPECT_EQ(sent(silent), "");
}

// multipath-tools 0.14.3, get_vpd_sgio(), asks for page 83h without looking at the list.
TEST(Probe, AsksForPagesByTheListUnlessItIsNone) {
    struct {
        std::string_view name, product, list, want;
    } rows[] = {
        {"both", "disk", "00000003 008083", "vpd 83; vpd 80"},
        {"empty", "disk", "00000000", ""},
        {"nothing behind its end counts", "disk", "00000001 00 83 80", ""},
        {"cut short", "disk", "0000", "vpd 83"},
        {"another page", "disk", "00800002 4142", "vpd 83"},
        {"StorageWorks without 83h", "HSG80", "00000002 0080", "vpd 83; vpd 80"},
    };
    for (const auto& row : rows) {
        auto probe = disk_without_wwid();
        probe.path.vendor = "DEC";
        probe.path.product = row.product;
        answer(probe, "vpd 00", row.list);
        EXPECT_EQ(sent(probe), row.want) << row.name;
    }
    auto refused = disk_without_wwid();
    answer_sense(refused, "vpd 00", {5, 0x24, 0});
    EXPECT_EQ(sent(refused), "vpd 83");
    answer(refused, "vpd 83", "0083000c 01030008 5000c5003011cb2b");
    EXPECT_EQ(refused.path.wwid, "35000c5003011cb2b");
}

// SPC-4, 6.6.2: bits 4 and 5 of byte 5, between other fields.
TEST(Probe, TakesTpgsAloneFromItsByte) {
    struct {
        std::string_view byte;
        Tpgs want;
    } rows[] = {{"cf", Tpgs::none}, {"df", Tpgs::implicit_only}, {"ef", Tpgs::explicit_only}, {"30", Tpgs::both}};
    for (const auto& row : rows) {
        Probe probe;
        absorb_inquiry(probe, hex_bytes(cat("0000063220", row.byte)));
        EXPECT_EQ(probe.tpgs, row.want) << row.byte;
    }
    Probe cut_short;
    absorb_inquiry(cut_short, hex_bytes("0000063230"));
    EXPECT_EQ(cut_short.tpgs, Tpgs::none);
}

TEST(Probe, TakesTheVendorsWwidOnlyWhereTheStandardHasNone) {
    struct {
        std::string_view name, product, page, want;
    } rows[] = {
        {"StorageWorks", "HSG80", "0083000c 01130008 5000c5003011cb2b", "35000c5003011cb2b VPD 83h, first designator"},
        {"StorageWorks with a standard page", "HSG80", "00830018 01130008 5000c5003011cb2b 01030008 5000000000000001",
         "35000000000000001 VPD 83h, NAA 5"},
        {"not in the table", "HSG60", "0083000c 01130008 5000c5003011cb2b", " VPD 83h: names no logical unit"},
        {"lies, first designator whole", "HSG80", "00830ff0 01130008 5000c5003011cb2b",
         "35000c5003011cb2b VPD 83h, first designator"},
    };
    for (const auto& row : rows) {
        auto probe = known_disk();
        probe.path.vendor = "DEC";
        probe.path.product = row.product;
        absorb_vpd83(probe, hex_bytes(row.page));
        EXPECT_EQ(cat(probe.path.wwid, ' ', probe.path.wwid_from), row.want) << row.name;
    }
}

// One look at the queues finds room for all of them.
TEST(Probe, SaysHowManyQuestionsComeTogether) {
    auto probe = known_disk();
    probe.page_80.state = Question::State::open;
    auto requests = take_questions(probe);
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].together, 2U);
    EXPECT_EQ(requests[1].together, 1U);
    EXPECT_TRUE(take_questions(probe).empty());
}

}  // namespace
}  // namespace rdm

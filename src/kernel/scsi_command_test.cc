// SPDX-License-Identifier: GPL-2.0-or-later
// Commands as SPC-4 and SBC-4 lay them out; sense bytes as SPC-4, 4.5, lays them out; which outcome counts as done is
// sg3_utils' word (sg_cmds_process_resp). Host status numbers: include/scsi/scsi_status.h.
#include "kernel/scsi_command.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "kernel/sg_io.h"

namespace rdm {
namespace {

ScsiRequest request(ScsiCommand command, std::uint8_t page = 0) {
    ScsiRequest one;
    one.disk = "sdb";
    one.command = command;
    one.page = page;
    return one;
}

Buffer fixed(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
    return {0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq, 0, 0, 0, 0};
}
Buffer descriptor(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) { return {0x72, key, asc, ascq, 0, 0, 0, 0}; }

RawScsiAnswer raw(std::uint8_t status, Buffer sense = {}, Buffer data = {}, int residual = 0) {
    RawScsiAnswer one;
    one.status = status;
    one.sense = std::move(sense);
    one.data = std::move(data);
    one.residual = residual;
    return one;
}

RawScsiAnswer transport(std::uint16_t host, std::uint16_t driver = 0) {
    RawScsiAnswer one = raw(0, {}, Buffer(36));
    one.host_status = host;
    one.driver_status = driver;
    return one;
}

TEST(ScsiCommand, FirstPass) {
    struct {
        const char* name;
        ScsiRequest asked;
        std::string_view cdb;
        std::size_t data;
    } rows[] = {
        {"INQUIRY", request(ScsiCommand::inquiry), "120000002400", 36},
        {"VPD 83h", request(ScsiCommand::vpd, 0x83), "1201830ffc00", 4092},
        {"TEST UNIT READY", request(ScsiCommand::test_unit_ready), "000000000000", 0},
        {"REPORT TARGET PORT GROUPS", request(ScsiCommand::report_target_port_groups), "a30a00000000000010000000",
         4096},
        {"READ (10)", request(ScsiCommand::read), "28000000000000000100", 512},
        {"NetApp's page 41h", request(ScsiCommand::netapp_attributes), "c000010a980a41800000", 256},
        {"no SCSI", request(ScsiCommand::nvme_ana), "", 0},
    };
    for (const auto& row : rows) {
        auto cdb = cdb_of(row.asked);
        ASSERT_TRUE(cdb) << row.name;
        EXPECT_EQ(hex(Bytes(cdb->bytes).first(cdb->size)), row.cdb) << row.name;
        EXPECT_EQ(cdb->data_length, row.data) << row.name;
    }
}

TEST(ScsiCommand, PortGroupsInMoreRoom) {
    auto ask = request(ScsiCommand::report_target_port_groups);
    ask.room = 10004;
    auto cdb = cdb_of(ask);
    EXPECT_EQ(hex(Bytes(cdb->bytes).first(cdb->size)), "a30a00000000000027140000");
    EXPECT_EQ(cdb->data_length, 10004U);
    RawScsiAnswer raw;
    raw.data.assign(10004, 7);
    raw.residual = 4;
    EXPECT_EQ(judge(ask, raw).data, Buffer(10000, 7));
    ask.room = 16385;
    EXPECT_EQ(cdb_of(ask).error(), (Error{EINVAL, "sdb: a reply of 16385 bytes"}));
}

TEST(ScsiCommand, TakesWhatNvmeSaysAsItIs) {
    RawScsiAnswer raw;
    raw.data = {8, 1, 0, 0, 0};
    auto answer = judge(request(ScsiCommand::nvme_ana), raw);
    EXPECT_TRUE(answer.good());
    EXPECT_EQ(answer.data, raw.data);
}

TEST(ScsiCommand, BlocksTooLarge) {
    auto read = request(ScsiCommand::read);
    read.block_size = 4096;
    EXPECT_EQ(cdb_of(read)->data_length, 4096U);
    read.block_size = 32768;
    auto refused = cdb_of(read);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Error{EINVAL, "sdb: blocks of 32768 bytes"}));
}

TEST(ScsiCommand, TestUnitReady) {
    struct {
        RawScsiAnswer raw;
        std::string_view said;
        bool good;
    } rows[] = {
        {raw(0), "good", true},
        {raw(0x18), "reservation conflict", false},
        {raw(0x08), "busy", false},
        {raw(0x77), "status 77", false},
        {raw(2, fixed(2, 4, 0xb)), "check condition, Not Ready 04/0b", false},
        {raw(2, descriptor(2, 4, 0xb)), "check condition, Not Ready 04/0b", false},
        {raw(2, descriptor(2, 4, 0xa)), "check condition, Not Ready 04/0a", false},
        {raw(2, fixed(5, 0x25, 0)), "check condition, Illegal Request 25/00", false},
        {raw(2, fixed(6, 0x29, 7)), "check condition, Unit Attention 29/07", false},
        {raw(2, fixed(1, 0x5d, 0)), "check condition, Recovered Error 5d/00", false},
        {raw(2, {}), "check condition", false},
        {raw(2, {0x70, 0, 2}), "check condition, Not Ready 00/00", false},
        {raw(2, {0x72}), "check condition, No Sense 00/00", false},
        {raw(2, {0x7f, 1, 2, 3}), "check condition", false},
        {raw(2, Buffer(300, 0x70)), "check condition, No Sense 70/70", false},
        {raw(0, fixed(2, 4, 0xb)), "good", true},  // sense of a good answer is left over
        {transport(1), "no connect", false},
        {transport(3), "timed out", false},
        {transport(0xe), "transport disrupted", false},
        {transport(0x63), "host status 99", false},
        {transport(0, 6), "error", false},  // DRIVER_TIMEOUT of old kernels
        {transport(0, 8), "good", true},    // DRIVER_SENSE only says that there is some
    };
    for (const auto& row : rows) {
        auto answer = judge(request(ScsiCommand::test_unit_ready), row.raw);
        EXPECT_EQ(text(answer), row.said);
        EXPECT_EQ(answer.good(), row.good) << row.said;
        EXPECT_TRUE(answer.data.empty()) << row.said;
    }
}

TEST(ScsiCommand, SenseDetails) {
    auto answer = judge(request(ScsiCommand::test_unit_ready), raw(2, descriptor(2, 4, 0xb)));
    EXPECT_EQ(answer.status, 2);
    EXPECT_EQ(answer.sense, (Sense{2, 4, 0xb}));
    auto both = raw(2, fixed(2, 4, 0xb));
    both.host_status = 7;
    EXPECT_FALSE(judge(request(ScsiCommand::test_unit_ready), both).sense) << "the transport's word goes first";
}

TEST(ScsiCommand, HowMuchDataCame) {
    const Buffer inquiry(36, 0x41);
    struct {
        const char* name;
        RawScsiAnswer raw;
        std::size_t size;
        bool good;
    } rows[] = {
        {"all", raw(0, {}, inquiry), 36, true},
        {"some", raw(0, {}, inquiry, 20), 16, true},
        {"too little for anything", raw(0, {}, inquiry, 34), 2, true},
        {"none", raw(0, {}, inquiry, 36), 0, true},
        {"less than none", raw(0, {}, inquiry, 4000), 0, true},
        {"a residual below zero", raw(0, {}, inquiry, -5), 36, true},
        {"the least residual", raw(0, {}, inquiry, -2147483647 - 1), 36, true},
        {"less than the kernel said", raw(0, {}, Buffer(8, 0x41)), 8, true},
        {"recovered", raw(2, fixed(1, 0x17, 1), inquiry), 36, true},
        {"no sense", raw(2, fixed(0, 0, 0), inquiry), 36, true},
        {"refused", raw(2, fixed(5, 0x24, 0), inquiry), 0, false},
        {"busy", raw(8, {}, inquiry), 0, false},
        {"transport", transport(0xe), 0, false},
    };
    for (const auto& row : rows) {
        for (auto command :
             {ScsiCommand::inquiry, ScsiCommand::vpd, ScsiCommand::report_target_port_groups, ScsiCommand::read}) {
            auto answer = judge(request(command, 0x83), row.raw);
            EXPECT_EQ(answer.data, Buffer(row.size, 0x41)) << row.name << ' ' << static_cast<int>(command);
            EXPECT_EQ(answer.good(), row.good) << row.name << ' ' << static_cast<int>(command);
        }
    }
}

TEST(ScsiCommand, EveryPrefixOfSense) {
    for (const auto& sense : {fixed(2, 4, 0xb), descriptor(2, 4, 0xb)}) {
        for (std::size_t size = 0; size <= sense.size(); ++size) {
            Buffer cut(sense.begin(), sense.begin() + static_cast<std::ptrdiff_t>(size));
            EXPECT_FALSE(judge(request(ScsiCommand::test_unit_ready), raw(2, cut)).good()) << size;
        }
    }
}

TEST(ScsiCommand, PrintsNothing) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    for (auto command : {ScsiCommand::inquiry, ScsiCommand::vpd, ScsiCommand::test_unit_ready,
                         ScsiCommand::report_target_port_groups, ScsiCommand::read}) {
        (void)cdb_of(request(command));
        for (int key = 0; key < 16; ++key)
            (void)judge(request(command), raw(2, fixed(static_cast<std::uint8_t>(key), 0x20, 0), Buffer(36), 4000));
        for (int status = 0; status < 256; ++status)
            (void)judge(request(command), raw(static_cast<std::uint8_t>(status)));
        (void)judge(request(command), transport(3));
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(SgWorkerText, Reads) {
    auto answer = sg_read_worker_text(std::string_view("answer 2 7 8 -3 2\n\x70\x00rest\n", 25));
    ASSERT_TRUE(answer) << answer.error().what();
    EXPECT_EQ(answer->status, 2);
    EXPECT_EQ(answer->host_status, 7);
    EXPECT_EQ(answer->driver_status, 8);
    EXPECT_EQ(answer->residual, -3);
    EXPECT_EQ(answer->sense, (Buffer{0x70, 0}));
    EXPECT_EQ(answer->data.size(), 5U);
}

TEST(SgWorkerText, BadRows) {
    struct {
        std::string_view text;
        Error error;
    } rows[] = {
        {"error 6 sdb: No such device or address", {6, "sdb: No such device or address"}},
        {"", {EPROTO, "a worker's answer is cut short"}},
        {"answer 2 0 0 0 0", {EPROTO, "a worker's answer is cut short"}},
        {"answer 2 0 0 0\n", {EPROTO, "a worker's answer is cut short"}},
        {"answer 2 0 0 0 9\nabc", {EPROTO, "a worker's answer: cut short"}},
    };
    for (const auto& row : rows) {
        auto answer = sg_read_worker_text(row.text);
        ASSERT_FALSE(answer) << row.text;
        EXPECT_EQ(answer.error(), row.error);
    }
}

}  // namespace
}  // namespace rdm

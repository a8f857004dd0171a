// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/checker.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

std::string show(const Checked& checked) { return cat(text(checked.state), ": ", checked.from); }

ScsiAnswer sense(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
    ScsiAnswer answer;
    answer.status = 2;
    answer.sense = Sense{key, asc, ascq};
    return answer;
}

ScsiAnswer host(std::uint16_t status) {
    ScsiAnswer answer;
    answer.host_status = status;
    return answer;
}

ScsiAnswer status(std::uint8_t status) {
    ScsiAnswer answer;
    answer.status = status;
    return answer;
}

/// What was never sent has no answer, whatever the other fields hold.
ScsiAnswer not_sent(ScsiAnswer answer = {}) {
    answer.failure = Error{ENODEV, "no such device"};
    return answer;
}

// decisions.md 6.1; the names are those of drivers/scsi/scsi_sysfs.c and drivers/nvme/host/sysfs.c.
TEST(Checker, GoesByTheStateInSysfs) {
    struct {
        Bus bus;
        std::string_view state, want;
    } rows[] = {
        {Bus::scsi, "running", "asked"},
        {Bus::scsi, "running slowly", "asked"},
        {Bus::scsi, "offline", "down: offline (sysfs state)"},
        {Bus::scsi, "transport-offline", "down: transport-offline (sysfs state)"},
        {Bus::scsi, "created", "down: created (sysfs state)"},
        {Bus::scsi, "created-blocked", "down: created-blocked (sysfs state)"},
        {Bus::scsi, "cancel", "down: cancel (sysfs state)"},
        {Bus::scsi, "deleted", "down: deleted (sysfs state)"},
        {Bus::scsi, "blocked", "pending: blocked (sysfs state)"},
        {Bus::scsi, "quiesce", "pending: quiesce (sysfs state)"},
        {Bus::scsi, "removed", "down: removed (sysfs state)"},
        {Bus::nvme, "live", "up: live (sysfs state)"},
        {Bus::nvme, "new", "pending: new (sysfs state)"},
        {Bus::nvme, "deleting", "pending: deleting (sysfs state)"},
        {Bus::nvme, "deleting (no IO)", "pending: deleting (no IO) (sysfs state)"},
        {Bus::nvme, "connecting", "down: connecting (sysfs state)"},
        {Bus::nvme, "resetting", "down: resetting (sysfs state)"},
        {Bus::nvme, "dead", "down: dead (sysfs state)"},
        {Bus::nvme, "removed", "down: removed (sysfs state)"},
    };
    for (const auto& row : rows) {
        auto checked = checked_by_sysfs(row.bus, row.state);
        EXPECT_EQ(checked ? show(*checked) : "asked", row.want) << row.state;
    }
}

// decisions.md 6.2; multipath-tools 0.9.4 and 0.14.3, checkers/tur.c (04/0a since 0.10), cciss_tur.c, hp_sw.c,
// readsector0.c, directio.c. Traps 20.
TEST(Checker, KnowsWhatAnAnswerMeans) {
    using enum PathState;
    struct {
        std::string_view name;
        ScsiAnswer answer;
        PathState tur, old_tur, hp_sw, read;
    } rows[] = {
        {"good", {}, up, up, up, up},
        {"reservation conflict", status(0x18), up, up, ghost, down},
        {"busy", status(8), down, down, ghost, down},
        {"standby", sense(2, 4, 0x0b), ghost, ghost, ghost, down},
        {"unavailable", sense(2, 4, 0x0c), down, down, ghost, down},
        {"transition", sense(2, 4, 0x0a), pending, down, ghost, down},
        {"initializing command required", sense(2, 4, 2), down, down, ghost, down},
        {"becoming ready", sense(2, 4, 1), down, down, ghost, down},
        {"no medium", sense(2, 0x3a, 0), down, down, ghost, down},
        {"recovered error", sense(1, 0, 0), down, down, ghost, down},
        {"reset, five times", sense(6, 0x29, 0), down, down, ghost, down},
        {"LUN not supported", sense(5, 0x25, 0), down, down, ghost, down},
        {"04/0b under another key", sense(5, 4, 0x0b), down, down, ghost, down},
        {"no connect", host(1), down, down, ghost, down},
        {"not sent", not_sent(), down, down, ghost, down},
        {"not sent, standby", not_sent(sense(2, 4, 0x0b)), down, down, ghost, down},
        {"not sent, reservation conflict", not_sent(status(0x18)), down, down, ghost, down},
    };
    for (const auto& row : rows) {
        auto by = [&](Checker checker, Generation generation = Generation::v0_14) {
            return text(checked_by(checker, row.answer, generation).state);
        };
        EXPECT_EQ(by(Checker::tur), text(row.tur)) << row.name;
        EXPECT_EQ(by(Checker::tur, Generation::v0_11), text(row.tur)) << row.name;
        EXPECT_EQ(by(Checker::tur, Generation::v0_9), text(row.old_tur)) << row.name;
        EXPECT_EQ(by(Checker::hp_sw), text(row.hp_sw)) << row.name;
        for (auto checker : {Checker::cciss_tur, Checker::directio, Checker::readsector0})
            EXPECT_EQ(by(checker), text(row.read)) << row.name;
    }
}

TEST(Checker, SaysWhoDecided) {
    auto said = [](Checker checker, const ScsiAnswer& answer) {
        return checked_by(checker, answer, Generation::v0_14).from;
    };
    EXPECT_EQ(said(Checker::tur, {}), "TUR good");
    EXPECT_EQ(said(Checker::directio, {}), "READ good");
    EXPECT_EQ(said(Checker::readsector0, host(3)), "READ: timed out");
    EXPECT_EQ(said(Checker::tur, sense(2, 4, 0x0b)), "TUR: check condition, Not Ready 04/0b");
    EXPECT_EQ(said(Checker::tur, sense(5, 0x25, 0)), "TUR: check condition, Illegal Request 25/00, LUN not supported");
    EXPECT_EQ(said(Checker::tur, host(1)), "TUR: no connect");
    EXPECT_EQ(said(Checker::tur, not_sent()), "TUR: no such device");
}

// decisions.md 6.2, "tur details"; host status: include/scsi/scsi_status.h; the others: multipath-tools 0.14.3,
// prioritizers/alua_rtpg.c, three retries; libsg.c, two, on unit attention.
TEST(Checker, RepeatsWhatMayPass) {
    struct {
        std::string_view name;
        ScsiAnswer answer;
        bool again;
        bool other_command = again;
    } rows[] = {
        {"good", {}, false},
        {"unit attention", sense(6, 0x29, 0), true},
        {"not ready", sense(2, 4, 1), false, true},
        {"illegal request", sense(5, 0x24, 0), false},
        {"reservation conflict", status(0x18), false},
        {"busy", status(8), false},
        {"no connect", host(1), false},
        {"bus busy", host(2), true},
        {"timed out", host(3), true},
        {"bad target", host(4), false},
        {"abort", host(5), false},
        {"error", host(7), true},
        {"reset", host(8), true},
        {"transport disrupted", host(0x0e), true},
        {"fail fast", host(0x0f), false},
        {"not sent", not_sent(), false},
        {"not sent, unit attention", not_sent(sense(6, 0x29, 0)), false},
        {"not sent, timed out", not_sent(host(3)), false},
    };
    using enum ScsiCommand;
    for (const auto& row : rows) {
        EXPECT_EQ(wants_retry(test_unit_ready, row.answer, 1), row.again) << row.name;
        EXPECT_EQ(wants_retry(test_unit_ready, row.answer, 4), row.again) << row.name;
        EXPECT_FALSE(wants_retry(test_unit_ready, row.answer, 5)) << row.name;
        EXPECT_EQ(wants_retry(read, row.answer, 2), row.name == "unit attention") << row.name;
        EXPECT_FALSE(wants_retry(read, row.answer, 3)) << row.name;
        for (auto command : {inquiry, vpd, report_target_port_groups}) {
            EXPECT_EQ(wants_retry(command, row.answer, 3), row.other_command) << row.name;
            EXPECT_FALSE(wants_retry(command, row.answer, 4)) << row.name;
        }
    }
}

}  // namespace
}  // namespace rdm

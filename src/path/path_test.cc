// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/path.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

// Names of transports: decisions.md 4.2; of access states: drivers/scsi/scsi_sysfs.c without "active/".
TEST(Path, NamesItsValues) {
    struct {
        std::string_view got, want;
    } rows[] = {
        {text(PathState::pending), "pending"},
        {text(PathState::up), "up"},
        {text(PathState::ghost), "ghost"},
        {text(PathState::down), "down"},
        {text(Access::unknown), ""},
        {text(Access::optimized), "optimized"},
        {text(Access::non_optimized), "non-optimized"},
        {text(Access::lba_dependent), "lba-dependent"},
        {text(Access::standby), "standby"},
        {text(Access::unavailable), "unavailable"},
        {text(Access::offline), "offline"},
        {text(Access::transitioning), "transitioning"},
        {text(Transport::unspec), "unspec"},
        {text(Transport::fcp), "fcp"},
        {text(Transport::spi), "spi"},
        {text(Transport::srp), "srp"},
        {text(Transport::iscsi), "iscsi"},
        {text(Transport::sas), "sas"},
        {text(Transport::ata), "ata"},
        {text(Transport::usb), "usb"},
        {text(Transport::nvme_pcie), "nvme-pcie"},
        {text(Transport::nvme_rdma), "nvme-rdma"},
        {text(Transport::nvme_fc), "nvme-fc"},
        {text(Transport::nvme_tcp), "nvme-tcp"},
        {text(Transport::nvme_loop), "nvme-loop"},
    };
    for (const auto& row : rows) EXPECT_EQ(row.got, row.want);
    EXPECT_EQ(text(ScsiId{2, 0, 1, 13835058055282163712U}), "2:0:1:13835058055282163712");
}

}  // namespace
}  // namespace rdm

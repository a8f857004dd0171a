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

// Names of libraries in multipath-tools 0.14.3, libmultipath/checkers and prioritizers.
TEST(Path, NamesCheckersAndPrioritizers) {
    for (std::string_view name :
         {"none", "tur", "directio", "readsector0", "rdac", "hp_sw", "emc_clariion", "cciss_tur"}) {
        EXPECT_EQ(text(checker_named(name)), name);
        EXPECT_NE(checker_named(name), Checker::undecided);
    }
    EXPECT_EQ(checker_named("tur"), Checker::tur);
    EXPECT_EQ(checker_named("cciss_tur"), Checker::cciss_tur);
    for (std::string_view name : {"", "tu", "tur directio", "TUR", "iobench"})
        EXPECT_EQ(checker_named(name), Checker::unknown) << name;
    EXPECT_EQ(text(Checker::unknown), "");
    EXPECT_EQ(text(Checker::undecided), "");
    for (std::string_view name : {"const", "alua", "sysfs", "ana", "rdac", "emc", "hp_sw", "hds", "ontap", "iet",
                                  "datacore", "weightedpath", "random", "path_latency"})
        EXPECT_EQ(text(prioritizer_named(name)), name);
    EXPECT_EQ(prioritizer_named("path_latency"), Prioritizer::path_latency);
    for (std::string_view name : {"", "hp_tpc", "weighted"})
        EXPECT_EQ(prioritizer_named(name), Prioritizer::none) << name;
    EXPECT_EQ(text(Prioritizer::none), "");
}

// decisions.md 4.2; multipath-tools 0.14.3, structs.c.
TEST(Path, NamesProtocols) {
    struct {
        Bus bus;
        Transport transport;
        std::string_view want;
    } rows[] = {
        {Bus::scsi, Transport::unspec, "scsi:unspec"},  {Bus::scsi, Transport::fcp, "scsi:fcp"},
        {Bus::scsi, Transport::spi, "scsi:spi"},        {Bus::scsi, Transport::ssa, "scsi:ssa"},
        {Bus::scsi, Transport::sbp, "scsi:sbp"},        {Bus::scsi, Transport::srp, "scsi:srp"},
        {Bus::scsi, Transport::iscsi, "scsi:iscsi"},    {Bus::scsi, Transport::sas, "scsi:sas"},
        {Bus::scsi, Transport::adt, "scsi:adt"},        {Bus::scsi, Transport::ata, "scsi:ata"},
        {Bus::scsi, Transport::usb, "scsi:usb"},        {Bus::nvme, Transport::unspec, "nvme:unspec"},
        {Bus::nvme, Transport::nvme_pcie, "nvme:pcie"}, {Bus::nvme, Transport::nvme_rdma, "nvme:rdma"},
        {Bus::nvme, Transport::nvme_fc, "nvme:fc"},     {Bus::nvme, Transport::nvme_tcp, "nvme:tcp"},
        {Bus::nvme, Transport::nvme_loop, "nvme:loop"}, {Bus::nvme, Transport::nvme_apple, "nvme:apple-nvme"},
    };
    for (const auto& row : rows) {
        Path path;
        path.bus = row.bus;
        path.transport = row.transport;
        EXPECT_EQ(protocol_name(path), row.want);
    }
}

}  // namespace
}  // namespace rdm

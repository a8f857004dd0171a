// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/host.h"

#include <gtest/gtest.h>

#include "kernel/fake_files.h"

namespace rdm {
namespace {

std::string show(const Host& host) {
    return cat(text(host.generation), " by ", host.generation_from, ", ", text(host.flavour), " by ",
               host.flavour_from);
}

constexpr const char* etc_sg3 = "/etc/udev/rules.d/55-scsi-sg3_id.rules";
constexpr const char* sg3 = "/usr/lib/udev/rules.d/55-scsi-sg3_id.rules";
constexpr const char* config_sg3 = "/etc/udev/rules.d/00-scsi-sg3_config.rules";
constexpr const char* storage = "/lib/udev/rules.d/60-persistent-storage.rules";
constexpr const char* program = "/lib/udev/scsi_id";
constexpr const char* t10_only = "ENV{.SCSI_ID_SERIAL_SRC}!=\"?*\", ENV{.SCSI_ID_SERIAL_SRC}=\"T\"\n";

// decisions.md 1.5; precedence of directories: udev(7).
TEST(Host, IsSeenFromItsRulesOrWasRecorded) {
    struct {
        std::map<std::string, std::string, std::less<>> files;
        std::string command_line, want;
    } rows[] = {
        {{}, "", "0.14 by nothing recorded, libmultipath by no udev rules for it"},
        {{{sg3, "x"}, {storage, "x"}, {program, ""}}, "", cat("0.14 by nothing recorded, sg3 by ", sg3)},
        {{{sg3, t10_only}}, "", cat("0.14 by nothing recorded, sg3-t10 by ", sg3)},
        {{{sg3, t10_only}, {config_sg3, "ENV{.SCSI_ID_SERIAL_SRC}=\"TLVS\"\n"}},
         "",
         cat("0.14 by nothing recorded, sg3 by ", sg3)},
        {{{sg3, t10_only}, {config_sg3, "# ENV{.SCSI_ID_SERIAL_SRC}=\"TLVS\"\n"}},
         "",
         cat("0.14 by nothing recorded, sg3-t10 by ", sg3)},
        {{{sg3, "x"}, {etc_sg3, ""}, {storage, "x"}, {program, ""}},
         "",
         cat("0.14 by nothing recorded, scsi_id by ", storage)},
        {{{storage, "x"}}, "", "0.14 by nothing recorded, libmultipath by no udev rules for it"},
        {{{sg3, "x"}, {"/etc/rdmpath/host", "multipath-tools 0.9.4-3\nwwid-from scsi_id\n"}},
         "",
         "0.9 by /etc/rdmpath/host, scsi_id by /etc/rdmpath/host"},
        {{{"/etc/rdmpath/host", "multipath-tools ?\nwwid-from\n"}, {sg3, "x"}},
         "",
         cat("0.14 by nothing recorded, sg3 by ", sg3)},
        {{{"/etc/rdmpath/host", "multipath-tools 0.9.4\nwwid-from sg3\n"}},
         "rd.mpath.like=0.11.1 rd.mpath.wwid_from=libmultipath",
         "0.11 by rd.mpath.like=, libmultipath by rd.mpath.wwid_from="},
    };
    for (const auto& row : rows) {
        FakeFiles files;
        files.files = row.files;
        EXPECT_EQ(show(host_of(files, parse_command_line(row.command_line))), row.want) << row.command_line;
    }
}

// kpartx/kpartx.rules of multipath-tools, and as distributions have it; precedence: udev(7).
TEST(Host, TheDelimiterIsThatOfKpartxsRules) {
    constexpr const char* usual = "RUN+=\"/sbin/kpartx -un -p -part /dev/$name\"\n";
    struct {
        std::map<std::string, std::string, std::less<>> files;
        std::string_view want;
    } rows[] = {
        {{}, "-part"},
        {{{"/usr/lib/udev/rules.d/60-kpartx.rules", usual}}, "-part"},
        {{{"/lib/udev/rules.d/66-kpartx.rules", "RUN+=\"kpartx -u -p p /dev/$name\"\n"}}, "p"},
        {{{"/usr/lib/udev/rules.d/60-kpartx.rules", usual},
          {"/etc/udev/rules.d/60-kpartx.rules", "RUN+=\"kpartx -un -p _\"\n"}},
         "_"},
        {{{"/usr/lib/udev/rules.d/60-kpartx.rules", "RUN+=\"kpartx -un -p x $n\"\n"},
          {"/etc/udev/rules.d/60-kpartx.rules", ""}},
         "-part"},
        {{{"/usr/lib/udev/rules.d/67-kpartx-compat.rules", "RUN+=\"kpartx -un -p p $n\"\n"}}, "p"},
        {{{"/usr/lib/udev/rules.d/60-kpartx.rules.bak", "RUN+=\"kpartx -un -p p $n\"\n"}}, "-part"},
    };
    for (const auto& row : rows) {
        FakeFiles files;
        files.files = row.files;
        EXPECT_EQ(kpartx_delimiter(files), row.want);
    }
}

}  // namespace
}  // namespace rdm

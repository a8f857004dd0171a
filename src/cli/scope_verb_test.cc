// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/scope_verb.h"

#include <gtest/gtest.h>

#include "kernel/fake_files.h"

namespace rdm {
namespace {

constexpr std::string_view recorded =
    "map 3600a\nroles root\nsysfs-wwid naa.600a\nsysfs-wwid t10.A  B\n\ndisk sda\nroles root\nsysfs-wwid naa.5000\n";

// What hooks rely on: status 1 is off, and no line means that all disks matter.
TEST(ScopeVerb, SaysWhetherItIsOnAndWhichDisksMatter) {
    struct {
        std::string_view record, command_line, want;
    } rows[] = {
        {recorded, "", "1 "},
        {recorded, "rd.mpath=2", "1 rd.mpath=2: neither 1 nor 0, staying off\n"},
        {recorded, "rd.mpath nompath", "1 "},
        {recorded, "rd.mpath=1", "0 naa.600a\nt10.A  B\nnaa.5000\n"},
        {recorded, "rd.mpath=1 rd.mpath.scope=all", "0 "},
        {recorded, "rd.mpath=1 rd.mpath.wwid=3600a", "0 naa.600a\nt10.A  B\nnaa.5000\n"},
        {recorded, "rd.mpath=1 rd.mpath.wwid=3600b", "0 "},
        {"", "rd.mpath=1", "0 "},
        {"", "rd.mpath=1 rd.mpath.scope=root", "0 "},
        {"maps unknown\n", "rd.mpath=1", "0 "},
        {"map 3600a\n", "rd.mpath=1", "0 "},
        {"disk sda\nsysfs-wwid naa.5000\n", "rd.mpath=1", "0 "},
        {"map 3600a\nsysfs-wwid naa.1\\x0anaa.2\n", "rd.mpath=1", "0 naa.1\\x0anaa.2\n"},
    };
    for (const auto& row : rows) {
        FakeFiles files;
        files.files["/proc/cmdline"] = row.command_line;
        files.files["/etc/rdmpath/host"] = row.record;
        auto ended = show_scope(files);
        EXPECT_EQ(cat(static_cast<int>(ended.status), ' ', ended.output, ended.complaint), row.want)
            << row.command_line << ", " << row.record;
    }
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the format that config/record.h describes.
#include "config/record.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace rdm {
namespace {

constexpr std::string_view whole = R"(recorded 2026-11-27
multipath-tools 0.9.4
wwid-from sg3
partition-delimiter -part

map 360060e8012345678
roles root swap
name root
size 209715200
vendor HITACHI
product OPEN-V
paths 4 fcp
sysfs-wwid naa.60060e8012345678
sysfs-wwid t10.ATA     QEMU HARDDISK

disk sda
roles root
size 2048
vendor ATA
product QEMU HARDDISK
paths 1 ata
sysfs-wwid naa.5000c50000000001
)";

TEST(Record, IsReadByKeys) {
    EXPECT_EQ(recorded(whole, "multipath-tools"), "0.9.4");
    EXPECT_EQ(recorded(whole, "map"), "360060e8012345678");
    EXPECT_EQ(recorded(whole, "a"), "");
    EXPECT_EQ(recorded("vendor a\\x0amap 3600b\\x0a\\x5c\n", "vendor"), "a\nmap 3600b\n\\");
    constexpr std::string_view odd = "# a remark\nname  x \nmaps   unknown  \r\nmultipath-tools\nmultipath-tools 1\n";
    EXPECT_EQ(recorded(odd, "name"), "x");
    EXPECT_EQ(recorded(odd, "maps"), "unknown");
    EXPECT_EQ(recorded(odd, "multipath-tools"), "");
}

std::string scope(std::string_view command_line, const std::vector<std::string>& words,
                  std::string_view record = whole) {
    std::vector<std::string> wanted;
    std::vector<std::string> disks;
    std::string text = boot_scope(record, parse_command_line(command_line), words, wanted, disks) ? "root:" : "all:";
    for (const auto& wwid : wanted) text += cat(' ', wwid);
    return cat(text, ", ", disks.size(), " attributes");
}

// The contract of rd.mpath.scope= (README); handoff.md 5: what is recorded counts as named.
TEST(Record, SaysWhatTheBootIsAbout) {
    EXPECT_EQ(scope("", {}), "root: 360060e8012345678, 3 attributes");
    EXPECT_EQ(scope("rd.mpath.scope=root", {}), "root: 360060e8012345678, 3 attributes");
    EXPECT_EQ(scope("rd.mpath.scope=all", {}), "all: 360060e8012345678, 0 attributes");
    EXPECT_EQ(scope("rd.mpath.wwid=3b rd.mpath.wwid=360060e8012345678", {}),
              "root: 3b 360060e8012345678, 0 attributes");
    EXPECT_EQ(scope("rd.mpath.wwid=3b", {"360060e8012345678"}), "root: 360060e8012345678, 3 attributes");
    EXPECT_EQ(scope("", {"3b"}), "root: 3b, 0 attributes");
    EXPECT_EQ(scope("", {}, "\nmap 3a\n\ndisk sda\nsysfs-wwid x\n"), "root: 3a, 0 attributes")
        << "of the disk, not of the map";
    EXPECT_EQ(scope("", {}, "\nmap 3a\\x0amap 3b\nsysfs-wwid x\n"), "root: 3a\nmap 3b, 1 attributes");
    for (std::size_t end = 0; end < whole.size(); ++end)
        EXPECT_TRUE(scope("", {}, whole.substr(0, end)).contains(" attributes")) << end;
    EXPECT_EQ(scope("rd.mpath.scope=root", {}, ""), "all:, 0 attributes") << "nothing would come up";
    EXPECT_EQ(scope("rd.mpath.scope=root rd.mpath.wwid=3b", {}, ""), "root: 3b, 0 attributes");
    EXPECT_EQ(scope("rd.mpath.wwid=3b", {}, ""), "all: 3b, 0 attributes");
}

}  // namespace
}  // namespace rdm

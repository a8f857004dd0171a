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

TEST(Record, IsReadByParagraphs) {
    auto all = paragraphs(whole);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(first_recorded(all[0], "multipath-tools"), "0.9.4");
    EXPECT_EQ(first_recorded(all[0], "map"), "");
    EXPECT_EQ(first_recorded(all[1], "map"), "360060e8012345678");
    EXPECT_EQ(recorded(all[1], "sysfs-wwid"),
              (std::vector<std::string>{"naa.60060e8012345678", "t10.ATA     QEMU HARDDISK"}));
    EXPECT_EQ(first_recorded(all[2], "map"), "");
    EXPECT_EQ(first_recorded(all[2], "product"), "QEMU HARDDISK");
    EXPECT_EQ(paragraphs("").size(), 1U);
    EXPECT_EQ(paragraphs("\n\n\nmap a\n\n\n").back(), "\n");
}

TEST(Record, EscapedTextStaysInItsLine) {
    auto all = paragraphs("recorded x\n\nmap 3600a\nvendor a\\x0amap 3600b\\x0a\\x5c\n");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(recorded(all[1], "map"), std::vector<std::string>{"3600a"});
    EXPECT_EQ(first_recorded(all[1], "vendor"), "a\nmap 3600b\n\\");
}

TEST(Record, NothingThatIsCutOffOrUnknownIsAnError) {
    for (std::size_t end = 0; end < whole.size(); ++end) EXPECT_LE(paragraphs(whole.substr(0, end)).size(), 3U) << end;
    constexpr std::string_view odd = "# a remark\nname  x \nmaps   unknown  \r\nmultipath-tools\nmultipath-tools 1\n";
    EXPECT_EQ(first_recorded(odd, "name"), "x");
    EXPECT_EQ(first_recorded(odd, "maps"), "unknown");
    EXPECT_EQ(first_recorded(odd, "multipath-tools"), "");
    EXPECT_EQ(first_recorded(odd, "a"), "");
}

std::string scope(std::string_view command_line, const std::vector<std::string>& words) {
    auto found = boot_scope(whole, parse_command_line(command_line), words);
    std::string text = found.root_only ? "root:" : "all:";
    for (const auto& wwid : found.wanted) text += cat(' ', wwid);
    return cat(text, ", ", found.disks.size(), " attributes");
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
    auto none = boot_scope({}, parse_command_line("rd.mpath.scope=root"), {});
    EXPECT_FALSE(none.root_only) << "nothing would come up";
    EXPECT_TRUE(boot_scope({}, parse_command_line("rd.mpath.scope=root rd.mpath.wwid=3b"), {}).root_only);
    EXPECT_FALSE(boot_scope({}, parse_command_line("rd.mpath.wwid=3b"), {}).root_only);
}

}  // namespace
}  // namespace rdm

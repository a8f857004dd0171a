// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: decisions.md 5.3; multipath/main.c check_path_valid() and print_cmd_valid().
#include "cli/claim_verb.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "boot/test_boot.h"

namespace rdm {
namespace {

struct ClaimVerb : testing::Test {
    ClaimVerb() {
        line.on = true;
        line.debug = true;
    }
    void configure(std::string_view mode) {
        boot.machine.files.files["/etc/multipath.conf"] = cat("defaults {\n find_multipaths ", mode, "\n}\n");
    }
    std::string claim(const std::string& subject, bool released = false, std::string_view waits = "") {
        auto ended = claim_disk({.verb = Verb::claim, .subject = subject}, line, boot.doors(), released, waits);
        return cat(static_cast<int>(ended.status), ' ', ended.output, ended.complaint);
    }
    Boot boot{Duty::look};
    CommandLine line;
};

TEST_F(ClaimVerb, OffIsNoEffectAtAll) {
    line.on = false;
    EXPECT_EQ(claim("sda"), "0 ");
    EXPECT_EQ(claim("nonsense"), "0 ");
}

TEST_F(ClaimVerb, TwoPathsAndNobodyHasConfiguredAnything) {
    for (auto subject : {"sda", "/dev/sda", "8:0"})
        EXPECT_EQ(claim(subject),
                  "0 DM_MULTIPATH_DEVICE_PATH=\"1\"\nsda: sdb has the same WWID; nobody has configured multipath");
    EXPECT_EQ(claim("sda", true),
              "0 DM_MULTIPATH_DEVICE_PATH=\"0\"\nsda: it was released before; nobody has configured multipath");
    boot.machine.remove("sdb");
    EXPECT_EQ(claim("sda"),
              "0 DM_MULTIPATH_DEVICE_PATH=\"0\"\nsda: no other disk has its WWID; nobody has "
              "configured multipath");
    line.wwids = {std::string(boot_wwid)};
    EXPECT_EQ(claim("sda", true), "0 DM_MULTIPATH_DEVICE_PATH=\"1\"\nsda: named");
    line.debug = false;
    EXPECT_EQ(claim("sda"), "0 DM_MULTIPATH_DEVICE_PATH=\"1\"\n");
}

TEST_F(ClaimVerb, Strict) {
    configure("strict");
    EXPECT_EQ(claim("sda"),
              "0 DM_MULTIPATH_DEVICE_PATH=\"0\"\nsda: find_multipaths strict: /etc/multipath.conf:2, "
              "and the WWID is not in /etc/multipath/wwids");
    boot.machine.files.files["/etc/multipath/wwids"] = cat("/", boot_wwid, "/\n");
    EXPECT_EQ(claim("sda", true), "0 DM_MULTIPATH_DEVICE_PATH=\"1\"\nsda: in /etc/multipath/wwids");
}

TEST_F(ClaimVerb, SmartWaitsOnce) {
    configure("smart");
    EXPECT_EQ(claim("sda"),
              "0 DM_MULTIPATH_DEVICE_PATH=\"1\"\nsda: sdb has the same WWID; find_multipaths smart: "
              "/etc/multipath.conf:2");
    boot.machine.remove("sdb");
    char directory[] = "/tmp/claim-XXXXXX";
    ASSERT_NE(::mkdtemp(directory), nullptr);
    auto first = claim("sda", false, directory);
    EXPECT_TRUE(first.starts_with("0 FIND_MULTIPATHS_WAIT_UNTIL=\"1")) << first;
    EXPECT_TRUE(first.contains("DM_MULTIPATH_DEVICE_PATH=\"2\"\nsda: no other disk has its WWID yet;")) << first;
    timespec past[] = {{.tv_sec = 5, .tv_nsec = 0}, {.tv_sec = 5, .tv_nsec = 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, cat(directory, "/8:0").c_str(), past, 0), 0);
    auto over = claim("sda", false, directory);
    EXPECT_TRUE(over.starts_with("0 FIND_MULTIPATHS_WAIT_UNTIL=\"0\"\nDM_MULTIPATH_DEVICE_PATH=\"0\"\n")) << over;
    EXPECT_EQ(std::system(cat("rm -r ", directory).c_str()), 0);
}

TEST_F(ClaimVerb, AMapAndWhatIsNone) {
    boot.machine.sysfs.file("block/dm-3/dm/uuid", "part1-mpath-3600a\n");
    line.debug = false;
    EXPECT_EQ(claim("dm-3"), "0 DM_PART=\"1\"\nDM_TYPE=\"scsi\"\nDM_WWN=\"0x600a\"\nDM_SERIAL=\"3600a\"\n");
    EXPECT_EQ(claim("dm-4"), "0 ");
    line.on = false;
    EXPECT_EQ(claim("dm-3"), "0 ");
}

TEST_F(ClaimVerb, NotADisk) {
    EXPECT_EQ(claim("loop0"), "0 DM_MULTIPATH_DEVICE_PATH=\"0\"\nloop0: not a disk that can be a path");
    EXPECT_EQ(claim("sdq").substr(0, 6), "3 sdq:");
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the format of config/record.h, and the wwids trap of handoff.md 5.
#include "cli/record_verb.h"

#include <gtest/gtest.h>

#include "boot/test_boot.h"
#include "config/record.h"

namespace rdm {
namespace {

struct RecordVerb : testing::Test {
    RecordVerb() { boot.machine.sysfs.file("block/sda/device/wwid", "naa.6001405aabbccdd11223344556677889\n"); }
    void root_on(std::string_view dev) {
        boot.machine.files.files["/proc/self/mountinfo"] =
            cat("29 1 ", dev, " / / rw,relatime shared:1 - ext4 /dev/x rw\n");
    }
    Ended record(std::string_view version = "", bool generic = false, const std::vector<std::string>& named = {}) {
        auto doors = boot.doors();
        return record_host({.verb = Verb::record, .wwids = named, .generic = generic}, version, &doors, doors.files);
    }
    Boot boot{Duty::look};
};

TEST_F(RecordVerb, ADiskCountsAsTheMapThatItWouldBe) {
    root_on("8:0");
    auto ended = record();
    EXPECT_EQ(ended.status, Exit::done);
    EXPECT_EQ(ended.output, cat("wwid-from libmultipath\npartition-delimiter -part\n\nmap ", boot_wwid,
                                "\nroles root\nname ", boot_wwid,
                                "\nsize 2048\nvendor LIO-ORG\nproduct disk\npaths 2 unspec\n"
                                "sysfs-wwid naa.6001405aabbccdd11223344556677889\n"));
    EXPECT_EQ(ended.complaint, cat("recorded root: map ", boot_wwid, '\n'));
    EXPECT_EQ(boot.machine.dm.asked(), "") << "it only looks";
}

TEST_F(RecordVerb, TheMapThatIsThere) {
    Engine engine(boot.doors(), no_rules, Duty::assemble);
    ASSERT_TRUE(engine.work(boot.machine.events.now() + Milliseconds(1000)));
    root_on(text(boot.machine.dm.map(boot_wwid)->dev));
    auto ended = record("0.9.4-3+deb12u1");
    EXPECT_EQ(recorded(ended.output, "multipath-tools"), "0.9.4");
    EXPECT_TRUE(ended.output.contains(cat("\n\nmap ", boot_wwid, "\nroles root\n"))) << ended.output;
    EXPECT_TRUE(ended.complaint.contains("warning: ")) << "multipathd is strict, and the WWID is in no file";
    EXPECT_TRUE(ended.complaint.contains("; multipath -a /dev/sda, then rebuild the image\n")) << ended.complaint;
    boot.machine.files.files["/etc/multipath/wwids"] = cat('/', boot_wwid, "/\n");
    EXPECT_FALSE(record("0.9.4").complaint.contains("warning")) << ended.complaint;
}

TEST_F(RecordVerb, ADiskInNoMap) {
    boot.machine.remove("sdb");
    root_on("8:0");
    auto ended = record();
    EXPECT_TRUE(ended.output.contains("\n\ndisk sda\nroles root\nsize 2048\nvendor LIO-ORG\n")) << ended.output;
    EXPECT_TRUE(ended.output.ends_with("\npaths 1 unspec\nsysfs-wwid naa.6001405aabbccdd11223344556677889\n"));
    EXPECT_FALSE(ended.output.contains("map "));
}

TEST_F(RecordVerb, GenericAndUnknown) {
    root_on("8:0");
    EXPECT_EQ(record("0.11.1", true).output,
              "multipath-tools 0.11.1\nwwid-from libmultipath\npartition-delimiter -part\n");
    root_on("0:55");
    auto ended = record("no version");
    EXPECT_EQ(ended.status, Exit::done);
    EXPECT_EQ(ended.output, "wwid-from libmultipath\npartition-delimiter -part\nmaps unknown\n");
    EXPECT_TRUE(ended.complaint.starts_with("warning: ")) << ended.complaint;
    EXPECT_EQ(boot.machine.scsi.asked(), "") << "the host's disks are not the container's";
    auto blind = record_host({.verb = Verb::record}, "", nullptr, boot.machine.files);
    EXPECT_EQ(blind.output, ended.output);
}

// dracut names the devices of an image that is not for this boot: that of kdump.
TEST_F(RecordVerb, NamedDevicesAlone) {
    root_on("8:0");
    for (std::string name : {"sda", "/dev/sda", "8:0"})
        EXPECT_TRUE(record("", false, {name}).output.contains(cat("\n\nmap ", boot_wwid, "\nroles root named\nname ")))
            << name;
    EXPECT_TRUE(record("", false, {"sdx"}).output.ends_with("maps unknown\n"));
}

TEST_F(RecordVerb, SaysSoWhereTheLookFails) {
    root_on("8:0");
    boot.machine.sysfs.deny("block", EACCES);
    auto ended = record();
    EXPECT_EQ(ended.status, Exit::done);
    EXPECT_TRUE(ended.output.ends_with("maps unknown\n")) << ended.output;
    EXPECT_TRUE(ended.complaint.starts_with("warning: ")) << ended.complaint;
}

TEST_F(RecordVerb, HostileNamesStayInTheirLines) {
    boot.machine.set("sda", "device/vendor", "a\nmap b");
    root_on("8:0");
    EXPECT_FALSE(record().output.contains("\nmap b")) << record().output;
    EXPECT_TRUE(record().output.contains("vendor a\\x0amap b\n")) << record().output;
}

}  // namespace
}  // namespace rdm

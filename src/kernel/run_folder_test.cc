// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/run_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "kernel/real_files.h"
#include "kernel/report.h"

namespace rdm {
namespace {

namespace fs = std::filesystem;

/// A /run that moves away after it was opened, as switch_root moves it.
struct RunTree : testing::Test {
    RunTree() {
        char name[] = "/tmp/rdmpath-run-XXXXXX";
        top = ::mkdtemp(name);
        fs::create_directories(top / "run");
        run = std::make_unique<RunFolder>((top / "run").c_str());
        fs::rename(top / "run", top / "moved");
    }
    ~RunTree() override { fs::remove_all(top); }
    void write(const fs::path& file) const {
        fs::create_directories((top / "moved" / file).parent_path());
        std::ofstream(top / "moved" / file) << "x\n";
    }
    [[nodiscard]] std::string text(const fs::path& file) const {
        std::ifstream stream(top / "moved" / file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    fs::path top;
    std::unique_ptr<RunFolder> run;
};

// sysvinit's sendsigs reads pids from /run/sendsigs.omit.d/*, hosts.md 3.
TEST_F(RunTree, SysvinitIsAskedToSpareUs) {
    run->ask_to_be_spared();
    EXPECT_EQ(text("sendsigs.omit.d/rdmpath"), cat(::getpid(), '\n'));
    run->ask_to_be_spared();
    EXPECT_EQ(text("sendsigs.omit.d/rdmpath"), cat(::getpid(), '\n')) << "once, not twice";
}

TEST_F(RunTree, OnlyTheReportStays) {
    for (const char* file :
         {"rdmpath/on", "systemd/system/rdmpath.service", "systemd/system/other.service", "sendsigs.omit.d/other"})
        write(file);
    run->ask_to_be_spared();
    Report(run->open_report()).line(LogLevel::info, "a line");
    run->clear();
    std::string left;
    for (const auto& one : fs::recursive_directory_iterator(top / "moved"))
        if (one.is_regular_file()) left += cat(fs::relative(one.path(), top / "moved").string(), "; ");
    EXPECT_TRUE(left.contains("rdmpath/report")) << left;
    EXPECT_TRUE(left.contains("systemd/system/other.service") && left.contains("sendsigs.omit.d/other")) << left;
    EXPECT_EQ(std::ranges::count(left, ';'), 3) << left;
}

TEST_F(RunTree, WithoutOneNothingHappens) {
    const RunFolder none("/no/such/folder");
    none.ask_to_be_spared();
    none.clear();
    EXPECT_EQ(none.fd(), -1);
    EXPECT_FALSE(none.open_report().is_open());
    Report(none.open_report()).line(LogLevel::err, "to nobody");
}

// hosts.md 5.1: names lead nowhere after switch_root, descriptors do.
TEST_F(RunTree, FilesBelowItAreFoundWhereItIsNow) {
    write("udev/data/b8:0");
    const RealFiles files(-1, run->fd());
    EXPECT_EQ(files.read("/run/udev/data/b8:0"), "x\n");
    EXPECT_EQ(files.list("/run/udev"), std::vector<std::string>{"data"});
    EXPECT_EQ(files.read("/run/udev/data/b8:16").error().code(), ENOENT);
    EXPECT_EQ(files.read((top / "moved/udev/data/b8:0").string()), "x\n") << "elsewhere by name";
}

TEST_F(RunTree, TheReportHasTheKernelsAgeInFrontAndNoDebugging) {
    Report report(run->open_report());
    report.line(LogLevel::warn, "first");
    report.line(LogLevel::debug, "second");
    report.line(LogLevel::notice, "third");
    const auto written = text("rdmpath/report");
    const auto all = lines(written);
    ASSERT_EQ(all.size(), 2U) << written;
    const auto age = all[0].substr(0, all[0].find(" s: "));
    EXPECT_EQ(age.size() - age.find('.'), 3U) << "hundredths";
    EXPECT_TRUE(number<unsigned>(age.substr(0, age.find('.')))) << written;
    EXPECT_TRUE(all[0].ends_with(" first") && all[1].ends_with(" third")) << written;
}

TEST_F(RunTree, TheReportBeginsWithTheRecordOnce) {
    for (int i = 0; i < 2; ++i) {
        Report report(run->open_report());
        report.begin("multipath-tools 0.9.4\n");
    }
    EXPECT_EQ(text("rdmpath/report"), "multipath-tools 0.9.4\n\n");
}

TEST_F(RunTree, TheReportEndsWithANoteAlsoForOneThatGoesOnWithIt) {
    {
        Report first(run->open_report(), 300);
        for (int n = 0; n < 4; ++n) first.line(LogLevel::info, std::string(40, 'a'));
    }
    const auto before = text("rdmpath/report").size();
    Report second(run->open_report(), 300);
    for (int n = 0; n < 100; ++n) second.line(LogLevel::info, std::string(40, 'b'));
    const auto written = text("rdmpath/report");
    EXPECT_TRUE(written.substr(before).contains("bbb")) << written;
    EXPECT_TRUE(written.ends_with("bbb\nwhat follows is in the kernel's log\n")) << written;
    EXPECT_EQ(std::ranges::count(written, 'f'), 1) << "one note";
    EXPECT_LT(written.size(), 400U);
}

}  // namespace
}  // namespace rdm

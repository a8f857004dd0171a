// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/nodes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <filesystem>

namespace rdm {
namespace {

namespace fs = std::filesystem;

// Linux's fixed numbers (Documentation/admin-guide/devices.txt): 1:3 null, 1:5 zero; block 259:1048575 is nobody's.
constexpr DevNo null_device{1, 3};
constexpr DevNo zero_device{1, 5};
constexpr DevNo no_device{259, 1048575};

struct NodesTest : testing::Test {
    NodesTest() {
        char name[] = "/tmp/rdmpath-nodes-XXXXXX";
        top = ::mkdtemp(name);
    }
    ~NodesTest() override { fs::remove_all(top); }
    bool may_make_nodes() const {
        auto node = (top / "try").string();
        bool may =
            ::mknod(node.c_str(), S_IFCHR | 0600, makedev(1, 3)) == 0 && ::close(::open(node.c_str(), O_RDONLY)) == 0;
        fs::remove(node);
        return may;
    }
    fs::path top;
};

dev_t number_of(const UniqueFd& fd) {
    struct stat node{};
    (void)::fstat(fd.get(), &node);
    return node.st_rdev;
}

TEST_F(NodesTest, TakesTheNodeThatIsThere) {
    auto nodes = *Nodes::open({"/dev"});
    auto fd = nodes.open_device(NodeKind::character, null_device, "null", O_RDWR);
    ASSERT_TRUE(fd) << fd.error().what();
    EXPECT_EQ(number_of(*fd), makedev(1, 3));
    EXPECT_NE(::fcntl(fd->get(), F_GETFD) & FD_CLOEXEC, 0);
    EXPECT_NE(::fcntl(fd->get(), F_GETFL) & O_NONBLOCK, 0);
}

TEST_F(NodesTest, MakesANodeForAMoment) {
    if (!may_make_nodes()) GTEST_SKIP() << "no device nodes may be made here";
    auto nodes = *Nodes::open({top});
    for (std::string_view name : {"zero", "", "../zero"}) {
        auto fd = nodes.open_device(NodeKind::character, zero_device, name, O_RDONLY);
        ASSERT_TRUE(fd) << name << fd.error().what();
        EXPECT_EQ(number_of(*fd), makedev(1, 5)) << name;
    }
    EXPECT_TRUE(fs::is_empty(top));
}

TEST_F(NodesTest, ANodeOfAnotherDeviceIsNotOpened) {
    if (!may_make_nodes()) GTEST_SKIP() << "no device nodes may be made here";
    ASSERT_EQ(::mknod((top / "sda").c_str(), S_IFCHR | 0600, makedev(1, 3)), 0);
    auto nodes = *Nodes::open({top});
    auto fd = nodes.open_device(NodeKind::character, zero_device, "sda", O_RDONLY);
    ASSERT_TRUE(fd);
    EXPECT_EQ(number_of(*fd), makedev(1, 5));
}

TEST_F(NodesTest, AMissingDeviceIsNamedAndLeavesNothing) {
    auto nodes = *Nodes::open({top});
    auto fd = nodes.open_device(NodeKind::block, no_device, "sd\nz", O_RDONLY);
    ASSERT_FALSE(fd);
    EXPECT_TRUE(fd.error().what().starts_with("sd\\x0az: ")) << fd.error().what();
    EXPECT_TRUE(fs::is_empty(top));
    if (!may_make_nodes()) GTEST_SKIP() << "no device nodes may be made here";
    EXPECT_EQ(fd.error(), (Error{ENXIO, "sd\\x0az: No such device or address"}));
}

TEST_F(NodesTest, ADirectoryThatIsGoneIsPassedOver) {
    EXPECT_EQ(Nodes::open({(top / "none").string()}).error().code(), ENOENT);
    if (!may_make_nodes()) GTEST_SKIP() << "no device nodes may be made here";
    auto held = top / "held";
    fs::create_directory(held);
    auto nodes = *Nodes::open({(top / "none").string(), held, top});
    fs::remove(held);
    EXPECT_TRUE(nodes.open_device(NodeKind::character, zero_device, "", O_RDONLY));
}

}  // namespace
}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/nvme.h"

#include <gtest/gtest.h>

#include "kernel/fake_sysfs.h"

namespace rdm {
namespace {

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

// Forms of the attribute: drivers/nvme/host/sysfs.c, wwid_show(). Rule: decisions.md 1.2.
TEST(Nvme, ShortensWwidsThatAreTooLong) {
    std::string serial = "534e31" + repeated("00", 17);
    std::string model = "4d31" + repeated("00", 38);
    std::string full = cat("nvme.1af4-", serial, '-', model, "-00000001");
    struct {
        std::string_view name;
        std::string attribute, want;
    } rows[] = {
        {"uuid", "uuid.6f7c1a5e-0d2c-4f5b-9a55-3a3cd4c4b1f0\n", "uuid.6f7c1a5e-0d2c-4f5b-9a55-3a3cd4c4b1f0"},
        {"eui", "eui.0025385b71b0a5c1", "eui.0025385b71b0a5c1"},
        {"short and padded stays", "nvme.1af4-534e3100-4d3100-00000001", "nvme.1af4-534e3100-4d3100-00000001"},
        {"NUL-padded", full, "nvme.1af4-534e31-4d31-00000001"},
        {"blank-padded", cat("nvme.1af4-534e31", repeated("20", 17), "-4d31", repeated("20", 38), "-00000001"),
         cat("nvme.1af4-534e31", repeated("20", 17), "-4d31", repeated("20", 36))},
        {"a fourth dash", cat(full, "-1"), cat(full, "-1").substr(0, 127)},
        {"vendor is no number", cat("nvme.1axy", full.substr(9)), cat("nvme.1axy", full.substr(9)).substr(0, 127)},
        {"a vendor of five digits", cat("nvme.1af45", full.substr(9)),
         cat("nvme.1af45", full.substr(9)).substr(0, 127)},
        {"another prefix", cat("nvmx.", full.substr(5)), cat("nvmx.", full.substr(5)).substr(0, 127)},
        {"blanks where it is cut", cat("eui.", repeated("0", 100), repeated(" ", 40), "1"),
         cat("eui.", repeated("0", 100))},
        {"none", "\n", ""},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(nvme_wwid(row.attribute), row.want) << row.name;
        EXPECT_LE(nvme_wwid(row.attribute).size(), 127U) << row.name;
    }
}

}  // namespace
}  // namespace rdm

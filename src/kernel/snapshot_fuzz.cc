// SPDX-License-Identifier: GPL-2.0-or-later
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "kernel/machine_value.h"
#include "kernel/tape.h"

// Whatever can be read is the same when it is written and read again, and answers every question.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto all = rdm::parse_snapshot({reinterpret_cast<const char*>(data), size});
    if (!all) return 0;
    auto again = rdm::parse_snapshot(rdm::snapshot_text(rdm::Snapshot(*all)));
    assert(again && *again == *all);
    rdm::Tape tape(*std::move(all));
    (void)tape.maps();
    (void)tape.files().read("/etc/multipath.conf");
    for (const auto& name : tape.list("block").value_or(std::vector<std::string>{})) {
        (void)tape.read(rdm::cat("block/", name, "/device/vpd_pg83"));
        (void)tape.real_path(rdm::cat("block/", name));
        (void)tape.submit({.disk = name, .dev = {}, .sg_dev = {}, .command = rdm::ScsiCommand::test_unit_ready});
    }
    (void)tape.wait(rdm::Moment());
    return 0;
}

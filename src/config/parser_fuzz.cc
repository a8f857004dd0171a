// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstddef>
#include <cstdint>

#include "config/read.h"
#include "kernel/fake_files.h"

// The lexer, the parser, values, merges and regular expressions, on one text as the main file and in conf.d.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    rdm::FakeFiles files;
    files.files["/etc/multipath.conf"].assign(reinterpret_cast<const char*>(data), size);
    files.files["/etc/multipath/conf.d/x.conf"] = files.files["/etc/multipath.conf"];
    files.files["/etc/rdmpath/multipath-t"] =
        "devices {\ndevice {\nvendor A\nproduct B\n}\n}\n";  // the built-in one takes its time
    (void)rdm::read_config(files, rdm::Generation::v0_9);
    (void)rdm::read_config(files, rdm::Generation::v0_14);
    return 0;
}

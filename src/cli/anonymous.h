// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "kernel/snapshot.h"

namespace rdm {

/// What stands for the serial numbers of a snapshot, in lower case: digits for digits, letters for letters, as long as
/// they are, in the same order. An NAA or EUI-64 keeps who registered it (7 digits); each further 16 digits of it are
/// masked by themselves, so that ID_WWN and its extension stay parts of the whole. Kept as they are: what is shorter
/// than 6 characters or nearly all zero, and the beginning of one that multipath.conf has (a pattern).
struct Masks {
    Snapshot digits;  ///< hexadecimal ones, in bytes too
    Snapshot words;   ///< serial numbers as text, UUIDs, names of iSCSI targets

    /// A text with every serial number replaced.
    [[nodiscard]] std::string text(std::string_view text) const;
    [[nodiscard]] Snapshot snapshot(const Snapshot& all) const;
};

/// The serial numbers of VPD pages 80h and 83h; in sysfs, files, maps and the command line every run of 16 or more
/// hexadecimal digits, every UUID and what is called a serial. `keep`: so many more characters of each stay as they
/// are.
[[nodiscard]] Masks masks_of(const Snapshot& all, std::size_t keep);

}  // namespace rdm

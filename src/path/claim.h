// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/rules.h"
#include "kernel/files.h"
#include "kernel/sysfs.h"
#include "path/path.h"

namespace rdm {

/// Whether a disk is a path of ours, so that nobody else may scan or mount it.
struct Claim {
    /// maybe: if it is in nobody's use and another disk has its WWID, or shows up in time.
    enum class Answer : std::uint8_t { no, yes, maybe };
    Answer answer = Answer::no;
    bool even_if_released = false;  ///< yes, though it was said to be no path before
    bool waits = true;              ///< maybe: worth waiting for another path
    std::string why;                ///< "in /etc/multipath/wwids"; safe to print
    bool operator==(const Claim&) const = default;
};

/// yes where a multipath map holds the disk already, which needs no look at anything else; nullopt: none does.
[[nodiscard]] std::optional<Claim> claim_by_holder(const Sysfs& sysfs, std::string_view disk_name);

/// The decision on a disk that has been identified, in multipath-tools' order: blacklists and WWID; a map of it that
/// failed before; named; from 0.11 on, for greedy and smart, whether it or a partition is held, mounted or swap;
/// greedy; the wwids file; a present map; smart. We count as the running multipathd. Where nobody has configured
/// multipath, two disks with the WWID are a map (map/accept.h), so that it is maybe, without waiting. Source:
/// decisions.md 5.2; libmultipath/valid.c is_path_valid().
[[nodiscard]] Claim claim(const Path& disk, const Rules& rules, const Sysfs& sysfs, const Files& files);

/// Whether it counts who uses a disk: from 0.11 on, for greedy and smart.
[[nodiscard]] bool users_count(const Rules& rules);
/// "it has holders", "sda1 has holders", "it is mounted", "it is swap"; "": nobody uses the disk or a partition of it.
[[nodiscard]] std::string user_of(const Path& disk, const Sysfs& sysfs, const Files& files);

/// How long a disk that is maybe a path waits for another one: find_multipaths_timeout; where that is negative (the
/// default is), its amount for hardware that the table knows and a second for other. 0: it does not.
/// Source: libmultipath/propsel.c select_find_multipaths_timeout().
[[nodiscard]] std::chrono::seconds patience(const Path& disk, const Rules& rules);

/// What udev's rules read, as `multipath -u` prints it: DM_MULTIPATH_DEVICE_PATH="0", "1", or "2" for maybe, and before
/// it, where `left` is known, FIND_MULTIPATHS_WAIT_UNTIL with the time left ("9.500000"), "0" once it is over. Without
/// time left, maybe is no. Source: multipath/main.c print_cmd_valid().
[[nodiscard]] std::string claim_lines(Claim::Answer answer, std::optional<std::chrono::microseconds> left);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rdm {

/// "mpath-3600…": how every multipath program finds the map of a WWID. Source: decisions.md 11.1.
[[nodiscard]] std::string map_uuid(std::string_view wwid);

/// The map's name: the WWID, as multipath-tools without user_friendly_names. Source: decisions.md 10.
[[nodiscard]] std::string map_name(std::string_view wwid);

/// ENAMETOOLONG or EINVAL if device-mapper would not take the name or uuid of this WWID's map.
/// Source: linux/dm-ioctl.h DM_NAME_LEN, DM_UUID_LEN; libdm stores bytes outside `A-Za-z0-9#+-.:=@_` as \xNN.
[[nodiscard]] Result<void> check_map_names(std::string_view wwid);

/// "part3-mpath-3600…". Source: handoff.md 3.
[[nodiscard]] std::string partition_uuid(std::string_view parent_uuid, unsigned number);

/// "3600…-part3"; a slash becomes "!". Source: kpartx.c strip_slash().
[[nodiscard]] std::string partition_name(std::string_view parent_name, std::string_view delimiter, unsigned number);

/// As check_map_names(), for any name and uuid.
[[nodiscard]] Result<void> check_names(std::string_view name, std::string_view uuid);

/// The WWID of a multipath map's uuid; nullopt for any other device.
[[nodiscard]] std::optional<std::string_view> wwid_of_map(std::string_view uuid);

/// Names of paths for a person, "sdb sdc"; beyond eight a count, "12 paths". Safe to print.
inline constexpr std::size_t names_in_a_text = 8;
[[nodiscard]] std::string list_of(const std::vector<std::string>& names);

/// A partition's number and its parent's uuid.
struct PartitionUuid {
    unsigned number = 0;
    std::string_view parent;
};
/// Taken apart from "part3-mpath-3600…"; nullopt for any other device.
[[nodiscard]] std::optional<PartitionUuid> partition_of(std::string_view uuid);

}  // namespace rdm

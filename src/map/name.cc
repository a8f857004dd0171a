// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/name.h"

#include <algorithm>
#include <cerrno>

namespace rdm {

namespace {

constexpr std::string_view map_prefix = "mpath-";
constexpr std::string_view partition_prefix = "part";
constexpr std::size_t longest_name = 127;  // DM_NAME_LEN without the NUL
constexpr std::size_t longest_uuid = 128;  // DM_UUID_LEN without the NUL

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("#+-.:=@_").contains(c);
}

std::size_t stored_length(std::string_view text) {
    auto plain = static_cast<std::size_t>(std::ranges::count_if(text, is_plain));
    return plain + (text.size() - plain) * 4;
}

}  // namespace

std::string map_uuid(std::string_view wwid) { return cat(map_prefix, wwid); }

std::string map_name(std::string_view wwid) { return std::string(wwid); }

Result<void> check_map_names(std::string_view wwid) { return check_names(map_name(wwid), map_uuid(wwid)); }

std::string partition_uuid(std::string_view parent_uuid, unsigned number) {
    return cat(partition_prefix, number, '-', parent_uuid);
}

std::string partition_name(std::string_view parent_name, std::string_view delimiter, unsigned number) {
    auto name = cat(parent_name, delimiter, number);
    std::ranges::replace(name, '/', '!');
    return name;
}

Result<void> check_names(std::string_view name, std::string_view uuid) {
    if (name.empty()) return fail(EINVAL, "no name");
    if (name.contains('/')) return fail(EINVAL, "a device-mapper name cannot hold a slash");
    if (name.contains('\0') || uuid.contains('\0')) return fail(EINVAL, "a device-mapper name cannot hold a NUL byte");
    if (auto length = stored_length(name); length > longest_name)
        return fail(ENAMETOOLONG, "name of ", length, " characters, device-mapper takes ", longest_name);
    if (auto length = stored_length(uuid); length > longest_uuid)
        return fail(ENAMETOOLONG, "uuid of ", length, " characters, device-mapper takes ", longest_uuid);
    return {};
}

std::optional<std::string_view> wwid_of_map(std::string_view uuid) {
    if (!uuid.starts_with(map_prefix) || uuid.size() == map_prefix.size()) return std::nullopt;
    return uuid.substr(map_prefix.size());
}

std::optional<PartitionUuid> partition_of(std::string_view uuid) {
    if (!uuid.starts_with(partition_prefix)) return std::nullopt;
    uuid.remove_prefix(partition_prefix.size());
    auto dash = uuid.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto part = number<unsigned>(uuid.substr(0, dash));
    if (!part || !wwid_of_map(uuid.substr(dash + 1))) return std::nullopt;
    return PartitionUuid{*part, uuid.substr(dash + 1)};
}

std::string list_of(const std::vector<std::string>& names) {
    if (names.size() > names_in_a_text) return cat(names.size(), " paths");
    std::string joined;
    for (const auto& name : names) joined += cat(joined.empty() ? "" : " ", safe(name));
    return joined;
}

}  // namespace rdm

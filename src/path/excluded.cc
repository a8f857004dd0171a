// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/excluded.h"

#include "config/blacklist.h"
#include "config/lookup.h"
#include "path/attribute.h"

namespace rdm {

std::string incomplete(Generation generation, Path& path, std::string_view missing) {
    if (!missing.empty() && generation == Generation::v0_9) return cat("no ", missing, " in sysfs");
    bool named = path.transport == Transport::fcp || path.transport == Transport::iscsi;
    if (!named || !path.target_node.empty()) return "";
    if (generation == Generation::v0_14) return cat(text(path.transport), ": no name of the target in sysfs");
    path.transport = Transport::unspec;
    return "";
}

std::string excluded(const Sysfs& sysfs, const Rules& rules, const Path& path, const std::string& product,
                     std::span<const std::string> properties, std::string_view uid_attribute) {
    const Config& config = rules.config;
    if (word_at(sysfs, "block/", path.name, "/hidden") == "1") return "hidden";
    if (auto verdict = judge_devnode(config, path.name); verdict.blacklisted()) return verdict.why;
    auto usb = choose(config, Keyword::allow_usb_devices, {});
    if (path.transport == Transport::usb && !usb.yes())
        return cat("USB: ", text(config, Keyword::allow_usb_devices, usb));
    if (auto verdict = judge_property(config, properties, uid_attribute); verdict.blacklisted()) return verdict.why;
    if (auto verdict = judge_device(config, path.vendor, product); verdict.blacklisted()) return verdict.why;
    auto verdict = judge_protocol(config, std::string(protocol_name(path)));
    return verdict.blacklisted() ? verdict.why : "";
}

}  // namespace rdm

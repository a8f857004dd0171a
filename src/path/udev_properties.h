// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/devno.h"
#include "kernel/files.h"
#include "kernel/sysfs.h"

namespace rdm {

/// What udev knows of a device: "ID_SERIAL" and "3600508b400105e210000900000490000".
struct UdevProperty {
    std::string name;
    std::string value;
    bool operator==(const UdevProperty&) const = default;
};

/// Sorted byte-wise by name, each name once, as libudev lists them; blacklists go by that order (decisions.md 4.1).
using UdevProperties = std::vector<UdevProperty>;

/// The value, or "" where there is none: udev does not keep empty ones.
[[nodiscard]] std::string_view property(const UdevProperties& properties, std::string_view name);
/// Replaces what was there.
void set_property(UdevProperties& properties, std::string_view name, std::string_view value);

/// Takes what a program printed for IMPORT{program}: a line each, KEY=VALUE, white space at the ends of both stripped,
/// quotes around the value too. Lines without a value are left out, and names that begin with "." (udev keeps those
/// to itself). Source: systemd 252, src/udev/udev-rules.c,
/// get_property_from_string().
void import_properties(UdevProperties& properties, std::string_view printed);
/// One such line, already divided; neither half has a newline.
void import_property(UdevProperties& properties, std::string_view name, std::string_view value);

/// udev's database entry of a device and its uevent file, as one list, with what libudev makes of links, tags and the
/// rest (USEC_INITIALIZED, DEVPATH, SUBSYSTEM; DEVLINKS, TAGS and CURRENT_TAGS, each with the last of its words as
/// value). Never fails: lines that make no sense are left out. `sys_path`: "devices/…/block/sda". Source: systemd 252,
/// src/libsystemd/sd-device/sd-device.c and device-private.c.
[[nodiscard]] UdevProperties parse_udev_properties(std::string_view database, std::string_view uevent,
                                                   std::string_view sys_path);

/// The same of a disk of this machine, from /run/udev/data. nullopt: udev has not processed it (yet), or our own rule
/// has spared it the looking (RDMPATH_FOREIGN).
[[nodiscard]] std::optional<UdevProperties> read_udev_properties(const Files& files, const Sysfs& sysfs, DevNo dev,
                                                                 std::string_view sys_path);

}  // namespace rdm

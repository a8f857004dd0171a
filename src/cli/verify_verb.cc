// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verify_verb.h"

#include "cli/record_verb.h"
#include "config/record.h"
#include "kernel/machine_value.h"
#include "kernel/real_files.h"

namespace rdm {

namespace {

/// The lines of the image's record beside those of the system's.
std::string compared(std::string_view image, std::string_view system) {
    std::string text;
    auto part = system.substr(0, system.find("\n\n"));
    for (const auto line : lines(image)) {
        auto rest = line;
        const auto key = take_word(rest);
        const bool is_map = key == "map";
        if (is_map) part = paragraph(system, line);
        if (line.empty()) part = {};
        if ((part.empty() && !is_map) || std::string_view("recorded paths sysfs-wwid").contains(key)) continue;
        const auto here = recorded(line, key);
        const auto there = recorded(part, key);
        const bool same = here == there;
        text += cat(same ? "  ok    " : "  DIFF  ", safe(key), same ? " " : "  image: ", safe(here));
        if (!same) text += cat("  system: ", there.empty() ? "nothing" : "", safe(there));
        text += '\n';
    }
    // An image that knows of no disks is for any host, and who named some for it knew which.
    const bool whole = image.contains("\n\n") && !image.contains(" named\n");
    for (const auto line : lines(system))
        if (line.starts_with("map ") && whole && paragraph(image, line).empty())
            text += cat("  DIFF  ", line, "  image: nothing\n");
    return text;
}

}  // namespace

Ended verify_host(const Options& options, const Doors& doors) {
    const std::string name(options.subject ? *options.subject : booted_record);
    const auto image = read_named_file(name);
    if (!image)
        return {.status = Exit::usage,
                .output = {},
                .complaint = cat(image.error().what(),
                                 "\nboot with rd.mpath=1 to have it, or give it: "
                                 "lsinitrd -f etc/rdmpath/host IMAGE | rdmpath verify -")};
    auto version =
        recorded(paragraph(doors.files.text("/var/lib/dpkg/status"), "Package: multipath-tools"), "Version:");
    if (version.empty()) version = recorded(*image, "multipath-tools");
    auto ended = record_host(options, version, &doors, doors.files, *image);
    auto text = compared(*image, ended.output);
    for (auto line : lines(ended.complaint)) {
        if (take_word(line) != "warning:") continue;
        const auto end = line.find("; ");
        text += cat("  DIFF  ", line.substr(0, end), '\n');
        if (end != std::string_view::npos) text += cat("  fix:  ", line.substr(end + 2), '\n');
    }
    if (text.contains("  DIFF  ")) {
        ended.status = Exit::missing;
        text +=
            doors.files.read("/usr/sbin/update-initramfs") ? "  fix:  update-initramfs -u\n" : "  fix:  dracut -f\n";
    }
    ended.output = cat("record of ", safe(name), " against this system\n", text);
    ended.complaint.clear();
    return ended;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/claim_verb.h"

#include <algorithm>

#include "boot/engine.h"
#include "cli/claim_map.h"
#include "kernel/deadline.h"
#include "path/attribute.h"
#include "path/claim.h"
#include "path/identify.h"

namespace rdm {

namespace {

constexpr auto longest_look = std::chrono::seconds(3);

std::string name_of(const Sysfs& sysfs, std::string_view subject) {
    if (subject.starts_with("/dev/")) subject.remove_prefix(5);
    if (!devno(subject)) return std::string(subject);
    auto real = sysfs.real_path(cat("dev/block/", subject)).value_or("");
    return real.substr(real.rfind('/') + 1);
}

class Claimer {
public:
    Claimer(const CommandLine& line, const Doors& doors, std::string_view waits)
        : doors_(doors), rules_(read_rules(doors.files, line, {})), waits_(waits) {}

    /// The disk as far as sysfs and, where it says too little, the disk itself can tell.
    Result<Path> look_at(const std::string& name) {
        auto probe = TRY(identify(disks_, name));
        if (!probe->path.wwid.empty() || probe->left_alone) return probe->path;
        Engine engine(doors_, rules_, Duty::look);
        TRY(engine.work(doors_.events.now() + longest_look));
        auto world = engine.take_world();
        auto found = std::ranges::find(world.paths, name, &Path::name);
        return found == world.paths.end() ? probe->path : *found;
    }

    Claim decide(const Path& disk, bool released) {
        auto claimed = claim(disk, rules_, doors_.sysfs, doors_.files);
        if (released && !claimed.even_if_released && claimed.answer != Claim::Answer::no)
            claimed = {Claim::Answer::no, false, true, cat("it was released before; ", claimed.why)};
        return claimed.answer == Claim::Answer::maybe ? settle(disk, std::move(claimed)) : claimed;
    }

    Result<std::string> lines(const Path& disk, Claim& claimed) {
        std::optional<std::chrono::microseconds> left;
        const bool open = claimed.answer == Claim::Answer::maybe && claimed.waits;
        const auto start = open ? patience(disk, rules_) : std::chrono::seconds(0);
        if (open && waits_.empty() && start.count() > 0)
            left = start;
        else if ((open || has_sibling_) && !waits_.empty())
            left = TRY(time_left(cat(waits_, '/', text(disk.dev)), start));
        return claim_lines(claimed.answer, left);
    }

private:
    Claim settle(const Path& disk, Claim claimed) {
        if (!doors_.blocks.is_free(disk.dev)) {
            if (auto held = claim_by_holder(doors_.sysfs, disk.name)) return *held;
            return {Claim::Answer::no, false, true, cat("it is in use; ", claimed.why)};
        }
        auto names = enumerate(doors_.sysfs).value_or(std::vector<std::string>{});
        for (const auto& name : names) {
            if (name == disk.name) continue;
            auto other = identify(disks_, name);
            if (!other || (*other)->path.wwid != disk.wwid || !(*other)->path.excluded.empty()) continue;
            has_sibling_ = true;
            return {Claim::Answer::yes, false, true, cat(name, " has the same WWID; ", claimed.why)};
        }
        claimed.why = cat("no other disk has its WWID", claimed.waits ? " yet; " : "; ", claimed.why);
        return claimed;
    }

    Doors doors_;
    Rules rules_;
    Identification disks_{doors_.sysfs, doors_.files, rules_};
    std::string_view waits_;
    bool has_sibling_ = false;
};

}  // namespace

Ended claim_disk(const Options& options, const CommandLine& command_line, const Doors& doors, bool released,
                 std::string_view waits) {
    if (!command_line.on) return {};
    auto name = name_of(doors.sysfs, options.subject.value_or(""));
    auto ended = [&](std::string output, std::string_view why) {
        return Ended{.status = Exit::done,
                     .output = std::move(output),
                     .complaint = command_line.debug ? cat(safe(name), ": ", why) : ""};
    };
    if (name.starts_with("dm-")) return ended(map_lines(word_at(doors.sysfs, "block/", name, "/dm/uuid")), "a map");
    if (auto held = claim_by_holder(doors.sysfs, name)) return ended(claim_lines(held->answer, {}), held->why);
    if (!can_be_path(name)) return ended(claim_lines(Claim::Answer::no, {}), "not a disk that can be a path");
    Claimer claimer(command_line, doors, waits);
    auto disk = claimer.look_at(name);
    if (!disk) return {.status = Exit::refused, .output = {}, .complaint = disk.error().what()};
    auto claimed = claimer.decide(*disk, released);
    auto lines = claimer.lines(*disk, claimed);
    if (!lines) return {.status = Exit::refused, .output = {}, .complaint = lines.error().what()};
    return ended(std::move(*lines), claimed.why);
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/dm.h"
#include "map/map.h"
#include "map/partition.h"

namespace rdm {

/// What is to be done, in order. Doing it and planning again gives no actions.
struct Plan {
    std::vector<DmAction> actions;
    std::vector<Refused> why;      ///< what is done or left: "sdc joined", one per map or partition looked at
    std::vector<Refused> refused;  ///< what cannot be had; nothing is touched for these
    bool operator==(const Plan&) const = default;

    /// One more action, to be filled in.
    DmAction& act(DmAction::Kind kind, const std::string& name);
    void say(const std::string& name, std::string&& text) { why.push_back({name, std::move(text)}); }
    void refuse(const std::string& name, std::string&& reason) { refused.push_back({name, std::move(reason)}); }
};

/// From the maps that device-mapper has to those that should be. Source: decisions.md 11.3, select_action().
/// - A map is created at its first usable path. Its table holds the usable paths and those down ones that the kernel
///   takes (running); pending ones join when they answer, ones that the kernel refuses (offline) are left out.
/// - A path that the table holds stays while it exists, whatever its state; one that is gone leaves, but never the
/// last.
/// - Down paths are failed by message, again after each reload, which resets them; usable ones that failed are
/// reinstated.
/// - A present map keeps its name, its queueing and its queue mode. One that someone else has suspended, or whose table
/// is
///   no multipath target, is left alone: whoever did it is at work on it. A map without a table is one whose maker was
///   interrupted: it gets ours.
/// - Unknown priorities (pending, transitioning) cause neither a reload nor a switch of groups, and a switch needs a
/// better
///   priority, so that equal groups do not take turns.
[[nodiscard]] Plan plan(const Coalesced& wanted, std::span<const DmMap> present);

/// The maps that there are, for all plan_partitions() of one decision. Lends: `present`, sorted by name as
/// DeviceMapper::maps() gives it, must outlive this.
struct PresentMaps {
    explicit PresentMaps(std::span<const DmMap> present);
    std::span<const DmMap> all;
    std::multimap<std::string_view, const DmMap*> partitions;  ///< by their parent's uuid
};

/// Linear maps for a live map's partitions, as kpartx makes them: `0 LENGTH linear MAJ:MIN START`. One that does not
/// fit is refused, as the kernel refuses its table (the kernel's own partition code would cut it to size instead;
/// kpartx would not make it, and the main system's kpartx comes after us). One that the table no longer has is removed
/// if nobody has it open, but only when a GPT or DOS table with partitions was read: kpartx without a table removes
/// nothing. Source: handoff.md 3, decisions.md 11.2, kpartx.c.
[[nodiscard]] Plan plan_partitions(const DmMap& parent, const PartitionTable& table, const PresentMaps& present,
                                   std::string_view delimiter);

/// Removes what nobody has open: queueing off where it could hold up a removal, partitions, then maps. What is in use
/// is refused; there queueing ends only if no path is active, for its users could then never let go.
[[nodiscard]] Plan plan_flush(std::span<const DmMap> present);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "boot/backoff.h"
#include "boot/doors.h"
#include "boot/hand_off.h"
#include "boot/path_partitions.h"
#include "boot/retries.h"
#include "boot/table_readers.h"
#include "boot/udev_pause.h"
#include "boot/world.h"
#include "config/rules.h"
#include "map/map.h"
#include "map/plan.h"
#include "map/timeouts.h"

namespace rdm {

/// Keeps device-mapper as the paths say: decides, and has the difference applied by a worker process, one batch at a
/// time. What the kernel refuses is said once and tried again later, with growing pauses; meanwhile a map goes on
/// without the paths that are to blame.
class MapKeeper {
public:
    /// keep: acts, and counts no_path_retry, for it stays (for `run`). act: acts (for `assemble`). read: decides and
    /// reads partition tables, but changes nothing (for `wait`). decide: not even that: a live map may hang (for
    /// `list`).
    enum class Role { keep, act, read, decide };

    MapKeeper(const Doors& doors, const Rules& rules, Role role)
        : doors_(doors),
          rules_(rules),
          role_(role),
          retries_(rules, doors.log),
          partitions_(doors_),
          readers_(doors_) {}

    /// Looks at device-mapper, decides on these paths and starts what follows from it. What others did to a map since
    /// (a message makes no event) is seen, and kept. While a batch is under way it only remembers to be asked again.
    /// To maps that somebody else keeps nothing is done.
    void decide(std::vector<Path>&& paths, const HandOff& others);
    /// Takes a worker's result; false if it was not one of ours. After true, decide() again.
    bool absorb(const WorkDone& done);

    /// Since the last call, the kernel refused a table: its paths may not be what they were, check them.
    [[nodiscard]] bool take_refused() { return std::exchange(table_refused_, false); }

    /// Partition tables are being read; what they say is worth one decision, not one each.
    [[nodiscard]] bool reads() const { return readers_.busy(); }
    /// Something is being applied, read or cleared away, or is to be decided again.
    [[nodiscard]] bool busy() const { return applying() || readers_.busy() || again_ || partitions_.busy(); }
    /// A batch is under way.
    [[nodiscard]] bool applying() const { return applying_.has_value(); }
    /// When to call decide() again although nothing happens: a refused action or an unread partition table, if that is
    /// still wanted. While a batch is under way its end is the next moment.
    [[nodiscard]] std::optional<Moment> next() const;
    /// The map is usable and its partition table was read and is mirrored by partition maps. For `wait`, udev has made
    /// their links, too: whoever looks for root by one of its names will find it.
    [[nodiscard]] bool complete(std::string_view wwid) const { return standing(wwid) == Standing::complete; }
    /// Only for that. It makes no event.
    [[nodiscard]] bool awaits_udev() const;
    /// An action of the newest decision was refused by the kernel, and still is.
    [[nodiscard]] bool refused() const { return !refusals_.empty(); }

    /// Maps that are decided and there. Lent, until the next decision.
    [[nodiscard]] Kept kept(const HandOff& others) const;
    [[nodiscard]] PathPartitions& partitions() { return partitions_; }
    [[nodiscard]] const Coalesced& decided() const { return decided_; }
    [[nodiscard]] const std::vector<DmMap>& present() const { return present_; }
    /// These paths and what was decided, for who looks once.
    [[nodiscard]] World take_world(std::vector<Path>&& paths) {
        return {std::move(paths), std::move(decided_), std::move(present_), &rules_};
    }

private:
    struct Refusal {
        std::string action;  ///< by its key
        Backoff backoff;
    };

    enum class Standing { incomplete, unannounced, complete };
    [[nodiscard]] Standing standing(std::string_view wwid) const;
    [[nodiscard]] bool announced(const DmMap& live, Moment since) const;
    [[nodiscard]] bool acts() const { return role_ == Role::keep || role_ == Role::act; }
    void refresh_present();
    void report(const std::vector<Refused>& refused);
    void warn_of(const std::vector<Map>& maps);
    void warn_once(const std::string& line);
    [[nodiscard]] const DmMap* find(std::string_view uuid) const;
    void count_retries(std::vector<DmAction>& actions);
    void follow_partitions(std::vector<DmAction>& actions);
    void follow_partitions(const Map& map, const PresentMaps& present, std::vector<DmAction>& actions);
    void prepare_writes();
    void start_batch(std::vector<DmAction>&& actions);
    void finish_batch(const WorkDone& done);
    void give_up(const Error& error);
    void remember_refusal(const DmAction& action, const Error& error);
    void hold_back(const DmAction& action);
    void find_culprits(const DmAction& action, std::string_view why);
    void leave_out(std::vector<Path>& paths);
    void say_once(const std::string& subject, std::string_view reason, std::string_view rest = "");
    [[nodiscard]] Refusal* refusal_of(std::string_view key);
    [[nodiscard]] bool held_back(const DmAction& action);
    [[nodiscard]] bool waits_for_udev(const DmAction& action) const;
    [[nodiscard]] bool is_theirs(const DmAction& action, const HandOff& others) const;
    void drop_held_back(std::vector<DmAction>& actions, const HandOff& others);
    void again_at(Moment moment);

    Doors doors_;
    const Rules& rules_;
    Role role_;
    Retries retries_;
    LettingGo letting_go_;
    PathPartitions partitions_;
    TableReaders readers_;
    UdevPause udev_;
    bool again_ = false;
    bool table_refused_ = false;
    std::optional<Moment> next_;  ///< found anew by each decision, so that what is no longer wanted wakes nobody
    std::optional<std::uint64_t> applying_;  ///< the worker that carries out the batch
    std::vector<DmAction> batch_;
    std::vector<SysfsWrite> writes_;  ///< below the batch's paths, before its tables are loaded
    Coalesced decided_;
    std::vector<DmMap> present_;
    std::map<std::string, std::string, std::less<>> said_;  ///< notes already in the log, by subject
    std::set<std::string, std::less<>> warned_;             ///< lines of which one is enough
    std::vector<Refusal> refusals_;
    std::vector<DevNo> left_out_;  ///< paths because of which the kernel refused a table
    Moment left_out_until_;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "boot/doors.h"
#include "path/identify.h"

namespace rdm {

/// Every disk that may be a path, and the questions that are out to it. Each question has its own patience: no path
/// ever waits for another, and one without an answer stays pending until the answer comes.
class PathWatch {
public:
    enum class Asking { never, once, again };  ///< never: sysfs alone. again: also at intervals, for as long as we live

    PathWatch(const Doors& doors, const Rules& rules, Asking asking)
        : doors_(doors), identification_{doors.sysfs, doors.files, rules}, asking_(asking) {}

    /// Looks at everything that is there: new disks appear, gone ones vanish.
    void enumerate();
    /// Where it is known which disks the boot needs (Rules::boot_disks), others cost one look at one attribute: they
    /// are put aside, and identified only if what they are taken for keeps a wanted WWID from being found. One of
    /// those that bears no wanted WWID is not asked anything. Who asks once looks at all.
    void appear(std::string_view name);
    void vanish(std::string_view name);
    /// This one ("2:0:0:1") has appeared, or "": some may have. Where it is known which disks the boot needs, these get
    /// their driver now; the others are without one until root is mounted (the script `late-drivers`), or until tick()
    /// sees that this boot lacks something.
    void note_scsi_device(std::string_view name);
    /// Checks all paths now.
    void check_all();
    /// The kernel failed this path: what it answered before counts no more. It is checked now; if it failed a short
    /// while ago too, although its checks were good, only after the check interval, as multipathd has it.
    void doubt(DevNo dev);
    /// Folds an answer in; false if the question was not one of ours.
    bool absorb(const ScsiAnswer& answer);
    /// Does what is due now: new questions, patience that is over, disks put aside that are needed after all.
    void tick();
    /// When tick() is due next.
    [[nodiscard]] std::optional<Moment> next() const;

    /// Since the last call, something changed that a decision may depend on.
    [[nodiscard]] bool take_changed() { return std::exchange(changed_, false); }
    /// Paths that have not answered all of their first questions, and these questions; and paths whose answers decide
    /// nothing yet (transitioning).
    [[nodiscard]] std::size_t unanswered() const;
    /// How long the slowest answered first question took.
    [[nodiscard]] Milliseconds slowest() const { return slowest_; }
    /// All disks looked at, sorted by sys_path; those silent for 5 s say for how long.
    [[nodiscard]] std::vector<Path> paths() const;
    [[nodiscard]] std::size_t size() const { return watched_.size(); }
    [[nodiscard]] bool knows(std::string_view name) const { return watched_.contains(name); }

private:
    struct Question {
        ScsiRequest request;
        Moment sent;
    };
    struct Watched {
        std::unique_ptr<Probe> probe;
        std::map<std::uint64_t, Question> out;  ///< by the id of the request
        Moment next_check;
        bool answered = false;  ///< all of the first questions
        bool overdue = false;   ///< it keeps silent
        bool held = false;      ///< it failed again and again: out of use until the next check
        Moment calm_from;       ///< a failure before this follows another
    };

    void look_at(std::string_view name);
    [[nodiscard]] bool is_foreign(std::string_view name) const;
    [[nodiscard]] bool lacks() const;
    [[nodiscard]] Moment aside_due() const;
    void look_at_aside();
    [[nodiscard]] Moment drivers_due() const;
    void bind_drivers();
    void ask(Watched& watched);
    void forget(Watched& watched);
    void check_patience(Watched& watched, Moment now);
    void note_answered(Watched& watched);
    [[nodiscard]] Milliseconds silent_for(const Watched& watched) const;
    [[nodiscard]] Path current(const Watched& watched) const;

    Doors doors_;
    Identification identification_;
    Asking asking_;
    std::map<std::string, Watched, std::less<>> watched_;
    std::optional<Moment> aside_from_;         ///< since when there are disks put aside
    Moment aside_last_;                        ///< when the last of them came
    std::optional<Moment> driverless_from_;    ///< when the last SCSI device came that may have no driver
    bool everything_ = false;                  ///< none is put aside
    std::map<std::uint64_t, Watched*> asked_;  ///< whose question an answer belongs to; entries of watched_ never move
    bool changed_ = false;
    int silent_ = 0;  ///< paths told to keep silent
    Milliseconds slowest_{0};
    Milliseconds round_{0};  ///< the least time between two checks of a path, by what checks have cost
};

}  // namespace rdm

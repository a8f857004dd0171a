// SPDX-License-Identifier: GPL-2.0-or-later
#include <libdevmapper.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "kernel/dm_session.h"
#include "kernel/path_nodes.h"
#include "kernel/real_dm.h"
#include "kernel/real_events.h"
#include "kernel/suspend_limit.h"
#include "kernel/udev_cookie.h"

namespace rdm {

namespace {

/// What every reload gets, however much of the bound the ones before it took: a suspend takes a few milliseconds.
constexpr Milliseconds least_wait{100};
/// And the most: while a path that hangs holds up the suspend, all I/O of the map waits, root's too.
constexpr Milliseconds longest_suspend{1500};
/// How long a removal waits for whoever looks at the device for a moment, as udev's rules do.
constexpr Milliseconds longest_look{1000};
constexpr Milliseconds pause_between_tries{50};

bool loads(const DmAction& action) {
    return action.kind == DmAction::Kind::create || action.kind == DmAction::Kind::reload;
}

/// One batch of actions: one session, one cookie, one bound.
class Batch {
public:
    Batch(const Sysfs& sysfs, DmSession& session, UdevCookie& cookie, Moment until)
        : sysfs_(sysfs), session_(session), cookie_(cookie), until_(until) {}

    /// The maps that are to be made have their tables before the first one is resumed: that is what has udev at work,
    /// and it would take the processors from the rest.
    std::vector<Result<void>> run(std::span<const DmAction> actions) {
        std::vector<Result<void>> results(actions.size());
        for (const Round round : {Round::tables_of_new, Round::everything_else}) {
            for (std::size_t i = 0; i < actions.size(); ++i) {
                const bool is_new = actions[i].kind == DmAction::Kind::create;
                if (!results[i] || (round == Round::tables_of_new && !is_new)) continue;
                const auto* load = is_new ? nullptr : failed_load(actions.first(i), results, actions[i].name);
                results[i] = load ? *load : step(actions[i], round);
                if (!results[i] && !load) put_under(results[i].error(), safe(actions[i].name));
            }
        }
        return results;
    }

private:
    enum class Round { tables_of_new, everything_else };

    /// What comes after a load that failed has its error.
    static const Result<void>* failed_load(std::span<const DmAction> before, std::span<const Result<void>> results,
                                           const std::string& name) {
        for (std::size_t i = 0; i < before.size(); ++i)
            if (!results[i] && loads(before[i]) && before[i].name == name) return &results[i];
        return nullptr;
    }

    Result<void> step(const DmAction& action, Round round) {
        switch (action.kind) {
            case DmAction::Kind::create:
                return round == Round::tables_of_new ? create(action) : show(action);
            case DmAction::Kind::reload:
                return reload(action);
            case DmAction::Kind::message:
                return message(action);
            case DmAction::Kind::remove:
                return remove(action.name);
        }
        return fail(EINVAL, "no such action");
    }

    Result<void> create(const DmAction& action) {
        for (auto& lock : lock_paths(sysfs_, action.paths, left())) locks_.push_back(std::move(lock));
        auto task = TRY(session_.task(DM_DEVICE_CREATE, action.name));
        TRY(session_.check(dm_task_set_uuid(task.get(), action.uuid.c_str())), "uuid");
        if (auto made = session_.run(task.get()); !made) {
            if (made.error().code() == EBUSY) return fail(EBUSY, "a device of this name or uuid exists");
            return made;
        }
        auto loaded = load(action);
        if (!loaded) (void)remove(action.name);  // its own failure would hide why we are here
        return loaded;
    }

    Result<void> show(const DmAction& action) {
        auto shown = resume(action);
        if (!shown) (void)remove(action.name);
        return shown;
    }

    Result<void> reload(const DmAction& action) {
        auto loaded = load(action);
        if (loaded) {
            const SuspendLimit limit(std::clamp(left(), least_wait, longest_suspend));
            loaded = resume(action);
            if (loaded) return loaded;
            if (limit.passed()) loaded = fail(EBUSY, "in-flight I/O does not finish");
        }
        // What is left loaded must not wait for the next resume. The second thought is the kernel's: one that refuses
        // the table only when it swaps (a path too small) leaves the map suspended. 6.1, dm_swap_table().
        auto clear = TRY(session_.task(DM_DEVICE_CLEAR, action.name));
        (void)session_.run(clear.get());
        if (is_suspended(action.name)) (void)resume(action);
        return loaded;
    }

    bool is_suspended(const std::string& name) {
        auto task = session_.task(DM_DEVICE_INFO, name);
        dm_info info{};
        return task && session_.run(task->get()) && dm_task_get_info(task->get(), &info) && info.suspended;
    }

    /// A path that cannot be written to makes the whole map read-only, as multipath has it.
    Result<void> load(const DmAction& action) {
        auto loaded = load(action, action.read_only);
        if (!loaded && !action.read_only && (loaded.error().code() == EROFS || loaded.error().code() == EACCES))
            return load(action, true);
        const auto code = loaded ? 0 : loaded.error().code();
        if ((code == EINVAL || code == ENODEV) && asks_for_handler(action) &&
            load(action, action.read_only, Handler::none))
            return {};
        return loaded;
    }

    static bool asks_for_handler(const DmAction& action) {
        return std::ranges::any_of(
            action.table, [](const DmTarget& target) { return without_handler(target.params) != target.params; });
    }

    enum class Handler { as_asked, none };
    Result<void> load(const DmAction& action, bool read_only, Handler handler = Handler::as_asked) {
        auto task = TRY(session_.task(DM_DEVICE_RELOAD, action.name));
        for (const auto& target : action.table) {
            const auto params = handler == Handler::none ? without_handler(target.params) : target.params;
            TRY(session_.check(
                dm_task_add_target(task.get(), target.start, target.sectors, target.type.c_str(), params.c_str())));
        }
        if (read_only) TRY(session_.check(dm_task_set_ro(task.get())));
        return explained(session_.run(task.get()), action);
    }

    /// The kernel suspends, swaps and resumes within this one call: if we die in it, the map is not left suspended.
    /// Neither queued I/O is flushed nor a file system frozen.
    Result<void> resume(const DmAction& action) {
        auto task = TRY(session_.task(DM_DEVICE_RESUME, action.name));
        dm_task_no_flush(task.get());
        dm_task_skip_lockfs(task.get());
        cookie_.set_on(task.get(), action.hint);
        return explained(session_.run(task.get()), action);
    }

    Result<void> message(const DmAction& action) {
        auto task = TRY(session_.task(DM_DEVICE_TARGET_MSG, action.name));
        TRY(session_.check(dm_task_set_sector(task.get(), 0)));
        TRY(session_.check(dm_task_set_message(task.get(), action.message.c_str())));
        TRY(session_.run(task.get()), action.message);
        return {};
    }

    Result<void> remove(const std::string& name) {
        const auto until = boot_now() + std::min(left(), longest_look);
        for (;;) {
            // A new task each time: one that failed has given its share of the cookie back.
            auto task = TRY(session_.task(DM_DEVICE_REMOVE, name));
            cookie_.set_on(task.get(), UdevHint::none);
            auto gone = session_.run(task.get());
            if (gone) return gone;
            if (gone.error().code() != EBUSY || boot_now() >= until)
                return fail(gone.error().code(), "remove: ", gone.error().what());
            ::poll(nullptr, 0, static_cast<int>(pause_between_tries.count()));
        }
    }

    /// The kernel says that it refuses a table, not which path is at fault: asks each path the same question.
    Result<void> explained(Result<void> loaded, const DmAction& action) {
        if (loaded) return loaded;
        std::string culprits;
        for (DevNo dev : action.paths) {
            if (refusal(sysfs_, dev) == loaded.error().code()) culprits += cat(' ', disk_name(sysfs_, dev));
        }
        return fail(loaded.error().code(), "the kernel refused the table: ", loaded.error().what(),
                    culprits.empty() ? "" : ":", culprits);
    }

    [[nodiscard]] Milliseconds left() const {
        return std::max(std::chrono::duration_cast<Milliseconds>(until_ - boot_now()), Milliseconds::zero());
    }

    const Sysfs& sysfs_;
    DmSession& session_;
    UdevCookie& cookie_;
    Moment until_;
    std::vector<UniqueFd> locks_;  ///< of the paths of new maps
};

}  // namespace

/// Behind the features and their count stand the handler's words and their count.
std::string without_handler(std::string_view params) {
    auto all = words(params);
    auto count = [&](std::size_t at) {
        return at < all.size() ? number<std::size_t>(all[at]).value_or(all.size()) : all.size();
    };
    const auto at = count(0) < all.size() ? count(0) + 1 : all.size();
    const auto handler = count(at);
    if (handler == 0 || handler >= all.size() - std::min(at, all.size())) return std::string(params);
    auto begin = static_cast<std::size_t>(all[at].data() - params.data());
    auto end = static_cast<std::size_t>(all[at + handler].data() - params.data()) + all[at + handler].size();
    return cat(params.substr(0, begin), '0', params.substr(end));
}

DeviceMapper::Outcome RealDm::apply(std::span<const DmAction> actions, Milliseconds bound) {
    Outcome outcome;
    if (actions.empty()) return outcome;
    auto session = DmSession::open();
    if (!session) {
        outcome.results.assign(actions.size(), std::unexpected(session.error()));
        return outcome;
    }
    UdevCookie cookie;
    Batch batch(sysfs_, **session, cookie, boot_now() + bound);
    outcome.results = batch.run(actions);
    outcome.udev_late = !cookie.wait(bound);
    return outcome;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "kernel/clock.h"
#include "kernel/dm.h"

struct dm_task;

namespace rdm {

/// What libdevmapper tells udev's rules, its high 16 bits of the event number. `udev`: whether udev is running; only
/// then is making nodes left to it (DM_UDEV_DISABLE_LIBRARY_FALLBACK), otherwise nobody would. Source:
/// decisions.md 11.1; libdm/ioctl/libdm-iface.c, dm_task_run(), `rely_on_udev`.
[[nodiscard]] std::uint16_t udev_flags(UdevHint hint, bool udev);

/// Whether udev's rules can complete a cookie: they do it with dmsetup, in `root`/sbin or `root`/usr/sbin. Source:
/// handoff.md 2; 10-dm.rules, DM_EXEC_RULE.
[[nodiscard]] bool has_dmsetup(std::string_view root);

/// udev runs, but cannot confirm a map for want of dmsetup.
[[nodiscard]] bool udev_is_mute(std::string_view root);

/// Waits until the SysV semaphore `id` is 0 or gone, as long as it goes down: false if it has not for `patience`, or
/// after four times that.
[[nodiscard]] bool wait_for_zero(int id, Milliseconds patience);

/// One udev cookie for a batch of changes: a SysV semaphore that udev's rules count down, one a change. It is gone when
/// this is: after wait(), or on any way out before it.
class UdevCookie {
public:
    /// Where udev runs without dmsetup, it is as if it did not run: no cookie, and the library makes the nodes.
    UdevCookie();
    ~UdevCookie();
    UdevCookie(const UdevCookie&) = delete;
    UdevCookie& operator=(const UdevCookie&) = delete;

    /// For a task that makes an event (resume, remove). Made at the first one. Where no semaphore can be had, the
    /// flags alone are set: the rules run, and nobody waits for them.
    void set_on(dm_task* task, UdevHint hint);
    /// Until udev has worked on all changes, as long as it works on them: see wait_for_zero(). false: it has not, and
    /// the cookie is completed for it.
    [[nodiscard]] bool wait(Milliseconds patience);

private:
    std::uint32_t cookie_ = 0;
    bool missing_ = false;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cerrno>
#include <memory>
#include <string>

#include "base/result.h"

struct dm_task;

namespace rdm {

struct DestroyDmTask {
    void operator()(dm_task* task) const;
};
using DmTask = std::unique_ptr<dm_task, DestroyDmTask>;

/// libdevmapper for the length of one public call: catches what the library would print, and gives the control device
/// back at the end, so that device-mapper's modules can be unloaded. One at a time.
class DmSession {
public:
    /// Makes /dev/mapper/control if need be; opening it may load dm_mod. Without device-mapper in the kernel an error
    /// with what the library says: "device-mapper: /dev/mapper/control: open failed: No such device".
    static Result<std::unique_ptr<DmSession>> open();
    ~DmSession();
    DmSession(const DmSession&) = delete;
    DmSession& operator=(const DmSession&) = delete;

    /// A task for the device of this name; `type` is one of libdevmapper's DM_DEVICE_…; an empty name leaves it open.
    Result<DmTask> task(int type, const std::string& name);
    /// The kernel's errno and its text, or, where the kernel was not reached, the library's first complaint.
    Result<void> run(dm_task* task);
    /// The result of a dm_task_set_…() call: `code` with its complaint if it returned 0.
    Result<void> check(int done, int code = EINVAL);
    /// Of the kernel's ioctl protocol 4: 47 in "4.47.0".
    [[nodiscard]] unsigned protocol_minor() const { return protocol_minor_; }

private:
    DmSession();
    std::string complaint_;  ///< the library's first since the last call
    unsigned protocol_minor_ = 0;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/dm.h"
#include "kernel/sysfs.h"

namespace rdm {

/// Device-mapper by libdevmapper. Holds nothing between two calls. Reads need no more than the control device; a table
/// that is not there any more when its turn comes is left out.
/// apply() belongs in a process of its own: the library asks once a process whether udev runs, the timer signal
/// that ends a suspend is the process's (SIGALRM), and opening a path may wait for its error handling.
class RealDm : public DeviceMapper {
public:
    /// `sysfs` must outlive this.
    explicit RealDm(const Sysfs& sysfs) : sysfs_(sysfs) {}
    Result<std::vector<DmMap>> maps() override;
    /// Errors: EBUSY a name or uuid that exists, a path or map in use, or "in-flight I/O does not finish"; ENXIO a path
    /// that is gone or offline; EINVAL a table that the kernel does not take; ENODEV no device-mapper. A refused table
    /// changes nothing: no empty map stays behind, a live one goes on with the table it had. One with a hardware
    /// handler that is refused as such (EINVAL: the image has no module of it; ENODEV: the disk is not of its kind) is
    /// loaded without_handler(). Source: drivers/scsi/scsi_dh.c scsi_dh_attach().
    Outcome apply(std::span<const DmAction> actions, Milliseconds bound) override;

private:
    const Sysfs& sysfs_;
};

/// A multipath target's parameters that ask for no hardware handler ("1 alua", "1 rdac", "2 emc 1"); others as they
/// are. Without it the kernel neither learns of access states by itself nor asks for a path group; I/O goes on where
/// the array moves a disk by itself.
[[nodiscard]] std::string without_handler(std::string_view params);

/// Whether a uuid is one of a multipath map ("mpath-…") or of a partition on one ("part<N>-mpath-…").
[[nodiscard]] bool is_our_uuid(std::string_view uuid);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "kernel/files.h"
#include "kernel/neighbours.h"

namespace rdm {

/// The neighbours of this machine, found through descriptors of /proc and /run that were opened at the start.
class RealNeighbours : public Neighbours {
public:
    /// All are lent and outlive this.
    RealNeighbours(const Files& files, int proc, int run) : files_(files), proc_(proc), run_(run) {}
    [[nodiscard]] bool multipathd_runs() override;
    /// By `show maps raw format %w`, over the abstract socket, which all versions have; the reply up to 1 MiB, with its
    /// NUL. Source: libmpathcmd/mpath_cmd.c: a length in the machine's size_t, the NUL counted, and the text, both
    /// ways.
    std::string multipathd_maps() override;
    [[nodiscard]] bool udev_listens() override;
    /// PID 1 has become systemd-shutdown, or says that it is in runlevel 0 or 6, as sysvinit's does: "init [6]".
    [[nodiscard]] bool system_ends() override;
    /// Among the processes in state D one is, or is about to become, shutdown(8) or another name of halt(8). Source:
    /// Documentation/filesystems/proc.rst: stat, cmdline, syscall.
    [[nodiscard]] bool end_is_stuck() override;
    /// Reboots if that is what the last of these two has seen, or else powers off.
    void end_system() override;

private:
    const Files& files_;
    int proc_;
    int run_;
    bool reboots_ = false;
};

}  // namespace rdm

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
    /// PID 1 has become systemd-shutdown, or is to be in runlevel 0 or 6: sysvinit's says so in utmp(5), then, when it
    /// has written that to root, too, in its title, "init [6]". The record is found by its words: not everywhere it is
    /// as long.
    [[nodiscard]] bool system_ends() override;
    /// Among the processes in state D one is, or is about to become, shutdown(8), halt(8) by any of its names or
    /// telinit(8), and was told to end the system; not to warn, to take that back, or to do it later. Source: proc(5):
    /// stat, syscall.
    [[nodiscard]] bool end_is_stuck() override;
    /// Reboots if that is what the last of these two has seen, or else powers off.
    void end_system() override;
    [[nodiscard]] bool reboots() const { return reboots_; }

private:
    /// Notes it.
    bool ends_at(char level);

    const Files& files_;
    int proc_;
    int run_;
    bool reboots_ = false;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string_view>

#include "config/config.h"
#include "kernel/files.h"

namespace rdm {

/// The configuration that multipathd of this generation has, for the files that `files` shows: the built-in table, the
/// main file, the "*.conf" of the directory in byte order, all merged; what multipath-tools blacklists by itself stands
/// at the end. A file that is not there is no problem.
///
/// /etc/rdmpath/multipath-t, if it is there, is the output of `multipath -t` on the host: its devices take the place of
/// the built-in table, so that a distribution's own rows count. /sys/module/nvme_core/parameters/multipath says whether
/// the kernel joins NVMe paths; /etc/passwd and /proc/sys/fs/nr_open as read_value() takes them.
///
/// Never fails: what cannot be read or understood is in Config::problems, and the rest counts, as in multipathd, which
/// does not start at all where one of them is an error. Source: libmultipath/config.c, init_config().
[[nodiscard]] Config read_config(const Files& files, Generation generation,
                                 std::string_view main_file = "/etc/multipath.conf",
                                 std::string_view directory = "/etc/multipath/conf.d");

}  // namespace rdm

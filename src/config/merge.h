// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>

#include "config/config.h"

namespace rdm {

/// How much of a Config is merged: what stands behind came from the file that was read last.
struct Merged {
    std::size_t devices = 0;
    std::size_t protocols = 0;
};

/// After each file: a device entry without vendor or product and a protocol without type are dropped, and a device
/// entry whose vendor, product and revision are the same text as those of an older one takes over what it does not set
/// itself; the older one goes. Source: libmultipath/config.c, factorize_hwtable() and merge_hwe().
void merge_file(Config& config, Merged before);

/// After the last file: protocols of one type and multipaths of one wwid become one, as devices do; multipaths are then
/// in the order of their wwids, and an alias belongs to the first that claims it; what a blacklist says twice goes.
/// Source: decisions.md 2.3.
void merge_all(Config& config);

/// What multipath-tools blacklists, behind what the files say; once that is there, merge_all() may be called.
/// `nvme_is_native`: the kernel itself joins the paths of NVMe disks, and multipath-tools since 0.11 leaves them alone.
/// A device entry's product_blacklist that is no regular expression is an error. Source: decisions.md 4.1.
void add_default_blacklist(Config& config, bool nvme_is_native);

/// polling_interval and max_polling_interval, each of which follows from the other. Source: decisions.md 2.3.
void settle_polling(Config& config);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "boot/udev_pause.h"

namespace rdm {

namespace {
constexpr Milliseconds patience{30000};
constexpr Milliseconds look_interval{500};
}  // namespace

std::optional<Moment> UdevPause::look(Neighbours* neighbours, Moment now) {
    const bool there = !neighbours || neighbours->udev_listens();
    seen_ = seen_ || there;
    if (there) since_.reset();
    if (there || !seen_) return std::nullopt;
    if (!since_) since_ = now;
    if (now >= *since_ + patience) return std::nullopt;
    return now + look_interval;
}

}  // namespace rdm

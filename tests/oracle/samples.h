// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include "base/bytes.h"
#include "random.h"

namespace rdm {

/// A disk's replies, made of recorded pages, of designators of every kind, and of changes to both.
struct Sample {
    Buffer inquiry;
    Buffer vpd80;
    Buffer vpd83;
};
Buffer sample_page_83(Random& random);
Sample sample_disk(Random& random);

}  // namespace rdm

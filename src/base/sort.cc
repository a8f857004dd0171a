// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/sort.h"

namespace rdm {

void sort_places(std::size_t size, const Sortable& elements) {
    auto before = [&](std::size_t a, std::size_t b) { return elements.before(elements.context, a, b); };
    auto swap = [&](std::size_t a, std::size_t b) { elements.swap(elements.context, a, b); };
    std::size_t end = size;
    std::size_t start = end / 2;
    while (end > 1) {
        if (start > 0) {
            --start;  // still building the heap
        } else {
            --end;
            swap(0, end);
        }
        for (std::size_t parent = start, child = 0; (child = 2 * parent + 1) < end; parent = child) {
            if (child + 1 < end && before(child, child + 1)) ++child;
            if (!before(parent, child)) break;
            swap(parent, child);
        }
    }
}

}  // namespace rdm

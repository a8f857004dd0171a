// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <utility>

namespace rdm {

/// What a sort needs to know of elements that it only numbers.
struct Sortable {
    void* context;
    bool (*before)(void* context, std::size_t a, std::size_t b);
    void (*swap)(void* context, std::size_t a, std::size_t b);
};

/// Sorts `size` elements: a heap sort, n log n, equal elements in any order.
void sort_places(std::size_t size, const Sortable& elements);

/// Sorts a range that knows its size and has an index: std::ranges::sort, which comes to 2 KiB of program for every
/// type, as one piece of program for all of them.
template <class Range, class Compare = std::ranges::less, class Projection = std::identity>
void sort_by(Range& range, Compare compare = {}, Projection projection = {}) {
    struct Context {
        Range& range;
        Compare& compare;
        Projection& projection;
    } context{range, compare, projection};
    sort_places(range.size(), {.context = &context,
                               .before = [](void* in, std::size_t a, std::size_t b) -> bool {
                                   auto& with = *static_cast<Context*>(in);
                                   return std::invoke(with.compare, std::invoke(with.projection, with.range[a]),
                                                      std::invoke(with.projection, with.range[b]));
                               },
                               .swap =
                                   [](void* in, std::size_t a, std::size_t b) {
                                       auto& with = *static_cast<Context*>(in);
                                       std::swap(with.range[a], with.range[b]);
                                   }});
}

}  // namespace rdm

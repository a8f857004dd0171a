// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rdm {

// Long texts of the program's own, in less than half the room: packed when it is compiled, unpacked where they are
// read. A byte below 80h is itself. Another begins a copy of what has been said, in two bytes: 1LLLDDDD DDDDDDDD, 3 to
// 10 bytes long (L + 3), from 1 to 4096 bytes back (D + 1). (LZSS, as Storer and Szymanski have it.)

inline constexpr std::size_t least_copy = 3;
inline constexpr std::size_t most_copy = 10;
inline constexpr std::size_t farthest_copy = 4096;

/// A text on its way to being packed; Size is its length. At every place: how long a copy may begin there at most and
/// from how far back, then what is taken there, in bytes of the text, and what the rest of it costs, in bytes.
template <std::size_t Size>
struct Packing {
    // Plain arrays: compilers count their steps.
    std::uint8_t longest[Size + 1]{}, taken[Size + 1]{};
    std::uint16_t back[Size + 1]{}, cost[Size + 1]{};

    /// Of the newest places that have a hash in common; looking at more of them saves next to nothing.
    constexpr void find_copies(const char* text) {
        constexpr std::size_t buckets = 1024;
        constexpr std::size_t most_tries = 24;
        std::size_t newest[buckets]{};  // counted from 1
        std::size_t before[Size + 1]{};
        for (std::size_t i = 0; i + least_copy <= Size; ++i) {
            const auto hash = static_cast<std::size_t>(text[i] * 61 + text[i + 1] * 17 + text[i + 2]) % buckets;
            const auto most = std::min(most_copy, Size - i);
            auto j = newest[hash];
            for (std::size_t n = 0; n < most_tries && j != 0 && i + 1 - j <= farthest_copy && longest[i] < most; ++n) {
                std::size_t size = 0;
                while (size < most && text[j - 1 + size] == text[i + size]) ++size;
                if (size >= least_copy && size > longest[i]) {
                    longest[i] = static_cast<std::uint8_t>(size);
                    back[i] = static_cast<std::uint16_t>(i + 1 - j);
                }
                j = before[j - 1];
            }
            before[i] = newest[hash];
            newest[hash] = i + 1;
        }
    }

    /// From the end: the cheapest way to say the rest.
    constexpr void choose() {
        for (auto i = Size; i-- > 0;) {
            taken[i] = 1;
            cost[i] = static_cast<std::uint16_t>(1 + cost[i + 1]);
            for (auto size = least_copy; size <= longest[i]; ++size) {
                if (2 + cost[i + size] >= cost[i]) continue;
                taken[i] = static_cast<std::uint8_t>(size);
                cost[i] = static_cast<std::uint16_t>(2 + cost[i + size]);
            }
        }
    }
};

/// `text` is ASCII, below 64 KiB, a constant of its namespace.
template <const std::string_view& text>
consteval auto make_packing() {
    Packing<text.size()> packing;
    packing.find_copies(text.data());
    packing.choose();
    return packing;
}

/// A text packed.
template <const std::string_view& text>
inline constexpr auto packed = [] {  // NOLINT(bugprone-dynamic-static-initializers): it is constexpr
    constexpr auto packing = make_packing<text>();
    std::array<std::uint8_t, packing.cost[0]> bytes{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); i += packing.taken[i]) {
        if (packing.taken[i] == 1) {
            bytes[n++] = static_cast<std::uint8_t>(text[i]);
            continue;
        }
        const auto word = 0x8000U | (packing.taken[i] - least_copy) << 12 | (packing.back[i] - 1U);
        bytes[n++] = static_cast<std::uint8_t>(word >> 8);
        bytes[n++] = static_cast<std::uint8_t>(word);
    }
    return bytes;
}();

/// What was packed.
[[nodiscard]] std::string unpack(std::span<const std::uint8_t> bytes);

}  // namespace rdm

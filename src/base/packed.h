// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

// Long texts of the program's own, in less than half the room: packed when it is compiled, unpacked where they are read.
// A byte below 80h is itself. Another begins a copy of what has been said, in two bytes: 1LLLDDDD DDDDDDDD, 3 to 10
// bytes long (L + 3), from 1 to 4096 bytes back (D + 1). (LZSS, as Storer and Szymanski have it.)

inline constexpr std::size_t least_copy = 3;
inline constexpr std::size_t most_copy = 10;
inline constexpr std::size_t farthest_copy = 4096;

struct PackedCopy {
    std::size_t size = 0;
    std::size_t back = 0;
};

/// For each place of a text, the longest copy that may begin there. `before[i]`: the last place before i that begins
/// with the same three bytes, or npos.
constexpr std::vector<PackedCopy> longest_copies(std::string_view text, const std::vector<std::size_t>& before) {
    std::vector<PackedCopy> longest(text.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        for (auto j = before[i]; j != std::string_view::npos && i - j <= farthest_copy; j = before[j]) {
            const auto most = std::min(most_copy, text.size() - i);
            std::size_t size = least_copy;
            while (size < most && text[j + size] == text[i + size]) ++size;
            if (size > longest[i].size) longest[i] = {.size = size, .back = i - j};
            if (size == most) break;
        }
    }
    return longest;
}

constexpr std::vector<std::size_t> same_before(std::string_view text) {
    constexpr std::size_t buckets = 4096;
    std::vector<std::size_t> last(buckets, std::string_view::npos);
    std::vector<std::size_t> bucket_before;  // with the same hash
    std::vector<std::size_t> before;
    auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    for (std::size_t i = 0; i + least_copy <= text.size(); ++i) {
        auto& newest = last[(at(i) * 61U + at(i + 1) * 17U + at(i + 2)) % buckets];
        auto j = newest;
        while (j != std::string_view::npos && text.substr(j, least_copy) != text.substr(i, least_copy))
            j = bucket_before[j];
        before.push_back(j);
        bucket_before.push_back(newest);
        newest = i;
    }
    return before;
}

/// The shortest way to say it. `text` is ASCII.
consteval std::vector<std::uint8_t> pack(std::string_view text) {
    const auto longest = longest_copies(text, same_before(text));
    std::vector<std::size_t> cost(text.size() + 1);
    std::vector<std::size_t> step(text.size());
    for (auto i = text.size(); i-- > 0;) {
        step[i] = 1;
        cost[i] = 1 + cost[i + 1];
        for (auto size = least_copy; size <= longest[i].size; ++size) {
            if (2 + cost[i + size] >= cost[i]) continue;
            step[i] = size;
            cost[i] = 2 + cost[i + size];
        }
    }
    std::vector<std::uint8_t> packed;
    for (std::size_t i = 0; i < text.size(); i += step[i]) {
        if (step[i] == 1) {
            packed.push_back(static_cast<std::uint8_t>(text[i]));
            if (packed.back() >= 0x80) packed.at(packed.size());  // not ASCII: does not compile
            continue;
        }
        const auto word = 0x8000 | (step[i] - least_copy) << 12 | (longest[i].back - 1);
        packed.push_back(static_cast<std::uint8_t>(word >> 8));
        packed.push_back(static_cast<std::uint8_t>(word));
    }
    return packed;
}

/// `text` is a constant of its namespace.
template <const std::string_view& text>
inline constexpr auto packed = [] {
    std::array<std::uint8_t, pack(text).size()> bytes{};
    std::ranges::copy(pack(text), bytes.begin());
    return bytes;
}();

/// What pack() was given.
[[nodiscard]] std::string unpack(std::span<const std::uint8_t> bytes);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace rdm {

/// Numbers that look random and are the same each time.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        auto mixed = (state_ ^ state_ >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        return mixed ^ mixed >> 31;
    }
    std::size_t below(std::size_t count) { return next() % count; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    std::uint8_t byte() { return static_cast<std::uint8_t>(next()); }
    const auto& of(const auto& list) { return list[below(std::size(list))]; }

private:
    std::uint64_t state_;
};

/// A few changes: bytes flipped, left out, doubled or put in.
inline void mutate(Random& random, Buffer& bytes, std::size_t most) {
    for (auto changes = random.below(most + 1); changes > 0 && !bytes.empty(); --changes) {
        auto at = bytes.begin() + static_cast<long>(random.below(bytes.size()));
        switch (random.below(5)) {
            case 0:
                *at = random.byte();
                break;
            case 1:
                *at ^= static_cast<std::uint8_t>(1 << random.below(8));
                break;
            case 2:
                bytes.erase(at);
                break;
            case 3:
                bytes.insert(at, random.byte());
                break;
            default:
                bytes.insert(at, *at);
        }
    }
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cassert>
#include <cerrno>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace rdm {

using Bytes = std::span<const std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

/// The first `length` bytes; EPROTO "cut short" if there are fewer.
inline Result<Bytes> take(Bytes bytes, std::size_t length) {
    if (bytes.size() < length) return fail(EPROTO, "cut short");
    return bytes.first(length);
}

/// One byte; 0 behind the end, for pages of which old devices send less.
inline unsigned byte_at(Bytes bytes, std::size_t place) { return place < bytes.size() ? bytes[place] : 0; }

/// Big- and little-endian numbers at the front. The caller has checked the size.
inline std::uint16_t be16(Bytes b) {
    assert(b.size() >= 2);
    return static_cast<std::uint16_t>(b[0] << 8 | b[1]);
}
inline std::uint32_t be32(Bytes b) {
    assert(b.size() >= 4);
    return static_cast<std::uint32_t>(be16(b)) << 16 | be16(b.subspan(2));
}
inline std::uint64_t be64(Bytes b) {
    assert(b.size() >= 8);
    return static_cast<std::uint64_t>(be32(b)) << 32 | be32(b.subspan(4));
}
inline std::uint16_t le16(Bytes b) {
    assert(b.size() >= 2);
    return static_cast<std::uint16_t>(b[1] << 8 | b[0]);
}
inline std::uint32_t le32(Bytes b) {
    assert(b.size() >= 4);
    return static_cast<std::uint32_t>(le16(b.subspan(2))) << 16 | le16(b);
}
inline std::uint64_t le64(Bytes b) {
    assert(b.size() >= 8);
    return static_cast<std::uint64_t>(le32(b.subspan(4))) << 32 | le32(b);
}

/// A string's bytes, not copied.
inline Bytes bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace rdm

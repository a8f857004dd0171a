// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "kernel/block.h"
#include "map/partition.h"

namespace rdm {

/// A disk in memory for tests of partition tables: zeros, but for the bytes that were put there. Notes what was read.
class TestDisk : public BlockReader {
public:
    TestDisk(std::uint64_t sectors, std::uint32_t block_size) : sectors_(sectors), block_size_(block_size) {}

    void put(std::uint64_t offset, Bytes bytes) {
        while (!bytes.empty()) {
            auto& page = pages_[offset / page_bytes];
            page.resize(page_bytes);
            auto here = bytes.first(std::min<std::size_t>(bytes.size(), page_bytes - offset % page_bytes));
            std::ranges::copy(here, page.begin() + static_cast<long>(offset % page_bytes));
            offset += here.size();
            bytes = bytes.subspan(here.size());
        }
    }
    void resize(std::uint64_t sectors) { sectors_ = sectors; }
    /// From now on a read that touches this byte gives EIO.
    void break_at(std::uint64_t offset) { broken_.push_back(offset); }
    /// Every read: "0+1024 33280+512".
    [[nodiscard]] const std::string& asked() const { return asked_; }
    [[nodiscard]] std::size_t most_at_once() const { return most_at_once_; }
    /// Where bytes were put, in pages of 512.
    [[nodiscard]] std::vector<std::uint64_t> pages() const {
        std::vector<std::uint64_t> offsets;
        for (auto& [number, page] : pages_) offsets.push_back(number * page_bytes);
        return offsets;
    }

    [[nodiscard]] std::uint32_t block_size() const override { return block_size_; }
    [[nodiscard]] std::uint64_t sectors() const override { return sectors_; }
    Result<Buffer> read(std::uint64_t offset, std::size_t length) override {
        asked_ += cat(asked_.empty() ? "" : " ", offset, "+", length);
        most_at_once_ = std::max(most_at_once_, length);
        if (offset % block_size_ != 0 || length % block_size_ != 0) return fail(EINVAL, "not whole blocks");
        if (offset > sectors_ * 512 || length > sectors_ * 512 - offset) return fail(EIO, "beyond the end");
        for (auto broken : broken_)
            if (broken >= offset && broken < offset + length) return fail(EIO, "Input/output error");
        Buffer bytes(length);
        auto page = pages_.lower_bound(offset / page_bytes);
        for (; page != pages_.end() && page->first * page_bytes < offset + length; ++page)
            std::ranges::copy(page->second, bytes.begin() + static_cast<long>(page->first * page_bytes - offset));
        return bytes;
    }

private:
    static constexpr std::uint64_t page_bytes = 512;
    std::uint64_t sectors_;
    std::uint32_t block_size_;
    std::map<std::uint64_t, Buffer> pages_;
    std::vector<std::uint64_t> broken_;
    std::string asked_;
    std::size_t most_at_once_ = 0;
};

/// An image of tests/data/partitions, as record.sh there describes it.
struct RecordedDisk {
    TestDisk disk{0, 512};
    std::vector<Partition> kpartx;  ///< what kpartx lists, by number
};

inline void read_recorded_line(RecordedDisk& recorded, std::uint64_t& offset, std::string_view line) {
    auto word = words(line);
    auto decimal = [&](std::size_t n) { return number<std::uint64_t>(word.at(n)).value(); };
    if (word.empty() || line.starts_with('#')) return;
    if (word[0] == "disk") {
        recorded.disk = TestDisk(decimal(1), static_cast<std::uint32_t>(decimal(2)));
    } else if (word[0] == "part") {
        recorded.kpartx.push_back({static_cast<unsigned>(decimal(1)), decimal(2), decimal(3)});
    } else if (word[0] == "@") {
        offset = decimal(1);
    } else {
        Buffer bytes;
        for (auto byte : word) bytes.push_back(number<std::uint8_t>(byte, 16).value());
        recorded.disk.put(offset, bytes);
        offset += bytes.size();
    }
}

/// Tests run in the project's root. Throws if there is no such image, or if it is malformed.
inline RecordedDisk recorded_disk(std::string_view name) {
    std::FILE* file = std::fopen(cat("tests/data/partitions/", name, ".hex").c_str(), "re");
    std::string text;
    for (int c = 0; file != nullptr && (c = std::fgetc(file)) != EOF;) text += static_cast<char>(c);
    if (file != nullptr) (void)std::fclose(file);
    RecordedDisk recorded;
    std::uint64_t offset = 0;
    for (auto line : lines(text)) read_recorded_line(recorded, offset, line);
    std::ranges::sort(recorded.kpartx);
    if (recorded.disk.sectors() == 0) throw std::string(cat("no image ", name));
    return recorded;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "kernel/block.h"
#include "kernel/fake_dm.h"
#include "kernel/fake_sysfs.h"
#include "kernel/fake_workers.h"
#include "kernel/machine.h"

namespace rdm {

/// Disks and maps to read from. A disk's bytes are zero but for its content; how a disk answers to "read" counts here
/// too. A map reads as the kernel does: through its first usable path, failing those that don't answer; without any it
/// fails (EIO), or hangs if it queues. A read that hangs returns ETIMEDOUT at once and tells `stall`, so that
/// FakeWorkers makes its work late.
class FakeBlocks : public Blocks {
public:
    FakeBlocks(const FakeSysfs& sysfs, FakeDm& dm, FakeStall& stall) : sysfs_(sysfs), dm_(dm), stall_(stall) {}

    void content(std::string_view disk, std::uint64_t offset, Buffer bytes) {
        content_[std::string(disk)].insert_or_assign(offset, std::move(bytes));
    }
    void answer(std::string_view disk, MachineAnswer answer) {
        answers_.insert_or_assign(std::string(disk), std::move(answer));
    }
    bool is_free(DevNo dev) override { return std::ranges::find(in_use, dev) == in_use.end(); }
    std::vector<DevNo> in_use;  ///< somebody has them for himself

    Result<void> forget_partition(DevNo disk, unsigned number) override {
        asked_ += cat(asked_.empty() ? "" : "; ", "forget ", text(disk), ' ', number);
        if (on_forget) on_forget(disk, number);
        if (!busy_partitions) return {};
        return fail(EBUSY, text(disk), ": partition in use");
    }
    Result<void> find_partitions(DevNo disk) override {
        asked_ += cat(asked_.empty() ? "" : "; ", "find ", text(disk));
        return {};
    }
    std::function<void(DevNo, unsigned)> on_forget;  ///< takes it from sysfs
    bool busy_partitions = false;

    /// Every open, by kernel name, and what else was asked: "sda; dm-0; forget 8:0 1; find 8:0".
    [[nodiscard]] const std::string& asked() const { return asked_; }

    Result<std::unique_ptr<BlockReader>> open(DevNo dev) override {
        auto real = sysfs_.real_path(cat("dev/block/", text(dev)));
        if (!real) return fail(ENXIO, text(dev), ": no such device");
        auto name = real->substr(real->rfind('/') + 1);
        asked_ += cat(asked_.empty() ? "" : "; ", name);
        auto sectors = number<std::uint64_t>(sysfs_.word(cat(*real, "/size")).value_or("")).value_or(0);
        auto block =
            number<std::uint32_t>(sysfs_.word(cat(*real, "/queue/logical_block_size")).value_or("")).value_or(512);
        return std::make_unique<Reader>(*this, dev, std::move(name), sectors, block);
    }

private:
    class Reader : public BlockReader {
    public:
        Reader(FakeBlocks& blocks, DevNo dev, std::string name, std::uint64_t sectors, std::uint32_t block)
            : blocks_(blocks), dev_(dev), name_(std::move(name)), sectors_(sectors), block_(block) {}
        [[nodiscard]] std::uint32_t block_size() const override { return block_; }
        [[nodiscard]] std::uint64_t sectors() const override { return sectors_; }
        Result<Buffer> read(std::uint64_t offset, std::size_t length) override {
            if (offset > sectors_ * 512 || length > sectors_ * 512 - offset)
                return fail(EIO, name_, ": read beyond the end");
            return blocks_.read(dev_, offset, length);
        }

    private:
        FakeBlocks& blocks_;
        DevNo dev_;
        std::string name_;
        std::uint64_t sectors_;
        std::uint32_t block_;
    };

    Result<Buffer> read(DevNo dev, std::uint64_t offset, std::size_t length) {
        auto map = dm_.map(dev);
        if (!map) return read_disk(dev, offset, length);
        for (const auto& target : map->table) {
            if (offset / 512 < target.start || offset / 512 >= target.start + target.sectors) continue;
            if (target.type == "multipath") return read_multipath(*map, offset, length);
            auto parts = words(target.params);
            auto start = number<std::uint64_t>(parts[1]).value_or(0);
            return read(*devno(parts[0]), offset + (start - target.start) * 512, length);
        }
        return fail(EIO, map->name, ": no table there");
    }

    Result<Buffer> read_multipath(const DmMap& map, std::uint64_t offset, std::size_t length) {
        while (auto path = dm_.choose_path(map.name)) {
            auto bytes = read_disk(*path, offset, length);
            if (bytes || stall_.for_ever) return bytes;
            TRY(dm_.message(map.name, cat("fail_path ", text(*path))));
        }
        if (map.table.front().params.contains("queue_if_no_path")) return hang(map.name);
        return fail(EIO, map.name, ": I/O error");
    }

    Result<Buffer> read_disk(DevNo dev, std::uint64_t offset, std::size_t length) {
        auto real = sysfs_.real_path(cat("dev/block/", text(dev)));
        if (!real) return fail(EIO, text(dev), ": I/O error");
        auto name = real->substr(real->rfind('/') + 1);
        auto state = sysfs_.word(cat(*real, "/device/state")).value_or("running");
        auto told = answers_.find(name);
        if (told != answers_.end() && told->second.hangs) return hang(name);
        if (told != answers_.end()) stall_.time += told->second.after;
        bool good = told == answers_.end() || told->second.answer.good();
        if (!good || state == "offline" || state == "transport-offline") return fail(EIO, name, ": I/O error");
        return bytes(name, offset, length);
    }

    [[nodiscard]] Buffer bytes(const std::string& disk, std::uint64_t offset, std::size_t length) const {
        Buffer out(length);
        auto known = content_.find(disk);
        if (known == content_.end()) return out;
        for (const auto& [at, piece] : known->second) {
            auto from = std::max(at, offset);
            auto end = std::min(at + piece.size(), offset + length);
            for (auto place = from; place < end; ++place) out[place - offset] = piece[place - at];
        }
        return out;
    }

    std::unexpected<Error> hang(std::string_view name) {
        stall_.for_ever = true;
        return fail(ETIMEDOUT, name, ": no answer");
    }

    const FakeSysfs& sysfs_;
    FakeDm& dm_;
    FakeStall& stall_;
    std::map<std::string, std::map<std::uint64_t, Buffer>, std::less<>> content_;
    std::map<std::string, MachineAnswer, std::less<>> answers_;
    std::string asked_;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/timeouts.h"

#include <algorithm>

#include "base/text.h"
#include "map/values.h"

namespace rdm {

namespace {

constexpr long long most_dev_loss = 4294967295;
constexpr long long most_without_fast_fail = 600;  // as the kernel has it

/// A timeout, and who wants it.
struct Wanted {
    std::string value;  ///< "": not set
    std::string why;
    [[nodiscard]] long long seconds() const { return number<long long>(value).value_or(0); }  ///< 0: off, or not set
};

/// The last directory of `path` that begins with `prefix`; empty: none.
std::string_view above(std::string_view path, std::string_view prefix) {
    auto at = path.rfind(cat('/', prefix));
    if (at == std::string_view::npos) return {};
    path.remove_prefix(at + 1);
    return path.substr(0, path.find('/'));
}

class Writer {
public:
    Writer(const Map& map, const Config& config, const Sysfs& sysfs) : map_(map), config_(config), sysfs_(sysfs) {}

    std::vector<SysfsWrite> run() {
        retry_ = choose(config_, Keyword::no_path_retry, scope_of(config_, map_)).value;
        for (const Path& path : map_.paths) {
            if (path.bus == Bus::scsi) scsi_path(path);
        }
        auto sectors = choose(config_, Keyword::max_sectors_kb, scope_of(config_, map_));
        for (const Path& path : map_.paths)
            write(cat("block/", path.name, "/queue/max_sectors_kb"),
                  {std::string(sectors.value), text(config_, Keyword::max_sectors_kb, sectors)});
        return std::move(writes_);
    }

private:
    [[nodiscard]] Wanted wanted(Keyword keyword, const Path& path) const {
        auto chosen = choose(config_, keyword,
                             {.devices = path.hardware, .protocol = protocol_entry(config_, protocol_name(path))});
        return {std::string(chosen.value), text(config_, keyword, chosen)};
    }

    /// What the attribute holds once all that is to be written before is written; "": it is not there.
    [[nodiscard]] std::string current(const std::string& path) const {
        for (auto one = writes_.rbegin(); one != writes_.rend(); ++one)
            if (one->path == path) return one->value;
        return sysfs_.word(path).value_or("");
    }

    void write(const std::string& path, const Wanted& wanted) {
        auto now = current(path);
        if (wanted.value.empty() || now.empty() || now == wanted.value) return;
        writes_.push_back({path, wanted.value, wanted.why});
    }

    void scsi_path(const Path& path) {
        if (path.scsi_id)
            write(cat("class/scsi_host/host", path.scsi_id->host, "/eh_deadline"), wanted(Keyword::eh_deadline, path));
        max_retries(path);
        auto fast = wanted(Keyword::fast_io_fail_tmo, path);
        auto loss = dev_loss(path);
        if (!loss.value.empty() && fast.seconds() >= loss.seconds() && fast.seconds() > 0)
            fast = {"off", cat(fast.why, ", but not below ", loss.why)};
        if (path.transport == Transport::fcp) remote_port(path, fast, loss);
        if (path.transport == Transport::iscsi)
            if (auto session = above(path.sys_path, "session"); !session.empty() && fast.seconds() > 0)
                write(cat("class/iscsi_session/", session, "/recovery_tmo"), fast);
        if (path.transport == Transport::sas)
            if (auto device = above(path.sys_path, "end_device-"); !device.empty())
                write(cat("class/sas_end_device/", device, "/I_T_nexus_loss_timeout"), loss);
    }

    void max_retries(const Path& path) {
        if (!path.scsi_id || config_.generation == Generation::v0_9) return;
        auto chosen = wanted(Keyword::max_retries, path);
        if (chosen.value == "off") chosen.value = "-1";
        write(cat("block/", path.name, "/device/scsi_disk/", text(*path.scsi_id), "/max_retries"), chosen);
    }

    /// A path must not be gone for good before the map gives up waiting for it.
    [[nodiscard]] Wanted dev_loss(const Path& path) const {
        auto loss = wanted(Keyword::dev_loss_tmo, path);
        if (loss.value == "infinity") loss.value = cat(most_dev_loss);
        const bool old = config_.generation == Generation::v0_9;
        auto least = least_dev_loss();
        if (least == 0 || (old && loss.value.empty()) || loss.seconds() >= least) return loss;
        return {cat(least), cat("no_path_retry ", retry_)};
    }

    [[nodiscard]] long long least_dev_loss() const {
        if (retry_ == "queue") return most_dev_loss;
        auto checks = number<long long>(retry_).value_or(0);
        if (checks <= 0 || checks > most_dev_loss) return 0;
        auto seconds = checks * choose(config_, Keyword::polling_interval, {}).number().value_or(5);
        if (config_.generation != Generation::v0_9) seconds += seconds / 60 + 5;
        return std::min(seconds, most_dev_loss);
    }

    void remote_port(const Path& path, const Wanted& fast, Wanted loss) {
        auto name = above(path.sys_path, "rport-");
        if (name.empty()) return;
        auto port = cat("class/fc_remote_ports/", name, '/');
        auto dev_loss_tmo = cat(port, "dev_loss_tmo");
        auto fast_io_fail_tmo = cat(port, "fast_io_fail_tmo");
        auto now = number<long long>(current(dev_loss_tmo));
        if (!now) return;
        if (fast.seconds() >= *now && fast.seconds() > 0 && current(fast_io_fail_tmo) != fast.value)
            write(dev_loss_tmo, {cat(fast.seconds() + 1), cat("for now, to let ", fast.why)});
        if (fast.seconds() == 0 && loss.seconds() > most_without_fast_fail && retry_ != "queue")
            loss = {cat(most_without_fast_fail), cat(loss.why, ", as far as goes without fast_io_fail_tmo")};
        write(fast_io_fail_tmo, fast);
        write(dev_loss_tmo, loss);
    }

    const Map& map_;
    const Config& config_;
    const Sysfs& sysfs_;
    std::string_view retry_;
    std::vector<SysfsWrite> writes_;
};

}  // namespace

std::vector<SysfsWrite> timeouts(const Map& map, const Rules& rules, const Sysfs& sysfs) {
    return Writer(map, rules.config, sysfs).run();
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/tape.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/machine_map.h"
#include "kernel/machine_value.h"

namespace rdm {

namespace {

std::unexpected<Error> failure(int code, std::string_view path) {
    return fail(code, safe(path), ": ", std::strerror(code));
}

/// Only what is there, or is hidden: the rest is not there by itself.
void remember(Snapshot& all, const std::string& key, const Error* error, const std::string& answer) {
    if (error && error->code() == ENOENT)
        all.erase(key);
    else
        all[key] = error ? machine_failure(error->code()) : answer;
}

void remember(Snapshot& all, const std::string& key, const Result<std::string>& bytes) {
    remember(all, key, bytes ? nullptr : &bytes.error(), bytes ? machine_file(*bytes) : "");
}

void remember(Snapshot& all, const std::string& key, const Result<std::vector<std::string>>& names) {
    remember(all, key, names ? nullptr : &names.error(), names ? machine_directory(*names) : "");
}

/// What is known of a path, without the mark in front ("=", "/ =").
Result<std::string_view> known(const Snapshot& all, const std::string& key, std::string_view mark,
                               std::string_view path) {
    auto found = all.find(key);
    if (found == all.end()) return failure(ENOENT, path);
    std::string_view text = found->second;
    if (auto code = machine_error(text.substr(std::min<std::size_t>(text.size(), 2))).code(); code != 0)
        return failure(code, path);
    if (!text.starts_with(mark)) return failure(mark == "=" ? EISDIR : ENOTDIR, path);
    return trim(text.substr(mark.size()));
}

Result<std::string> known_bytes(const Snapshot& all, const std::string& key, std::string_view path) {
    return machine_value(TRY(known(all, key, "=", path))).value_or("");
}

Result<std::vector<std::string>> known_names(const Snapshot& all, const std::string& key, std::string_view path) {
    std::vector<std::string> names;
    for (auto word : words(TRY(known(all, key, "/ =", path)))) names.push_back(unescape(word));
    return names;
}

}  // namespace

Result<std::string> FileTape::read(std::string_view path) const {
    auto key = cat("file ", path);
    if (files_) {
        auto bytes = files_->read(path);
        if (bytes)
            all_[key] = *bytes;
        else
            remember(all_, cat("files ", path), bytes);
    }
    if (auto file = all_.find(key); file != all_.end()) return file->second;
    return known_bytes(all_, cat("files ", path), path);
}

Result<std::vector<std::string>> FileTape::list(std::string_view path) const {
    auto key = cat("files ", path);
    if (files_) remember(all_, key, files_->list(path));
    return known_names(all_, key, path);
}

/// Where a path leads; `linked`: its last part is a link. Links are found by asking where each part of the path leads.
Result<std::string> Tape::place(std::string_view path, bool& linked) const {
    std::string at;
    while (!path.empty()) {
        auto part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), part.size() + 1));
        auto step = cat(at, at.empty() ? "" : "/", part);
        auto key = cat("sysfs ", step);
        if (sysfs_ && !followed_.contains(step)) {
            auto real = sysfs_->real_path(step);
            if (!real) remember(all_, key, real);
            if (auto to = TRY(std::move(real)); to != step) all_[key] = machine_link(to);
            if (!path.empty()) followed_[step];
        }
        auto link = all_.find(key);
        linked = link != all_.end() && link->second.starts_with("->");
        at = linked ? unescape(std::string_view(link->second).substr(4)) : std::move(step);
    }
    return at;
}

Result<std::string> Tape::read(std::string_view path) const {
    bool linked = false;
    auto key = cat("sysfs ", TRY(place(path, linked)));
    if (sysfs_) remember(all_, key, sysfs_->read(path));
    return known_bytes(all_, key, path);
}

Result<std::vector<std::string>> Tape::list(std::string_view path) const {
    bool linked = false;
    auto key = cat("sysfs ", TRY(place(path, linked)));
    if (sysfs_) remember(all_, key, sysfs_->list(path));
    return known_names(all_, key, path);
}

/// What a link leads to is there, and what something else lies below.
Result<std::string> Tape::real_path(std::string_view path) const {
    bool linked = false;
    auto at = TRY(place(path, linked));
    auto key = cat("sysfs ", at);
    if (linked || all_.contains(key)) return at;
    if (!sysfs_) {
        auto below = all_.lower_bound(cat(key, '/'));
        if (below == all_.end() || !below->first.starts_with(cat(key, '/'))) return failure(ENOENT, path);
        return at;
    }
    all_[key] = machine_directory({});
    return at;
}

Result<void> Tape::write(std::string_view path, std::string_view /*text*/) { return failure(EROFS, path); }

Result<std::uint64_t> Tape::submit(const ScsiRequest& request) {
    auto key = cat("scsi ", request.disk, ' ', command_key(request));
    MachineAnswer answer;
    if (scsi_) {
        auto id = scsi_->submit(request);
        answer.hangs = id.has_value();
        if (id)
            out_[cat(*id)] = key;
        else
            answer.answer.failure = id.error();
        all_[key] = machine_answer_text(answer);
        return id;
    }
    auto told = all_.find(key);
    if (told == all_.end() || !machine_answer(told->second, answer)) return failure(ENOENT, key);
    if (answer.answer.failure) return std::unexpected(std::move(*answer.answer.failure));
    answer.answer.id = next_++;
    if (answer.hangs) return answer.answer.id;
    arrived_.emplace_back().kind = Event::Kind::scsi;
    arrived_.back().scsi = std::move(answer.answer);
    return next_ - 1;
}

void Tape::forget(std::uint64_t id) {
    if (scsi_) return scsi_->forget(id);
    for (auto& event : arrived_)
        if (event.scsi->id == id) event.scsi->id = 0;
}

Result<std::vector<Event>> Tape::wait(std::optional<Moment> until) {
    if (!events_) {
        if (!arrived_.empty()) return std::exchange(arrived_, {});
        if (!until) return fail(EDEADLK, "nothing will ever happen");
        now_ = std::max(now_, *until);
        return std::vector<Event>();
    }
    auto events = TRY(events_->wait(until));
    for (const auto& event : events) {
        auto out = event.scsi ? out_.find(cat(event.scsi->id)) : out_.end();
        if (out == out_.end()) continue;
        MachineAnswer answer;
        answer.answer = *event.scsi;
        if (out->second.ends_with(" read")) answer.answer.data.clear();
        all_[out->second] = machine_answer_text(answer);
        out_.erase(out);
    }
    return events;
}

Result<std::vector<DmMap>> Tape::maps() {
    if (dm_) {
        auto maps = dm_->maps();
        take_below(all_, "map");  // "maps", too
        if (!maps) all_["maps"] = machine_error_text(maps.error());
        for (const auto& one : maps.value_or(std::vector<DmMap>()))
            all_[cat("map ", one.name)] = machine_map_lines(one);
        return maps;
    }
    if (auto error = all_.find("maps"); error != all_.end()) return std::unexpected(machine_error(error->second));
    std::vector<DmMap> all;
    for (const auto& [name, text] : entries_below(all_, "map ")) all.push_back(TRY(machine_map(name, text)));
    return all;
}

DeviceMapper::Outcome Tape::apply(std::span<const DmAction> actions, Milliseconds /*bound*/) {
    Outcome outcome;
    while (outcome.results.size() < actions.size()) outcome.results.emplace_back(failure(EROFS, "device-mapper"));
    return outcome;
}

Result<std::unique_ptr<BlockReader>> Tape::open(DevNo dev) { return failure(EROFS, text(dev)); }

bool Tape::is_free(DevNo dev) {
    auto key = cat("files /dev/block/", text(dev));
    if (blocks_) all_.erase(key);
    if (blocks_ && !blocks_->is_free(dev)) all_[key] = machine_failure(EBUSY);
    return !all_.contains(key);
}

Result<std::uint64_t> NoWorkers::start(std::function<std::string()>&& /*work*/, Milliseconds /*deadline*/) {
    return failure(EROFS, "worker");
}

/// A disk is what stands in block/ and has a device.
Snapshot Tape::take() {
    for (const auto& [name, link] : entries_below(all_, "sysfs block/")) {
        constexpr std::string_view devices = "-> /devices/";
        auto at = unescape(link);
        if (!at.starts_with(devices) || !at.ends_with(cat('/', name))) continue;
        at.erase(0, devices.size());
        auto device = all_.find(cat("sysfs devices/", at, "/device"));
        if (device != all_.end() && device->second == machine_link(device_directory(at))) all_[cat("disk ", name)] = at;
    }
    return std::move(all_);
}

}  // namespace rdm

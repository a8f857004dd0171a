// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/values.h"

#include <algorithm>

#include "base/text.h"
#include "map/features.h"
#include "map/group.h"

namespace rdm {

namespace {

/// A value and who chose it.
struct Said {
    std::string value;
    std::string why;
};

class Values {
public:
    Values(Map& map, const Config& config, const Held* present)
        : map_(map), config_(config), present_(present), scope_(scope_of(config, map)) {}

    void decide() {
        hardware();
        policy();
        selector();
        features();
        say("handler", map_.handler, handler());
        map_.skip_partitions = get(Keyword::skip_kpartx).yes();
        if (map_.skip_partitions) say("partitions", "none", why(Keyword::skip_kpartx));
        map_.read_only = std::ranges::any_of(map_.paths, &Path::read_only);
    }

private:
    [[nodiscard]] Chosen get(Keyword keyword) const { return choose(config_, keyword, scope_); }
    [[nodiscard]] std::string why(Keyword keyword) const { return text(config_, keyword, get(keyword)); }
    [[nodiscard]] std::string from(Keyword keyword) const {
        auto chosen = get(keyword);
        return chosen.setting ? text(config_, chosen.setting->source) : "default";
    }
    void say(std::string_view subject, std::string_view value, std::string&& why) {
        map_.reasons.push_back({std::string(subject), escape(value), std::move(why)});
    }

    void hardware() {
        if (scope_.devices.empty()) return;
        const Section& entry = *scope_.devices.front();
        say("hardware", cat(entry.value(Keyword::vendor), ' ', entry.value(Keyword::product)),
            hardware_source(config_, entry));
    }

    void policy() {
        map_.generation = config_.generation;
        auto choice = choose_policy(config_, scope_, map_.paths);
        map_.policy = choice.policy;
        map_.grouping = std::move(choice.why);
    }

    void selector() {
        map_.selector = get(Keyword::path_selector).value;
        say("selector", map_.selector, from(Keyword::path_selector));
        map_.repeat_count = static_cast<unsigned>(std::max(1LL, get(Keyword::rr_min_io_rq).number().value_or(1)));
        map_.weighted = get(Keyword::rr_weight).value == "priorities";
        if (map_.repeat_count != 1) say("repeat", cat(map_.repeat_count), why(Keyword::rr_min_io_rq));
        if (map_.weighted) say("weight", "by priority", why(Keyword::rr_weight));
    }

    void features() {
        auto chosen = get(Keyword::features);
        Features made(chosen.value);
        const bool asked = made.remove("queue_if_no_path");
        auto queueing = decide_queueing(asked);
        made.remove("retain_attached_hw_handler");  // implied by every kernel since 4.3
        const auto mode = made.reconcile(queue_mode());
        by_bio_ = mode == QueueMode::bio;
        map_.retries = static_cast<unsigned>(std::max(0LL, get(Keyword::no_path_retry).number().value_or(0)));
        if (queueing.value == "on") made.add("queue_if_no_path");
        map_.features = made.text();
        say("features", map_.features, from(Keyword::features));
        say("queueing", queueing.value, std::move(queueing.why));
    }

    /// A map keeps the mode that it was made with; NVMe over TCP works by bio alone.
    [[nodiscard]] QueueMode queue_mode() const {
        if (std::ranges::any_of(map_.paths, [](const Path& path) { return path.transport == Transport::nvme_tcp; }))
            return QueueMode::bio;
        if (!present_ || present_->map->table.empty()) return QueueMode::unset;
        return present_->works_by_bio() ? QueueMode::bio : QueueMode::request;
    }

    [[nodiscard]] Said decide_queueing(bool by_features) const {
        auto retry = get(Keyword::no_path_retry);
        auto as_present = [this] { return std::string(present_ && present_->queues() ? "on" : "off"); };
        if (retry.value.empty() && by_features) return {"on", why(Keyword::features)};
        if (retry.value.empty()) return {as_present(), present_ ? "as the map has it" : "no_path_retry is not set"};
        if (retry.value == "fail" || retry.value == "0") return {"off", why(Keyword::no_path_retry)};
        const bool counted = retry.value != "queue";
        if (counted && present_ && std::ranges::none_of(map_.paths, is_usable))
            return {as_present(), cat("as the map has it while no path is usable; ", why(Keyword::no_path_retry))};
        return {"on", why(Keyword::no_path_retry)};
    }

    /// Sets the handler and says why.
    std::string handler() {
        map_.handler = "0";
        if (by_bio_) return "queue_mode bio takes none";
        for (const Path& path : map_.paths) {
            if (path.handler.empty()) continue;
            map_.handler = cat("1 ", path.handler);
            return cat("attached to ", safe(path.name));
        }
        // Asked for, it may not be there, and then the kernel refuses the table or apply() did without.
        if (present_ && present_->without_handler) return "as the map has it";
        auto chosen = get(Keyword::hardware_handler);
        const bool all = all_have_port_groups();
        if (all && chosen.value == "0" && !chosen.setting) {
            map_.handler = "1 alua";
            return "every path has target port groups (TPGS)";
        }
        if (!all && chosen.value == "1 alua") return "not every path has target port groups (TPGS)";
        map_.handler = chosen.value;
        return from(Keyword::hardware_handler);
    }

    /// A path that has not answered yet has no say.
    [[nodiscard]] bool all_have_port_groups() const {
        auto without = [](const Path& path) { return path.tpgs == Tpgs::none && path.state != PathState::pending; };
        return std::ranges::any_of(map_.paths, [](const Path& path) { return path.tpgs != Tpgs::none; }) &&
               std::ranges::none_of(map_.paths, without);
    }

    Map& map_;
    const Config& config_;
    const Held* present_;
    Scope scope_;
    bool by_bio_ = false;
};

}  // namespace

std::string hardware_source(const Config& config, const Section& entry) {
    if (entry.source.kind == Source::Kind::table) return cat("hardware table ", text(config.generation));
    return text(config, entry.source);
}

Scope scope_of(const Config& config, const Map& map) {
    Scope scope;
    if (!map.paths.empty()) scope.devices = map.paths.front().hardware;
    scope.multipath = multipath_entry(config, map.wwid);
    return scope;
}

void decide_values(Map& map, const Rules& rules, const Held* present) { Values(map, rules.config, present).decide(); }

}  // namespace rdm

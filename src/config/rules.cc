// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/rules.h"

#include <algorithm>

#include "config/host.h"
#include "config/lookup.h"
#include "config/read.h"

namespace rdm {

namespace {

std::string file_of(const Config& config, Keyword keyword, std::string_view usual) {
    if (config.generation != Generation::v0_9) return std::string(usual);
    return std::string(choose(config, keyword, {}).value);
}

}  // namespace

Rules read_rules(const Files& files, const CommandLine& line, const std::vector<std::string>& words) {
    const auto host = host_of(files, line);
    Rules rules{.config = read_config(files, host.generation), .record = files.text(record_file)};
    rules.root_only = boot_scope(rules.record, line, words, rules.named, rules.boot_disks);
    rules.named_alone = !words.empty();
    rules.all = line.scope == MapScope::all;
    rules.flavour = host.flavour;
    if (auto delimiter = recorded(rules.record, "partition-delimiter"); !delimiter.empty())
        rules.delimiter = std::move(delimiter);
    rules.keep_partitions = line.keep_partitions;
    const auto listed = files.text(wwids_file(rules.config));
    rules.wwids = parse_wwids(listed);
    rules.wwids_problems = wwids_problems(listed, wwids_file(rules.config));
    auto file = bindings_file(rules.config);
    if (auto text = files.read(file))
        rules.bindings = parse_bindings(*text, file, rules.config, BindingsFile::writable);
    auto failed = files.list("/run/multipath/failed_wwids");
    if (failed) rules.failed_wwids.insert(failed->begin(), failed->end());
    return rules;
}

bool is_configured(const Rules& rules) {
    // What the image was built with is no wish of anybody's.
    auto is_wish = [](const std::string& file) { return !file.starts_with("/etc/rdmpath/"); };
    return rules.config.has_main_file || !rules.wwids.empty() || std::ranges::any_of(rules.config.files, is_wish);
}

bool is_named(const Rules& rules, std::string_view wwid) {
    return std::ranges::find(rules.named, wwid) != rules.named.end();
}

bool names_decide(const Rules& rules) { return !is_configured(rules) && !rules.named.empty() && !rules.all; }

std::string wwids_file(const Config& config) { return file_of(config, Keyword::wwids_file, "/etc/multipath/wwids"); }

std::string bindings_file(const Config& config) {
    return file_of(config, Keyword::bindings_file, "/etc/multipath/bindings");
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verbs.h"

#include <algorithm>
#include <cerrno>

#include "boot/engine.h"
#include "boot/flush.h"
#include "boot/outlast.h"
#include "cli/anonymous.h"
#include "cli/claim_verb.h"
#include "cli/explain.h"
#include "cli/json.h"
#include "cli/list.h"
#include "cli/missing.h"
#include "cli/plan_text.h"
#include "cli/record_verb.h"
#include "cli/snapshot.h"
#include "cli/verify_verb.h"
#include "kernel/deadline.h"
#include "kernel/machine_value.h"
#include "kernel/tape.h"
#include "map/concise.h"
#include "map/plan.h"
#include "path/identify.h"
#include "path/vpd83.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

Ended failed(const Error& error) {
    return {.status = error.code() == ENOENT ? Exit::missing : Exit::refused, .output = {}, .complaint = error.what()};
}

Ended outcome(const Result<void>& worked) {
    if (!worked) return failed(worked.error());
    return {};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + escape(word);
    return text;
}

/// The boot goes on as it would with multipathd, but somebody should know.
void report_problems(const Rules& rules, Log& log) {
    for (const auto& problem : rules.config.problems) log.warn(problem.text);
    for (const auto& problem : rules.wwids_problems) log.warn(problem);
    for (const auto& problem : rules.bindings.problems) log.warn(problem);
}

Ended verdict(const Engine& engine, const Rules& rules) {
    auto missing = engine.missing();
    if (missing.empty() && !engine.nothing_to_do()) return {};
    Ended ended{.status = engine.refused() ? Exit::refused : Exit::missing, .output = {}, .complaint = {}};
    if (!missing.empty())
        ended.complaint = cat("not there: ", joined(missing));
    else if (!std::ranges::all_of(engine.decided().refused, &Refused::usual))
        ended.complaint = "no disk whose paths make a map";
    else
        ended.complaint = is_configured(rules) ? "no disk that multipath's configuration makes a map of"
                                               : "no disk with two paths or more";
    return ended;
}

Ended assemble(const Options& options, const CommandLine& command_line, const Doors& doors) {
    auto rules = read_rules(doors.files, command_line, options.wwids);
    report_problems(rules, doors.log);
    Engine engine(doors, rules, Duty::assemble);
    if (auto worked = engine.work({}); !worked) return failed(worked.error());
    return verdict(engine, rules);
}

Ended wait(const Options& options, const CommandLine& command_line, const Doors& doors) {
    auto rules = read_rules(doors.files, command_line, options.wwids);
    Engine engine(doors, rules, options.present ? Duty::wait_for_present : Duty::wait);
    auto limit = doors.events.now() + options.timeout.value_or(command_line.timeout);
    if (auto worked = engine.work(limit); !worked) return failed(worked.error());
    if (options.present && engine.missing().empty()) return {};
    return verdict(engine, rules);
}

/// How many paths the recorded maps had; disks stand behind them.
unsigned recorded_paths(std::string_view record) {
    unsigned paths = 0;
    for (auto line : lines(record)) {
        const auto key = take_word(line);
        if (key == "disk") break;
        if (key == "paths") paths += number<unsigned>(take_word(line)).value_or(0);
    }
    return paths;
}

std::string waiting_for(const Rules& rules) {
    const auto& wwids = rules.named;
    const auto maps = cat(wwids.size(), wwids.size() == 1 ? " map" : " maps");
    if (!rules.boot_disks.empty())
        return cat("waiting for root: ", maps, ", ", recorded_paths(rules.record), " paths recorded");
    std::string_view others =
        is_configured(rules) ? "disks that multipath's configuration makes maps of" : "disks with two paths or more";
    if (wwids.empty()) return cat("waiting for ", others);
    return cat("waiting for ", maps, ": ", joined(wwids),
               is_configured(rules) && !rules.root_only ? cat("; and for ", others) : "");
}

/// All disks, also those that were put aside: as far as sysfs tells.
std::vector<Path> all_seen(const Engine& engine, const Rules& rules, const Doors& doors) {
    auto seen = engine.paths();
    Identification disks{doors.sysfs, doors.files, rules};
    for (const auto& name : enumerate(doors.sysfs).value_or(std::vector<std::string>{})) {
        if (std::ranges::find(seen, name, &Path::name) != seen.end()) continue;
        if (auto one = identify(disks, name)) seen.push_back((*one)->path);
    }
    return seen;
}

/// What is not there after the timeout is reported once.
void report_missing(const Engine& engine, const Rules& rules, const CommandLine& command_line, const Doors& doors) {
    auto so_far = verdict(engine, rules);
    if (so_far.status == Exit::done) return;
    const auto missing = engine.missing();
    const auto text = cat(so_far.complaint, " after ", seconds(command_line.timeout), '\n',
                          missing_text(rules, missing.empty() ? "" : missing[0], all_seen(engine, rules, doors)));
    for (auto line : lines(text)) doors.log.err(line);
}

/// For ever.
Ended run(const CommandLine& command_line, const Doors& doors) {
    if (!command_line.on) return {};
    auto rules = read_rules(doors.files, command_line, {});
    report_problems(rules, doors.log);
    doors.log.notice(waiting_for(rules));
    Engine engine(doors, rules, Duty::run);
    if (auto worked = engine.work(doors.events.now() + command_line.timeout); !worked) return failed(worked.error());
    if (engine.stopped() || engine.handed_over()) return {};
    report_missing(engine, rules, command_line, doors);
    return outcome(engine.work({}));
}

/// The tables of new maps on standard output, as `dmsetup create --concise` takes them; the rest in words beside it.
Ended planned(const Plan& steps) {
    std::vector<DmAction> creates;
    for (const DmAction& action : steps.actions)
        if (action.kind == DmAction::Kind::create) creates.push_back(action);
    Ended ended{.status = Exit::done, .output = concise(creates), .complaint = plan_notes(steps)};
    if (!ended.output.empty() && !ended.output.ends_with('\n')) ended.output += '\n';
    return ended;
}

/// All that a look decides on a snapshot, as a text.
Result<std::string> decided_on(const Snapshot& all) {
    Tape tape(all);
    NoWorkers workers;
    Log log([](LogLevel, const std::string&) {}, LogLevel::err);
    auto command_line = parse_command_line(tape.files().text(cmdline_file));
    Doors doors{tape, tape.files(), tape, tape, tape, workers, tape, log};
    auto rules = read_rules(doors.files, command_line, {});
    auto world = TRY(look_at(rules, doors));
    auto steps = planned(plan(world.decided, world.present));
    return cat(list_json(world), steps.output, steps.complaint);
}

/// Masked so that every decision stays what it was, up to the masks: what a pattern of the configuration tells apart is
/// kept, one character more at a time.
Result<Snapshot> masked(const Snapshot& all) {
    const auto decided = TRY(decided_on(all));
    for (std::size_t keep = 0;; ++keep) {
        auto masks = masks_of(all, keep);
        auto snapshot = masks.snapshot(all);
        auto now = decided_on(snapshot);
        if (keep > most_wwid || (now && *now == masks.text(decided))) return snapshot;
    }
}

/// The same look as `list` has, recorded, and the files that decisions are made of.
Ended snapshot(const Options& options, const CommandLine& command_line, const Doors& doors) {
    Tape tape(doors.sysfs, doors.files, doors.scsi, doors.events, doors.dm, doors.blocks);
    Doors recorded{tape, tape.files(), tape, tape, tape, doors.workers, tape, doors.log};
    auto rules = read_rules(recorded.files, command_line, options.wwids);
    auto world = look_at(rules, recorded);
    if (!world) return failed(world.error());
    read_all_that_decides(recorded, *world);
    auto all = tape.take();
    if (options.anonymous) {
        auto other = masked(all);
        if (!other) return failed(other.error());
        all = *std::move(other);
    }
    return {.status = Exit::done, .output = snapshot_text(std::move(all)), .complaint = {}};
}

Ended look(const Options& options, const CommandLine& command_line, const Doors& doors) {
    auto rules = read_rules(doors.files, command_line, options.wwids);
    auto looked = look_at(rules, doors);
    if (!looked) return failed(looked.error());
    const World& world = *looked;
    if (options.verb == Verb::list)
        return {.status = Exit::done, .output = options.json ? list_json(world) : list_text(world), .complaint = {}};
    if (options.verb == Verb::plan) return planned(plan(world.decided, world.present));
    auto explained = explain_text(world, options.subject);
    if (!explained) return {.status = Exit::missing, .output = {}, .complaint = explained.error().what()};
    return {.status = Exit::done, .output = std::move(*explained), .complaint = {}};
}

Ended let_go(const Doors& doors) {
    auto flushed = flush(doors);
    if (!flushed) return failed(flushed.error());
    Ended ended;
    for (const auto& name : flushed->removed) ended.output += cat(safe(name), ": removed\n");
    for (const Refused& one : flushed->left)
        ended.complaint += cat(ended.complaint.empty() ? "" : "\n", safe(one.subject), ": ", safe(one.reason));
    if (!flushed->left.empty()) ended.status = flushed->kernel_refused ? Exit::refused : Exit::missing;
    return ended;
}

}  // namespace

Ended show_scope(const CommandLine& command_line, const Files& files) {
    Ended ended;
    ended.status = command_line.on ? Exit::done : Exit::missing;
    if (!command_line.on) return ended;
    for (const auto& disk : read_rules(files, command_line, {}).boot_disks) ended.output += cat(safe(disk), '\n');
    return ended;
}

Ended perform(const Options& options, const CommandLine& command_line, const Doors& doors) {
    switch (options.verb) {
        case Verb::run:
            return run(command_line, doors);
        case Verb::assemble:
            return assemble(options, command_line, doors);
        case Verb::wait:
            return wait(options, command_line, doors);
        case Verb::list:
        case Verb::plan:
        case Verb::explain:
            return look(options, command_line, doors);
        case Verb::claim:
            if (options.snapshot) return claim_disk(options, command_line, doors, false, "");
            return claim_disk(options, command_line, doors, environment("DM_MULTIPATH_DEVICE_PATH") == "0",
                              wait_directory);
        case Verb::flush:
            return let_go(doors);
        case Verb::outlast:
            return outcome(outlast(doors));
        case Verb::record:
            return record_host(options, options.multipath_tools, &doors, doors.files);
        case Verb::verify:
            return verify_host(options, doors);
        case Verb::config:
        case Verb::snapshot:
            return snapshot(options, command_line, doors);
        case Verb::scope:
            return show_scope(command_line, doors.files);
        case Verb::version:
        case Verb::help:
            break;
    }
    return {.status = Exit::usage, .output = {}, .complaint = "not a verb of the machine"};
}

}  // namespace rdm

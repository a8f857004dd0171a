// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/verbs.h"

#include <algorithm>
#include <cerrno>

#include "boot/engine.h"
#include "boot/flush.h"
#include "cli/claim_verb.h"
#include "cli/explain.h"
#include "cli/json.h"
#include "cli/list.h"
#include "cli/plan_text.h"
#include "kernel/deadline.h"
#include "map/concise.h"
#include "map/plan.h"

namespace rdm {

namespace {

using namespace std::chrono_literals;

Ended failed(const Error& error) {
    return {.status = error.code == ENOENT ? Exit::missing : Exit::refused, .output = {}, .complaint = error.what};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + escape(word);
    return text;
}

/// Named on the command line, or else by the kernel's command line.
Rules rules_of(const Options& options, const CommandLine& command_line, const Doors& doors) {
    return read_rules(doors.files, command_line, options.wwids.empty() ? command_line.wwids : options.wwids);
}

Ended verdict(const Engine& engine, const Rules& rules) {
    auto missing = engine.missing();
    if (missing.empty() && !engine.nothing_to_do()) return {};
    Ended ended{.status = engine.refused() ? Exit::refused : Exit::missing, .output = {}, .complaint = {}};
    if (!missing.empty())
        ended.complaint = cat("not there: ", joined(missing));
    else if (!std::ranges::all_of(engine.world().decided.refused, &Refused::usual))
        ended.complaint = "no disk whose paths make a map";
    else
        ended.complaint = is_configured(rules) ? "no disk that multipath's configuration makes a map of"
                                               : "no disk with two paths or more";
    return ended;
}

Ended assemble(const Options& options, const CommandLine& command_line, Doors doors) {
    auto rules = rules_of(options, command_line, doors);
    Engine engine(doors, rules, Duty::assemble);
    if (auto worked = engine.work({}); !worked) return failed(worked.error());
    return verdict(engine, rules);
}

Ended wait(const Options& options, const CommandLine& command_line, Doors doors) {
    auto rules = rules_of(options, command_line, doors);
    Engine engine(doors, rules, Duty::wait);
    auto limit = doors.events.now() + options.timeout.value_or(command_line.timeout);
    if (auto worked = engine.work(limit); !worked) return failed(worked.error());
    return verdict(engine, rules);
}

std::string waiting_for(const Rules& rules) {
    const auto& wwids = rules.named;
    if (wwids.empty())
        return is_configured(rules) ? "waiting for disks that multipath's configuration makes maps of"
                                    : "waiting for disks with two paths or more";
    return cat("waiting for ", wwids.size(), wwids.size() == 1 ? " map: " : " maps: ", joined(wwids));
}

/// What is not there after the timeout is reported once.
void report_missing(const Engine& engine, const Rules& rules, const CommandLine& command_line, Log& log) {
    if (auto so_far = verdict(engine, rules); so_far.status != Exit::done)
        log.err(so_far.complaint, " after ", seconds(command_line.timeout), "; ", engine.world().paths.size(),
                " disks seen; see: rdmpath explain");
}

/// For ever.
Ended run(const CommandLine& command_line, Doors doors) {
    if (!command_line.on) return {};
    auto rules = read_rules(doors.files, command_line, command_line.wwids);
    doors.log.info(waiting_for(rules));
    Engine engine(doors, rules, Duty::run);
    if (auto worked = engine.work(doors.events.now() + command_line.timeout); !worked) return failed(worked.error());
    if (engine.stopped()) return {};
    report_missing(engine, rules, command_line, doors.log);
    if (auto worked = engine.work({}); !worked) return failed(worked.error());
    return {};
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

Ended look(const Options& options, const CommandLine& command_line, Doors doors) {
    auto rules = rules_of(options, command_line, doors);
    Engine engine(doors, rules, Duty::look);
    if (auto worked = engine.work({}); !worked) return failed(worked.error());
    World world = engine.world();
    if (options.verb == Verb::list)
        return {.status = Exit::done, .output = options.json ? list_json(world) : list_text(world), .complaint = {}};
    if (options.verb == Verb::plan) return planned(plan(world.decided, world.present));
    auto explained = explain_text(world, options.subject);
    if (!explained) return {.status = Exit::missing, .output = {}, .complaint = explained.error().what};
    return {.status = Exit::done, .output = std::move(*explained), .complaint = {}};
}

Ended let_go(Doors doors) {
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

Ended perform(const Options& options, const CommandLine& command_line, Doors doors) {
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
            return claim_disk(options, command_line, doors, environment("DM_MULTIPATH_DEVICE_PATH") == "0",
                              wait_directory);
        case Verb::flush:
            return let_go(doors);
        case Verb::config:
        case Verb::version:
        case Verb::help:
            break;
    }
    return {.status = Exit::usage, .output = {}, .complaint = "not a verb of the machine"};
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include <span>

#include "base/output.h"
#include "boot/real_machine.h"
#include "cli/config_verb.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/record_verb.h"
#include "cli/verbs.h"
#include "config/record.h"
#include "kernel/real_files.h"
#include "kernel/report.h"
#include "kernel/tape.h"
#include "kernel/udev_cookie.h"

namespace rdm {

namespace {

int complain(Exit status, std::string_view text) {
    for (auto line : lines(text)) print(Stream::error, cat("rdmpath: ", line, "\n"));
    return static_cast<int>(status);
}

LogLevel level(const Options& options, const CommandLine& command_line) {
    if (command_line.debug) return LogLevel::debug;
    return options.verb == Verb::run || options.verb == Verb::assemble ? LogLevel::info : LogLevel::warn;
}

/// What a verb printed and complained of; its status.
int tell(const Ended& ended) {
    bool said = print(Stream::output, ended.output);
    auto status = complain(ended.status, ended.complaint);
    return said || status != 0 ? status : complain(Exit::refused, "standard output takes no more");
}

int with_machine(const Options& options, char** argv) {
    auto machine = RealMachine::open();
    // In a chroot or a container there may be no machine to see; an image is built all the same.
    if (!machine && options.verb == Verb::record)
        return tell(record_host(options, options.multipath_tools, nullptr, RealFiles{}));
    if (!machine) return complain(Exit::refused, machine.error().what());
    auto text = (*machine)->proc().cmdline();
    auto command_line = parse_command_line(text ? *text : "");
    auto console = Console::open(LogTo::standard_error, (*machine)->nodes());
    const RunFolder& run_folder = (*machine)->run_folder();
    const bool boots = options.verb == Verb::run && command_line.on;
    const bool stays = boots || options.verb == Verb::outlast;
    Report report(stays ? run_folder.open_report() : UniqueFd());
    if (stays) report.begin(RealFiles{}.read(record_file).value_or(""));
    if (stays && command_line.quiet) console.be_brief();
    auto sink = [&report, &console](LogLevel one, const std::string& text) {
        report.line(one, text);
        console.line(one, text);
    };
    Log log(sink, level(options, command_line));
    for (const auto& problem : command_line.problems) log.warn(problem);
    if (stays) {
        if (boots) run_folder.ask_to_be_spared();
        for (const auto& error : become_resident(argv[0], (*machine)->proc())) log.debug(error.what());
    }
    const bool acts = boots || options.verb == Verb::assemble;
    if (acts && udev_is_mute(""))
        log.warn(
            "udev runs, but the image has no dmsetup for its rules: not waiting for udev; add dmsetup to the image");
    const auto ended = perform(options, command_line, (*machine)->doors(log));
    if (boots) run_folder.clear();
    return tell(ended);
}

int without_machine() {
    const RealFiles files;
    auto command_line = parse_command_line(files.read(cmdline_file).value_or(""));
    for (const auto& problem : command_line.problems) complain(Exit::done, problem);
    return tell(show_scope(command_line, files));
}

/// Decides on a machine text instead of this machine.
int with_snapshot(const Options& options) {
    auto text = read_named_file(*options.snapshot);
    if (!text) return complain(Exit::usage, text.error().what());
    auto machine = parse_snapshot(*text);
    if (!machine) return complain(Exit::usage, cat(safe(*options.snapshot), ":", machine.error().what()));
    auto command_line = parse_command_line((*machine)[cat("file ", cmdline_file)]);
    Log log([](LogLevel, const std::string& line) { complain(Exit::done, line); }, level(options, command_line));
    for (const auto& problem : command_line.problems) log.warn(problem);
    Tape tape(*std::move(machine));
    if (options.verb == Verb::config) return tell(show_config(options, tape.files()));
    NoWorkers workers;
    return tell(perform(options, command_line, {tape, tape.files(), tape, tape, tape, workers, tape, log}));
}

int start(int argc, char** argv) {
    std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
    if (argc > 0 && std::string_view(argv[0]).ends_with("/outlast")) return with_machine({.verb = Verb::outlast}, argv);
    auto options = parse_options(arguments.empty() ? arguments : arguments.subspan(1));
    if (!options) return complain(Exit::usage, options.error().what());
    if (options->verb == Verb::help) return print(Stream::output, help_text(options->help_on)) ? 0 : 3;
    if (options->verb == Verb::version) return print(Stream::output, "rdmpath " RDMPATH_VERSION "\n") ? 0 : 3;
    if (options->snapshot) return with_snapshot(*options);
    if (options->verb == Verb::config) return tell(show_config(*options, RealFiles{}));
    if (options->verb == Verb::scope) return without_machine();
    return with_machine(*options, argv);
}

}  // namespace

}  // namespace rdm

int main(int argc, char** argv) { return rdm::start(argc, argv); }

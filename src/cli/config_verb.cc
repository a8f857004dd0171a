// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/config_verb.h"

#include "cli/config_text.h"
#include "config/host.h"
#include "config/read.h"
#include "kernel/snapshot.h"

namespace rdm {

namespace {

std::string_view severity(Problem::Severity severity) {
    switch (severity) {
        case Problem::Severity::warning:
            return "warning: ";
        case Problem::Severity::mistake:
            return "";
        case Problem::Severity::error:
            return "multipathd does not start: ";
    }
    return "";
}

}  // namespace

Ended show_config(const Options& options, const Files& files) {
    auto line = parse_command_line(files.text(cmdline_file));
    auto generation = options.like ? *options.like : host_of(files, line).generation;
    auto config = read_config(files, generation, options.config_file, options.config_directory);
    Ended ended;
    const auto least = options.check ? Problem::Severity::mistake : Problem::Severity::error;
    for (const auto& problem : config.problems) {
        ended.complaint += cat(severity(problem.severity), problem.text, '\n');
        if (problem.severity >= least) ended.status = Exit::usage;
    }
    if (options.check) return ended;
    ended.output = options.vendor ? hardware_text(config, {*options.vendor, options.product, {}}) : config_text(config);
    return ended;
}

}  // namespace rdm

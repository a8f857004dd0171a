// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/generation.h"

namespace rdm {

enum class Verb {
    run,
    assemble,
    wait,
    list,
    plan,
    explain,
    claim,
    scope,
    flush,
    record,
    verify,
    config,
    snapshot,
    version,
    help,
    outlast  ///< not on the command line: the program was called by this name
};

/// What the command line asks for. A member that a verb does not take is left at its default.
struct Options {
    Verb verb = Verb::help;
    std::optional<Verb> help_on{};     ///< help: on this verb alone
    std::vector<std::string> wwids{};  ///< assemble, wait: the maps wanted; none: every map;
                                       ///< record: devices
    std::optional<std::string>
        subject{};         ///< explain, claim: "sdb", "/dev/sdb", "8:16"; explain: or a WWID; verify: a file
    bool present = false;  ///< wait: nothing to wait for is no reason to wait
    std::optional<std::chrono::seconds> timeout{};  ///< wait: at most so long, 0 looks once; none: without a limit
    bool json = false;                              ///< list
    bool anonymous = false;                         ///< snapshot: serial numbers masked
    bool generic = false;                           ///< record: what holds for any image of this host
    std::string_view multipath_tools{};             ///< record: the version that is installed; lent
    std::optional<std::string> snapshot{};  ///< list, plan, explain, snapshot: on this file, "-" is standard input
    // config:
    std::optional<Generation> like{};                      ///< none: what the image was built for
    std::string_view config_file = "/etc/multipath.conf";  ///< lent by the command line, as what follows
    std::string_view config_directory = "/etc/multipath/conf.d";
    std::optional<std::string_view> vendor{};  ///< and product: of one array
    std::string_view product{};
    bool check = false;
    bool operator==(const Options&) const = default;
};

/// The command line without the program's name. EINVAL: wrong usage; the text says what was wrong and what is possible.
/// Options may stand before and after other words; "--" ends them. `--help` behind a verb asks for help on it.
Result<Options> parse_options(std::span<const char* const> arguments);

/// "run", "list"; "--version" and "--help" for the two that are options.
[[nodiscard]] std::string_view text(Verb verb);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/generation.h"
#include "config/keyword.h"

namespace rdm {

/// Where something stands: in a file, in a row of a hardware table, or nowhere because it is compiled in.
struct Source {
    enum class Kind : std::uint8_t { compiled, table, file };
    Kind kind = Kind::compiled;
    std::uint8_t file = 0;   ///< file: index into Config::files
    std::uint32_t line = 0;  ///< file: its line, from 1; table: the line of its row in hardware_rows()
    bool operator==(const Source&) const = default;
};

/// One keyword's value. `value`: canonical, as `multipath -t` prints it, without quotes: "yes", "12", "queue",
/// "1 queue_if_no_path", "infinity".
struct Setting {
    Keyword keyword;
    std::string value;
    Source source;
    bool operator==(const Setting&) const = default;
};

/// What one section or entry sets, in the order of keywords, each keyword once.
struct Section {
    using __trivially_relocatable = Section;
    Source source;  ///< where the entry begins
    std::vector<Setting> settings;

    [[nodiscard]] const Setting* find(Keyword keyword) const;
    /// The value, or "" where it is not set.
    [[nodiscard]] std::string_view value(Keyword keyword) const;
    /// Replaces what was set before.
    void set(Keyword keyword, std::string&& value, Source source);
    void unset(Keyword keyword);
    bool operator==(const Section&) const = default;
};

/// A blacklist or its exceptions: per type, in the order in which they are tried.
struct Listed {
    using __trivially_relocatable = Listed;
    std::string pattern;  ///< POSIX extended; a leading "!" inverts, "\!" is a "!" (decisions.md 4.1)
    Source source;
    bool operator==(const Listed&) const = default;
};
struct ListedDevice {
    using __trivially_relocatable = ListedDevice;
    std::string vendor;   ///< empty: any
    std::string product;  ///< empty: any
    Source source;
    bool operator==(const ListedDevice&) const = default;
};
struct Blacklist {
    std::vector<Listed> devnode;
    std::vector<Listed> wwid;
    std::vector<Listed> property;
    std::vector<Listed> protocol;
    std::vector<ListedDevice> device;
    bool operator==(const Blacklist&) const = default;
};

/// What is wrong in a file, and what happens instead.
struct Problem {
    using __trivially_relocatable = Problem;
    enum class Severity : std::uint8_t {
        warning,  ///< old-fashioned or said twice, but in effect
        mistake,  ///< something that was written has no effect, or not that which was written
        error,    ///< multipathd of this generation does not start with this configuration
    };
    Severity severity = Severity::warning;
    std::string text;  ///< "/etc/multipath.conf:14: no_path_retry: \"sometimes\" is neither …; ignored"
    bool operator==(const Problem&) const = default;
};

/// multipath.conf, its conf.d and the hardware table, after every merge.
struct Config {
    Generation generation = Generation::v0_14;
    std::vector<std::string> files;  ///< those that were read, in this order; names as a person would type them
    bool has_main_file = false;      ///< the main file exists
    Section defaults;                ///< only what is set; compiled defaults are compiled_default()
    Section overrides;
    std::vector<Section> protocols;   ///< overrides/protocol: each has `type`
    std::vector<Section> devices;     ///< the table's first, then the files'; of two that match, the later one wins
    std::vector<Section> multipaths;  ///< each has `wwid`, each wwid once
    Blacklist blacklist;              ///< the defaults of multipath-tools at the end
    Blacklist exceptions;
    std::vector<Problem> problems;
};

/// "/etc/multipath.conf:14", "hardware table 0.14, HITACHI ^OPEN-", "default".
[[nodiscard]] std::string text(const Config& config, const Source& source);

}  // namespace rdm

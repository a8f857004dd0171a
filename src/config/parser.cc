// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/parser.h"

#include <bitset>

#include "base/text.h"
#include "config/lexer.h"
#include "config/value.h"
#include "kernel/pattern.h"

namespace rdm {

namespace {

using Severity = Problem::Severity;
using Tokens = std::vector<std::string_view>;

enum class Block : std::uint8_t {
    file,
    defaults,
    blacklist,
    exceptions,
    blacklist_device,
    exceptions_device,
    devices,
    device,
    overrides,
    protocol,
    multipaths,
    multipath,
};

struct BlockRow {
    char name[21];
    Block outer;
    Block block;
    bool needs_no_brace;  ///< its line is understood without "{"
};
constexpr BlockRow blocks[] = {
    {"defaults", Block::file, Block::defaults, true},
    {"blacklist", Block::file, Block::blacklist, true},
    {"blacklist_exceptions", Block::file, Block::exceptions, true},
    {"devices", Block::file, Block::devices, true},
    {"overrides", Block::file, Block::overrides, false},
    {"multipaths", Block::file, Block::multipaths, true},
    {"device", Block::blacklist, Block::blacklist_device, true},
    {"device", Block::exceptions, Block::exceptions_device, true},
    {"device", Block::devices, Block::device, true},
    {"protocol", Block::overrides, Block::protocol, false},
    {"multipath", Block::multipaths, Block::multipath, true},
};

const BlockRow* block_in(Block outer, std::string_view name) {
    for (const auto& row : blocks)
        if (row.outer == outer && name == row.name) return &row;
    return nullptr;
}

/// Anywhere, even where it has no meaning, the line of such a name is a section's first.
bool begins_section(std::string_view name) {
    for (const auto& row : blocks)
        if (row.needs_no_brace && name == row.name) return true;
    return false;
}

std::string_view name_of(Block block) {
    for (const auto& row : blocks)
        if (row.block == block) return row.name;
    return "file";
}

class Parser {
public:
    Parser(Config& config, std::string_view text, std::uint8_t file, ConfigRole role, const Files& files)
        : config_(config), lexer_(text), file_(file), role_(role), files_(files) {}

    void read(Block block, std::uint32_t begun, Section* section) {
        std::bitset<keyword_count + std::size(blocks)> seen;
        ConfigLine line;
        while (lexer_.next(line)) {
            if (!has_form(line.tokens)) continue;
            auto name = line.tokens.front();
            if (name == "}") {
                if (block != Block::file) return;
                report(Severity::mistake, name, "no section is open here; ignored");
            } else if (const BlockRow* inner = block_in(block, name)) {
                if (block == Block::file) notice(seen, static_cast<std::size_t>(inner - blocks), name);
                enter(inner->block);
            } else {
                std::size_t at = 1;  // a section's name, where it is none, may stand alone
                set(block, section, name, line.tokens.size() > at ? config_value(line.tokens, at) : "", seen);
            }
        }
        if (block == Block::file || ended_) return;
        ended_ = true;  // once, for the innermost
        report(Severity::mistake, name_of(block), cat("a } was expected for line ", begun, "; it ends with the file"));
    }

private:
    using Seen = std::bitset<keyword_count + std::size(blocks)>;

    Source here() const { return {.kind = Source::Kind::file, .file = file_, .line = lexer_.line()}; }

    void report(Severity severity, std::string_view subject, std::string_view what) {
        config_.problems.push_back({severity, cat(text(config_, here()), ": ", safe(subject), ": ", what)});
    }

    void notice(Seen& seen, std::size_t which, std::string_view name) {
        if (seen[which]) report(Severity::warning, name, "said before in this section; the last one counts");
        seen.set(which);
    }

    /// Whether there is a name and what must follow it. Else the line is as good as not there.
    bool has_form(const Tokens& tokens) {
        auto name = tokens.front();
        std::size_t end = 1;
        if (name == "{") {
            report(Severity::mistake, name, "a section begins on the line of its name; ignored");
            return false;
        }
        if (begins_section(name)) {
            end = 2;
            if (tokens.size() < 2 || tokens[1] != "{")
                report(Severity::mistake, name, "a { was expected behind it; the section begins all the same");
        } else if (name != "}") {
            if (tokens.size() < 2) {
                report(Severity::mistake, name, "a value was expected (in quotes, if it has a # or !); ignored");
                return false;
            }
            (void)config_value(tokens, end);
            if (is_quote(tokens[1]) && (end == 2 || !is_quote(tokens[end - 1])))
                report(Severity::mistake, name, "a quote was expected; the value ends with the line");
        }
        if (tokens.size() > end)
            report(Severity::mistake, name,
                   cat("nothing more was expected, from \"", safe(tokens[end]), "\" on ignored"));
        return true;
    }

    void enter(Block block) {
        const auto begun = here();
        Section* section = nullptr;
        switch (block) {
            case Block::defaults:
                section = &config_.defaults;
                break;
            case Block::overrides:
                section = &config_.overrides;
                break;
            case Block::device:
                section = &config_.devices.emplace_back(begun);
                break;
            case Block::protocol:
                section = &config_.protocols.emplace_back(begun);
                break;
            case Block::multipath:
                section = &config_.multipaths.emplace_back(begun);
                break;
            case Block::blacklist_device:
                config_.blacklist.device.push_back({{}, {}, begun});
                break;
            case Block::exceptions_device:
                config_.exceptions.device.push_back({{}, {}, begun});
                break;
            default:
                break;
        }
        read(block, begun.line, section);
    }

    void set(Block block, Section* section, std::string_view name, std::string&& value, Seen& seen) {
        switch (block) {
            case Block::blacklist:
            case Block::exceptions:
                return list(block == Block::blacklist ? config_.blacklist : config_.exceptions, name, std::move(value));
            case Block::blacklist_device:
                return list(config_.blacklist.device.back(), name, std::move(value), seen);
            case Block::exceptions_device:
                return list(config_.exceptions.device.back(), name, std::move(value), seen);
            case Block::defaults:
                return set(SectionKind::defaults, *section, name, value, seen);
            case Block::device:
                return set(SectionKind::device, *section, name, value, seen);
            case Block::overrides:
                return set(SectionKind::overrides, *section, name, value, seen);
            case Block::protocol:
                return set(SectionKind::protocol, *section, name, value, seen);
            case Block::multipath:
                return set(SectionKind::multipath, *section, name, value, seen);
            case Block::file:
            case Block::devices:
            case Block::multipaths:
                return unknown(block, name);
        }
    }

    void unknown(Block block, std::string_view name) {
        report(Severity::mistake, name, cat("not known in this ", name_of(block), "; ignored"));
    }

    void set(SectionKind place, Section& section, std::string_view name, std::string_view value, Seen& seen) {
        auto keyword = keyword_named(name);
        if (!keyword || !is_known(config_.generation, place, *keyword)) {
            report(Severity::mistake, name, "not known in this section; ignored");
            return;
        }
        // "checker" and "path_checker" are two words for one.
        notice(seen, name == "checker" ? keyword_count : static_cast<std::size_t>(*keyword), name);
        auto kind = value_kind(config_.generation, *keyword);
        if (kind == ValueKind::ignored) report(Severity::warning, name, "no longer used; ignored");
        auto read = read_value(config_.generation, kind, value, files_);
        using Effect = ConfigValue::Effect;
        const bool crashes =
            read.effect == Effect::crash && *keyword == Keyword::partition_delimiter && !section.find(*keyword);
        const bool refused = read.effect == Effect::fatal && role_ == ConfigRole::main;
        if (read.effect == Effect::keep && *keyword == Keyword::polling_interval && !section.find(*keyword)) {
            read.effect = Effect::set;  // to what stands for "not set", less one
            read.text = cat(~0U - 1);
            read.problem += cat("; ", read.text, " is used");
        } else if (!read.problem.empty() && read.effect != Effect::set && read.effect != Effect::unset) {
            read.problem += crashes ? "; it crashes" : "; ignored";
        }
        if (!read.problem.empty()) report(crashes || refused ? Severity::error : Severity::mistake, name, read.problem);
        if (read.effect == Effect::set) section.set(*keyword, std::move(read.text), here());
        if (read.effect == Effect::unset) section.unset(*keyword);
    }

    /// A regular expression of a blacklist.
    bool is_right(std::string_view name, const std::string& pattern) {
        if (is_sound(pattern)) return true;
        report(role_ == ConfigRole::main ? Severity::error : Severity::mistake, name,
               cat("a regular expression was expected, not \"", safe(pattern), "\"; ignored"));
        return false;
    }

    void list(Blacklist& blacklist, std::string_view name, std::string&& pattern) {
        auto* entries = name == "devnode"    ? &blacklist.devnode
                        : name == "wwid"     ? &blacklist.wwid
                        : name == "property" ? &blacklist.property
                        : name == "protocol" ? &blacklist.protocol
                                             : nullptr;
        if (!entries)
            report(Severity::mistake, name, "not known in this section; ignored");
        else if (is_right(name, pattern))
            entries->push_back({std::move(pattern), here()});
    }

    void list(ListedDevice& device, std::string_view name, std::string&& pattern, Seen& seen) {
        if (name != "vendor" && name != "product") {
            report(Severity::mistake, name, "not known in this section; ignored");
            return;
        }
        auto& field = name == "vendor" ? device.vendor : device.product;
        notice(seen, name == "vendor" ? 0 : 1, name);
        if (!is_right(name, pattern)) return;
        field = pattern.empty() ? "^" : std::move(pattern);  // what is empty here would not be said
    }

    Config& config_;
    ConfigLexer lexer_;
    std::uint8_t file_;
    ConfigRole role_;
    const Files& files_;
    bool ended_ = false;
};

}  // namespace

void parse_config(Config& config, std::string_view text, std::uint8_t file, ConfigRole role, const Files& files) {
    Parser(config, text, file, role, files).read(Block::file, 0, nullptr);
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/command_line.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace rdm {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

CommandLineWord divided(std::string_view word) {
    bool quoted = word.starts_with('"');
    if (quoted) word.remove_prefix(1);
    auto equals = word.find('=');
    bool has_value = equals != std::string_view::npos;
    CommandLineWord found{word.substr(0, equals), has_value ? word.substr(equals + 1) : "", has_value};
    auto& last = has_value ? found.value : found.name;
    if (has_value && last.starts_with('"')) {
        last.remove_prefix(1);
        quoted = true;
    }
    if (quoted && last.ends_with('"')) last.remove_suffix(1);
    return found;
}

std::string shown(const CommandLineWord& word) {
    return escape(word.has_value ? cat(word.name, '=', word.value) : std::string(word.name));
}

/// nullopt: neither yes nor no.
std::optional<bool> switched(const CommandLineWord& word) {
    auto value = word.value;
    if (!word.has_value || value == "1" || value == "yes" || value == "on") return true;
    if (value == "0" || value == "no" || value == "off") return false;
    return std::nullopt;
}

bool take_switch(const CommandLineWord& word, std::vector<std::string>& problems) {
    auto on = switched(word);
    if (!on) problems.push_back(cat(shown(word), ": neither 1 nor 0, staying off"));
    return on.value_or(false);
}

void take_wwid(const CommandLineWord& word, CommandLine& line) {
    if (word.value.empty()) {
        line.problems.push_back(cat(shown(word), ": names no WWID, ignored"));
    } else {
        add_once(line.wwids, word.value);
    }
}

void take_scope(const CommandLineWord& word, CommandLine& line) {
    if (word.value == "root" || word.value == "all")
        line.scope = word.value == "all" ? MapScope::all : MapScope::root;
    else
        line.problems.push_back(cat(shown(word), ": neither root nor all, ignored"));
}

void take_timeout(const CommandLineWord& word, CommandLine& line) {
    constexpr unsigned most = 86400;
    auto seconds = number<unsigned>(word.value);
    if (seconds && *seconds <= most) {
        line.timeout = std::chrono::seconds(*seconds);
    } else {
        line.problems.push_back(
            cat(shown(word), ": not a number of seconds up to ", most, ", keeping ", line.timeout.count()));
    }
}

}  // namespace

void add_once(std::vector<std::string>& words, std::string_view word) {
    if (std::ranges::find(words, word) == words.end()) words.emplace_back(word);
}

std::optional<CommandLineWord> next_command_line_word(std::string_view& text) {
    while (!text.empty()) {
        std::size_t end = 0;
        for (bool within = false; end < text.size() && (within || !is_space(text[end])); ++end) {
            if (text[end] == '"') within = !within;
        }
        auto word = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        if (end > 0) return divided(word);
    }
    return std::nullopt;
}

CommandLine parse_command_line(std::string_view text) {
    CommandLine line;
    std::string vetoed;
    bool nompath = false;
    while (auto next = next_command_line_word(text)) {
        const auto& word = *next;
        if (word.name == "rd.mpath") {
            line.on = take_switch(word, line.problems);
            line.why = shown(word);
        } else if (word.name == "nompath" && !word.has_value) {
            nompath = true;
        } else if (word.name == "multipath") {
            vetoed = word.value == "off" ? shown(word) : "";
        } else if (word.name == "rd.mpath.wwid" || word.name == "mpath.wwid") {
            take_wwid(word, line);
        } else if (word.name == "rd.mpath.scope") {
            take_scope(word, line);
        } else if (word.name == "rd.mpath.timeout") {
            take_timeout(word, line);
        } else if (word.name == "rd.mpath.like") {
            line.like = generation_named(word.value);
            if (!line.like) line.problems.push_back(cat(shown(word), ": no version of multipath-tools, ignored"));
        } else if (word.name == "rd.mpath.wwid_from") {
            line.wwid_from = flavour_named(word.value);
            if (!line.wwid_from) {
                line.problems.push_back(cat(shown(word), ": none of sg3, sg3-t10, scsi_id, libmultipath, ignored"));
            }
        } else if (word.name == "rd.mpath.debug") {
            line.debug = take_switch(word, line.problems);
        } else if (word.name == "quiet") {
            line.quiet = true;
        } else if (word.name == "dont_del_part_nodes") {
            line.keep_partitions = word.value != "0";
        } else if (word.name.starts_with("rd.mpath.")) {
            line.problems.push_back(cat(shown(word), ": not known, ignored"));
        }
    }
    if (nompath) vetoed = "nompath";
    if (vetoed.empty()) return line;
    line.on = false;
    line.why = vetoed;
    return line;
}

}  // namespace rdm

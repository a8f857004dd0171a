// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/bindings.h"

#include <algorithm>
#include <limits>

#include "base/bytes.h"
#include "base/crc32.h"
#include "base/text.h"

namespace rdm {

namespace {

constexpr std::size_t most_wwid = 127;

/// Takes a line of at most `most` bytes off the text; what is longer goes on in the next one.
std::string_view next_line(std::string_view& text, std::size_t most) {
    auto line = text.substr(0, std::min(text.find('\n'), most));
    bool whole = line.size() < most && line.size() < text.size();
    text.remove_prefix(line.size() + (whole ? 1 : 0));
    return line;
}

std::string_view next_word(std::string_view& line) {
    constexpr std::string_view blanks = " \t";
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    auto word = line.substr(0, line.find_first_of(blanks));
    line.remove_prefix(word.size());
    return word;
}

/// The header that multipath-tools writes, known by its size and checksum.
bool has_header(std::string_view text) {
    constexpr std::size_t size = 200;
    constexpr std::uint32_t checksum = 0x5cab149d;
    return text.size() >= size && crc32(bytes_of(text.substr(0, size))) == checksum;
}

std::string_view configured_wwid(const Config& config, std::string_view alias) {
    for (const auto& entry : config.multipaths) {
        if (entry.value(Keyword::alias) == alias) return entry.value(Keyword::wwid);
    }
    return "";
}

/// From 0.11 on by length, so that "mpathz" comes before "mpathaa".
bool comes_before(std::string_view a, std::string_view b, Generation generation) {
    if (generation != Generation::v0_9 && a.size() != b.size()) return a.size() < b.size();
    return a < b;
}

auto place_of(std::vector<Binding>& lines, std::string_view alias, Generation generation) {
    return std::ranges::partition_point(lines,
                                        [&](const Binding& one) { return comes_before(one.alias, alias, generation); });
}

void insert(std::vector<Binding>& lines, std::ptrdiff_t place, Binding&& line) {
    lines.push_back(std::move(line));
    for (auto at = std::ssize(lines) - 1; at > place; --at) {
        std::swap(lines[static_cast<std::size_t>(at)],
                  lines[static_cast<std::size_t>(at) - 1]);  // less code than its insert()
    }
}

/// The file as multipathd checks it when it reads its configuration; `lines`: those that are in order, each alias once.
struct Checked {
    std::vector<Binding> lines;
    std::vector<std::string> problems;
    bool conflicts = false;
};

/// What is wrong with a line; nullptr: nothing, and it has moved to the lines.
const char* add_line(Checked& checked, Binding& line, const Config& config) {
    if (line.wwid.empty()) return "no WWID";
    if (line.wwid.size() > most_wwid && config.generation != Generation::v0_9) return "a WWID of more than 127 bytes";
    auto configured = configured_wwid(config, line.alias);
    auto place = place_of(checked.lines, line.alias, config.generation);
    bool bound = place != checked.lines.end() && place->alias == line.alias;
    bool elsewhere = !configured.empty() && configured != line.wwid;
    if (elsewhere || (bound && place->wwid != line.wwid)) {
        checked.conflicts = true;
        return elsewhere ? "multipath.conf gives it to another WWID" : "bound to another WWID before";
    }
    if (!bound) insert(checked.lines, place - checked.lines.begin(), std::move(line));
    return nullptr;
}

Binding parse_line(std::string_view line) {
    line = line.substr(0, line.find_first_of(std::string_view("#\r\0", 3)));
    std::string alias(next_word(line));
    return {std::move(alias), std::string(next_word(line))};
}

Checked check(std::string_view text, std::string_view file, const Config& config) {
    Checked checked;
    for (unsigned number = 1; !text.empty(); ++number) {
        auto one = parse_line(next_line(text, text.size() + 1));
        if (one.alias.empty()) continue;
        if (const char* what = add_line(checked, one, config)) {
            checked.problems.push_back(cat(file, ':', number, ": ", safe(one.alias), ": ", what, ", ignored"));
        }
    }
    return checked;
}

/// The file as 0.9 goes through it each time that it looks for a name.
std::vector<Binding> in_file_order(std::string_view text) {
    constexpr std::size_t most_line = 2047;
    std::vector<Binding> found;
    while (!text.empty()) {
        auto one = parse_line(next_line(text, most_line));
        if (one.wwid.size() > most_wwid) one.wwid.clear();
        if (!one.alias.empty()) found.push_back(std::move(one));
    }
    return found;
}

Bindings parse_old(std::string_view text, Checked&& checked, BindingsFile kind) {
    if (!checked.conflicts || kind == BindingsFile::read_only)
        return {in_file_order(text), std::move(checked.problems)};
    for (auto& one : checked.lines) {
        if (one.wwid.size() > most_wwid) one.wwid.clear();
    }
    return {std::move(checked.lines), std::move(checked.problems)};
}

std::string alias_of(std::string_view prefix, int number) {
    std::string letters;
    for (; number > 0; number = (number - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('a' + (number - 1) % 26));
    }
    return cat(prefix, letters);
}

/// Each of these lines hides its next one from the WWIDs that begin like it, but not if it is hidden itself.
bool is_hidden(std::string_view wwid, const std::vector<std::string_view>& open) {
    bool hidden = false;
    for (auto prefix : open) hidden = !hidden && prefix.size() <= most_wwid && wwid.starts_with(prefix);
    return hidden;
}

constexpr int most_number = std::numeric_limits<int>::max();

/// Where to begin, and from where on 0.9 goes on behind the biggest number.
struct Start {
    int first = 1;
    int gap_ends = most_number;
    int biggest = 1;
};

Start start_of_old(const Bindings& bindings, std::string_view prefix) {
    Start start;
    for (const auto& one : bindings.lines) {
        int number = alias_number(one.alias, prefix);
        if (number == start.first) ++start.first;
        start.biggest = std::max(start.biggest, number);
        if (number > start.first) start.gap_ends = std::min(start.gap_ends, number);
    }
    if (start.first >= start.gap_ends) start.first = start.biggest + 1;
    return start;
}

}  // namespace

int alias_number(std::string_view alias, std::string_view prefix) {
    if (!alias.starts_with(prefix)) return 0;
    alias.remove_prefix(prefix.size());
    constexpr std::size_t most_letters = 7;
    if (alias.size() > most_letters) return 0;
    long long number = 0;
    for (char c : alias) {
        if (c < 'a' || c > 'z') return 0;
        number = number * 26 + (c - 'a') + 1;
    }
    return number > most_number ? 0 : static_cast<int>(number);
}

Bindings parse_bindings(std::string_view text, std::string_view file, const Config& config, BindingsFile kind) {
    auto checked = check(text, file, config);
    if (config.generation == Generation::v0_9) return parse_old(text, std::move(checked), kind);
    bool header = text.empty() || has_header(text);
    if (!header) checked.problems.push_back(cat(file, ": does not begin with multipath-tools' header"));
    if ((checked.conflicts || !header) && kind == BindingsFile::read_only) {
        checked.problems.push_back(cat(file, ": cannot be corrected, as it is read-only: no bindings"));
        return {{}, std::move(checked.problems)};
    }
    return {std::move(checked.lines), std::move(checked.problems)};
}

void add_binding(Bindings& bindings, Generation generation, std::string_view alias, std::string_view wwid) {
    auto place = generation == Generation::v0_9 ? bindings.lines.end() : place_of(bindings.lines, alias, generation);
    insert(bindings.lines, place - bindings.lines.begin(), {std::string(alias), std::string(wwid)});
}

std::string new_alias(const Bindings& bindings, std::string_view prefix, Generation generation,
                      const std::set<std::string, std::less<>>& taken) {
    bool old = generation == Generation::v0_9;
    auto start = old ? start_of_old(bindings, prefix) : Start{};
    auto bound = old ? bindings.lines.end() : bindings.lines.begin();  // those that are smaller are behind us
    for (int number = start.first; number > 0 && number < most_number; ++number) {
        if (old && number == start.gap_ends && start.biggest >= number) number = start.biggest + 1;
        while (bound != bindings.lines.end() && alias_number(bound->alias, prefix) < number) ++bound;
        bool is_bound = bound != bindings.lines.end() && alias_number(bound->alias, prefix) == number;
        auto alias = alias_of(prefix, number);
        if (!is_bound && !taken.contains(alias)) return alias;
    }
    return "";
}

std::set<std::string, std::less<>> parse_wwids(std::string_view text) {
    std::set<std::string, std::less<>> found;
    std::vector<std::string_view> open;  // the lines right in front of this one that hide their next
    while (!text.empty()) {
        auto line = next_line(text, text.size() + 1);
        bool record = line.starts_with('/');
        auto wwid = record ? line.substr(1, line.find('/', 1) - 1) : line;
        bool closed = record && wwid.size() + 1 < line.size();
        bool sound = closed && !wwid.empty() && wwid.size() <= most_wwid;
        if (sound && !is_hidden(wwid, open)) found.emplace(wwid);
        bool hides = line.empty() || (record && !closed);
        if (!hides) open.clear();
        if (hides) open.push_back(wwid);
    }
    return found;
}

std::vector<std::string> wwids_problems(std::string_view text, std::string_view file) {
    std::vector<std::string> problems;
    for (int number = 1; !text.empty(); ++number) {
        auto line = next_line(text, text.size() + 1);
        std::string_view what;
        if (line.empty() && !text.empty())
            what = "an empty line, which hides the next one from multipath-tools";
        else if (line.starts_with('/') && line.find('/', 1) == std::string_view::npos)
            what = "no \"/\" behind the WWID; it does not count, nor does one below that begins like it";
        else if (!line.empty() && !line.starts_with('/') && !line.starts_with('#'))
            what = "neither \"/WWID/\" nor a comment; ignored";
        if (!what.empty()) problems.push_back(cat(safe(file), ':', number, ": ", what));
    }
    return problems;
}

}  // namespace rdm

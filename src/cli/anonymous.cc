// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/anonymous.h"

#include <algorithm>
#include <array>

#include "kernel/machine_value.h"
#include "path/vpd80.h"
#include "path/vpd83.h"

namespace rdm {

namespace {

constexpr std::size_t group = 16;      // digits of an NAA or EUI-64
constexpr std::size_t registered = 7;  // of them, type and company
constexpr std::size_t least = 6;       // characters of a serial number
constexpr std::size_t most = 127;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

std::string lower(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return low;
}

const std::string* mask_of(std::string_view token, const Snapshot& digits, const Snapshot* words) {
    auto found = digits.find(token);
    if (found != digits.end()) return &found->second;
    if (!words) return nullptr;
    found = words->find(token);
    return found == words->end() ? nullptr : &found->second;
}

/// Replaces what stands in one of the tables, the longest first; capital letters stay capital.
std::string replaced(std::string_view text, const Snapshot& digits, const Snapshot* words) {
    std::array<bool, most + 1> lengths{};
    for (const auto* table : {&digits, words})
        if (table)
            for (const auto& [token, mask] : *table) lengths[token.size()] = true;
    const auto low = lower(text);
    std::string out(text);
    for (std::size_t at = 0; at < low.size();) {
        const std::string* mask = nullptr;
        for (auto length = std::min(most, low.size() - at); length >= least && !mask; --length)
            if (lengths[length]) mask = mask_of(std::string_view(low).substr(at, length), digits, words);
        for (std::size_t i = 0; mask && i < mask->size(); ++i) {
            const bool capital = out[at + i] != low[at + i] && is_letter((*mask)[i]);
            out[at + i] = static_cast<char>((*mask)[i] - (capital ? 32 : 0));
        }
        at += mask ? mask->size() : 1;
    }
    return out;
}

std::string from_bytes(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

/// The bytes of an entry that is written in hex.
std::optional<Buffer> bytes_in(std::string_view value) {
    auto hex = value.find("hex");
    return hex <= 2 ? machine_hex(value.substr(hex + 3)) : std::nullopt;
}

class Finder {
public:
    void look(const std::string& key, const std::string& value);
    Snapshot firsts, others, words;

private:
    void add_digits(std::string_view run);
    void add_word(std::string_view text);
    void add_page(Bytes page);
    void scan(std::string_view text);
};

void Finder::add_digits(std::string_view run) {
    if (run.size() % 2 != 0) run.remove_prefix(1);  // in a WWID the kind of its designator stands in front
    auto* table = &firsts;
    for (; run.size() >= group; run.remove_prefix(group), table = &others)
        if (run.substr(0, group - 4).find_first_not_of('0') != std::string_view::npos)
            (*table)[std::string(run.substr(0, group))];
}

/// The last part of a serial number or WWID that has maker and model in front.
void Finder::add_word(std::string_view text) {
    text = trim(text);
    if (auto map = text.find("mpath-"); map != std::string_view::npos) text.remove_prefix(map + 6);
    if (text.ends_with('/')) text.remove_suffix(1);  // in the file of WWIDs: "/WWID/"
    if (auto iqn = text.find("iqn."); iqn != std::string_view::npos && text.size() > iqn + 12) {
        text = text.substr(iqn + 12);  // behind the month
    } else {
        text = text.substr(text.find_last_of(" _:,=/\"") + 1);
    }
    const auto low = lower(text);
    if (low.size() >= least && low.size() <= most && std::ranges::any_of(low, is_digit) &&
        (low.size() < group || !std::ranges::all_of(low, is_hex)))
        words[low];
}

void Finder::add_page(Bytes page) {
    if (page.size() > 1 && page[1] == 0x80) return add_word(serial_from_vpd80(page).value_or(""));
    auto list = designators(page).value_or(DesignatorList{});
    while (auto one = next_designator(list)) {
        if (one->type == 2 || one->type == 3) {
            add_digits(hex(one->body));
        } else if (one->type < 2 || one->type == 8) {
            scan(from_bytes(one->body));
            add_word(from_bytes(one->body));
        }
    }
}

/// Runs of digits, and UUIDs: 8-4-4-4-12 digits.
void Finder::scan(std::string_view text) {
    const auto low = lower(text);
    for (std::string_view rest = low; !rest.empty();) {
        auto run = rest.substr(0, std::min(rest.find_first_not_of("0123456789abcdef"), rest.size()));
        auto uuid = rest.substr(0, std::min(rest.find_first_not_of("0123456789abcdef-"), rest.size()));
        if (run.size() >= group) add_digits(run);
        if (run.size() == 8 && uuid.size() == 36 && uuid.find_last_of('-') == 23) words[std::string(uuid)];
        rest.remove_prefix(std::max<std::size_t>(run.size(), 1));
    }
}

void Finder::look(const std::string& key, const std::string& value) {
    if (key.ends_with("vpd 80") || key.ends_with("vpd 83") || key.ends_with("vpd_pg80") || key.ends_with("vpd_pg83"))
        return add_page(bytes_in(value).value_or(Buffer{}));
    scan(key);
    scan(value);
    if (key.ends_with("serial") || key.ends_with("targetname")) add_word(unescape(value));
    if (key.starts_with("map ")) add_word(unescape(std::string_view(value).substr(0, value.find('\n'))));
    const bool names = key.starts_with("file /etc/multipath/");  // wwids, bindings
    const bool udev = key.starts_with("file /run/udev/");
    for (auto line : lines(names || udev ? std::string_view(value) : std::string_view()))
        if ((names && !line.starts_with('#') && !key.ends_with(".conf")) || line.contains("SERIAL")) add_word(line);
}

/// The next one in order: the same where both are the same, then one up or the least of its kind.
std::string next_mask(std::string_view token, std::string_view last_token, std::string_view last_mask, std::size_t keep,
                      bool hexadecimal) {
    std::string mask;
    bool same = true;
    for (std::size_t at = 0; at < token.size(); ++at) {
        const char c = token[at];
        const bool letter = is_letter(c);
        if (at < keep || !(is_digit(c) || letter)) {
            mask += c;
            same = same && at < last_token.size() && last_token[at] == c;
            continue;
        }
        char least_of_kind = letter && !hexadecimal ? 'a' : '0';
        if (same && at < last_token.size()) {
            const char last = last_token[at];
            const bool of_kind = hexadecimal || is_letter(last) == letter;
            if (last == c)
                least_of_kind = last_mask[at];
            else if (of_kind && (is_digit(last) || is_letter(last)))
                least_of_kind = last_mask[at] == '9' ? 'a' : static_cast<char>(last_mask[at] + 1);
            same = last == c;
        }
        mask += least_of_kind;
    }
    return mask;
}

/// How much of a token a pattern of the configuration may be about.
std::size_t in_configuration(std::string_view token, std::string_view configuration, std::size_t from) {
    auto size = std::max<std::size_t>(from, 3);
    while (size < token.size() && configuration.contains(token.substr(0, size + 1))) ++size;
    return size > std::max<std::size_t>(from, 3) ? size : from;
}

void make_masks(Snapshot& table, std::size_t keep, bool hexadecimal, std::string_view configuration) {
    std::string_view last_token;
    std::string_view last_mask;
    for (auto& [token, mask] : table) {
        mask = next_mask(token, last_token, last_mask, in_configuration(token, configuration, keep), hexadecimal);
        last_token = token;
        last_mask = mask;
    }
}

/// Multipath-tools' configuration without whole serial numbers: those are masked in it.
std::string configuration(const Snapshot& all, const Masks& masks) {
    std::string text;
    constexpr std::string_view begin = "file /etc/multipath.conf";
    for (const auto& [key, value] : all)
        if (key == begin || key.starts_with("file /etc/multipath/conf.d/")) text += cat(value, '\n');
    return lower(masks.text(text));
}

}  // namespace

std::string Masks::text(std::string_view text) const { return replaced(text, digits, &words); }

Snapshot Masks::snapshot(const Snapshot& all) const {
    Snapshot masked;
    for (const auto& [key, value] : all) {
        auto bytes = bytes_in(value);
        if (!bytes) {
            masked[text(key)] = text(value);
            continue;
        }
        auto page = machine_hex(replaced(hex(bytes_of(text(from_bytes(*bytes)))), digits, nullptr)).value_or(Buffer{});
        masked[key] = value.starts_with('=') ? machine_file(from_bytes(page)) : cat("hex", machine_hex_text(page));
    }
    return masked;
}

Masks masks_of(const Snapshot& all, std::size_t keep) {
    Finder found;
    for (const auto& [key, value] : all) found.look(key, value);
    for (const auto& [token, mask] : found.others) found.firsts.erase(token);
    Masks masks{.digits = found.firsts, .words = found.words};
    masks.digits.insert(found.others.begin(), found.others.end());
    for (auto* table : {&masks.digits, &masks.words})
        for (auto& [token, mask] : *table) mask = std::string(token.size(), '0');
    const auto patterns = configuration(all, masks);
    make_masks(found.firsts, registered + keep, true, patterns);
    make_masks(found.others, keep < group - registered ? 0 : keep - (group - registered), true, patterns);
    make_masks(masks.words, keep, false, patterns);
    masks.digits = std::move(found.firsts);
    masks.digits.insert(found.others.begin(), found.others.end());
    return masks;
}

}  // namespace rdm

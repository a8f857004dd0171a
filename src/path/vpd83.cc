// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vpd83.h"

#include <algorithm>

namespace rdm {

namespace {

constexpr std::uint8_t type_t10 = 1;
constexpr std::uint8_t type_eui = 2;
constexpr std::uint8_t type_naa = 3;
constexpr std::uint8_t type_relative_port = 4;
constexpr std::uint8_t type_port_group = 5;
constexpr std::uint8_t type_name = 8;

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// A designator's bytes, as far as libmultipath looks at them.
Bytes seen(const Designator& one) { return one.body.first(std::min<std::size_t>(one.body.size(), 128)); }

std::string_view up_to_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

/// How good a designator is as a WWID; 0: not at all.
struct Rank {
    int value = 0;
    std::string_view kind;
};

Rank rank_of_naa(Bytes body) {
    auto size = body.size();
    switch (size == 0 ? 0 : body[0] >> 4) {
        case 6:
            return size == 16 ? Rank{8, "NAA 6"} : Rank{};
        case 5:
            return size == 8 ? Rank{7, "NAA 5"} : Rank{};
        case 2:
            return size == 8 ? Rank{6, "NAA 2"} : Rank{};
        case 3:
            return size == 8 ? Rank{1, "NAA 3"} : Rank{};
        default:
            return {};
    }
}

bool is_name(std::string_view text) {
    auto prefix = text.substr(0, 4);
    return (prefix == "eui." || prefix == "naa." || prefix == "iqn.") && !trim(text.substr(4)).empty();
}

Rank rank(const Designator& one) {
    if (one.of != Designator::Of::logical_unit) return {};
    auto size = one.body.size();
    auto text = up_to_nul(text_of(seen(one)));
    switch (one.type) {
        case type_naa:
            return rank_of_naa(one.body);
        case type_eui:
            return size == 8 || size == 12 || size == 16 ? Rank{4, "EUI-64"} : Rank{};
        case type_name:
            return is_name(text) ? Rank{3, "SCSI name"} : Rank{};
        case type_t10:
            return size >= 8 && !trim(text).empty() ? Rank{2, "T10 vendor"} : Rank{};
        default:
            return {};
    }
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string spell_name(std::string_view text) {
    char digit = text.starts_with("eui.") ? '2' : text.starts_with("naa.") ? '3' : '8';
    std::string wwid = cat(digit, text.substr(4));
    if (digit != '8') std::ranges::transform(wwid, wwid.begin(), lower);
    return wwid;
}

/// Each run of blanks becomes one underscore, but for a run at the very end.
std::string spell_t10(std::string_view text) {
    std::string wwid = "1";
    bool blank = false;
    for (char c : text) {
        if (c != ' ') {
            if (blank) wwid += '_';
            wwid += c;
        }
        blank = c == ' ';
    }
    return std::string(up_to_nul(wwid));
}

std::string spell(const Designator& one) {
    auto body = seen(one);
    std::string wwid;
    if (one.type == type_name) {
        wwid = spell_name(up_to_nul(text_of(body)));
    } else if (one.type == type_t10) {
        wwid = spell_t10(text_of(body));
    } else {
        wwid = cat(one.type, hex(body));
    }
    wwid.resize(std::min(wwid.size(), most_wwid));
    while (wwid.ends_with(' ')) wwid.pop_back();
    return wwid;
}

}  // namespace

Result<DesignatorList> designators(Bytes page) {
    if (page.size() < 4) return fail(EPROTO, "VPD 83h: cut short");
    if (page[1] != 0x83) return fail(EPROTO, "VPD 83h: another page");
    std::size_t length = be16(page.subspan(2));
    auto rest = page.subspan(4);
    return DesignatorList{rest.first(std::min(rest.size(), length)), rest.size() < length};
}

std::optional<Designator> next_designator(DesignatorList& list) {
    if (list.rest.size() < 4) return std::nullopt;
    std::size_t length = list.rest[3];
    auto header = list.rest.first(4);
    auto body = take(list.rest.subspan(4), length);
    list.rest = body ? list.rest.subspan(4 + length) : Bytes{};
    if (!body) list.cut = true;
    if (!body) return std::nullopt;
    auto of = static_cast<Designator::Of>(header[1] >> 4 & 3);
    return Designator{static_cast<std::uint8_t>(header[1] & 15), of, *body};
}

Result<std::optional<Wwid>> wwid_from_vpd83(Bytes page) {
    auto list = TRY(designators(page));
    std::optional<Designator> best;
    Rank highest;
    while (auto one = next_designator(list)) {
        auto found = rank(*one);
        if (found.value <= highest.value) continue;
        highest = found;
        best = one;
    }
    if (best) return Wwid{spell(*best), cat("VPD 83h, ", highest.kind)};
    if (list.cut) return fail(EPROTO, "VPD 83h: cut short");
    return std::nullopt;
}

TargetPort target_port_from_vpd83(Bytes page) {
    TargetPort port;
    auto list = designators(page);
    while (list) {
        auto one = next_designator(*list);
        if (!one) break;
        if (one->body.size() < 4) continue;
        auto number = be16(one->body.subspan(2));
        if (one->type == type_port_group && !port.group) port.group = number;
        if (one->type == type_relative_port && !port.relative) port.relative = number;
    }
    return port;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Properties as sg_inq prints them and 55-scsi-sg3_id.rules makes of them, the rules read from their file.
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/text.h"
#include "oracles.h"
#include "path/udev_sg3.h"
#include "report.h"
#include "samples.h"

namespace rdm {

namespace {

struct Token {
    std::string key, op, value;
};
using Line = std::vector<Token>;

std::string slurp(const char* path) {
    std::string text;
    std::FILE* file = std::fopen(path, "r");
    if (!file) return text;
    for (int c = 0; (c = std::fgetc(file)) != EOF;) text += static_cast<char>(c);
    std::fclose(file);
    return text;
}

Line parse_line(std::string_view text) {
    Line line;
    while (!text.empty()) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t,"), text.size()));
        auto end = text.find_first_of("=!+");
        auto quote = text.find('"');
        if (end == std::string_view::npos || quote == std::string_view::npos) break;
        Token token{std::string(text.substr(0, end)), std::string(text.substr(end, quote - end)), ""};
        for (text.remove_prefix(quote + 1); !text.empty() && text[0] != '"'; text.remove_prefix(1)) {
            if (text.starts_with("\\\"")) text.remove_prefix(1);
            token.value += text[0];
        }
        text.remove_prefix(std::min<std::size_t>(1, text.size()));
        line.push_back(std::move(token));
    }
    return line;
}

/// The rules from the label "compat" on: before it they only choose what is read.
std::vector<Line> parse_rules(const char* path) {
    std::vector<Line> rules;
    std::string joined;
    auto text = slurp(path);
    for (auto line : lines(text)) {
        if (line.ends_with('\\')) {
            joined += line.substr(0, line.size() - 1);
            continue;
        }
        joined += line;
        if (!joined.starts_with('#')) rules.push_back(parse_line(joined));
        joined.clear();
    }
    auto is_start = [](const Line& line) {
        return !line.empty() && line[0].key == "LABEL" && line[0].value == "compat";
    };
    while (!rules.empty() && !is_start(rules.front())) rules.erase(rules.begin());
    return rules;
}

std::string filled(const UdevProperties& properties, std::string_view value, const std::string& result) {
    std::string out;
    while (!value.empty()) {
        if (value.starts_with("$env{")) {
            auto end = value.find('}');
            out += property(properties, value.substr(5, end - 5));
            value.remove_prefix(end + 1);
        } else if (value.starts_with("$result")) {
            out += result;
            value.remove_prefix(7);
        } else {
            out += value[0];
            value.remove_prefix(1);
        }
    }
    return out;
}

/// The two things that the rules have sed do.
std::string run(const UdevProperties& properties, const Token& program) {
    if (program.value.find("TARGET_PORT_GROUP") != std::string::npos) {
        return std::string(property(properties, "SCSI_IDENT_PORT_TARGET_PORT_GROUP").substr(2));
    }
    return std::string(property(properties, "ID_WWN_WITH_EXTENSION").substr(0, 18));
}

bool matches(std::string_view pattern, std::string_view value) {
    if (pattern == "?*") return !value.empty();
    if (pattern.size() > 2 && pattern.starts_with('*')) return value.contains(pattern.substr(1, pattern.size() - 2));
    return pattern == value;
}

/// Applies one line; gives the label to go on at, or "".
std::string apply(const Line& line, UdevProperties& properties, std::string& result) {
    for (const auto& token : line) {
        if (token.key == "PROGRAM") {
            result = run(properties, token);
        } else if (token.key == "GOTO") {
            return token.value;
        } else if (token.key.starts_with("ENV{")) {
            auto name = token.key.substr(4, token.key.size() - 5);
            auto value = name == "DEVTYPE" ? "disk" : property(properties, name);
            if (token.op == "==" && !matches(token.value, value)) return "";
            if (token.op == "!=" && matches(token.value, value)) return "";
            if (token.op != "=") continue;
            auto now = filled(properties, token.value, result);
            if (now.size() < 512) set_property(properties, name, now);  // UDEV_NAME_SIZE
        }
    }
    return "";
}

void apply(const std::vector<Line>& rules, UdevProperties& properties) {
    std::string skip_to;
    std::string result;
    for (const auto& line : rules) {
        bool label = !line.empty() && line[0].key == "LABEL";
        if (!skip_to.empty() && !(label && line[0].value == skip_to)) continue;
        skip_to = label ? "" : apply(line, properties, result);
    }
    std::erase_if(properties, [](const UdevProperty& one) { return one.name.starts_with('.'); });
}

bool import(UdevProperties& properties, const Buffer& page, int number) {
    char out[16384] = "";
    if (page.size() < 4 || oracle_sg_inq(page.data(), page.size(), number, out, sizeof out) != 0) return false;
    import_properties(properties, out);
    return true;
}

UdevProperties theirs(const Sample& disk, SerialSources sources, const std::vector<Line>& rules) {
    UdevProperties properties;
    bool spc = sources == SerialSources::all && (disk.inquiry[2] & 15) == 3;  // scsi_level 4
    bool guess = !spc && import(properties, disk.inquiry, 0);
    if (!guess) {  // the device itself: no guessing, and its INQUIRY data is no page
        auto data = disk.inquiry;
        data[2] = 5;
        data[3] = 2;
        (void)import(properties, data, 0);
    }
    set_property(properties, "ID_SCSI", "1");
    if (guess) set_property(properties, "ID_SCSI_INQUIRY", "1");
    auto read = [&](const Buffer& page, std::uint8_t number) {
        if (guess || (page.size() > 3 && page[1] == number)) (void)import(properties, page, guess ? 0 : number);
    };
    read(disk.vpd80, 0x80);
    read(disk.vpd83, 0x83);
    apply(rules, properties);
    return properties;
}

/// By name alone where we say no value. Port identifiers of UAS and SOP are left out by us, unit serial numbers by
/// some.
std::string text(const UdevProperties& properties, const UdevProperties& our) {
    std::string all;
    for (const auto& one : properties) {
        if (one.name.contains("_UAS_") || one.name.contains("_SOP_")) continue;
        bool named = property(our, one.name) == "?";
        all += cat(one.name, '=', named ? "?" : one.value, '\n');
    }
    return all;
}

bool compare(std::string_view title, SerialSources sources, const char* path) {
    Report report(title);
    auto rules = path ? parse_rules(path) : std::vector<Line>();
    if (rules.empty()) {
        std::printf("ok - %s # skip the rules are not here\n", std::string(title).c_str());
        return true;
    }
    Random random(6);
    for (int i = 0; i < 100000; ++i) {
        auto disk = sample_disk(random);
        auto their = theirs(disk, sources, rules);
        UdevProperties our;
        auto pages = Pages{.inquiry = disk.inquiry, .vpd80 = disk.vpd80, .vpd83 = disk.vpd83};
        (void)add_sg3_properties(our, pages, sources);
        report.count(property(our, "ID_SERIAL").empty() ? "without ID_SERIAL" : "with ID_SERIAL");
        std::string_view wanted;
        if (property(their, "SCSI_IDENT_LUN_MD5").contains('=')) wanted = "MD5 without bytes hides the next line";
        for (auto name : {"SCSI_VENDOR_ENC", "SCSI_MODEL_ENC"}) {
            bool quoted = property(their, name).empty() && !property(our, name).empty();
            if (quoted) wanted = "udev takes a quote in front of a name for its own";
        }
        report.compare(cat(hex(disk.inquiry), ' ', hex(disk.vpd80), ' ', hex(disk.vpd83)), text(their, our),
                       text(our, our), wanted);
    }
    return report.end();
}

}  // namespace

bool compare_sg3(const char* rules_of_1_46, const char* newer_rules) {
    bool old = compare("properties by sg_inq and the rules of sg3-utils 1.46", SerialSources::all, rules_of_1_46);
    bool newer = compare("properties by sg_inq and the rules of Debian 13", SerialSources::only_t10, newer_rules);
    return old && newer;
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
// Bindings and wwids files by libmultipath and by us.
#include <algorithm>
#include <cstdio>
#include <vector>

#include "base/text.h"
#include "config/bindings.h"
#include "oracles.h"
#include "random.h"
#include "report.h"

namespace rdm {

namespace {

constexpr std::string_view header =
    "# Multipath bindings, Version : 1.0\n"
    "# NOTE: this file is automatically maintained by the multipath program.\n"
    "# You should not need to edit this file in normal circumstances.\n"
    "#\n"
    "# Format:\n"
    "# alias wwid\n"
    "#\n";

constexpr std::string_view aliases[] = {"mpatha",       "mpathb",       "mpathc",  "mpathd", "mpathf",
                                        "mpathz",       "mpathaa",      "mpathab", "mpath",  "mpath1",
                                        "mpathzzzzzzz", "mpathfxshrxx", "data",    "disk0a", "mpathaaaaaaaa"};
constexpr std::string_view wwids[] = {"3600a", "3600b", "3600c", "360", "3", "1LIO-ORG_x", "eui.0025385000000001",
                                      "3600d"};

std::string wwid(Random& random) {
    if (random.one_in(30)) return std::string(125 + random.below(6), '7');
    return std::string(random.of(wwids));
}

std::string line(Random& random) {
    constexpr std::string_view blanks[] = {" ", "  ", "\t", " \t ", " "};
    std::string text;
    if (random.one_in(20)) text += random.of(blanks);
    if (random.one_in(25)) return text + "\n";
    if (random.one_in(30)) text += "# ";
    text += random.of(aliases);
    if (!random.one_in(25)) text += cat(random.of(blanks), wwid(random));
    if (random.one_in(15)) text += " more";
    if (random.one_in(25)) text += "#x";
    if (random.one_in(25)) text += "\r";
    if (random.one_in(300))
        text += std::string(2000 + random.below(100), random.one_in(2) ? ' ' : '#') + " mpathq 3600q";
    return text + "\n";
}

/// `changed`: bytes were flipped, put in or left out.
std::string file(Random& random) {
    std::string text;
    if (!random.one_in(8)) text += header;
    for (auto count = random.below(9); count > 0; --count) text += line(random);
    if (random.one_in(4)) {
        auto bytes = bytes_of(text);
        Buffer copy(bytes.begin(), bytes.end());
        mutate(random, copy, 3);
        text.assign(copy.begin(), copy.end());
    }
    if (random.one_in(10) && !text.empty()) text.pop_back();
    return text;
}

struct Case {
    std::string text;
    BindingsFile kind;
    std::string alias, wwid;  ///< of multipath.conf
    std::string taken;
};

Config config_of(const Case& one, Generation generation) {
    Config config;
    config.generation = generation;
    if (one.alias.empty()) return config;
    Section entry;
    entry.set(Keyword::wwid, std::string(one.wwid), {});
    entry.set(Keyword::alias, std::string(one.alias), {});
    config.multipaths.push_back(entry);
    return config;
}

std::string alias_of(const Bindings& bindings, std::string_view wwid) {
    auto found = std::ranges::find(bindings.lines, wwid, &Binding::wwid);
    return found == bindings.lines.end() ? "none" : found->alias;
}

std::string wwid_of(const Bindings& bindings, std::string_view alias) {
    auto found =
        std::ranges::find_if(bindings.lines, [&](auto& one) { return one.alias == alias && !one.wwid.empty(); });
    return found == bindings.lines.end() ? "none" : found->wwid;
}

std::string ours(const Case& one, Generation generation) {
    auto bindings = parse_bindings(one.text, "bindings", config_of(one, generation), one.kind);
    std::string all;
    for (auto wwid : wwids) all += cat(wwid, " is ", alias_of(bindings, wwid), '\n');
    for (auto alias : aliases) all += cat(alias, " is ", wwid_of(bindings, alias), '\n');
    all += cat("new: ", new_alias(bindings, "mpath", generation, {one.taken}), '\n');
    return all;
}

std::string theirs(const Case& one, const oracle_bindings& oracle) {
    char out[256];
    auto answer = [&](int status) { return status == 0 ? std::string(out) : "none"; };
    bool configured = !one.alias.empty();
    oracle.load(one.text.data(), one.text.size(), one.kind == BindingsFile::writable,
                configured ? one.alias.c_str() : nullptr, one.wwid.c_str());
    std::string all;
    for (auto wwid : wwids)
        all += cat(wwid, " is ", answer(oracle.alias_of(std::string(wwid).c_str(), out, sizeof out)), '\n');
    for (auto alias : aliases)
        all += cat(alias, " is ", answer(oracle.wwid_of(std::string(alias).c_str(), out, sizeof out)), '\n');
    all += cat("new: ", answer(oracle.new_alias("mpath", one.taken.c_str(), out, sizeof out)), '\n');
    return all;
}

bool compare(std::string_view title, Generation generation, const oracle_bindings* oracle) {
    if (!oracle) {
        std::printf("ok - %s # skip its source is not here (MULTIPATH_NEW_SRC=)\n", std::string(title).c_str());
        return true;
    }
    Report report(title);
    Random random(7);
    for (int i = 0; i < 20000; ++i) {
        Case one{file(random), random.one_in(2) ? BindingsFile::writable : BindingsFile::read_only, "", "", ""};
        if (random.one_in(3)) one.alias = random.of(aliases);
        one.wwid = random.of(wwids);
        one.taken = random.of(aliases);
        report.count(one.kind == BindingsFile::writable ? "writable" : "read-only");
        if (one.text.empty()) continue;  // nobody's business but the header's
        report.compare(cat(one.text, "|", one.alias, ' ', one.wwid, '|', one.taken), theirs(one, *oracle),
                       ours(one, generation));
    }
    return report.end();
}

std::string wwids_file(Random& random) {
    std::string text = random.one_in(3) ? "" : "# Multipath wwids, Version : 1.0\n#\n# Valid WWIDs:\n";
    for (auto count = random.below(9); count > 0; --count) {
        switch (random.below(12)) {
            case 0:
                text += "\n";
                break;
            case 1:
                text += cat("#", wwid(random), "/\n");
                break;
            case 2:
                text += cat("/", wwid(random), "\n");
                break;
            case 3:
                text += cat(wwid(random), "\n");
                break;
            case 4:
                text += "//\n";
                break;
            default:
                text += cat("/", wwid(random), "/", random.one_in(10) ? "x" : "", "\n");
        }
    }
    auto bytes = bytes_of(text);
    Buffer copy(bytes.begin(), bytes.end());
    if (random.one_in(3)) mutate(random, copy, 3);
    return {copy.begin(), copy.end()};
}

}  // namespace

bool compare_bindings() {
    bool old = compare("bindings files as 0.9.4 reads them", Generation::v0_9, &oracle_bindings_old);
    bool newer = compare("bindings files as 0.11 and later read them", Generation::v0_14, oracle_bindings_new);
    return old && newer;
}

bool compare_wwids() {
    Report report("wwids files as 0.9.4 reads them");
    Random random(8);
    for (int i = 0; i < 20000; ++i) {
        auto text = wwids_file(random);
        if (text.empty()) continue;
        auto listed = parse_wwids(text);
        std::string their;
        std::string our;
        for (auto wwid : wwids) {
            their += oracle_wwid_is_listed(text.data(), text.size(), std::string(wwid).c_str()) == 0 ? 'y' : 'n';
            our += listed.contains(wwid) ? 'y' : 'n';
        }
        report.count(our.find('y') == std::string::npos ? "without any" : "with some");
        report.compare(text, their, our);
    }
    return report.end();
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/features.h"

#include "base/text.h"
#include "config/scan.h"

namespace rdm {

namespace {

constexpr std::string_view blanks = " \t\n\v\f\r";

/// Where the feature stands as a word, behind the first character.
std::size_t find_word(std::string_view features, std::string_view feature) {
    std::size_t at = 1;
    while ((at = features.find(feature, at)) != std::string_view::npos) {
        auto end = at + feature.size();
        if (blanks.contains(features[at - 1]) && (end == features.size() || blanks.contains(features[end]))) break;
        at = end;
    }
    return at;
}

}  // namespace

std::string without_feature(std::string_view features, std::string_view feature) {
    auto at = features.size() > feature.size() ? find_word(features, feature) : std::string_view::npos;
    auto count = scan(features);
    if (at == std::string_view::npos || !count.found) return std::string(features);
    if (count.magnitude <= 1) return "0";
    auto digits_end = features.find_first_of(blanks, features.find_first_not_of(blanks));
    auto rest = features.substr(at + feature.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    auto kept = features.substr(digits_end, at - digits_end);
    if (rest.empty()) kept = kept.substr(0, kept.find_last_not_of(blanks) + 1);
    return cat(count.magnitude - 1, kept, rest);
}

void reconcile_features(Section& entry) {
    struct Row {
        std::string_view feature;
        Keyword keyword;
        const char* value;
    };
    for (const Row& row : {Row{"queue_if_no_path", Keyword::no_path_retry, "queue"},
                           Row{"retain_attached_hw_handler", Keyword::retain_attached_hw_handler, "yes"}}) {
        const Setting* features = entry.find(Keyword::features);
        if (!features || !features->value.contains(row.feature)) continue;
        const auto source = features->source;
        entry.set(Keyword::features, without_feature(features->value, row.feature), source);
        if (!entry.find(row.keyword)) entry.set(row.keyword, row.value, source);
    }
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "map/features.h"

#include <algorithm>

#include "base/text.h"

namespace rdm {

Features::Features(std::string_view text) : words_(words(text)) {
    if (!words_.empty()) words_.erase(words_.begin());
}

bool Features::remove(std::string_view word) {
    auto found = std::ranges::find(words_, word);
    if (found == words_.end()) return false;
    words_.erase(found);
    return true;
}

QueueMode Features::reconcile(QueueMode mode) {
    auto found = std::ranges::find(words_, "queue_mode");
    if (found != words_.end() && found + 1 != words_.end()) {
        auto said = found[1] == "bio"                      ? QueueMode::bio
                    : found[1] == "rq" || found[1] == "mq" ? QueueMode::request
                                                           : QueueMode::unset;
        if (mode == QueueMode::unset) mode = said;
        if (said != QueueMode::unset && mode == said) return mode;
        words_.erase(found, found + 2);
    }
    if (mode == QueueMode::bio) words_.insert(words_.end(), {"queue_mode", "bio"});
    return mode;
}

std::string Features::text() const {
    std::string text = cat(words_.size());
    for (auto word : words_) text += cat(' ', word);
    return text;
}

}  // namespace rdm

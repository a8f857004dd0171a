// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rdm {

/// How a map hands its I/O on. `unset`: nobody said; the kernel then works by request.
enum class QueueMode { unset, request, bio };

/// The features of a table, edited as multipath-tools edits them. Source: decisions.md 9,
/// libmultipath/propsel.c reconcile_features_with_options() and …_queue_mode(), structs.c add_feature().
class Features {
public:
    /// `text`: "2 pg_init_retries 50"; the count in front is not looked at. Lends.
    explicit Features(std::string_view text);

    /// Takes a word out; false: it was not there.
    bool remove(std::string_view word);
    /// Brings queue_mode in line with `mode`; where that is unset, a sound one in the text decides. Returns the mode.
    QueueMode reconcile(QueueMode mode);
    /// Puts a word at the end.
    void add(std::string_view word) { words_.push_back(word); }

    /// With its count: "1 queue_if_no_path", "0".
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::string_view> words_;
};

}  // namespace rdm

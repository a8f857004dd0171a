// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace rdm {

/// What a comparison found, as one TAP line at its end. Differences that are wanted are counted by their reason; the
/// first few others are shown.
class Report {
public:
    explicit Report(std::string_view title) : title_(title) {}
    /// One case. `wanted`: why a difference is right; "": it is not.
    void compare(std::string_view input, std::string_view theirs, std::string_view ours, std::string_view wanted = "");
    /// Something that should happen often enough for the cases to be worth anything.
    void count(std::string_view what) { ++counts_[std::string(what)]; }
    /// Prints the line; false if anything differs that should not.
    bool end();

private:
    std::string title_;
    unsigned cases_ = 0;
    unsigned different_ = 0;
    std::map<std::string, unsigned> wanted_;
    std::map<std::string, unsigned> counts_;
};

bool compare_pages();                                                  ///< pages.cc
bool compare_sg3(const char* rules_of_1_46, const char* newer_rules);  ///< sg3.cc; nullptr: not there
bool compare_scsi_id();                                                ///< scsi_id.cc
bool compare_bindings();                                               ///< bindings.cc
bool compare_wwids();
bool compare_tokens();  ///< tokens.cc

}  // namespace rdm

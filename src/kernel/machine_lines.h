// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rdm {

/// The lines of a machine text (kernel/machine.h): comments and empty ones gone, continuations joined.
class MachineLines {
public:
    explicit MachineLines(std::string_view text) : rest_(text) {}
    /// false: the text is over.
    bool next();
    [[nodiscard]] const std::string& line() const { return line_; }
    [[nodiscard]] std::size_t number() const { return number_; }  ///< where it began, from 1

private:
    std::string_view take();
    std::string_view rest_;
    std::string line_;
    std::size_t number_ = 0;
    std::size_t taken_ = 0;
};

/// What stands behind the "|" of a line that is taken as it is.
[[nodiscard]] std::optional<std::string_view> verbatim(std::string_view line);

/// "[disk sda]": what it is, and its name with escapes read. false: no section's line.
bool machine_section(std::string_view line, std::string& kind, std::string& name);

}  // namespace rdm

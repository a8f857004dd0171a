// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/result.h"

namespace rdm {

Error::Error(int number, std::string text) : code(number), what(std::move(text)) {}
Error::Error(int number, Pieces text) : code(number), what(join(text)) {}
Error::Error(const Error&) = default;
Error::Error(Error&&) noexcept = default;
Error& Error::operator=(const Error&) = default;
Error& Error::operator=(Error&&) noexcept = default;
Error::~Error() = default;

void prefix(Error& error, Pieces subject) {
    error.what.insert(0, ": ");
    error.what.insert(0, join(subject));
}

}  // namespace rdm

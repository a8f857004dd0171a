// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/result.h"

namespace rdm {

Error::Text* Error::make(int code, std::string&& what) { return new Text{code, std::move(what)}; }
Error::Text* Error::copy(const Text* text) { return text ? new Text(*text) : nullptr; }
void Error::drop(Text* text) { delete text; }

const std::string& Error::what() const {
    static const auto& none = *new std::string;  // never destroyed, so that nothing has to be done at the end
    return text_ ? text_->what : none;
}

Error Error::of(int code, std::uint64_t kinds, ...) {
    std::va_list words;
    va_start(words, kinds);
    Error error(code, join(kinds, words));
    va_end(words);
    return error;
}

void Error::prefix(std::uint64_t kinds, ...) {
    std::va_list words;
    va_start(words, kinds);
    auto subject = join(kinds, words);
    va_end(words);
    if (!text_) return;
    text_->what.insert(0, ": ");
    text_->what.insert(0, subject);
}

}  // namespace rdm

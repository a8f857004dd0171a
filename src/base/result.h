// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <expected>
#include <string>
#include <utility>

#include "base/text.h"

namespace rdm {

/// Why something went wrong. `code`: an errno value for callers that branch. `what`: for a person, outermost subject
/// first: "sdb: VPD 83h: cut short".
/// What is implicit elsewhere is out of line here: errors are moved at every TRY, and the moves of a string in place
/// were a seventh of the program.
struct Error {
    int code = 0;
    std::string what;

    Error() = default;
    Error(int number, std::string text);
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// An error made of joined pieces: `return fail(EPROTO, "designator ", n, ": cut short");`
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::unexpected<Error> fail(int code, const Parts&... parts) {
    return std::unexpected(Error{code, join({Piece(parts)...})});
}

/// Puts pieces and ": " in front of the error's text; none leave it as it is. For TRY.
void prefix(Error& error, std::initializer_list<Piece> subject);
template <class... Parts>
[[gnu::always_inline]] inline void put_under(Error& error, const Parts&... subject) {
    if constexpr (sizeof...(subject) > 0) prefix(error, {Piece(subject)...});
}

/// The same error with a subject in front.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline Error under(Error error, const Parts&... subject) {
    put_under(error, subject...);
    return error;
}

}  // namespace rdm

/// The value of a Result, or leave the function with its error, the subject in front of it (built on failure only):
/// `auto page = TRY(sysfs.read(path), disk, ": VPD 83h");`
#define TRY(expression, ...)                                                  \
    ({                                                                        \
        auto try_result_ = (expression);                                      \
        if (!try_result_) {                                                   \
            ::rdm::put_under(try_result_.error() __VA_OPT__(, ) __VA_ARGS__); \
            return std::unexpected(std::move(try_result_).error());           \
        }                                                                     \
        *std::move(try_result_);                                              \
    })

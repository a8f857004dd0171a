// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cerrno>
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
    Error(int number, Pieces text);
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// What fail() returns: the pieces of an error that is made where the function's result is. It borrows them for one
/// expression: a lambda that returns it says "-> Result<…>".
template <std::size_t Count>
struct [[nodiscard]] Failing {
    int code;
    std::uint64_t kinds;
    std::uintptr_t values[Count];

    template <class T>
    [[gnu::always_inline]] operator std::expected<T, Error>() && {
        return std::expected<T, Error>(std::unexpect, code, Pieces{values, kinds});
    }
    [[gnu::always_inline]] operator std::unexpected<Error>() && {
        return std::unexpected<Error>(std::in_place, code, Pieces{values, kinds});
    }
};

/// An error made of joined pieces: `return fail(EPROTO, "designator ", n, ": cut short");`
template <class... Parts>
[[gnu::always_inline]] inline Failing<sizeof...(Parts)> fail(int code, const Parts&... parts) {
    return {code, piece_kinds<Parts...>(), {piece_value(parts)...}};
}

/// What errno says of the last call, behind the pieces: `return fail_errno("epoll: fd ", fd);` is "epoll: fd 3: Bad
/// file descriptor".
template <class... Parts>
[[gnu::always_inline]] inline Failing<sizeof...(Parts) + 1> fail_errno(const Parts&... parts) {
    const int code = errno;
    constexpr auto last = static_cast<std::uint64_t>(PieceKind::system_error) << sizeof...(Parts) * Pieces::kind_bits;
    return {code, piece_kinds<Parts...>() | last, {piece_value(parts)..., static_cast<std::uintptr_t>(code)}};
}

/// Puts pieces and ": " in front of the error's text; none leave it as it is. For TRY.
void prefix(Error& error, Pieces subject);
template <class... Parts>
[[gnu::always_inline]] inline void put_under(Error& error, const Parts&... subject) {
    if constexpr (sizeof...(subject) > 0) {
        const std::uintptr_t values[] = {piece_value(subject)...};
        prefix(error, {values, piece_kinds<Parts...>()});
    }
}

/// The same error with a subject in front.
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline Error under(Error error, const Parts&... subject) {
    put_under(error, subject...);
    return error;
}

/// An error on its way out: becomes whatever Result the function returns. For TRY.
struct Passing {
    Error& error;
    template <class T>
    [[gnu::always_inline]] operator std::expected<T, Error>() && {
        return std::expected<T, Error>(std::unexpect, std::move(error));
    }
};

}  // namespace rdm

/// The value of a Result, or leave the function with its error, the subject in front of it (built on failure only):
/// `auto page = TRY(sysfs.read(path), disk, ": VPD 83h");`
#define TRY(expression, ...)                                                  \
    ({                                                                        \
        auto try_result_ = (expression);                                      \
        if (!try_result_) {                                                   \
            ::rdm::put_under(try_result_.error() __VA_OPT__(, ) __VA_ARGS__); \
            return ::rdm::Passing{try_result_.error()};                       \
        }                                                                     \
        *std::move(try_result_);                                              \
    })

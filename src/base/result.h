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
/// One pointer, as errors pass through every TRY: with an int and a string in place they were a tenth of the program.
class [[nodiscard]] Error {
public:
    Error() = default;
    Error(int code, std::string&& what) : text_(make(code, std::move(what))) {}
    Error(const Error& other) : text_(copy(other.text_)) {}
    Error(Error&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
    Error& operator=(Error other) noexcept {
        std::swap(text_, other.text_);
        return *this;
    }
    ~Error() {
        if (text_) drop(text_);
    }

    [[nodiscard]] int code() const { return text_ ? text_->code : 0; }
    [[nodiscard]] const std::string& what() const;
    bool operator==(const Error& other) const { return code() == other.code() && what() == other.what(); }

    /// What fail() and under() call: pieces as in base/text.h.
    static Error of(int code, std::uint64_t kinds, ...);
    void prefix(std::uint64_t kinds, ...);

private:
    struct Text {
        int code;
        std::string what;
    };
    static Text* make(int code, std::string&& what);
    static Text* copy(const Text* text);
    static void drop(Text* text);
    explicit Error(Text* text) : text_(text) {}

    Text* text_ = nullptr;
};

template <class T>
using Result = std::expected<T, Error>;

/// An error made of joined pieces: `return fail(EPROTO, "designator ", n, ": cut short");`
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::unexpected<Error> fail(int code, const Parts&... parts) {
    return std::unexpected<Error>(Error::of(code, piece_kinds<Parts...>(), piece_value(parts)...));
}

/// What errno says of the last call, behind the pieces: `return fail_errno("epoll: fd ", fd);` is "epoll: fd 3: Bad
/// file descriptor".
template <class... Parts>
[[nodiscard, gnu::always_inline]] inline std::unexpected<Error> fail_errno(const Parts&... parts) {
    const int code = errno;
    constexpr auto last = static_cast<std::uint64_t>(PieceKind::system_error) << sizeof...(Parts) * piece_kind_bits;
    return std::unexpected<Error>(
        Error::of(code, piece_kinds<Parts...>() | last, piece_value(parts)..., static_cast<std::uintptr_t>(code)));
}

/// Puts pieces and ": " in front of the error's text; none leave it as it is. For TRY.
template <class... Parts>
[[gnu::always_inline]] inline void put_under(Error& error, const Parts&... subject) {
    if constexpr (sizeof...(subject) > 0) error.prefix(piece_kinds<Parts...>(), piece_value(subject)...);
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

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <expected>
#include <string>
#include <utility>

#include "base/text.h"

namespace rdm {

/// Why something went wrong. `code`: an errno value for callers that branch. `what`: for a person, outermost subject
/// first: "sdb: VPD 83h: cut short".
struct Error {
    int code = 0;
    std::string what;
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// An error made of joined pieces: `return fail(EPROTO, "designator ", n, ": cut short");`
template <class... Parts>
[[nodiscard]] std::unexpected<Error> fail(int code, const Parts&... parts) {
    return std::unexpected(Error{code, cat(parts...)});
}

/// The same error with a subject put in front; no subject leaves it as it is. For TRY.
template <class... Parts>
[[nodiscard]] Error under(Error error, const Parts&... subject) {
    if constexpr (sizeof...(subject) > 0) error.what = cat(subject..., ": ", error.what);
    return error;
}

}  // namespace rdm

/// The value of a Result, or leave the function with its error, the subject in front of it (built on failure only):
/// `auto page = TRY(sysfs.read(path), disk, ": VPD 83h");`
#define TRY(expression, ...)                                                                                 \
    ({                                                                                                       \
        auto try_result_ = (expression);                                                                     \
        if (!try_result_)                                                                                    \
            return std::unexpected(::rdm::under(std::move(try_result_).error() __VA_OPT__(, ) __VA_ARGS__)); \
        *std::move(try_result_);                                                                             \
    })

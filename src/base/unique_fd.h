// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <unistd.h>

#include <utility>

namespace rdm {

/// Owns a file descriptor and closes it; moved to a new owner or lent as get(), never converted silently.
class UniqueFd {
public:
    using __trivially_relocatable = UniqueFd;
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;
    ~UniqueFd() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool is_open() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

}  // namespace rdm

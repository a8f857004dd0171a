// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/output.h"

#include <unistd.h>

#include <cerrno>

namespace rdm {

bool print(Stream stream, std::string_view text) {
    while (!text.empty()) {
        auto written = ::write(static_cast<int>(stream), text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace rdm

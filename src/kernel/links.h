// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdm {

/// Where a link points, relative to its directory or from the root with a leading slash; nullopt: `path` is there and
/// no link. `self` is what follow_links() was given.
using LinkTarget = Result<std::optional<std::string>> (*)(const void* self, const std::string& path);

/// Where a path leads within a root once every link is followed, without a leading slash; the root itself is "". ELOOP
/// after 40 links; errors of `target` as they are.
Result<std::string> follow_links(std::string_view path, LinkTarget target, const void* self);

}  // namespace rdm

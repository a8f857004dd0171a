// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "config/config.h"

namespace rdm {

/// `features` ("2 queue_if_no_path pg_init_retries") without one of them, the count lower; as it is where that is not
/// a word of it. Source: multipath-tools, libmultipath/structs.c, remove_feature().
[[nodiscard]] std::string without_feature(std::string_view features, std::string_view feature);

/// What multipath-tools makes of an entry's features where it merges two entries: queue_if_no_path and
/// retain_attached_hw_handler are taken out, and become no_path_retry and retain_attached_hw_handler where those are
/// not set. Source: libmultipath/propsel.c, reconcile_features_with_options().
void reconcile_features(Section& entry);

}  // namespace rdm

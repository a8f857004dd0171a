// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <span>
#include <string>

#include "kernel/dm.h"

namespace rdm {

/// The tables that a plan would load, as `dmsetup create --concise` takes them: name,uuid,minor,flags,table[,table],
/// devices separated by ";". Creates and reloads are in it, messages and removals have no such form. Comma, semicolon
/// and backslash in a name, uuid or table are escaped; other bytes are as they are. Source: dmsetup(8), CONCISE FORMAT.
[[nodiscard]] std::string concise(std::span<const DmAction> actions);

}  // namespace rdm

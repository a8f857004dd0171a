// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace rdm {

/// The serial number in a Unit Serial Number page, up to a NUL, blanks at its ends stripped, at most 127 characters. A
/// page without one, and one of nothing but blanks or 0xff bytes (memory that was never written), gives "". EPROTO
/// "VPD 80h: cut short", "VPD 80h: another page".
/// Source: SPC-4, 7.8.19; stripping and limit from multipath-tools 0.14.3, discovery.c (decisions.md 1.4).
Result<std::string> serial_from_vpd80(Bytes page);

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "path/vpd80.h"

#include <algorithm>

namespace rdm {

Result<std::string> serial_from_vpd80(Bytes page) {
    if (page.size() < 4) return fail(EPROTO, "VPD 80h: cut short");
    if (page[1] != 0x80) return fail(EPROTO, "VPD 80h: another page");
    auto body = TRY(take(page.subspan(4), be16(page.subspan(2))), "VPD 80h");
    constexpr std::size_t most_body = 128;  // libmultipath looks at no more
    body = body.first(std::min(body.size(), most_body));
    if (std::ranges::all_of(body, [](auto byte) { return byte == 0xff; })) return "";
    std::string_view text(reinterpret_cast<const char*>(body.data()), body.size());
    text = text.substr(0, text.find('\0'));
    while (text.ends_with(' ')) text.remove_suffix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
    return std::string(text.substr(0, 127));
}

}  // namespace rdm

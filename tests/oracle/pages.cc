// SPDX-License-Identifier: GPL-2.0-or-later
// Page 83h by libmultipath and by us.
#include <algorithm>

#include "base/text.h"
#include "oracles.h"
#include "path/wwid.h"
#include "report.h"
#include "samples.h"

namespace rdm {

namespace {

std::string theirs(Bytes page) {
    char out[128] = "";
    if (page.size() < 4 || page[1] != 0x83) return "none";  // as get_vpd_sysfs() checks
    auto length = std::min<std::size_t>(page.size(), be16(page.subspan(2)) + 4u);
    return oracle_libmultipath(page.data(), length, out, sizeof out) == 0 ? std::string(out) : "none";
}

/// Nothing behind the type digit but what cannot tell two disks apart.
bool is_blank(std::string_view wwid) {
    wwid.remove_prefix(1);
    return trim(wwid).find_first_not_of('_') == std::string_view::npos;
}

}  // namespace

bool compare_pages() {
    Report report("WWIDs as libmultipath 0.9.4 reads them from page 83h");
    Random random(4);
    for (int i = 0; i < 100000; ++i) {
        auto page = sample_page_83(random);
        auto their = theirs(page);
        auto own = wwid_of_pages(WwidFlavour::libmultipath, {.inquiry = {}, .vpd80 = {}, .vpd83 = page});
        auto our = own ? own->text : "none";
        report.count(our == "none" ? "without one" : "with one");
        std::string_view wanted;
        if (their != "none" && is_blank(their))
            wanted = "a blank text is no WWID: every disk without one would share it";
        report.compare(hex(page), their, our, wanted);
    }
    return report.end();
}

}  // namespace rdm

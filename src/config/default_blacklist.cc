// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/text.h"
#include "config/merge.h"
#include "kernel/pattern.h"

namespace rdm {

namespace {

/// The disks that an entry's product_blacklist keeps away: pseudo devices of the arrays themselves.
void add_device(Config& config, const Section& entry, const Setting& product) {
    auto& list = config.blacklist.device;
    const Setting& vendor = *entry.find(Keyword::vendor);
    if (std::ranges::any_of(
            list, [&](const ListedDevice& one) { return one.vendor == vendor.value && one.product == product.value; }))
        return;
    if (is_sound(vendor.value) && is_sound(product.value))
        list.push_back({vendor.value, product.value, product.source});
    else
        config.problems.push_back(
            {Problem::Severity::error, cat(text(config, product.source),
                                           ": product_blacklist: it and the vendor were expected to be regular "
                                           "expressions; ignored")});
}

}  // namespace

void add_default_blacklist(Config& config, bool nvme_is_native) {
    const bool leaves_nvme = nvme_is_native && config.generation != Generation::v0_9;
    config.blacklist.devnode.push_back(
        {leaves_nvme ? "!^(sd[a-z]|dasd[a-z])" : "!^(sd[a-z]|dasd[a-z]|nvme[0-9])", Source{}});
    config.exceptions.property.push_back({"(SCSI_IDENT_|ID_WWN)", Source{}});
    for (const Section& entry : config.devices)
        if (const Setting* product = entry.find(Keyword::product_blacklist)) add_device(config, entry, *product);
}

}  // namespace rdm

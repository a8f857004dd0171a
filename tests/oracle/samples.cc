// SPDX-License-Identifier: GPL-2.0-or-later
#include "samples.h"

#include <glob.h>

#include <vector>

#include "path/fixture.h"

namespace rdm {

namespace {

const std::vector<Buffer>& recorded() {
    static const auto pages = [] {
        std::vector<Buffer> found;
        glob_t names{};
        glob("tests/data/vpd83/*.hex", 0, nullptr, &names);
        for (std::size_t i = 0; i < names.gl_pathc; ++i) {
            found.push_back(fixture(std::string_view(names.gl_pathv[i]).substr(sizeof "tests/data/" - 1)));
        }
        globfree(&names);
        return found;
    }();
    return pages;
}

constexpr std::string_view texts[] = {
    "ATA     ST1000NM0011                            Z1N0ABCD            ",
    "ATA     VeryLongModelNameThatFillsTheWholeFieldASerialThatFillsTheField",
    "LIO-ORG disk:1234",
    "Linux   scsi_debug      2000",
    "        ",
    "NETAPP   LUN 800 /x\\y%z",
    "A  B\t C",
    "_a_ _b",
    "eui.0025385000000001",
    "naa.600508B400105E21",
    "iqn.2003-01.org.linux-iscsi:disk one",
    "naa.",
    "EUI.0011",
    "x=y",
    "\"quoted\"",
    "\xc3\xa4\xe2\x82\xac",
    "one\ntwo=three",
};

Buffer some_bytes(Random& random, std::size_t size) {
    Buffer bytes(size);
    bool printed = random.one_in(2);
    for (auto& byte : bytes) byte = printed ? static_cast<std::uint8_t>(' ' + random.below(95)) : random.byte();
    return bytes;
}

Buffer text_bytes(Random& random) {
    auto text = bytes_of(random.of(texts));
    Buffer bytes(text.begin(), text.end());
    if (random.one_in(3)) bytes.resize(random.below(bytes.size() + 8));
    mutate(random, bytes, random.below(4));
    return bytes;
}

Buffer body_of(Random& random, unsigned type) {
    constexpr std::size_t usual[] = {4, 8, 8, 8, 12, 16, 16, 20, 127, 128, 129};
    if (type == 3) {
        auto bytes = some_bytes(random, random.one_in(4) ? random.below(24) : random.of(usual));
        if (!bytes.empty() && !random.one_in(8)) {
            constexpr std::uint8_t kinds[] = {0x20, 0x30, 0x50, 0x60, 0x60, 0x40};
            bytes[0] = static_cast<std::uint8_t>(random.of(kinds) | (bytes[0] & 15));
            if (!random.one_in(4)) bytes.resize(bytes[0] >> 4 == 6 ? 16 : 8);
        }
        return bytes;
    }
    bool text = type == 0 || type == 1 || type == 8;
    if (text && !random.one_in(4)) return text_bytes(random);
    return some_bytes(random, random.one_in(4) ? random.below(256) : random.of(usual));
}

void add_designator(Random& random, Buffer& page) {
    constexpr unsigned types[] = {0, 1, 1, 2, 2, 3, 3, 3, 3, 4, 5, 6, 7, 8, 8, 9, 10, 11};
    auto type = random.of(types);
    auto body = body_of(random, type);
    auto code_set = type == 8 ? 3u : type == 0 || type == 1 ? 1u + random.below(3) : 1u;
    if (random.one_in(12)) code_set = random.below(16);
    auto of = random.one_in(3) ? random.below(4) : (type == 4 || type == 5 ? 1u : 0u);
    auto protocol = random.one_in(2) ? 0 : random.below(16);
    auto length = random.one_in(40) ? random.below(256) : std::min<std::size_t>(body.size(), 255);
    for (auto byte : {protocol << 4 | code_set, 0x80 * random.below(2) | of << 4 | type, std::size_t{0}, length}) {
        page.push_back(static_cast<std::uint8_t>(byte));
    }
    page.insert(page.end(), body.begin(), body.end());
}

void set_length(Buffer& page) {
    if (page.size() < 4) return;
    auto length = page.size() - 4;
    page[2] = static_cast<std::uint8_t>(length >> 8);
    page[3] = static_cast<std::uint8_t>(length);
}

Buffer sample_inquiry(Random& random) {
    constexpr std::string_view names[] = {
        "LIO-ORG disk0           4.0 ", "ATA     ST1000NM0011    SN02", "HITACHI OPEN-V          8001",
        "NETAPP  LUN C-Mode      9000", "        nothing         1   ", "IBM/x%  2107900\t\\y      0.00",
    };
    constexpr std::uint8_t versions[] = {2, 3, 4, 5, 5, 6, 6, 7, 0};
    Buffer data{0, 0, random.of(versions), 0x12, 31, static_cast<std::uint8_t>(random.below(4) << 4), 0x10, 2};
    auto name = bytes_of(random.of(names));
    data.insert(data.end(), name.begin(), name.end());
    if (random.one_in(4)) mutate(random, data, 3);
    data.resize(std::max<std::size_t>(data.size(), 8));
    data[1] &= 0x7f;  // no disk is removable and says nonsense in all of its flags: then sg_inq takes it for a page
    return data;
}

Buffer sample_page_80(Random& random) {
    if (random.one_in(6)) return {};
    Buffer page{0, 0x80, 0, 0};
    auto text = random.one_in(2) ? text_bytes(random) : some_bytes(random, random.below(30));
    page.insert(page.end(), text.begin(), text.end());
    set_length(page);
    return page;
}

}  // namespace

Buffer sample_page_83(Random& random) {
    Buffer page{0, 0x83, 0, 0};
    if (random.one_in(3)) {
        page = random.of(recorded());
        mutate(random, page, 4);
        if (!random.one_in(6)) set_length(page);
    } else {
        for (auto count = random.below(6); count > 0; --count) add_designator(random, page);
        set_length(page);
        if (random.one_in(4)) mutate(random, page, 3);
    }
    if (random.one_in(20)) page.resize(random.below(page.size() + 1));
    if (page.size() > 1 && !random.one_in(50)) page[1] = 0x83;
    return page;
}

Sample sample_disk(Random& random) {
    return {sample_inquiry(random), sample_page_80(random), random.one_in(10) ? Buffer() : sample_page_83(random)};
}

}  // namespace rdm

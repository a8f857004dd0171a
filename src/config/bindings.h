// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"

namespace rdm {

/// One line of the bindings file.
struct Binding {
    using __trivially_relocatable = Binding;
    std::string alias;
    std::string wwid;  ///< "": the line binds nothing, but 0.9 does not give its alias to another map
    bool operator==(const Binding&) const = default;
};

/// What the bindings file says, as multipath-tools reads it. Of several lines that fit, the first one counts.
struct Bindings {
    std::vector<Binding> lines;
    std::vector<std::string> problems;  ///< "/etc/multipath/bindings:7: mpatha: bound to another WWID before, ignored"
    bool operator==(const Bindings&) const = default;
};

/// multipathd can rewrite the file when it reads it: then what is wrong in it goes away, else it may count or spoil
/// all.
enum class BindingsFile : bool { read_only, writable };

/// The bindings of a file, as the generation of `config` has them (decisions.md 10).
///
/// Both: "#" starts a comment, a line is an alias, blanks or tabs, a WWID and perhaps words that nobody looks at.
/// 0.11 and later: by length of alias, then byte-wise. A WWID of more than 127 bytes is no binding. Of two lines for
/// one alias the first counts, and none that gives an alias to another WWID than its multipaths entry. If any such line
/// is there, or the file does not begin with the very header that multipath-tools writes, a read-only file has no
/// bindings at all. 0.9: in the file's order, every line; where a conflicting one makes multipathd rewrite the file,
/// without them, and byte-wise by alias. Lines longer than 2,047 bytes are several. Source: multipath-tools 0.9.4 and
/// 0.14.3, libmultipath/alias.c: _check_bindings_file(), lookup_binding(), _read_bindings_file().
[[nodiscard]] Bindings parse_bindings(std::string_view text, std::string_view file, const Config& config,
                                      BindingsFile kind);

/// The name that multipathd gives a map which has none: the prefix and letters, "mpatha" … "mpathz", "mpathaa" …. From
/// 0.11 on the first one free; 0.9 has an order of its own once there is a gap. `taken`: names of device-mapper's maps,
/// but for this map's own. "": no name is left. Source: decisions.md 10; alias.c, get_free_id() and lookup_binding().
[[nodiscard]] std::string new_alias(const Bindings& bindings, std::string_view prefix, Generation generation,
                                    const std::set<std::string, std::less<>>& taken);

/// A new line, where this generation will find it.
void add_binding(Bindings& bindings, Generation generation, std::string_view alias, std::string_view wwid);

/// The number of an alias of this prefix: 1 for "mpatha", 27 for "mpathaa"; 0: it is none.
[[nodiscard]] int alias_number(std::string_view alias, std::string_view prefix);

/// The WWIDs that multipath-tools finds in a wwids file: a line is "/WWID/", and what follows is nobody's business. A
/// blank line hides the one behind it, and a line that lacks its second "/" hides that from every WWID that begins like
/// it. Source: decisions.md 5.1; libmultipath/wwids.c, lookup_wwid().
[[nodiscard]] std::set<std::string, std::less<>> parse_wwids(std::string_view text);

/// What of a wwids file does not count, or keeps other lines from counting: "/etc/multipath/wwids:7: …". `file`: its
/// name.
[[nodiscard]] std::vector<std::string> wwids_problems(std::string_view text, std::string_view file);

}  // namespace rdm

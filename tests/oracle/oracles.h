// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <stddef.h>

// The real code of multipath-tools, sg3_utils and systemd, called in this process. What is written to `out` ends with
// NUL and is cut to `size`; a result of 0 is yes or success.

#ifdef __cplusplus
extern "C" {
#endif

/// libmultipath's parse_vpd_pg83() on a page 83h, blanks at the end stripped as its get_uid() does. -1: no WWID.
int oracle_libmultipath(const unsigned char* page, size_t length, char* out, size_t size);

/// What `sg_inq --export` prints; with `guess` as in 55-scsi-sg3_id.rules, where sg_inq guesses what the bytes are, and
/// with `page` (0x80, 0x83) as where it is told.
int oracle_sg_inq(const unsigned char* bytes, size_t length, int page, char* out, size_t size);

/// What `scsi_id --export --whitelisted` prints for a disk with these replies. A page of length 0 is not supported.
struct oracle_reply {
    const unsigned char* bytes;
    size_t length;
};
int oracle_scsi_id(struct oracle_reply inquiry, struct oracle_reply vpd80, struct oracle_reply vpd83, char* out,
                   size_t size);

/// libmultipath's lookup_wwid() on a wwids file.
int oracle_wwid_is_listed(const char* text, size_t length, const char* wwid);

/// The functions of one generation's alias.c on a bindings file. `alias` and `wwid` of multipath.conf: one multipaths
/// entry, or NULL. `taken`: a name in device-mapper that belongs to another map, or NULL.
struct oracle_bindings {
    int (*load)(const char* text, size_t length, int writable, const char* alias, const char* wwid);
    int (*alias_of)(const char* wwid, char* out, size_t size);
    int (*wwid_of)(const char* alias, char* out, size_t size);
    int (*new_alias)(const char* prefix, const char* taken, char* out, size_t size);
};
extern const struct oracle_bindings oracle_bindings_old;
extern const struct oracle_bindings* const oracle_bindings_new; /* NULL: its source was not there */

/// libmultipath's alloc_strvec() on one line: its tokens, each followed by a newline; a quote is "Q", others have a "T"
/// in front. -1: no tokens.
int oracle_tokens(const char* line, char* out, size_t size);

#ifdef __cplusplus
}
#endif

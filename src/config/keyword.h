// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "config/generation.h"

namespace rdm {

/// Every keyword of multipath.conf that sets something. Source: decisions.md 2.5.
enum class Keyword : std::uint8_t {
    // what an entry is for
    vendor,
    product,
    revision,
    product_blacklist,
    wwid,
    type,
    // what multipath.conf(5) lists, by name
    alias,
    alias_prefix,
    all_tg_pt,
    allow_usb_devices,
    auto_resize,
    bindings_file,
    checker_timeout,
    config_dir,
    deferred_remove,
    delay_wait_checks,
    delay_watch_checks,
    detect_checker,
    detect_pgpolicy,
    detect_pgpolicy_use_tpg,
    detect_prio,
    dev_loss_tmo,
    disable_changed_wwids,
    eh_deadline,
    enable_foreign,
    failback,
    fast_io_fail_tmo,
    features,
    find_multipaths,
    find_multipaths_timeout,
    flush_on_last_del,
    force_sync,
    getuid_callout,
    ghost_delay,
    gid,
    hardware_handler,
    log_checker_err,
    marginal_path_double_failed_time,
    marginal_path_err_rate_threshold,
    marginal_path_err_recheck_gap_time,
    marginal_path_err_sample_time,
    marginal_pathgroups,
    max_fds,
    max_polling_interval,
    max_retries,
    max_sectors_kb,
    missing_uev_wait_timeout,
    mode,
    multipath_dir,
    no_path_retry,
    partition_delimiter,
    path_checker,  ///< "checker" is another spelling
    path_grouping_policy,
    path_selector,
    pg_timeout,
    polling_interval,
    prio,
    prio_args,
    prkeys_file,
    purge_disconnected,
    queue_without_daemon,
    reassign_maps,
    recheck_wwid,
    remove_retries,
    reservation_key,
    retain_attached_hw_handler,
    retrigger_delay,
    retrigger_tries,
    rr_min_io,
    rr_min_io_rq,
    rr_weight,
    san_path_err_forget_rate,
    san_path_err_recovery_time,
    san_path_err_threshold,
    skip_kpartx,
    strict_timing,
    uid,
    uid_attribute,
    uid_attrs,
    user_friendly_names,
    uxsock_timeout,
    verbosity,
    vpd_vendor,
    wwids_file,
};
inline constexpr int keyword_count = static_cast<int>(Keyword::wwids_file) + 1;

/// As in multipath.conf: "no_path_retry".
[[nodiscard]] std::string_view text(Keyword keyword);
[[nodiscard]] std::optional<Keyword> keyword_named(std::string_view name);

/// The sections that take keywords; `device` is one of devices, `protocol` one of overrides, `multipath` one of
/// multipaths.
enum class SectionKind : std::uint8_t { defaults, device, overrides, protocol, multipath };

/// What a section takes, in the order in which `multipath -t` prints it, and more: ask is_known().
[[nodiscard]] std::span<const Keyword> keywords_of(SectionKind place);

/// Whether multipath-tools of this generation knows the keyword in this section; what it knows and ignores counts.
[[nodiscard]] bool is_known(Generation generation, SectionKind place, Keyword keyword);

/// What a value may be, and what becomes of it (config/value.h).
enum class ValueKind : std::uint8_t {
    // words, numbers, or both: these have a rule in value.cc, in this order
    yes_no,
    find_multipaths,
    marginal_pathgroups,
    rr_weight,
    log_checker_err,
    auto_resize,
    flush,  ///< since 0.11; yes_no before
    vpd_vendor,
    retry,  ///< fail, 0, queue, or a number
    failback,
    off_or_number,    ///< "no", 0 for it, or a number
    off_zero_number,  ///< "off", 0 (not the same), or a number
    off_zero_five,
    loss,         ///< "infinity" or whatever begins with a number
    descriptors,  ///< "max" or a number up to the system's limit
    amount,       ///< a number; 0 is unset
    tries,        ///< a number; 0 is a value
    verbosity,
    reply_timeout,
    timeout,  ///< a number with a sign; 0 is unset
    // others
    seconds,  ///< a number without a sign
    text,
    no_slash,
    absolute_path,
    arguments,        ///< "2 pg_init_retries 50": the count is the first word
    named_arguments,  ///< "service-time 0": the count is the second word
    policy,           ///< path_grouping_policy: by how it begins
    protocol,
    mode,
    user,
    reservation_key,
    uid_attributes,
    ignored,
};
[[nodiscard]] ValueKind value_kind(Generation generation, Keyword keyword);

}  // namespace rdm

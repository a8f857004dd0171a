// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

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

}  // namespace rdm

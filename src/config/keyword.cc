// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/keyword.h"

namespace rdm {

namespace {
constexpr std::string_view names[] = {
    "vendor",
    "product",
    "revision",
    "product_blacklist",
    "wwid",
    "type",
    "alias",
    "alias_prefix",
    "all_tg_pt",
    "allow_usb_devices",
    "auto_resize",
    "bindings_file",
    "checker_timeout",
    "config_dir",
    "deferred_remove",
    "delay_wait_checks",
    "delay_watch_checks",
    "detect_checker",
    "detect_pgpolicy",
    "detect_pgpolicy_use_tpg",
    "detect_prio",
    "dev_loss_tmo",
    "disable_changed_wwids",
    "eh_deadline",
    "enable_foreign",
    "failback",
    "fast_io_fail_tmo",
    "features",
    "find_multipaths",
    "find_multipaths_timeout",
    "flush_on_last_del",
    "force_sync",
    "getuid_callout",
    "ghost_delay",
    "gid",
    "hardware_handler",
    "log_checker_err",
    "marginal_path_double_failed_time",
    "marginal_path_err_rate_threshold",
    "marginal_path_err_recheck_gap_time",
    "marginal_path_err_sample_time",
    "marginal_pathgroups",
    "max_fds",
    "max_polling_interval",
    "max_retries",
    "max_sectors_kb",
    "missing_uev_wait_timeout",
    "mode",
    "multipath_dir",
    "no_path_retry",
    "partition_delimiter",
    "path_checker",
    "path_grouping_policy",
    "path_selector",
    "pg_timeout",
    "polling_interval",
    "prio",
    "prio_args",
    "prkeys_file",
    "purge_disconnected",
    "queue_without_daemon",
    "reassign_maps",
    "recheck_wwid",
    "remove_retries",
    "reservation_key",
    "retain_attached_hw_handler",
    "retrigger_delay",
    "retrigger_tries",
    "rr_min_io",
    "rr_min_io_rq",
    "rr_weight",
    "san_path_err_forget_rate",
    "san_path_err_recovery_time",
    "san_path_err_threshold",
    "skip_kpartx",
    "strict_timing",
    "uid",
    "uid_attribute",
    "uid_attrs",
    "user_friendly_names",
    "uxsock_timeout",
    "verbosity",
    "vpd_vendor",
    "wwids_file",
};
static_assert(std::size(names) == keyword_count);
}  // namespace

std::string_view text(Keyword keyword) { return names[static_cast<std::size_t>(keyword)]; }

std::optional<Keyword> keyword_named(std::string_view name) {
    if (name == "checker") return Keyword::path_checker;
    for (int i = 0; i < keyword_count; ++i)
        if (names[i] == name) return static_cast<Keyword>(i);
    return std::nullopt;
}

}  // namespace rdm

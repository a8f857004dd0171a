// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/lookup.h"

namespace rdm {

namespace {

struct Row {
    Keyword keyword;
    char value[15];
    Generation first = Generation::v0_9;
    Generation last = Generation::v0_14;
};
constexpr auto since_0_11 = Generation::v0_11;
constexpr Row rows[] = {
    {Keyword::alias_prefix, "mpath"},
    {Keyword::all_tg_pt, "no"},
    {Keyword::allow_usb_devices, "no"},
    {Keyword::auto_resize, "never", since_0_11},
    {Keyword::deferred_remove, "no"},
    {Keyword::delay_wait_checks, "no"},
    {Keyword::delay_watch_checks, "no"},
    {Keyword::detect_checker, "yes"},
    {Keyword::detect_pgpolicy, "yes", since_0_11},
    {Keyword::detect_pgpolicy_use_tpg, "no", since_0_11},
    {Keyword::detect_prio, "yes"},
    {Keyword::disable_changed_wwids, "ignored", Generation::v0_9, Generation::v0_9},
    {Keyword::enable_foreign, "NONE"},
    {Keyword::failback, "manual"},
    {Keyword::fast_io_fail_tmo, "5"},
    {Keyword::features, "0"},
    {Keyword::find_multipaths, "strict"},
    {Keyword::find_multipaths_timeout, "-10"},
    {Keyword::flush_on_last_del, "unused", since_0_11},
    {Keyword::flush_on_last_del, "no", Generation::v0_9, Generation::v0_9},
    {Keyword::force_sync, "no"},
    {Keyword::ghost_delay, "no"},
    {Keyword::hardware_handler, "0"},
    {Keyword::log_checker_err, "always"},
    {Keyword::marginal_path_double_failed_time, "no"},
    {Keyword::marginal_path_err_rate_threshold, "no"},
    {Keyword::marginal_path_err_recheck_gap_time, "no"},
    {Keyword::marginal_path_err_sample_time, "no"},
    {Keyword::marginal_pathgroups, "off"},
    {Keyword::max_fds, "max"},
    {Keyword::max_polling_interval, "20"},
    {Keyword::missing_uev_wait_timeout, "30"},
    {Keyword::path_checker, "tur"},
    {Keyword::path_grouping_policy, "failover"},
    {Keyword::path_selector, "service-time 0"},
    {Keyword::polling_interval, "5"},
    {Keyword::prio, "const"},
    {Keyword::prio_args, ""},
    {Keyword::purge_disconnected, "no", Generation::v0_14},
    {Keyword::queue_without_daemon, "no"},
    {Keyword::reassign_maps, "no"},
    {Keyword::recheck_wwid, "no"},
    {Keyword::remove_retries, "0"},
    {Keyword::retain_attached_hw_handler, "yes"},
    {Keyword::retrigger_delay, "10"},
    {Keyword::retrigger_tries, "3"},
    {Keyword::rr_min_io, "1000"},
    {Keyword::rr_min_io_rq, "1"},
    {Keyword::rr_weight, "uniform"},
    {Keyword::san_path_err_forget_rate, "no"},
    {Keyword::san_path_err_recovery_time, "no"},
    {Keyword::san_path_err_threshold, "no"},
    {Keyword::skip_kpartx, "no"},
    {Keyword::strict_timing, "no"},
    {Keyword::uid_attribute, "ID_SERIAL"},
    {Keyword::user_friendly_names, "no"},
    {Keyword::uxsock_timeout, "4000"},
    {Keyword::verbosity, "2"},
};

/// Later generations have these fixed.
std::string_view file_in_0_9(Keyword keyword) {
    switch (keyword) {
        case Keyword::bindings_file:
            return "/etc/multipath/bindings";
        case Keyword::prkeys_file:
            return "/etc/multipath/prkeys";
        case Keyword::wwids_file:
            return "/etc/multipath/wwids";
        default:
            return "";
    }
}

}  // namespace

std::string_view compiled_default(Generation generation, Keyword keyword) {
    for (const Row& row : rows)
        if (row.keyword == keyword && row.first <= generation && generation <= row.last) return row.value;
    return generation == Generation::v0_9 ? file_in_0_9(keyword) : "";
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/keyword.h"

#include <algorithm>
#include <array>

namespace rdm {

namespace {

struct Row {
    std::string_view name;
    ValueKind kind;
};

/// In the order of Keyword.
constexpr Row rows[] = {
    {"vendor", ValueKind::text},
    {"product", ValueKind::text},
    {"revision", ValueKind::text},
    {"product_blacklist", ValueKind::text},
    {"wwid", ValueKind::text},
    {"type", ValueKind::protocol},
    {"alias", ValueKind::no_slash},
    {"alias_prefix", ValueKind::no_slash},
    {"all_tg_pt", ValueKind::yes_no},
    {"allow_usb_devices", ValueKind::yes_no},
    {"auto_resize", ValueKind::auto_resize},
    {"bindings_file", ValueKind::absolute_path},
    {"checker_timeout", ValueKind::amount},
    {"config_dir", ValueKind::ignored},
    {"deferred_remove", ValueKind::yes_no},
    {"delay_wait_checks", ValueKind::off_or_number},
    {"delay_watch_checks", ValueKind::off_or_number},
    {"detect_checker", ValueKind::yes_no},
    {"detect_pgpolicy", ValueKind::yes_no},
    {"detect_pgpolicy_use_tpg", ValueKind::yes_no},
    {"detect_prio", ValueKind::yes_no},
    {"dev_loss_tmo", ValueKind::loss},
    {"disable_changed_wwids", ValueKind::ignored},
    {"eh_deadline", ValueKind::off_zero_number},
    {"enable_foreign", ValueKind::text},
    {"failback", ValueKind::failback},
    {"fast_io_fail_tmo", ValueKind::off_zero_number},
    {"features", ValueKind::arguments},
    {"find_multipaths", ValueKind::find_multipaths},
    {"find_multipaths_timeout", ValueKind::timeout},
    {"flush_on_last_del", ValueKind::flush},
    {"force_sync", ValueKind::yes_no},
    {"getuid_callout", ValueKind::ignored},
    {"ghost_delay", ValueKind::off_or_number},
    {"gid", ValueKind::user},
    {"hardware_handler", ValueKind::arguments},
    {"log_checker_err", ValueKind::log_checker_err},
    {"marginal_path_double_failed_time", ValueKind::off_or_number},
    {"marginal_path_err_rate_threshold", ValueKind::off_or_number},
    {"marginal_path_err_recheck_gap_time", ValueKind::off_or_number},
    {"marginal_path_err_sample_time", ValueKind::off_or_number},
    {"marginal_pathgroups", ValueKind::marginal_pathgroups},
    {"max_fds", ValueKind::descriptors},
    {"max_polling_interval", ValueKind::seconds},
    {"max_retries", ValueKind::off_zero_five},
    {"max_sectors_kb", ValueKind::amount},
    {"missing_uev_wait_timeout", ValueKind::tries},
    {"mode", ValueKind::mode},
    {"multipath_dir", ValueKind::ignored},
    {"no_path_retry", ValueKind::retry},
    {"partition_delimiter", ValueKind::no_slash},
    {"path_checker", ValueKind::text},
    {"path_grouping_policy", ValueKind::policy},
    {"path_selector", ValueKind::named_arguments},
    {"pg_timeout", ValueKind::ignored},
    {"polling_interval", ValueKind::seconds},
    {"prio", ValueKind::text},
    {"prio_args", ValueKind::text},
    {"prkeys_file", ValueKind::absolute_path},
    {"purge_disconnected", ValueKind::yes_no},
    {"queue_without_daemon", ValueKind::yes_no},
    {"reassign_maps", ValueKind::yes_no},
    {"recheck_wwid", ValueKind::yes_no},
    {"remove_retries", ValueKind::tries},
    {"reservation_key", ValueKind::reservation_key},
    {"retain_attached_hw_handler", ValueKind::yes_no},
    {"retrigger_delay", ValueKind::tries},
    {"retrigger_tries", ValueKind::tries},
    {"rr_min_io", ValueKind::amount},
    {"rr_min_io_rq", ValueKind::amount},
    {"rr_weight", ValueKind::rr_weight},
    {"san_path_err_forget_rate", ValueKind::off_or_number},
    {"san_path_err_recovery_time", ValueKind::off_or_number},
    {"san_path_err_threshold", ValueKind::off_or_number},
    {"skip_kpartx", ValueKind::yes_no},
    {"strict_timing", ValueKind::yes_no},
    {"uid", ValueKind::user},
    {"uid_attribute", ValueKind::text},
    {"uid_attrs", ValueKind::uid_attributes},
    {"user_friendly_names", ValueKind::yes_no},
    {"uxsock_timeout", ValueKind::reply_timeout},
    {"verbosity", ValueKind::verbosity},
    {"vpd_vendor", ValueKind::vpd_vendor},
    {"wwids_file", ValueKind::absolute_path},
};
static_assert(std::size(rows) == keyword_count);

constexpr std::size_t names_size = [] {
    std::size_t size = 0;
    for (const Row& row : rows) size += row.name.size() + 1;
    return size;
}();

/// The names, each with a NUL behind it: pointers to them would be thrice as large.
constexpr auto names = [] {
    std::array<char, names_size> all{};
    auto* at = all.data();
    for (const Row& row : rows) at = std::ranges::copy(row.name, at).out + 1;
    return all;
}();

constexpr auto kinds = [] {
    std::array<ValueKind, keyword_count> all{};
    std::ranges::transform(rows, all.begin(), &Row::kind);
    return all;
}();

constexpr Keyword default_keywords[] = {
    Keyword::verbosity,
    Keyword::polling_interval,
    Keyword::max_polling_interval,
    Keyword::reassign_maps,
    Keyword::multipath_dir,
    Keyword::path_selector,
    Keyword::path_grouping_policy,
    Keyword::uid_attrs,
    Keyword::uid_attribute,
    Keyword::getuid_callout,
    Keyword::prio,
    Keyword::prio_args,
    Keyword::features,
    Keyword::path_checker,
    Keyword::alias_prefix,
    Keyword::failback,
    Keyword::rr_min_io,
    Keyword::rr_min_io_rq,
    Keyword::max_fds,
    Keyword::rr_weight,
    Keyword::no_path_retry,
    Keyword::queue_without_daemon,
    Keyword::checker_timeout,
    Keyword::allow_usb_devices,
    Keyword::pg_timeout,
    Keyword::flush_on_last_del,
    Keyword::user_friendly_names,
    Keyword::mode,
    Keyword::uid,
    Keyword::gid,
    Keyword::fast_io_fail_tmo,
    Keyword::dev_loss_tmo,
    Keyword::eh_deadline,
    Keyword::max_retries,
    Keyword::bindings_file,
    Keyword::wwids_file,
    Keyword::prkeys_file,
    Keyword::log_checker_err,
    Keyword::reservation_key,
    Keyword::all_tg_pt,
    Keyword::retain_attached_hw_handler,
    Keyword::detect_prio,
    Keyword::detect_checker,
    Keyword::detect_pgpolicy,
    Keyword::detect_pgpolicy_use_tpg,
    Keyword::force_sync,
    Keyword::strict_timing,
    Keyword::deferred_remove,
    Keyword::partition_delimiter,
    Keyword::config_dir,
    Keyword::delay_watch_checks,
    Keyword::delay_wait_checks,
    Keyword::san_path_err_threshold,
    Keyword::san_path_err_forget_rate,
    Keyword::san_path_err_recovery_time,
    Keyword::marginal_path_err_sample_time,
    Keyword::marginal_path_err_rate_threshold,
    Keyword::marginal_path_err_recheck_gap_time,
    Keyword::marginal_path_double_failed_time,
    Keyword::find_multipaths,
    Keyword::uxsock_timeout,
    Keyword::retrigger_tries,
    Keyword::retrigger_delay,
    Keyword::missing_uev_wait_timeout,
    Keyword::skip_kpartx,
    Keyword::purge_disconnected,
    Keyword::disable_changed_wwids,
    Keyword::remove_retries,
    Keyword::max_sectors_kb,
    Keyword::ghost_delay,
    Keyword::auto_resize,
    Keyword::find_multipaths_timeout,
    Keyword::enable_foreign,
    Keyword::marginal_pathgroups,
    Keyword::recheck_wwid,
};
constexpr Keyword device_keywords[] = {
    Keyword::vendor,
    Keyword::product,
    Keyword::revision,
    Keyword::product_blacklist,
    Keyword::path_grouping_policy,
    Keyword::uid_attribute,
    Keyword::getuid_callout,
    Keyword::path_selector,
    Keyword::path_checker,
    Keyword::alias_prefix,
    Keyword::features,
    Keyword::hardware_handler,
    Keyword::prio,
    Keyword::prio_args,
    Keyword::failback,
    Keyword::rr_weight,
    Keyword::no_path_retry,
    Keyword::rr_min_io,
    Keyword::rr_min_io_rq,
    Keyword::pg_timeout,
    Keyword::flush_on_last_del,
    Keyword::fast_io_fail_tmo,
    Keyword::dev_loss_tmo,
    Keyword::eh_deadline,
    Keyword::user_friendly_names,
    Keyword::retain_attached_hw_handler,
    Keyword::detect_prio,
    Keyword::detect_checker,
    Keyword::detect_pgpolicy,
    Keyword::detect_pgpolicy_use_tpg,
    Keyword::deferred_remove,
    Keyword::delay_watch_checks,
    Keyword::delay_wait_checks,
    Keyword::san_path_err_threshold,
    Keyword::san_path_err_forget_rate,
    Keyword::san_path_err_recovery_time,
    Keyword::marginal_path_err_sample_time,
    Keyword::marginal_path_err_rate_threshold,
    Keyword::marginal_path_err_recheck_gap_time,
    Keyword::marginal_path_double_failed_time,
    Keyword::skip_kpartx,
    Keyword::purge_disconnected,
    Keyword::max_sectors_kb,
    Keyword::ghost_delay,
    Keyword::all_tg_pt,
    Keyword::vpd_vendor,
    Keyword::recheck_wwid,
};
constexpr Keyword protocol_keywords[] = {
    Keyword::type,
    Keyword::fast_io_fail_tmo,
    Keyword::dev_loss_tmo,
    Keyword::eh_deadline,
};
constexpr Keyword multipath_keywords[] = {
    Keyword::wwid,
    Keyword::alias,
    Keyword::path_grouping_policy,
    Keyword::path_selector,
    Keyword::prio,
    Keyword::prio_args,
    Keyword::failback,
    Keyword::rr_weight,
    Keyword::no_path_retry,
    Keyword::rr_min_io,
    Keyword::rr_min_io_rq,
    Keyword::pg_timeout,
    Keyword::flush_on_last_del,
    Keyword::features,
    Keyword::mode,
    Keyword::uid,
    Keyword::gid,
    Keyword::reservation_key,
    Keyword::user_friendly_names,
    Keyword::deferred_remove,
    Keyword::delay_watch_checks,
    Keyword::delay_wait_checks,
    Keyword::san_path_err_threshold,
    Keyword::san_path_err_forget_rate,
    Keyword::san_path_err_recovery_time,
    Keyword::marginal_path_err_sample_time,
    Keyword::marginal_path_err_rate_threshold,
    Keyword::marginal_path_err_recheck_gap_time,
    Keyword::marginal_path_double_failed_time,
    Keyword::skip_kpartx,
    Keyword::purge_disconnected,
    Keyword::max_sectors_kb,
    Keyword::ghost_delay,
};

/// What a device takes and overrides do not.
bool is_of_hardware(Keyword keyword) {
    return keyword <= Keyword::product_blacklist || keyword == Keyword::hardware_handler ||
           keyword == Keyword::pg_timeout || keyword == Keyword::vpd_vendor;
}

Generation first_generation(Keyword keyword) {
    switch (keyword) {
        case Keyword::auto_resize:
        case Keyword::detect_pgpolicy:
        case Keyword::detect_pgpolicy_use_tpg:
        case Keyword::max_retries:
            return Generation::v0_11;
        case Keyword::purge_disconnected:
            return Generation::v0_14;
        default:
            return Generation::v0_9;
    }
}

}  // namespace

std::string_view text(Keyword keyword) {
    const char* at = names.data();
    for (int i = static_cast<int>(keyword); i > 0; --i) at += std::string_view(at).size() + 1;
    return at;
}

std::optional<Keyword> keyword_named(std::string_view name) {
    if (name == "checker") return Keyword::path_checker;
    const char* at = names.data();
    for (int i = 0; i < keyword_count; ++i) {
        const std::string_view one = at;
        if (one == name) return static_cast<Keyword>(i);
        at += one.size() + 1;
    }
    return std::nullopt;
}

std::span<const Keyword> keywords_of(SectionKind place) {
    switch (place) {
        case SectionKind::defaults:
            return default_keywords;
        case SectionKind::device:
        case SectionKind::overrides:
            return device_keywords;
        case SectionKind::protocol:
            return protocol_keywords;
        case SectionKind::multipath:
            return multipath_keywords;
    }
    return {};
}

bool is_known(Generation generation, SectionKind place, Keyword keyword) {
    if (generation < first_generation(keyword) || (place == SectionKind::overrides && is_of_hardware(keyword)))
        return false;
    auto taken = keywords_of(place);
    return std::ranges::find(taken, keyword) != taken.end();
}

ValueKind value_kind(Generation generation, Keyword keyword) {
    auto kind = kinds[static_cast<std::size_t>(keyword)];
    if (kind == ValueKind::flush && generation == Generation::v0_9) return ValueKind::yes_no;
    if (kind == ValueKind::absolute_path && generation != Generation::v0_9) return ValueKind::ignored;
    return kind;
}

}  // namespace rdm

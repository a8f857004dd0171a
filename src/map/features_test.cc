// SPDX-License-Identifier: GPL-2.0-or-later
// Expectations: the cases of multipath-tools 0.14.3, tests/features.c, for words as its parser lets them through.
#include "map/features.h"

#include <gtest/gtest.h>

namespace rdm {
namespace {

constexpr auto unset = QueueMode::unset;
constexpr auto request = QueueMode::request;
constexpr auto bio = QueueMode::bio;

TEST(MapFeatures, QueueMode) {
    struct {
        std::string_view text;
        QueueMode mode;
        std::string_view want;
        QueueMode want_mode;
    } rows[] = {
        {"0", unset, "0", unset},
        {"1 queue_mode", unset, "1 queue_mode", unset},
        {"2 queue_model bio", unset, "2 queue_model bio", unset},
        {"1 queue_if_no_path", unset, "1 queue_if_no_path", unset},
        {"2 queue_mode biop", unset, "0", unset},
        {"3 queue_mode rqs queue_if_no_path", unset, "1 queue_if_no_path", unset},
        {"2 queue_mode rq", unset, "2 queue_mode rq", request},
        {"2 queue_mode mq", unset, "2 queue_mode mq", request},
        {"2 queue_mode bio", unset, "2 queue_mode bio", bio},
        {"1 queue_if_no_path", bio, "3 queue_if_no_path queue_mode bio", bio},
        {"0", bio, "2 queue_mode bio", bio},
        {"2 pg_init_retries 50", bio, "4 pg_init_retries 50 queue_mode bio", bio},
        {"2 queue_mode bad", bio, "2 queue_mode bio", bio},
        {"3 queue_if_no_path queue_mode\tbad", bio, "3 queue_if_no_path queue_mode bio", bio},
        {"2 queue_mode bio", bio, "2 queue_mode bio", bio},
        {"3 queue_if_no_path queue_mode bio", bio, "3 queue_if_no_path queue_mode bio", bio},
        {"2 queue_mode bio", request, "0", request},
        {"3 queue_if_no_path queue_mode bio", request, "1 queue_if_no_path", request},
        {"4 queue_mode bio pg_init_retries 20", request, "2 pg_init_retries 20", request},
        {"0", request, "0", request},
        {"2 pg_init_retries 15", request, "2 pg_init_retries 15", request},
        {"2 queue_mode bionic", request, "0", request},
        {"3 queue_mode b queue_if_no_path", request, "1 queue_if_no_path", request},
        {"2 queue_mode rq", request, "2 queue_mode rq", request},
        {"2 queue_mode rq", bio, "2 queue_mode bio", bio},
        {"3 queue_if_no_path queue_mode rq", bio, "3 queue_if_no_path queue_mode bio", bio},
        {"3 queue_mode rq queue_if_no_path", bio, "3 queue_if_no_path queue_mode bio", bio},
        {"", unset, "0", unset},
    };
    for (const auto& row : rows) {
        Features features(row.text);
        EXPECT_EQ(features.reconcile(row.mode), row.want_mode) << row.text;
        EXPECT_EQ(features.text(), row.want) << row.text;
    }
}

TEST(MapFeatures, AddAndRemove) {
    struct {
        std::string_view text, word, want;
        bool removed;
    } rows[] = {
        {"1 foo", "foo", "0", true},
        {"2 foo bar", "foo", "1 bar", true},
        {"2 foo bar", "bar", "1 foo", true},
        {"3 foo bar baz", "bar", "2 foo baz", true},
        {"1 foobar", "foo", "1 foobar", false},
        {"0", "foo", "0", false},
    };
    for (const auto& row : rows) {
        Features features(row.text);
        EXPECT_EQ(features.remove(row.word), row.removed) << row.text;
        EXPECT_EQ(features.text(), row.want) << row.text;
    }
    Features features("2 pg_init_retries 50");
    features.add("queue_if_no_path");
    EXPECT_EQ(features.text(), "3 pg_init_retries 50 queue_if_no_path");
}

}  // namespace
}  // namespace rdm

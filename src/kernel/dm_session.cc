// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/dm_session.h"

#include <libdevmapper.h>

#include <cassert>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace rdm {

namespace {

/// Where complaints go. libdevmapper's hook takes no context, so this is the one static that the house permits.
std::string* complaints = nullptr;

/// Keeps the first error; the rest are its consequences.
[[gnu::format(printf, 5, 6)]] void listen(int level, const char* /*file*/, int /*line*/, int /*error_class*/,
                                          const char* format, ...) {
    constexpr int level_bits = 7;
    constexpr int level_error = 3;
    if ((level & level_bits) > level_error || !complaints || !complaints->empty()) return;
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    int length = std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0) *complaints = text;
}

}  // namespace

void DestroyDmTask::operator()(dm_task* task) const { dm_task_destroy(task); }

DmSession::DmSession() {
    assert(!complaints);
    complaints = &complaint_;
    dm_log_with_errno_init(listen);
}

DmSession::~DmSession() {
    dm_lib_release();
    complaints = nullptr;
}

Result<std::unique_ptr<DmSession>> DmSession::open() {
    std::unique_ptr<DmSession> session(new DmSession);
    // The library keeps a failed version check for good; asked this way it does not, and dm_mod may come later.
    char version[32] = "";
    TRY(session->check(dm_driver_version(version, sizeof version), ENODEV), "device-mapper");
    const std::string_view minor = std::string_view(version).substr(std::string_view(version).find('.') + 1);
    session->protocol_minor_ = number<unsigned>(minor.substr(0, minor.find('.'))).value_or(0);
    return session;
}

Result<DmTask> DmSession::task(int type, const std::string& name) {
    DmTask task(dm_task_create(type));
    if (!task) return fail(ENOMEM, "no memory for a device-mapper task");
    if (!name.empty()) TRY(check(dm_task_set_name(task.get(), name.c_str())));
    return task;
}

Result<void> DmSession::run(dm_task* task) {
    complaint_.clear();
    if (dm_task_run(task)) return {};
    if (int code = dm_task_get_errno(task)) return fail(code, std::strerror(code));
    return check(0, ENODEV);
}

Result<void> DmSession::check(int done, int code) {
    if (done) {
        complaint_.clear();
        return {};
    }
    return fail(code, complaint_.empty() ? std::string("refused without a word") : std::exchange(complaint_, {}));
}

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/worker_child.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace rdm {

namespace {

/// As a fresh process has them, but for SIGPIPE, which stays ignored: a write to nobody is an error, not an end. What
/// asks us to end (Ctrl-C goes to the whole group) is not for a child: it might stop between a map's table and its
/// resume. We end it.
void reset_signals() {
    for (int signal : {SIGHUP, SIGCHLD}) (void)std::signal(signal, SIG_DFL);
    for (int signal : {SIGTERM, SIGINT}) (void)std::signal(signal, SIG_IGN);
    sigset_t none;
    ::sigemptyset(&none);
    (void)::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        ssize_t size = ::write(fd, text.data(), text.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

[[noreturn]] void run_child(Poller& poller, const std::function<std::string()>& work, int pipe, pid_t parent) {
    (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);  // it ended before we asked to be told
    reset_signals();
    poller.close_all_in_child();
    std::string output = work();
    ::_exit(write_all(pipe, output) ? 0 : 1);
}

}  // namespace

Result<WorkerChild> fork_worker(Poller& poller, const std::function<std::string()>& work) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("worker");
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    if (::fcntl(ours.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("worker");
    const pid_t parent = ::getpid();
    const pid_t pid = ::_Fork();  // no threads, whose locks fork() would take
    if (pid < 0) return fail_errno("worker");
    if (pid == 0) run_child(poller, work, theirs.get(), parent);
    return WorkerChild{pid, std::move(ours)};
}

}  // namespace rdm

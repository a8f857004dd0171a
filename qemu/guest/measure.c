// SPDX-License-Identifier: GPL-2.0-or-later
// Runs a command that makes maps, and says what that took:
//
//     measure MAPS COMMAND...
//
// prints one line of names and numbers: `live`, when the kernel told of the last of so many maps that it took its table,
// `done`, when udev told of it (links included), `exit`, when the command ended, all in microseconds from its start; `cpu`
// and `memory` of the command and its children, in microseconds and KiB; `all_cpu`, of the whole machine, in hundredths of
// a second, and `forks`, of all processes, until nothing happened for half a second; `calls`, its system calls, counted in
// a run of their own with MAPS `calls`. It sleeps in poll() and so disturbs little: a wake-up for each event.
#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_maps = 4096, quiet = 500 };

struct moment {
    char seen[most_maps];  // by minor number
    int maps;
    long last;  // when the last one was new
};

static long begin;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000 + time.tv_nsec / 1000 - begin;
}

static int events_of(unsigned group) {  // 1: the kernel's, 2: udev's
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = group};
    int size = 64 << 20;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    if (fd < 0 || bind(fd, (struct sockaddr*)&address, sizeof address)) {
        perror("measure: events");
        exit(1);
    }
    return fd;
}

// An event is strings, in udev's case after a header. A map that changed for the first time has just been resumed.
static void take_event(int fd, struct moment* moment) {
    static char text[65536];
    ssize_t size = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
    int minor = -1, change = 0;
    long at = now();
    if (size <= 0) return;
    text[size] = 0;
    for (char* one = text; one < text + size; one += strlen(one) + 1) {
        if (!strcmp(one, "ACTION=change")) change = 1;
        if (!strncmp(one, "DEVNAME=/dev/dm-", 16)) minor = atoi(one + 16);
        if (!strncmp(one, "DEVNAME=dm-", 11)) minor = atoi(one + 11);
    }
    if (!change || minor < 0 || minor >= most_maps || moment->seen[minor]) return;
    moment->seen[minor] = 1;
    moment->maps++;
    moment->last = at;
}

static void machine(long* cpu, long* forks) {
    FILE* file = fopen("/proc/stat", "re");
    char line[512];
    long user = 0, nice = 0, kernel = 0;
    while (file && fgets(line, sizeof line, file)) {
        sscanf(line, "cpu %ld %ld %ld", &user, &nice, &kernel);
        sscanf(line, "processes %ld", forks);
    }
    if (file) fclose(file);
    *cpu = user + nice + kernel;
}

static void count_calls(char** command) {
    long stops = 0;
    pid_t child = fork();
    if (!child) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        execvp(*command, command);
        _exit(127);
    }
    waitpid(child, NULL, 0);
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE);
    ptrace(PTRACE_SYSCALL, child, 0, 0);
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0) break;
        if (!WIFSTOPPED(status)) continue;
        int signal = WSTOPSIG(status);
        if (signal == (SIGTRAP | 0x80)) ++stops;
        ptrace(PTRACE_SYSCALL, pid, 0, signal == (SIGTRAP | 0x80) || signal == SIGTRAP || signal == SIGSTOP ? 0 : signal);
    }
    printf("calls %ld\n", stops / 2);
}

int main(int count, char** words) {
    if (count < 3) return 2;
    if (!strcmp(words[1], "calls")) {
        count_calls(words + 2);
        return 0;
    }
    int maps = atoi(words[1]);
    static struct moment live, done;
    long cpu, cpu_before, forks, forks_before, ended = 0;
    struct rusage usage = {0};
    int status = 0;
    struct pollfd wait[3] = {{.fd = events_of(1), .events = POLLIN}, {.fd = events_of(2), .events = POLLIN}, {.events = POLLIN}};
    machine(&cpu_before, &forks_before);
    begin = now();
    pid_t child = fork();
    if (!child) {
        execvp(words[2], words + 2);
        _exit(127);
    }
    wait[2].fd = (int)syscall(SYS_pidfd_open, child, 0);
    for (;;) {
        int got = poll(wait, 3, ended ? quiet : -1);
        if (got == 0) break;
        if (got < 0 && errno != EINTR) return 1;
        if (wait[0].revents) take_event(wait[0].fd, &live);
        if (wait[1].revents) take_event(wait[1].fd, &done);
        if (wait[2].fd >= 0 && wait[2].revents) {
            wait4(child, &status, 0, &usage);
            ended = now();
            close(wait[2].fd);
            wait[2].fd = -1;
        }
    }
    machine(&cpu, &forks);
    printf("live %ld done %ld exit %ld cpu %ld memory %ld all_cpu %ld forks %ld\n", live.maps == maps ? live.last : -1,
           done.maps == maps ? done.last : -1, ended,
           usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec,
           usage.ru_maxrss, cpu - cpu_before, forks - forks_before);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of the C library that the static program takes from us, because musl's are made for more than libdevmapper,
// libsgutils and we want of them, and come to a tenth of the program. Neither the tests nor a native build have this.
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/format.h"
#include "kernel/heap.h"

// What libdevmapper does with files: read the lines of two in /proc; write messages of its own, if it has nobody else
// to give them to. The latter is unbuffered.
namespace {

struct Stream : std::FILE {
    int fd;
    std::size_t at, size;
    char text[1024];
};

Stream& stream(std::FILE* file) { return *static_cast<Stream*>(file); }

/// The next byte, or -1.
int next(Stream& file) {
    if (file.at == file.size) {
        const ssize_t size = ::read(file.fd, file.text, sizeof file.text);
        if (size <= 0) return -1;
        file.size = static_cast<std::size_t>(size);
        file.at = 0;
    }
    return static_cast<unsigned char>(file.text[file.at++]);
}

/// What system calls for files, devices, processes and semaphores refuse with, in musl's words.
constexpr struct {
    std::int16_t code;
    char text[34];
} errors[] = {
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {EINTR, "Interrupted system call"},
    {EIO, "I/O error"},
    {ENXIO, "No such device or address"},
    {EBADF, "Bad file descriptor"},
    {EAGAIN, "Resource temporarily unavailable"},
    {ENOMEM, "Out of memory"},
    {EACCES, "Permission denied"},
    {ENOTBLK, "Block device required"},
    {EBUSY, "Resource busy"},
    {EEXIST, "File exists"},
    {ENODEV, "No such device"},
    {ENOTDIR, "Not a directory"},
    {EISDIR, "Is a directory"},
    {EINVAL, "Invalid argument"},
    {EMFILE, "No file descriptors available"},
    {ENOTTY, "Not a tty"},
    {EFBIG, "File too large"},
    {ENOSPC, "No space left on device"},
    {EROFS, "Read-only file system"},
    {ELOOP, "Symbolic link loop"},
    {ENOSYS, "Function not implemented"},
    {ENODATA, "No data available"},
    {EOPNOTSUPP, "Not supported"},
    {ETIMEDOUT, "Operation timed out"},
};

}  // namespace

extern "C" {

char* strerror(int code) {
    for (const auto& one : errors)
        if (one.code == code) return const_cast<char*>(one.text);
    static char other[] = "error 0000";
    for (char* digit = other + 9; digit >= other + 6; --digit, code /= 10) *digit = static_cast<char>('0' + code % 10);
    return other;
}

void* malloc(std::size_t size) { return rdm::take_memory(size); }

void free(void* memory) {
    if (memory) rdm::give_back(memory);
}

void* calloc(std::size_t count, std::size_t size) {
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) bytes = SIZE_MAX;
    void* memory = rdm::take_memory(bytes);
    return memory ? std::memset(memory, 0, bytes) : nullptr;
}

void* realloc(void* memory, std::size_t size) {
    if (memory && rdm::room_of(memory) >= size) return memory;
    void* other = rdm::take_memory(size);
    if (!memory || !other) return other;
    std::memcpy(other, memory, rdm::room_of(memory));
    rdm::give_back(memory);
    return other;
}

// Nobody calls it; posix_memalign() in libsgutils names it.
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return alignment <= 16 ? rdm::take_memory(size) : nullptr;
}

// By these names musl's own functions call the above.
void* __libc_malloc(std::size_t size) { return rdm::take_memory(size); }
void* __libc_calloc(std::size_t count, std::size_t size) { return std::calloc(count, size); }
void __libc_free(void* memory) { std::free(memory); }

std::FILE* fopen(const char* path, const char* /*mode*/) {
    const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    auto* file = fd < 0 ? nullptr : static_cast<Stream*>(std::calloc(1, sizeof(Stream)));
    if (file) file->fd = fd;
    return file;
}

ssize_t getline(char** line, std::size_t* room, std::FILE* file) {
    std::size_t size = 0;
    if (!*line) *room = 0;  // POSIX: it says nothing then, and libdevmapper leaves it as the stack had it
    for (int c = 0; c != '\n' && (c = next(stream(file))) >= 0;) {
        if (size + 2 > *room) {
            auto* longer = static_cast<char*>(std::realloc(*line, *room + 128));
            if (!longer) return -1;
            *line = longer;
            *room += 128;
        }
        (*line)[size++] = static_cast<char>(c);
        (*line)[size] = '\0';
    }
    return size == 0 ? -1 : static_cast<ssize_t>(size);
}

int fclose(std::FILE* file) {
    const int result = ::close(stream(file).fd);
    std::free(file);
    return result;
}

// To the standard error, and at once: all that is written is messages.
int fputc(int c, std::FILE* /*file*/) {
    const char byte = static_cast<char>(c);
    return ::write(STDERR_FILENO, &byte, 1) == 1 ? c : EOF;
}

int vfprintf(std::FILE* /*file*/, const char* format, std::va_list arguments) {
    char text[512];
    const auto size = static_cast<std::size_t>(rdm::format_text(text, sizeof text, format, arguments));
    return static_cast<int>(::write(STDERR_FILENO, text, size < sizeof text ? size : sizeof text - 1));
}

// What musl's exit() calls to write out what is buffered, and the name by which its streams ask for that.
void __stdio_exit() {}
void __stdio_exit_needed() {}

int vsnprintf(char* text, std::size_t size, const char* format, std::va_list arguments) {
    return rdm::format_text(text, size, format, arguments);
}

int vsscanf(const char* text, const char* format, std::va_list arguments) {
    return rdm::scan_text(text, format, arguments);
}

// There are no threads; workers are processes.
int pthread_mutex_lock(pthread_mutex_t* /*mutex*/) { return 0; }
int pthread_mutex_unlock(pthread_mutex_t* /*mutex*/) { return 0; }

// musl looks for the kernel's way without a system call.
int clock_gettime(clockid_t clock, timespec* now) { return static_cast<int>(::syscall(SYS_clock_gettime, clock, now)); }

// libdevmapper looks for "\\x5cx" in names.
char* strstr(const char* text, const char* wanted) {
    for (const auto size = std::strlen(wanted); *text; ++text)
        if (std::strncmp(text, wanted, size) == 0) return const_cast<char*>(text);
    return *wanted ? nullptr : const_cast<char*>(text);
}
}

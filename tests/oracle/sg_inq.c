// SPDX-License-Identifier: GPL-2.0-or-later
// The program sg_inq as a function: its input a file in memory, its output caught.
#define main sg_inq_main
#include "src/sg_inq.c"
#undef main
#include <sys/mman.h>

#include "oracles.h"

static int memory_file(const unsigned char* bytes, size_t length) {
    static int file = -1;
    if (file < 0) file = memfd_create("page", 0);
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length) abort();
    return file;
}

int oracle_sg_inq(const unsigned char* bytes, size_t length, int page, char* out, size_t size) {
    char input[64];
    char number[32];
    snprintf(input, sizeof input, "--inhex=/proc/self/fd/%d", memory_file(bytes, length));
    snprintf(number, sizeof number, "--page=0x%x", page);
    char* arguments[] = {"sg_inq", "--export", input, "--raw", page ? number : NULL, NULL};
    FILE* shown = stdout;
    stdout = fmemopen(out, size, "w");
    optind = 0;
    int status = sg_inq_main(page ? 5 : 4, arguments);
    fputc('\0', stdout);
    fclose(stdout);
    stdout = shown;
    return status;
}

// SPDX-License-Identifier: GPL-2.0-or-later
// systemd's scsi_id with a disk in memory. Pages are 254 bytes there, and lengths in a page can lead it behind them: here
// NULs follow, so that what it finds is the same each time.
#include <sys/ioctl.h>
#include <sys/types.h>

#include "udev/scsi_id/scsi.h"
#undef SCSI_INQ_BUFF_LEN
#define SCSI_INQ_BUFF_LEN 66560
#include "basic/utf8.h"
#define ioctl oracle_ioctl
static int oracle_ioctl(int fd, unsigned long request, void* io);
#include "udev/scsi_id/scsi_serial.c"
#undef ioctl
#define main scsi_id_main
#define export export_keys
#include "udev/scsi_id/scsi_id.c"
#undef main

#include "oracles.h"

// What else systemd's code calls, mostly on ways that are not taken here.
int log_get_max_level(void) { return -1; }
int log_internal(int level, int error, const char* file, int line, const char* func, const char* format, ...) {
    return -abs(error);
}
int log_oom_internal(int level, const char* file, int line, const char* func) { abort(); }
void log_assert_failed(const char* text, const char* file, int line, const char* func) { abort(); }
void random_bytes(void* bytes, size_t size) { memset(bytes, 0, size); }
int read_line_full(FILE* file, size_t limit, ReadLineFlags flags, char** line) { return 0; }
FILE* safe_fclose(FILE* file) { return NULL; }

static struct oracle_reply inquiry_data;
static struct oracle_reply page_80;
static struct oracle_reply page_83;

static struct oracle_reply pages_page(void) {
    static unsigned char page[8];
    size_t length = 4;
    if (page_80.length > 0) page[length++] = 0x80;
    if (page_83.length > 0) page[length++] = 0x83;
    page[3] = length - 4;
    return (struct oracle_reply){page, length};
}

static int oracle_ioctl(int fd, unsigned long request, void* io) {
    struct sg_io_v4* command = io;
    const unsigned char* cdb = (const unsigned char*)(uintptr_t)command->request;
    struct oracle_reply reply = inquiry_data;
    if (cdb[1] & 1) reply = cdb[2] == 0x83 ? page_83 : cdb[2] == 0x80 ? page_80 : pages_page();
    (void)fd;
    (void)request;
    memcpy((void*)(uintptr_t)command->din_xferp, reply.bytes, reply.length < 254 ? reply.length : 254);
    return 0;
}

int oracle_scsi_id(struct oracle_reply inquiry, struct oracle_reply vpd80, struct oracle_reply vpd83, char* out,
                   size_t size) {
    inquiry_data = inquiry;
    page_80 = vpd80;
    page_83 = vpd83;
    all_good = true;
    export_keys = true;
    snprintf(config_file, sizeof config_file, "/dev/null/none");
    FILE* shown = stdout;
    stdout = fmemopen(out, size, "w");
    int status = scsi_id("/dev/null");
    fputc('\0', stdout);
    fclose(stdout);
    stdout = shown;
    return status;
}

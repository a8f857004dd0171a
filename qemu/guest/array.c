// SPDX-License-Identifier: GPL-2.0-or-later
// A disk array that misbehaves on request. The kernel's TCMU target (Documentation/target/tcmu-design.rst) hands every
// SCSI command of one path to us:
//
//     array /dev/uioN FOLDER
//
// FOLDER holds what the path answers, and may change at any time: `data` (the disk's content), `inquiry`, `vpd00`,
// `vpd80`, `vpd83` (bytes as they go over the wire; without a file: invalid field), `tur` (three numbers: sense key,
// code and qualifier of TEST UNIT READY; without it: good), `hang` (operation codes, two hex digits each, which get no
// answer as long as they are in it).
#include <fcntl.h>
#include <linux/target_core_user.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { block = 512, most_waiting = 64, most_iov = 512 };

struct command {
    uint16_t id;
    uint8_t cdb[16];
    unsigned iov_count;
    struct iovec iov[most_iov];
};

static struct tcmu_mailbox* ring;
static struct command waiting[most_waiting];
static unsigned waiting_count;
static int data;

static struct tcmu_cmd_entry* entry_at(uint32_t offset) {
    return (void*)((char*)ring + ring->cmdr_off + offset);
}

static uint32_t after(const struct tcmu_cmd_entry* entry, uint32_t offset) {
    return (offset + tcmu_hdr_get_len(entry->hdr.len_op)) % ring->cmdr_size;
}

static size_t read_file(const char* name, void* to, size_t size) {
    int fd = open(name, O_RDONLY);
    ssize_t got = fd < 0 ? -1 : read(fd, to, size);
    if (fd >= 0) close(fd);
    return got < 0 ? 0 : (size_t)got;
}

static size_t map_size_of(const char* node) {
    char name[128], text[32] = "";
    snprintf(name, sizeof name, "/sys/class/uio/%s/maps/map0/size", strrchr(node, '/') + 1);
    text[read_file(name, text, sizeof text - 1)] = 0;
    return strtoul(text, NULL, 0);
}

static int hangs(uint8_t code) {
    char text[256] = "";
    text[read_file("hang", text, sizeof text - 1)] = 0;
    for (char* at = text; *at;) {
        char* end;
        unsigned long value = strtoul(at, &end, 16);
        if (end == at) break;
        if (value == code) return 1;
        at = end;
    }
    return 0;
}

static void put(const struct command* command, const void* from, size_t size) {
    const char* at = from;
    for (unsigned i = 0; i < command->iov_count && size; ++i) {
        size_t part = command->iov[i].iov_len < size ? command->iov[i].iov_len : size;
        memcpy((char*)ring + (size_t)command->iov[i].iov_base, at, part);
        at += part;
        size -= part;
    }
}

static uint64_t number(const uint8_t* at, int bytes) {
    uint64_t value = 0;
    while (bytes--) value = value << 8 | *at++;
    return value;
}

static void set_number(uint8_t* at, uint64_t value, int bytes) {
    while (bytes--) at[bytes] = (uint8_t)value, value >>= 8;
}

static uint8_t transfer(const struct command* command, uint64_t lba, int writes) {
    off_t offset = (off_t)lba * block;
    for (unsigned i = 0; i < command->iov_count; ++i) {
        void* at = (char*)ring + (size_t)command->iov[i].iov_base;
        size_t size = command->iov[i].iov_len;
        ssize_t done = writes ? pwrite(data, at, size, offset) : pread(data, at, size, offset);
        if (done != (ssize_t)size) return 2;
        offset += (off_t)size;
    }
    return 0;
}

static uint8_t inquiry(const struct command* command) {
    uint8_t page[4096];
    char name[16] = "inquiry";
    if (command->cdb[1] & 1) snprintf(name, sizeof name, "vpd%02x", command->cdb[2]);
    size_t size = read_file(name, page, sizeof page);
    size_t allowed = number(command->cdb + 3, 2);
    put(command, page, size < allowed ? size : allowed);
    return size ? 0 : 2;
}

static uint8_t capacity(const struct command* command, int wide) {
    struct stat file;
    uint8_t reply[32] = {0};
    fstat(data, &file);
    set_number(reply, (uint64_t)file.st_size / block - 1, wide ? 8 : 4);
    set_number(reply + (wide ? 8 : 4), block, 4);
    put(command, reply, wide ? 32 : 8);
    return 0;
}

// The SAM status; with 2, check condition, `sense` is filled.
static uint8_t answer(const struct command* command, uint8_t* sense) {
    const uint8_t* cdb = command->cdb;
    unsigned key, code, qualifier;
    char text[64] = "";
    memset(sense, 0, TCMU_SENSE_BUFFERSIZE);
    memcpy(sense, (uint8_t[]){0x70, 0, 5, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x24}, 13);  // illegal request, invalid field
    switch (cdb[0]) {
        case 0x00:
            text[read_file("tur", text, sizeof text - 1)] = 0;
            if (sscanf(text, "%x %x %x", &key, &code, &qualifier) != 3) return 0;
            sense[2] = (uint8_t)key, sense[12] = (uint8_t)code, sense[13] = (uint8_t)qualifier;
            return 2;
        case 0x12: return inquiry(command);
        case 0x1a: return put(command, "\3\0\0\0", 4), 0;
        case 0x5a: return put(command, "\0\6\0\0\0\0\0\0", 8), 0;
        case 0x25: return capacity(command, 0);
        case 0x9e: return capacity(command, 1);
        case 0x08: return transfer(command, number(cdb + 1, 3) & 0x1fffff, 0);
        case 0x0a: return transfer(command, number(cdb + 1, 3) & 0x1fffff, 1);
        case 0x28: return transfer(command, number(cdb + 2, 4), 0);
        case 0x2a: return transfer(command, number(cdb + 2, 4), 1);
        case 0x88: return transfer(command, number(cdb + 2, 8), 0);
        case 0x8a: return transfer(command, number(cdb + 2, 8), 1);
        case 0x1b: case 0x35: case 0x91: return 0;
        default: sense[12] = 0x20; return 2;
    }
}

// Answers go into the oldest slot, whichever command they are for: the kernel goes by the id.
static void complete(const struct command* command) {
    uint8_t sense[TCMU_SENSE_BUFFERSIZE];
    uint8_t status = answer(command, sense);
    uint32_t tail = ring->cmd_tail;
    while (tcmu_hdr_get_op(entry_at(tail)->hdr.len_op) != TCMU_OP_CMD) tail = after(entry_at(tail), tail);
    struct tcmu_cmd_entry* entry = entry_at(tail);
    entry->hdr.cmd_id = command->id;
    entry->hdr.uflags = 0;
    entry->rsp.scsi_status = status;
    memcpy(entry->rsp.sense_buffer, sense, sizeof sense);
    __sync_synchronize();
    ring->cmd_tail = after(entry, tail);
}

static void take(const struct tcmu_cmd_entry* entry) {
    if (waiting_count == most_waiting || entry->req.iov_cnt > most_iov) exit(1);
    struct command* command = &waiting[waiting_count++];
    command->id = entry->hdr.cmd_id;
    memcpy(command->cdb, (char*)ring + entry->req.cdb_off, sizeof command->cdb);
    command->iov_count = entry->req.iov_cnt;
    memcpy(command->iov, entry->req.iov, entry->req.iov_cnt * sizeof *command->iov);
}

int main(int argc, char** argv) {
    int fd = argc == 3 ? open(argv[1], O_RDWR) : -1;
    if (fd < 0 || chdir(argv[2]) || (data = open("data", O_RDWR)) < 0) return perror("array"), 1;
    size_t size = map_size_of(argv[1]);
    ring = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (ring == MAP_FAILED) return perror("array: mmap"), 1;
    uint32_t next = ring->cmd_tail;
    for (;;) {
        uint32_t events, one = 1;
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, 50) > 0 && read(fd, &events, sizeof events) < 0) return 0;
        for (; next != ring->cmd_head; next = after(entry_at(next), next))
            if (tcmu_hdr_get_op(entry_at(next)->hdr.len_op) == TCMU_OP_CMD) take(entry_at(next));
        unsigned kept = 0, done = 0;
        for (unsigned i = 0; i < waiting_count; ++i) {
            if (hangs(waiting[i].cdb[0])) waiting[kept++] = waiting[i];
            else complete(&waiting[i]), ++done;
        }
        waiting_count = kept;
        if (done && write(fd, &one, sizeof one) < 0) return 0;
    }
}

// SPDX-License-Identifier: GPL-2.0-or-later
// libmultipath's reader of page 83h and of the wwids file, which are static functions, and the lexer of multipath.conf.
#include "discovery.c"
#include "wwids.c"
#include "oracles.h"
#include "parser.h"

int libmp_verbosity = -1;
void dlog(int prio, const char* fmt, ...) {}

int oracle_libmultipath(const unsigned char* page, size_t length, char* out, size_t size) {
    // It looks at bytes behind the end, as get_vpd_sysfs() gives it a larger buffer.
    static unsigned char buffer[4096 + 256];
    memset(buffer, 0, sizeof buffer);
    memcpy(buffer, page, length < 4096 ? length : 4096);
    int found = parse_vpd_pg83(buffer, length, out, size);
    if (found <= 0) return -1;
    for (size_t end = strlen(out); end > 0 && out[end - 1] == ' '; --end) out[end - 1] = '\0';
    return out[0] == '\0' ? -1 : 0;
}

int oracle_wwid_is_listed(const char* text, size_t length, const char* wwid) {
    char kept[WWID_SIZE] = "";
    snprintf(kept, sizeof kept, "%s", wwid);
    FILE* file = fmemopen((void*)text, length, "r");
    if (!file) return -1;
    int found = lookup_wwid(file, kept);
    fclose(file);
    return found ? 0 : -1;
}

int oracle_tokens(const char* line, char* out, size_t size) {
    char* copy = strdup(line);
    vector tokens = alloc_strvec(copy);
    free(copy);
    if (!tokens) return -1;
    FILE* file = fmemopen(out, size, "w");
    char* token;
    int i;
    vector_foreach_slot(tokens, token, i) {
        if (is_quote(token)) fputs("Q\n", file);
        else fprintf(file, "T%s\n", token);
    }
    fputc('\0', file);
    fclose(file);
    free_strvec(tokens);
    return 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
// The reader of the bindings file of one generation of multipath-tools. BINDINGS names what it exports; NEWER is set for
// 0.11 and later.
#include "alias.c"
#include "oracles.h"

int libmp_verbosity = -1;
void dlog(int prio, const char* fmt, ...) {}

// One multipaths entry of multipath.conf, and one map that is there: all that alias.c asks of the rest of libmultipath.
static const char* configured_alias;
static const char* configured_wwid;
static const char* taken_name;

static int is_taken(const char* name) { return taken_name && strcmp(name, taken_name) == 0; }

const char* get_mpe_wwid(const MPTABLE* entries, const char* alias) {
    (void)entries;
    return configured_alias && strcmp(alias, configured_alias) == 0 ? configured_wwid : NULL;
}

static int keep(const char* text, char* out, size_t size) {
    if (!text) return -1;
    snprintf(out, size, "%s", text);
    return 0;
}

static int format_alias(const char* prefix, int id, char* out, size_t size) {
    STRBUF_ON_STACK(name);
    if (id <= 0 || append_strbuf_str(&name, prefix) < 0 || format_devname(&name, id) < 0) return -1;
    return keep(get_strbuf_str(&name), out, size);
}

static FILE* reading(const char* text, size_t length) { return fmemopen((void*)text, length, "r"); }

#ifdef NEWER
int dm_get_wwid(const char* name, char* wwid, int size) {
    snprintf(wwid, size, "of another map");
    return is_taken(name) ? DMP_OK : DMP_NOT_FOUND;
}

static int load(const char* text, size_t length, int writable, const char* alias, const char* wwid) {
    struct config conf = {0};
    Bindings found = {.allocated = 0};
    configured_alias = alias;
    configured_wwid = wwid;
    FILE* file = reading(text, length);
    if (!file) return -1;
    // As _read_bindings_file() goes on: what cannot be rewritten does not count.
    if (_check_bindings_file(&conf, file, &found) != 0 && !writable) free_bindings(&found);
    fclose(file);
    set_global_bindings(&found);
    return 0;
}

static int alias_of(const char* wwid, char* out, size_t size) {
    const struct binding* found = get_binding_for_wwid(&global_bindings, wwid);
    return keep(found ? found->alias : NULL, out, size);
}

static int wwid_of(const char* alias, char* out, size_t size) {
    const struct binding* found = get_binding_for_alias(&global_bindings, alias);
    return keep(found ? found->wwid : NULL, out, size);
}

static int new_alias(const char* prefix, const char* taken, char* out, size_t size) {
    taken_name = taken;
    return format_alias(prefix, get_free_id(&global_bindings, prefix, "no map has this WWID"), out, size);
}
#else
int dm_map_present(const char* name) { return is_taken(name); }
int dm_get_uuid(const char* name, char* wwid, int size) {
    snprintf(wwid, size, "of another map");
    return 0;
}

static char* contents;
static size_t contents_length;

static int load(const char* text, size_t length, int writable, const char* alias, const char* wwid) {
    struct config conf = {0};
    Bindings found = {.allocated = 0};
    configured_alias = alias;
    configured_wwid = wwid;
    FILE* file = reading(text, length);
    if (!file) return -1;
    int status = _check_bindings_file(&conf, file, &found);
    fclose(file);
    free(contents);
    contents = malloc(length + 1);
    memcpy(contents, text, length);
    contents_length = length;
    if (status != 0 && writable) {  // as fix_bindings_file() has it
        char* written;
        size_t written_length;
        FILE* memory = tmpfile();
        write_bindings_file(&found, fileno(memory));
        written_length = lseek(fileno(memory), 0, SEEK_END);
        written = malloc(written_length + 1);
        pread(fileno(memory), written, written_length, 0);
        fclose(memory);
        free(contents);
        contents = written;
        contents_length = written_length;
    }
    free_bindings(&found);
    return 0;
}

static int alias_of(const char* wwid, char* out, size_t size) {
    char* alias = NULL;
    FILE* file = reading(contents, contents_length);
    if (!file) return -1;
    lookup_binding(file, wwid, &alias, NULL, 0);
    fclose(file);
    int status = keep(alias, out, size);
    free(alias);
    return status;
}

static int wwid_of(const char* alias, char* out, size_t size) {
    char wwid[WWID_SIZE];
    FILE* file = reading(contents, contents_length);
    if (!file) return -1;
    int status = rlookup_binding(file, wwid, alias);
    fclose(file);
    return status == 0 ? keep(wwid, out, size) : -1;
}

static int new_alias(const char* prefix, const char* taken, char* out, size_t size) {
    char* alias = NULL;
    taken_name = taken;
    FILE* file = reading(contents, contents_length);
    if (!file) return -1;
    int id = lookup_binding(file, "no map has this WWID", &alias, prefix, 1);
    fclose(file);
    return format_alias(prefix, id, out, size);
}
#endif

const struct oracle_bindings BINDINGS = {load, alias_of, wwid_of, new_alias};

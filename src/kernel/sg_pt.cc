// SPDX-License-Identifier: GPL-2.0-or-later
// sg3_utils' pass-through interface (scsi/sg_pt.h) without an operating system below it: the place that sg_pt_linux.c
// has in its library. All that the library's command functions refer to is here, so that the linker has no use for the
// other.
#include "kernel/sg_pt.h"

#include <scsi/sg_pt.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace {

constexpr int status_check_condition = 2;
constexpr int status_command_terminated = 0x22;
constexpr int driver_sense = 8;  ///< only says that there is sense data; gone in Linux 5.14

const rdm::RawScsiAnswer* answer_of(const sg_pt_base* object) { return object->pass ? object->pass->answer : nullptr; }

void copy_out(rdm::Bytes from, std::uint8_t* to, int room) {
    if (to && room > 0 && !from.empty())
        std::memcpy(to, from.data(), std::min(from.size(), static_cast<std::size_t>(room)));
}

char* empty(int room, char* text) {
    if (room > 0) *text = '\0';
    return text;
}

}  // namespace

extern "C" {

sg_pt_base* construct_scsi_pt_obj() { return new sg_pt_base; }
sg_pt_base* construct_scsi_pt_obj_with_fd(int /*fd*/, int /*verbose*/) { return new sg_pt_base; }
void destruct_scsi_pt_obj(sg_pt_base* object) { delete object; }
void partial_clear_scsi_pt_obj(sg_pt_base* /*object*/) {}

void set_scsi_pt_cdb(sg_pt_base* object, const std::uint8_t* cdb, int size) {
    object->cdb = cdb;
    object->cdb_size = size;
}
void set_scsi_pt_sense(sg_pt_base* object, std::uint8_t* sense, int room) {
    object->sense = sense;
    object->sense_room = room;
}
void set_scsi_pt_data_in(sg_pt_base* object, std::uint8_t* data, int room) {
    object->data = data;
    object->data_room = room;
    if (!object->pass) object->pass = reinterpret_cast<rdm::ScsiWindow*>(data - offsetof(rdm::ScsiWindow, bytes))->pass;
}
void set_scsi_pt_data_out(sg_pt_base* /*object*/, const std::uint8_t* /*data*/, int /*length*/) {}
void set_scsi_pt_packet_id(sg_pt_base* /*object*/, int /*id*/) {}

int do_scsi_pt(sg_pt_base* object, int /*fd*/, int /*timeout_seconds*/, int /*verbose*/) {
    if (!object->pass || !object->cdb) return -EINVAL;
    if (const auto* answer = answer_of(object)) {
        copy_out(answer->sense, object->sense, object->sense_room);
        copy_out(answer->data, object->data, object->data_room);
        return 0;
    }
    auto& cdb = object->pass->cdb;
    cdb.size = std::min(static_cast<std::size_t>(object->cdb_size), cdb.bytes.size());
    std::copy_n(object->cdb, cdb.size, cdb.bytes.begin());
    cdb.data_length = static_cast<std::size_t>(object->data_room);
    return -EAGAIN;
}

int get_scsi_pt_result_category(const sg_pt_base* object) {
    const auto* answer = answer_of(object);
    if (!answer) return SCSI_PT_RESULT_OS_ERR;
    if (answer->host_status != 0 || (answer->driver_status & ~driver_sense) != 0) return SCSI_PT_RESULT_TRANSPORT_ERR;
    if (answer->status == status_check_condition || answer->status == status_command_terminated)
        return SCSI_PT_RESULT_SENSE;
    return answer->status != 0 ? SCSI_PT_RESULT_STATUS : SCSI_PT_RESULT_GOOD;
}
int get_scsi_pt_resid(const sg_pt_base* object) {
    const auto* answer = answer_of(object);
    return answer ? std::clamp(answer->residual, 0, object->data_room) : 0;
}
int get_scsi_pt_status_response(const sg_pt_base* object) {
    const auto* answer = answer_of(object);
    return answer ? answer->status : 0;
}
int get_scsi_pt_sense_len(const sg_pt_base* object) {
    const auto* answer = answer_of(object);
    return answer ? static_cast<int>(std::min(answer->sense.size(), static_cast<std::size_t>(object->sense_room))) : 0;
}
std::uint8_t* get_scsi_pt_sense_buf(const sg_pt_base* object) { return object->sense; }
std::uint8_t* get_scsi_pt_cdb_buf(const sg_pt_base* object) { return const_cast<std::uint8_t*>(object->cdb); }
/// Also for what is neither good nor sense: left 0, the library takes a transport error for success.
int get_scsi_pt_os_err(const sg_pt_base* object) {
    const int category = get_scsi_pt_result_category(object);
    if (!answer_of(object)) return EAGAIN;
    return category == SCSI_PT_RESULT_GOOD || category == SCSI_PT_RESULT_SENSE ? 0 : EIO;
}
void get_pt_req_lengths(const sg_pt_base* object, int* in, int* out) {
    *in = object->data_room;
    *out = 0;
}
void get_pt_actual_lengths(const sg_pt_base* object, int* in, int* out) {
    *in = object->data_room - get_scsi_pt_resid(object);
    *out = 0;
}
std::uint64_t get_pt_duration_ns(const sg_pt_base* /*object*/) { return 0; }
int get_scsi_pt_duration_ms(const sg_pt_base* /*object*/) { return -1; }
char* get_scsi_pt_os_err_str(const sg_pt_base* /*object*/, int room, char* text) { return empty(room, text); }
char* get_scsi_pt_transport_err_str(const sg_pt_base* /*object*/, int room, char* text) { return empty(room, text); }
bool pt_device_is_nvme(const sg_pt_base* /*object*/) { return false; }

int scsi_pt_open_device(const char* /*name*/, bool /*read_only*/, int /*verbose*/) { return -ENOSYS; }
int scsi_pt_open_flags(const char* /*name*/, int /*flags*/, int /*verbose*/) { return -ENOSYS; }
int scsi_pt_close_device(int /*fd*/) { return -ENOSYS; }

}  // extern "C"

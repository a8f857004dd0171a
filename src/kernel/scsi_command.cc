// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/scsi_command.h"

#include <scsi/sg_cmds_basic.h>
#include <scsi/sg_cmds_extra.h>
#include <scsi/sg_lib.h>
#include <scsi/sg_pt.h>

#include <algorithm>
#include <cerrno>

#include "kernel/sg_pt.h"

namespace rdm {

namespace {

/// Standard INQUIRY data up to the revision: some devices lock up when asked for another length.
constexpr int inquiry_length = 36;
/// Old devices take the low byte only as the length: 252 here.
constexpr int vpd_length = 4092;
constexpr int netapp_length = 256;
constexpr std::uint16_t did_error = 7;  ///< scsi/scsi_status.h: what is left when the driver had its own word for it
constexpr std::size_t most_sense = 252;

/// A command for which sg3_utils' library has no function.
int send(sg_pt_base& object, const std::uint8_t (&cdb)[10], std::uint8_t* data, std::size_t length) {
    std::uint8_t sense[64] = {};
    set_scsi_pt_cdb(&object, cdb, sizeof cdb);
    set_scsi_pt_sense(&object, sense, sizeof sense);
    set_scsi_pt_data_in(&object, data, static_cast<int>(length));
    int category = 0;
    int done = sg_cmds_process_resp(&object, "", do_scsi_pt(&object, -1, 0, 0), false, 0, &category);
    if (done == -2) return category == SG_LIB_CAT_RECOVERED || category == SG_LIB_CAT_NO_SENSE ? 0 : category;
    return done < 0 ? SG_LIB_CAT_OTHER : 0;
}

/// READ (10) of one block at LBA 0. Source: SBC-4, 5.16.
constexpr std::uint8_t read_one_block[10] = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};
/// Source: multipath-tools 0.14.3, prioritizers/ontap.c.
constexpr std::uint8_t netapp_page_41h[10] = {0xc0, 0, 0x01, 0x0a, 0x98, 0x0a, 0x41, 0x80, 0, 0};

/// sg3_utils' verdict: 0 or one of its SG_LIB_CAT_….
int run(const ScsiRequest& request, ScsiPass& pass, ScsiWindow& window) {
    sg_pt_base object{.pass = &pass};
    window.pass = &pass;
    switch (request.command) {
        case ScsiCommand::inquiry:
            return sg_ll_inquiry_pt(&object, false, 0, window.bytes, inquiry_length, 0, nullptr, false, 0);
        case ScsiCommand::vpd:
            return sg_ll_inquiry_pt(&object, true, request.page, window.bytes, vpd_length, 0, nullptr, false, 0);
        case ScsiCommand::test_unit_ready:
            return sg_ll_test_unit_ready_pt(&object, 0, false, 0);
        case ScsiCommand::report_target_port_groups:
            return sg_ll_report_tgt_prt_grp2(-1, window.bytes, static_cast<int>(request.room), false, false, 0);
        case ScsiCommand::read:
            return send(object, read_one_block, window.bytes, request.block_size);
        case ScsiCommand::netapp_attributes:
            return send(object, netapp_page_41h, window.bytes, netapp_length);
        case ScsiCommand::nvme_ana:
            break;
    }
    return SG_LIB_CAT_OTHER;
}

std::optional<Sense> sense_of(Bytes bytes) {
    std::array<std::uint8_t, most_sense> sense{};  // the library may look a few bytes beyond a short one
    const auto size = std::min(bytes.size(), sense.size());
    std::copy_n(bytes.begin(), size, sense.begin());
    sg_scsi_sense_hdr header{};
    if (!sg_scsi_normalize_sense(sense.data(), static_cast<int>(size), &header)) return std::nullopt;
    return Sense{.key = header.sense_key, .asc = header.asc, .ascq = header.ascq};
}

}  // namespace

Result<ScsiCdb> cdb_of(const ScsiRequest& request) {
    if (request.command == ScsiCommand::read && request.block_size > most_scsi_data)
        return fail(EINVAL, request.disk, ": blocks of ", request.block_size, " bytes");
    if (request.room > most_scsi_data) return fail(EINVAL, request.disk, ": a reply of ", request.room, " bytes");
    ScsiPass pass;
    ScsiWindow window;
    (void)run(request, pass, window);
    return pass.cdb;
}

ScsiAnswer judge(const ScsiRequest& request, const RawScsiAnswer& raw) {
    ScsiAnswer answer;
    if (request.command == ScsiCommand::nvme_ana) {
        answer.data = raw.data;
        return answer;
    }
    answer.status = raw.status;
    answer.host_status = raw.host_status;
    sg_pt_base object;
    ScsiPass pass{.answer = &raw, .cdb = {}};
    object.pass = &pass;
    const int category = get_scsi_pt_result_category(&object);
    if (category == SCSI_PT_RESULT_TRANSPORT_ERR && raw.host_status == 0) answer.host_status = did_error;
    if (category == SCSI_PT_RESULT_SENSE) answer.sense = sense_of(raw.sense);

    ScsiWindow window;
    const int verdict = run(request, pass, window);
    const bool has_data = request.command != ScsiCommand::test_unit_ready;
    if (!has_data || (verdict != 0 && verdict != SG_LIB_CAT_MALFORMED)) return answer;
    answer.status = 0;
    answer.sense.reset();
    const auto came = raw.data.size() - std::min(raw.data.size(), static_cast<std::size_t>(std::max(raw.residual, 0)));
    answer.data.assign(window.bytes, window.bytes + std::min(came, most_scsi_data));
    return answer;
}

}  // namespace rdm

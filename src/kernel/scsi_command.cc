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
constexpr int port_groups_length = most_scsi_data;
constexpr std::uint16_t did_error = 7;  ///< scsi/scsi_status.h: what is left when the driver had its own word for it
constexpr std::size_t most_sense = 252;

/// READ (10) of one block at LBA 0: sg3_utils' library has no function for reading. Source: SBC-4, 5.16.
int read_block(sg_pt_base& object, std::uint8_t* data, std::uint32_t block_size) {
    constexpr std::uint8_t cdb[10] = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    std::uint8_t sense[64] = {};
    set_scsi_pt_cdb(&object, cdb, sizeof cdb);
    set_scsi_pt_sense(&object, sense, sizeof sense);
    set_scsi_pt_data_in(&object, data, static_cast<int>(block_size));
    int category = 0;
    int done = sg_cmds_process_resp(&object, "", do_scsi_pt(&object, -1, 0, 0), false, 0, &category);
    if (done == -2) return category == SG_LIB_CAT_RECOVERED || category == SG_LIB_CAT_NO_SENSE ? 0 : category;
    return done < 0 ? SG_LIB_CAT_OTHER : 0;
}

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
            return sg_ll_report_tgt_prt_grp2(-1, window.bytes, port_groups_length, false, false, 0);
        case ScsiCommand::read:
            return read_block(object, window.bytes, request.block_size);
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
    ScsiPass pass;
    ScsiWindow window;
    (void)run(request, pass, window);
    return pass.cdb;
}

ScsiAnswer judge(const ScsiRequest& request, const RawScsiAnswer& raw) {
    ScsiAnswer answer;
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

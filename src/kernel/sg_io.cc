// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/sg_io.h"

#include <fcntl.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/nvme_admin.h"

namespace rdm {

namespace {

sg_io_hdr header_for(const ScsiCdb& cdb, Milliseconds timeout, SgBuffers& buffers, std::uint8_t* command) {
    std::ranges::copy(cdb.bytes, command);
    sg_io_hdr header{};
    header.interface_id = 'S';
    header.dxfer_direction = cdb.data_length > 0 ? SG_DXFER_FROM_DEV : SG_DXFER_NONE;
    header.cmdp = command;
    header.cmd_len = static_cast<unsigned char>(cdb.size);
    header.sbp = buffers.sense;
    header.mx_sb_len = sizeof buffers.sense;
    header.dxferp = buffers.data;
    header.dxfer_len = static_cast<unsigned>(std::min(cdb.data_length, sizeof buffers.data));
    header.timeout = static_cast<unsigned>(std::clamp<Milliseconds::rep>(timeout.count(), 1, 0x7fffffff));
    return header;
}

RawScsiAnswer raw_answer(const sg_io_hdr& header, const SgBuffers& buffers) {
    RawScsiAnswer raw;
    raw.status = header.status;
    raw.host_status = header.host_status;
    raw.residual = header.resid;
    raw.driver_status = header.driver_status;
    raw.sense.assign(buffers.sense, buffers.sense + std::min<std::size_t>(header.sb_len_wr, sizeof buffers.sense));
    raw.data.assign(buffers.data, buffers.data + std::min<std::size_t>(header.dxfer_len, sizeof buffers.data));
    return raw;
}

std::unexpected<Error> error_now() {
    const int code = errno;
    return fail(code, std::strerror(code));
}

}  // namespace

Result<void> sg_send(int fd, int id, const ScsiCdb& cdb, Milliseconds timeout, SgBuffers& buffers) {
    std::uint8_t command[sizeof cdb.bytes];
    sg_io_hdr header = header_for(cdb, timeout, buffers, command);
    header.pack_id = id;
    if (::write(fd, &header, sizeof header) < 0) return error_now();
    return {};
}

Result<RawScsiAnswer> sg_receive(int fd, int& id, SgBuffers& buffers) {
    buffers = {};
    sg_io_hdr header{};
    header.interface_id = 'S';
    if (::read(fd, &header, sizeof header) < 0) return error_now();
    id = header.pack_id;
    return raw_answer(header, buffers);
}

std::string sg_ask_and_wait(const Nodes& nodes, const ScsiRequest& request, const ScsiCdb& cdb) {
    if (request.command == ScsiCommand::nvme_ana) return nvme_ana_ask_and_wait(nodes, request);
    auto device = nodes.open_device(NodeKind::block, request.dev, request.disk, O_RDONLY);
    if (!device) return cat("error ", device.error().code(), ' ', device.error().what());
    SgBuffers buffers;
    std::uint8_t command[sizeof cdb.bytes];
    sg_io_hdr header = header_for(cdb, request.timeout, buffers, command);
    if (::ioctl(device->get(), SG_IO, &header) < 0)
        return cat("error ", errno, ' ', safe(request.disk), ": SG_IO: ", std::strerror(errno));
    const RawScsiAnswer raw = raw_answer(header, buffers);
    std::string text = cat("answer ", raw.status, ' ', raw.host_status, ' ', raw.driver_status, ' ', raw.residual, ' ',
                           raw.sense.size(), '\n');
    text.append(raw.sense.begin(), raw.sense.end());
    text.append(raw.data.begin(), raw.data.end());
    return text;
}

Result<RawScsiAnswer> sg_read_worker_text(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    const auto parts = words(line);
    if (parts.size() > 2 && parts[0] == "error") {
        const auto what = static_cast<std::size_t>(parts[2].data() - line.data());
        return fail(number<int>(parts[1]).value_or(EIO), line.substr(what));
    }
    if (parts.size() != 6 || parts[0] != "answer" || line.size() == text.size())
        return fail(EPROTO, "a worker's answer is cut short");
    RawScsiAnswer raw;
    raw.status = number<std::uint8_t>(parts[1]).value_or(0);
    raw.host_status = number<std::uint16_t>(parts[2]).value_or(0);
    raw.driver_status = number<std::uint16_t>(parts[3]).value_or(0);
    raw.residual = number<int>(parts[4]).value_or(0);
    const Bytes bytes = bytes_of(text.substr(line.size() + 1));
    const auto sense = TRY(take(bytes, number<std::size_t>(parts[5]).value_or(0)), "a worker's answer");
    raw.sense.assign(sense.begin(), sense.end());
    raw.data.assign(bytes.begin() + static_cast<std::ptrdiff_t>(sense.size()), bytes.end());
    return raw;
}

}  // namespace rdm

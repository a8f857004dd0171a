// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <map>
#include <string>

#include "kernel/fake_events.h"
#include "kernel/machine.h"
#include "kernel/scsi.h"
#include "kernel/sysfs.h"

namespace rdm {

/// Disks that answer from a list, in virtual time. What a disk was not told to say: TEST UNIT READY and READ are good,
/// a VPD page and INQUIRY come from the sysfs attribute of that name (device/vpd_pg83, device/inquiry), an NVMe
/// controller has no ANA, everything else is ILLEGAL REQUEST. As the kernel does it, a disk that sysfs does not show is
/// ENODEV, an offline one "no connect" (host 0x01), and commands in flight to a disk that goes end with "no connect".
class FakeScsi : public Scsi {
public:
    FakeScsi(FakeEvents& events, const Sysfs& sysfs) : events_(events), sysfs_(sysfs) {}

    /// `command`: "tur", "inquiry", "vpd 83", "rtpg", "read", "netapp", "ana". A command that hangs gets the new answer
    /// at once.
    void answer(std::string_view disk, std::string_view command, MachineAnswer answer) {
        auto key = cat(disk, ' ', command);
        answers_.insert_or_assign(key, std::move(answer));
        for (auto& [id, one] : in_flight_) {
            if (one.hangs && cat(one.request.disk, ' ', name(one.request)) == key) send(id);
        }
    }
    void gone(std::string_view disk) {
        for (auto& [id, one] : in_flight_) {
            if (one.request.disk != disk) continue;
            ScsiAnswer answer;
            answer.host_status = 1;
            deliver_later(id, std::move(answer), Milliseconds(0));
        }
    }
    /// Every command, in order: "sda inquiry; sda vpd 83; sdb tur".
    [[nodiscard]] const std::string& asked() const { return asked_; }
    void forget_asked() { asked_.clear(); }
    /// How many commands wait for their answer.
    [[nodiscard]] std::size_t waiting() const { return in_flight_.size(); }

    Result<std::uint64_t> submit(const ScsiRequest& request) override {
        asked_ += cat(asked_.empty() ? "" : "; ", request.disk, ' ', name(request));
        auto id = next_++;
        in_flight_.insert({id, {request, false, 0}});
        send(id);
        return id;
    }
    void forget(std::uint64_t id) override { in_flight_.erase(id); }

private:
    struct Flight {
        ScsiRequest request;
        bool hangs = false;
        unsigned turn = 0;  ///< a later answer replaces one that is under way
    };

    static std::string name(const ScsiRequest& request) {
        switch (request.command) {
            case ScsiCommand::inquiry:
                return "inquiry";
            case ScsiCommand::vpd:
                return cat("vpd ", hex({&request.page, 1}));
            case ScsiCommand::test_unit_ready:
                return "tur";
            case ScsiCommand::report_target_port_groups:
                return "rtpg";
            case ScsiCommand::read:
                return "read";
            case ScsiCommand::netapp_attributes:
                return "netapp";
            case ScsiCommand::nvme_ana:
                break;
        }
        return "ana";
    }

    void send(std::uint64_t id) {
        auto& flight = in_flight_.find(id)->second;
        auto answer = answer_to(flight.request);
        flight.hangs = answer.hangs;
        if (!answer.hangs) deliver_later(id, std::move(answer.answer), answer.after);
    }

    [[nodiscard]] MachineAnswer answer_to(const ScsiRequest& request) const {
        MachineAnswer answer;
        auto place = cat("dev/block/", text(request.dev));
        if (!sysfs_.real_path(place)) {
            answer.answer.failure = Error{ENODEV, "no such device"};
            return answer;
        }
        auto state = sysfs_.word(cat(place, "/device/state"));
        if (state == "offline" || state == "transport-offline") {
            answer.answer.host_status = 1;
            return answer;
        }
        auto told = answers_.find(cat(request.disk, ' ', name(request)));
        return told != answers_.end() ? told->second : default_answer(request, place);
    }

    [[nodiscard]] MachineAnswer default_answer(const ScsiRequest& request, std::string_view place) const {
        MachineAnswer answer;
        if (request.command == ScsiCommand::read) answer.answer.data.resize(request.block_size);
        if (request.command == ScsiCommand::test_unit_ready || request.command == ScsiCommand::read) return answer;
        if (request.command == ScsiCommand::nvme_ana) {
            answer.answer.data.push_back(0);
            return answer;
        }
        std::string attribute = request.command == ScsiCommand::inquiry ? "inquiry" : "vpd_pg";
        if (request.command == ScsiCommand::vpd) attribute += request.page == 0 ? "0" : hex({&request.page, 1});
        auto bytes = sysfs_.read(cat(place, "/device/", attribute));
        if (bytes && (request.command == ScsiCommand::inquiry || request.command == ScsiCommand::vpd)) {
            answer.answer.data.assign(bytes->begin(), bytes->end());
            return answer;
        }
        answer.answer.status = 2;  // invalid field in CDB, or no such command
        bool page = request.command == ScsiCommand::vpd;
        answer.answer.sense = Sense{5, page ? std::uint8_t{0x24} : std::uint8_t{0x20}, 0};
        return answer;
    }

    void deliver_later(std::uint64_t id, ScsiAnswer answer, Milliseconds after) {
        auto turn = ++in_flight_.find(id)->second.turn;
        answer.id = id;
        events_.after(after, [this, id, turn, done = std::move(answer)] {
            auto flight = in_flight_.find(id);
            if (flight == in_flight_.end() || flight->second.turn != turn) return;
            in_flight_.erase(flight);
            Event event;
            event.kind = Event::Kind::scsi;
            event.scsi = done;
            events_.push(std::move(event));
        });
    }

    FakeEvents& events_;
    const Sysfs& sysfs_;
    std::map<std::string, MachineAnswer, std::less<>> answers_;
    std::map<std::uint64_t, Flight> in_flight_;
    std::uint64_t next_ = 1;
    std::string asked_;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "boot/engine.h"
#include "kernel/fake_machine.h"
#include "kernel/fake_neighbours.h"

namespace rdm {

/// For tests, which include GoogleTest before this: events that end a loop which turns without letting time pass.
struct TurningEvents : Events {
    explicit TurningEvents(FakeEvents& all) : events(all) {}
    [[nodiscard]] Moment now() const override { return events.now(); }
    Result<std::vector<Event>> wait(std::optional<Moment> until) override {
        auto before = events.now();
        auto arrived = events.wait(until);
        turns = events.now() == before ? turns + 1 : 0;
        if (turns > 1000) return fail(ELOOP, "the loop turns for nothing");
        return arrived;
    }
    FakeEvents& events;
    int turns = 0;
};

/// Device-mapper that refuses what `refuse` has a text for.
struct PickyDm : DeviceMapper {
    explicit PickyDm(FakeDm& all) : dm(all) {}
    Result<std::vector<DmMap>> maps() override { return dm.maps(); }
    Outcome apply(std::span<const DmAction> actions, Milliseconds bound) override {
        if (!refuse) return dm.apply(actions, bound);
        Outcome outcome;
        std::map<std::string, Error> refused;  // what follows a load has its error
        for (const DmAction& action : actions) {
            if (auto why = refuse(action); !why.empty())
                refused.insert_or_assign(action.name, Error{EINVAL, cat(action.name, ": ", why)});
            auto before = refused.find(action.name);
            outcome.results.push_back(before == refused.end() ? dm.apply({&action, 1}, bound).results[0]
                                                              : Result<void>(std::unexpected(before->second)));
        }
        return outcome;
    }
    FakeDm& dm;
    std::function<std::string(const DmAction&)> refuse;
};

/// Workers whose batches take `batch_takes`; `none`: that cannot be started.
struct SlowWorkers : Workers {
    SlowWorkers(FakeEvents& all, FakeWorkers& rest) : events(all), workers(rest) {}
    Result<std::uint64_t> start(std::function<std::string()>&& work, Milliseconds deadline) override {
        ++started;
        if (none) return fail(EAGAIN, "worker: Resource temporarily unavailable");
        if (batch_takes == Milliseconds(0) || deadline < Milliseconds(10000))
            return workers.start(std::move(work), deadline);
        auto id = next++;
        events.after(batch_takes, [this, id, run = std::move(work)] {
            Event event;
            event.kind = Event::Kind::work;
            event.work = WorkDone{id, run()};
            events.push(std::move(event));
        });
        return id;
    }
    FakeEvents& events;
    FakeWorkers& workers;
    Milliseconds batch_takes{0};
    bool none = false;
    std::uint64_t next = 1000000;
    int started = 0;
};

constexpr std::string_view boot_wwid = "36001405aabbccdd11223344556677889";

/// Two paths to one disk of 1 MiB without a partition table; sdc is a third one, not there yet.
constexpr std::string_view boot_machine = R"(rdmpath machine 1
[disk sda]
at = pci0/host2/target2:0:0/2:0:0:0/block/sda
dev = 8:0
size = 2048
sg = sg0 21:0
device/vendor = "LIO-ORG "
device/model = "disk            "
device/rev = 4.0
device/vpd_pg83 = hex 00 83 00 14 01 03 00 10 60 01 40 5a ab bc cd d1 12 23 34 45 56 67 78 89
tur = good after 2ms
read = good after 2ms
[disk sdb]
like = sda
at = pci0/host3/target3:0:0/3:0:0:0/block/sdb
dev = 8:16
sg = sg1 21:1
[disk sdc]
like = sda
at = pci0/host4/target4:0:0/4:0:0:0/block/sdc
dev = 8:32
sg = sg2 21:2
present = no
)";

/// Nobody decided anything.
inline const Rules no_rules;

/// A machine in memory, and the loop on it.
struct Boot {
    explicit Boot(Duty duty, std::string_view text = boot_machine, Rules all = {})
        : machine(text), rules(std::move(all)), engine(doors(), rules, duty) {}
    Doors doors() {
        return {machine.sysfs, machine.files, machine.scsi, dm, machine.blocks, workers, events, log, &neighbours};
    }
    void work(Milliseconds time) {
        auto worked = engine.work(machine.events.now() + time);
        ASSERT_TRUE(worked) << worked.error().what();
    }
    [[nodiscard]] std::string table() const {
        auto map = machine.dm.map(boot_wwid);
        return map ? map->table[0].params : "none";
    }
    [[nodiscard]] std::string active() const {
        std::string names;
        for (const auto& [id, map] : summarize(engine.decided(), engine.present()))
            for (const auto& [name, where] : map.working) names += (names.empty() ? "" : " ") + name;
        return names;
    }
    /// Lines of the log that hold `part`.
    [[nodiscard]] std::string said(std::string_view part) const {
        std::string found;
        for (const auto& line : lines)
            if (line.contains(part)) found += cat(found.empty() ? "" : "\n", line);
        return found;
    }

    FakeMachine machine;
    TurningEvents events{machine.events};
    PickyDm dm{machine.dm};
    FakeNeighbours neighbours;
    SlowWorkers workers{machine.events, machine.workers};
    std::vector<std::string> lines;
    Log log{[this](LogLevel, const std::string& line) { lines.push_back(line); }};
    Rules rules;
    Engine engine;
};

}  // namespace rdm

// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>

#include "kernel/fake_blocks.h"
#include "kernel/fake_dm.h"
#include "kernel/fake_events.h"
#include "kernel/fake_files.h"
#include "kernel/fake_scsi.h"
#include "kernel/fake_steps.h"
#include "kernel/fake_sysfs.h"
#include "kernel/fake_workers.h"
#include "kernel/machine.h"
#include "kernel/machine_value.h"

namespace rdm {

/// A whole machine from a machine text (kernel/machine.h), behind all doors at once. Changes queue the uevents that the
/// kernel would send. A text that is wrong ends the test with its error.
///
///     FakeMachine machine(two_paths);
///     machine.remove("sda");
///     EXPECT_EQ(machine.dm.asked(), "create 3600…");
class FakeMachine {
public:
    explicit FakeMachine(std::string_view text) : FakeMachine(parsed(text)) {}
    explicit FakeMachine(const MachineText& machine) : cmdline(machine.cmdline) { load(machine); }
    FakeMachine(const FakeMachine&) = delete;
    FakeMachine& operator=(const FakeMachine&) = delete;

    /// Disks, sysfs entries, maps and later steps from further sections of a machine text (no first line); its disks
    /// arrive now, its steps count from now. "like" and steps know only the disks of this text.
    void add(std::string_view sections) { load(parsed(cat("rdmpath machine 1\n", sections))); }
    /// A disk of the text that is not there: not yet, or removed.
    void arrive(std::string_view disk) {
        auto& one = find(disk);
        one.present = true;
        appear(one);
    }
    void remove(std::string_view disk);
    /// `command`: "tur", "inquiry", "vpd 83", "rtpg", "read", …; `answer` in the forms of kernel/machine_value.h.
    void answer(std::string_view disk, std::string_view command, std::string_view answer) {
        auto parsed_answer = timed_answer(answer);
        if (!parsed_answer) die("no such answer", answer);
        set_answer(disk, command, *parsed_answer);
    }
    /// An attribute of a disk, without the newline at its end: set("sda", "device/state", "offline"). No uevent.
    void set(std::string_view disk, std::string_view attribute, std::string_view value) {
        sysfs.file(cat("devices/", find(disk).at, '/', attribute), cat(value, '\n'));
    }
    /// Any uevent: uevent("change", "devices/…/block/sda", "SDEV_UA=CAPACITY_DATA_HAS_CHANGED").
    void uevent(std::string_view action, std::string_view sys_path, std::string_view properties = "");
    /// The kernel fails a path of a map, or takes it back.
    void fail_path(std::string_view map, DevNo dev) { (void)dm.message(map, cat("fail_path ", text(dev))); }
    void reinstate_path(std::string_view map, DevNo dev) { (void)dm.message(map, cat("reinstate_path ", text(dev))); }
    /// udev's database gets a map, first without a table, and then with its links and `mark`.
    void announce(const DmMap& map, std::string_view mark = "");
    void lose_uevents() { push(Event::Kind::uevents_lost); }
    void stop() { push(Event::Kind::stop); }

private:
    FakeStall stall_;

public:
    std::string cmdline;
    std::optional<Milliseconds> udev_takes{0};  ///< until it has made the links of a map; nullopt: it never does
    FakeEvents events;
    FakeSysfs sysfs;
    FakeFiles files;
    FakeScsi scsi{events, sysfs};
    FakeDm dm{sysfs, [this](FakeDm::Change change, const DmMap& map, DevNo path) { dm_changed(change, map, path); }};
    FakeBlocks blocks{sysfs, dm, stall_};
    FakeWorkers workers{events, stall_};

private:
    [[noreturn]] static void die(std::string_view what, std::string_view subject) {
        (void)std::fputs(cat("fake machine: ", what, ": ", subject, '\n').c_str(), stderr);
        std::abort();
    }
    static MachineText parsed(std::string_view text) {
        auto machine = parse_machine(text);
        if (!machine) die("machine text", machine.error().what());
        return std::move(*machine);
    }
    MachineDisk& find(std::string_view disk) {
        auto found = disks_.find(disk);
        if (found == disks_.end()) die("no such disk", disk);
        return found->second;
    }
    void load(const MachineText& machine);
    void appear(const MachineDisk& disk);
    void set_answer(std::string_view disk, std::string_view command, const MachineAnswer& answer) {
        scsi.answer(disk, command, answer);
        if (command == "read") blocks.answer(disk, answer);
    }
    void step(const MachineStep& step);
    void send(std::string_view action, const std::string& sys_path, std::string_view subsystem);
    void dm_changed(FakeDm::Change change, const DmMap& map, DevNo path);
    void push(Event::Kind kind) {
        Event event;
        event.kind = kind;
        events.push(std::move(event));
    }
    std::map<std::string, MachineDisk, std::less<>> disks_;
    unsigned sequence_ = 1000;
    unsigned path_sequence_ = 0;
    bool live_ = false;  ///< the loop may have started: arrivals send uevents
};

inline void FakeMachine::load(const MachineText& machine) {
    for (const auto& disk : machine.disks) {
        disks_.insert_or_assign(disk.name, disk);
        for (const auto& [command, answer] : disk.answers) set_answer(disk.name, command, answer);
        for (const auto& [offset, bytes] : disk.content) blocks.content(disk.name, offset, bytes);
        if (disk.present) appear(disk);
    }
    sysfs.tree.put(machine.sysfs);
    for (const auto& [path, node] : machine.files)
        if (node.kind == MachineNode::Kind::file) files.files.insert_or_assign(path, node.text);
    files.tree.put(machine.files);
    for (const auto& map : machine.maps) {
        auto there = dm.present(map);
        if (!there) die("map", there.error().what());
    }
    live_ = true;
    auto steps = parse_steps(machine);
    if (!steps) die("machine text", steps.error().what());
    for (const auto& one : *steps) events.after(one.at, [this, one] { step(one); });
}

inline void FakeMachine::appear(const MachineDisk& disk) {
    auto device = device_directory(disk);
    show_disk(sysfs.tree, disk);
    if (!live_) return;
    if (is_scsi(disk)) send("add", device, "scsi");
    if (disk.sg_dev) send("add", cat(device, "/scsi_generic/", disk.sg_name), "scsi_generic");
    send("add", cat("devices/", disk.at), "block");
    for (const auto& name : partitions_of(sysfs.tree, disk)) send("add", cat("devices/", disk.at, '/', name), "block");
}

inline void FakeMachine::remove(std::string_view disk) {
    auto& one = find(disk);
    auto device = device_directory(one);
    auto at = cat("devices/", one.at);
    if (one.sg_dev) send("remove", cat(device, "/scsi_generic/", one.sg_name), "scsi_generic");
    for (const auto& name : partitions_of(sysfs.tree, one)) send("remove", cat(at, '/', name), "block");
    send("remove", at, "block");
    if (is_scsi(one)) send("remove", device, "scsi");
    one.present = false;
    sysfs.remove(is_scsi(one) ? device : at);
    scsi.gone(disk);
}

inline void FakeMachine::step(const MachineStep& step) {
    using Kind = MachineStep::Kind;
    switch (step.kind) {
        case Kind::add:
            return arrive(step.subject);
        case Kind::remove:
            return remove(step.subject);
        case Kind::answer:
            return set_answer(step.subject, step.key, step.answer);
        case Kind::set:
            return sysfs.file(cat("devices/", find(step.subject).at, '/', step.key), step.value);
        case Kind::uevent: {
            auto parts = words(step.subject);
            auto real = sysfs.real_path(cat("class/block/", parts[1]));
            return uevent(parts[0], real.value_or(std::string(parts[1])), step.value);
        }
        case Kind::message:
            if (auto sent = dm.message(step.subject, step.value); !sent) die("message", sent.error().what());
            return;
        case Kind::lose_uevents:
            return lose_uevents();
        case Kind::stop:
            return stop();
    }
}

inline void FakeMachine::uevent(std::string_view action, std::string_view sys_path, std::string_view properties) {
    Event event;
    event.kind = Event::Kind::uevent;
    event.uevent.action = action;
    event.uevent.sys_path = sys_path;
    auto& known = event.uevent.properties;
    known = {{"ACTION", std::string(action)}, {"DEVPATH", cat('/', sys_path)}, {"SEQNUM", cat(sequence_++)}};
    auto subsystem = sysfs.real_path(cat(sys_path, "/subsystem"));
    if (subsystem) known["SUBSYSTEM"] = subsystem->substr(subsystem->rfind('/') + 1);
    auto dev = devno(sysfs.word(cat(sys_path, "/dev")).value_or(""));
    if (dev) {
        known["MAJOR"] = cat(dev->major);
        known["MINOR"] = cat(dev->minor);
        known["DEVNAME"] = sys_path.substr(sys_path.rfind('/') + 1);
    }
    for (auto word : words(properties)) {
        auto equals = word.find('=');
        if (equals != std::string_view::npos) known[std::string(word.substr(0, equals))] = word.substr(equals + 1);
    }
    events.push(std::move(event));
}

inline void FakeMachine::send(std::string_view action, const std::string& sys_path, std::string_view subsystem) {
    auto properties = cat("SUBSYSTEM=", subsystem);
    bool partition = sysfs.exists(cat(sys_path, "/partition"));
    if (subsystem == "block") properties += partition ? " DEVTYPE=partition" : " DEVTYPE=disk";
    if (subsystem == "scsi") properties += " DEVTYPE=scsi_device";
    uevent(action, sys_path, properties);
}

inline void FakeMachine::announce(const DmMap& map, std::string_view mark) {
    auto& entry = files.files[cat("/run/udev/data/b", text(map.dev))];
    entry = "I:1\nE:DM_UDEV_DISABLE_OTHER_RULES_FLAG=1\n";
    auto done = [&entry, all = cat("S:mapper/map\nI:1\nE:DM_UDEV_PRIMARY_SOURCE_FLAG=1\n", mark)] { entry = all; };
    if (udev_takes == Milliseconds(0)) return done();
    if (udev_takes) events.after(*udev_takes, done);
}

inline void FakeMachine::dm_changed(FakeDm::Change change, const DmMap& map, DevNo path) {
    using Change = FakeDm::Change;
    if (change == Change::added) announce(map);
    if (!live_) return;
    auto at = cat("devices/virtual/block/dm-", map.dev.minor);
    if (change == Change::added) send("add", at, "block");
    if (change == Change::removed) {
        return uevent("remove", at,
                      cat("SUBSYSTEM=block DEVTYPE=disk DEVNAME=dm-", map.dev.minor, " MAJOR=", map.dev.major,
                          " MINOR=", map.dev.minor));
    }
    if (change == Change::added || change == Change::changed)
        return uevent("change", at, "DEVTYPE=disk DM_COOKIE=6291456");
    uevent("change", at,
           cat("DEVTYPE=disk DM_TARGET=multipath DM_ACTION=",
               change == Change::path_failed ? "PATH_FAILED" : "PATH_REINSTATED", " DM_SEQNUM=", ++path_sequence_,
               " DM_PATH=", text(path), " DM_NR_VALID_PATHS=", dm.usable_paths(map.name), " DM_NAME=", map.name,
               " DM_UUID=", map.uuid));
}

}  // namespace rdm

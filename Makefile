# SPDX-License-Identifier: GPL-2.0-or-later
# `make help` lists the targets. The default flavour is static with musl; on a musl distribution `make FLAVOUR=native`
# takes CXX, CXXFLAGS, LDFLAGS and the distribution's own libraries (LIBS) instead.
# DEVMAPPER_SRC= and SG3_UTILS_SRC= are unpacked trees of lvm2 and sg3_utils, to be built in place of the pinned ones;
# a later make without them (make install) stays with what they made, until make clean.
FLAVOUR ?= musl
prefix ?= /usr/local
VERSION := 0.1
MAKEFLAGS += $(if $(MAKELEVEL:0=),,-j$(shell nproc)) --no-print-directory # unless the caller says -j

LLVM := -19
MACHINE := $(shell uname -m)
MUSL := /usr/lib/$(MACHINE)-linux-musl
GIVEN := $(DEVMAPPER_SRC) $(SG3_UTILS_SRC)
LIBRARIES := build/libraries$(if $(strip $(GIVEN))$(wildcard build/libraries-given),-given)
QUIET := $(if $(V),,@)

ALL_SOURCES := $(sort $(wildcard src/*/*.cc))
UNIT_TESTS := $(filter %_test.cc,$(ALL_SOURCES))
FUZZERS := $(filter %_fuzz.cc,$(ALL_SOURCES))
SOURCES := $(filter-out $(UNIT_TESTS) $(FUZZERS),$(ALL_SOURCES))
RUNTIME := src/base/runtime.cc src/kernel/c_library.cc src/kernel/udev_shim.cc # in place of libc++.so, libudev.so, and of libc
MAIN := src/cli/main.cc
COMPARED := $(filter src/base/% src/config/% src/path/% src/kernel/pattern.cc,$(filter-out $(RUNTIME),$(SOURCES)))
PARTS := $(filter-out $(RUNTIME) $(MAIN),$(SOURCES))
quoted = '$(subst ','\'',$1)'
objects = $(patsubst src/%.cc,build/$1/%.o,$2)

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Werror
CLANG_WARNINGS := $(WARNINGS) -Wpedantic -Wno-gnu-statement-expression # g++ cannot except TRY's from -Wpedantic
COMMON := -std=c++23 -Isrc -MMD -MP -DRDMPATH_VERSION='"$(VERSION)"'
LEAN := -fno-exceptions -fno-rtti
SANITIZE := -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer # optimised, it takes four times as long

# What has many locals is not put into its only caller: a frame above 127 bytes costs 3 bytes at every use of it.
SMALL_FRAMES := -mllvm -inline-max-stacksize=128
musl_CXX := clang++$(LLVM) --target=$(MACHINE)-linux-musl
musl_CXXFLAGS := $(LEAN) $(CLANG_WARNINGS) -Oz -flto -fPIE -fno-asynchronous-unwind-tables -fno-threadsafe-statics \
    -ffunction-sections -fdata-sections -fvisibility=hidden -ffile-prefix-map=$(CURDIR)=. -nostdinc -nostdinc++ \
    -isystem /usr/lib/llvm$(LLVM)/include/c++/v1 -isystem /usr/include/$(MACHINE)-linux-musl \
    -isystem $(LIBRARIES)/include -isystem $(shell clang++$(LLVM) -print-resource-dir 2>/dev/null)/include \
    -D_GNU_SOURCE $(addprefix -D_LIBCPP_HAS_,MUSL_LIBC NO_THREADS NO_LOCALIZATION NO_FILESYSTEM NO_RANDOM_DEVICE \
    NO_WIDE_CHARACTERS) -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST -D_LIBCPP_ABI_OPTIMIZED_FUNCTION \
    -fexperimental-relative-c++-abi-vtables $(SMALL_FRAMES)
native_CXX = $(CXX)
native_CXXFLAGS = $(LEAN) $(CPPFLAGS) $(CXXFLAGS)
asan_CXX := g++
asan_CXXFLAGS := $(WARNINGS) $(SANITIZE) -D_GLIBCXX_ASSERTIONS
oracle_CXX := g++
oracle_CXXFLAGS := -O1 $(WARNINGS) -D_GLIBCXX_ASSERTIONS -ffunction-sections -fdata-sections
fuzz_CXX := clang++$(LLVM)
fuzz_CXXFLAGS := -O1 $(CLANG_WARNINGS) $(SANITIZE) -fsanitize=fuzzer-no-link
LIBS ?= -ldevmapper -lsgutils2

.DELETE_ON_ERROR:

all: build/rdmpath  ## the program at build/rdmpath: static, stripped (the default)
build/flavour: FORCE # newer if it is another than last time
	@mkdir -p build; echo $(FLAVOUR) | cmp -s - $@ || echo $(FLAVOUR) >$@
build/rdmpath: build/$(FLAVOUR)/rdmpath build/flavour
	$(QUIET)strip --strip-all --remove-section=.comment -o $@ $<

build/given: FORCE # newer if the given trees are others than last time
	@mkdir -p build; ls -lHR $(GIVEN) | cmp -s - $@ || ls -lHR $(GIVEN) >$@
build/libraries-given: $(if $(strip $(GIVEN)),build/given)
build/libraries: packaging/libraries packaging/sources packaging/source-pins src/kernel/libudev/libudev.h
build/libraries build/libraries-given:
	DEVMAPPER_SRC='$(DEVMAPPER_SRC)' SG3_UTILS_SRC='$(SG3_UTILS_SRC)' packaging/libraries $@
	@touch -c $@

# $(call compile,FLAVOUR): one object. V=1 shows the whole command.
define compile
@mkdir -p $(@D)
$(if $(V),,@printf '%-6s %s\n' $1 $<;) $(CCACHE) $($1_CXX) $(COMMON) $($1_CXXFLAGS) -c $< -o $@
endef
$(patsubst %,build/%/flags,musl native asan oracle fuzz): build/%/flags: FORCE # newer if the flags are others than last time
	@mkdir -p $(@D)
	@printf '%s\n' $(call quoted,$($*_CXX) $(COMMON) $($*_CXXFLAGS)) | cmp -s - $@ || \
	    printf '%s\n' $(call quoted,$($*_CXX) $(COMMON) $($*_CXXFLAGS)) >$@
FORCE:

build/musl/%.o: src/%.cc build/musl/flags | $(LIBRARIES)
	$(call compile,musl)
build/native/%.o: src/%.cc build/native/flags
	$(call compile,native)
build/asan/%.o: src/%.cc build/asan/flags
	$(call compile,asan)
build/oracle/%.o: src/%.cc build/oracle/flags
	$(call compile,oracle)
build/fuzz/%.o: src/%.cc build/fuzz/flags
	$(call compile,fuzz)

# Our objects first: kernel/ answers for parts of libsgutils2, base/ for parts of libc. The passes of -Oz over the whole
# program, after those of LTO, make 8 KiB less of it than the linker's own choice, which hands structures over in
# registers; and what the code generator does for speed alone is 7 KiB.
# Strings stay with their callers by address: who hands over two fields of them, a destructor's size and pointer, needs 4
# bytes more of program at each of a thousand places.
BY_ADDRESS := $(addprefix -u _ZN,St3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEED2Ev \
    KSt3__112basic_stringIcNS_11char_traitsIcEENS_9allocatorIcEEE5emptyB8fn190107Ev K3rdm7Section4findENS_7KeywordE)
WITHOUT_SPEED := -disable-lsr -disable-machine-licm -disable-block-placement -min-jump-table-entries=8 -enable-misched=false \
    -enable-pre=false -x86-cmov-converter=false -tail-merge-size=1
build/musl/rdmpath: $(call objects,musl,$(SOURCES)) $(LIBRARIES) Makefile
	$(QUIET)ld.lld$(LLVM) -static -pie --no-dynamic-linker -z text -z relro -z now -z rel --hash-style=sysv --gc-sections --icf=all -O2 \
	    --wrap=sg_get_sense_str --wrap=sg_get_command_str $(BY_ADDRESS) \
	    --lto-newpm-passes='lto<Oz>,default<Oz>,mergefunc,iroutliner,mergefunc,function(simplifycfg)' $(SMALL_FRAMES) \
    $(addprefix -mllvm ,-inline-threshold=-20 -enable-machine-outliner=always $(WITHOUT_SPEED)) -o $@ \
	    $(MUSL)/rcrt1.o $(MUSL)/crti.o $(filter %.o,$^) $(LIBRARIES)/lib/*.a $(MUSL)/libc.a $(MUSL)/crtn.o
build/native/rdmpath: $(call objects,native,$(PARTS) $(MAIN))
	$(QUIET)$(native_CXX) $(native_CXXFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
build/asan/unit: $(call objects,asan,$(PARTS) $(UNIT_TESTS))
	$(QUIET)$(asan_CXX) $(asan_CXXFLAGS) -o $@ $^ -ldevmapper -l:libsgutils2.a -lgtest -lgtest_main
build/fuzz/%_fuzz: build/fuzz/%_fuzz.o $(call objects,fuzz,$(PARTS))
	$(QUIET)$(fuzz_CXX) $(fuzz_CXXFLAGS) -fsanitize=fuzzer -o $@ $^ -ldevmapper -l:libsgutils2.a

# The real code of multipath-tools, sg3_utils and systemd, and us beside it.
build/oracle/code: tests/oracle/build $(wildcard tests/oracle/*.c) tests/oracle/oracles.h packaging/source-pins
	tests/oracle/build $@
	@touch -c $@
build/oracle/compare: build/oracle/code $(wildcard tests/oracle/*.cc tests/oracle/*.h) $(call objects,oracle,$(COMPARED))
	$(QUIET)$(oracle_CXX) $(COMMON) $(oracle_CXXFLAGS) -Itests/oracle -o $@ $(filter %.cc %.o,$^) $</*.o \
	    -ldevmapper -ludev -l:libsgutils2.a -Wl,--gc-sections

-include $(wildcard build/*/*/*.d)

TEST ?= *
test: build/asan/unit build/rdmpath  ## unit tests and Bats; no root, no VM (TEST='Vpd83*': only these unit tests)
	build/asan/unit --gtest_brief=1 --gtest_filter='$(TEST)'
	$(if $(filter-out *,$(TEST)),,bats tests)

check: deps  ## everything: build, size, lint, tests, fuzz targets for a while, boots; ends with one line of results
	@MAKE='$(MAKE)' tests/check
demo: deps  ## boots a guest whose root is reachable over two adapters
	@$(MAKE) all
	@qemu/demo
bench: deps  ## how fast maps come up, beside multipath and dmsetup: a table, and doc/bench.svg; takes half an hour
	@$(MAKE) all
	@qemu/bench
report: deps  ## what the images and boots of distributions cost with multipath-tools and with us: README's table
	@$(MAKE) all
	@qemu/distributions/report

install: build/rdmpath  ## into $(DESTDIR)$(prefix): dracut and initramfs-tools look for it with prefix=/usr alone
	@packaging/install build/rdmpath '$(DESTDIR)$(prefix)'
deb: build/rdmpath  ## Debian packages, in build/deb
	@packaging/deb
rpm: build/rdmpath  ## RPM packages, in build/rpm
	@packaging/rpm/build

size: build/rdmpath  ## what the shipped program must keep to, and whether it does
	@tests/size build/rdmpath build/$(FLAVOUR)/rdmpath

lint: tidy  ## spaces, rooms, shell and Bats files, licences; clang-tidy for what changed
	@tests/lint-text
rooms:  ## a room includes only rooms below it
	@tests/rooms

# clang-tidy sees a source as its flavour does. Tests may be long, and GoogleTest's macros make names of their own.
TIDY_TESTS := -misc-*,-clang-analyzer-*,-readability-*,-performance-unnecessary-value-param
tidy: $(patsubst src/%,build/tidy/%.ok,$(ALL_SOURCES))
TIDY_FLAGS_musl = -- $(COMMON) $(musl_CXXFLAGS) --target=$(MACHINE)-linux-musl
TIDY_FLAGS_asan = --checks='$(TIDY_TESTS)' -- $(COMMON) $(asan_CXXFLAGS)
build/tidy/%.cc.ok: src/%.cc .clang-tidy | $(LIBRARIES)
	@mkdir -p $(@D)
	@clang++$(LLVM) $(COMMON) -MM -MT $@ -MF $(@:.ok=.d) $< >/dev/null # -MMD in COMMON makes it print the source too
	@tests/tidy $@ clang-tidy$(LLVM) --quiet $< $(TIDY_FLAGS_$(if $(filter %_test %_fuzz,$*),asan,musl))

deps:  ## installs the missing Debian packages of packaging/debian-packages
	@packaging/deps

clean:  ## removes build/; the two built libraries stay in the cache
	rm -rf build

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

.PHONY: all test check demo bench report install deb rpm size lint rooms tidy deps clean help

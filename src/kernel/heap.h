// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once
#include <cstddef>

namespace rdm {

// What malloc() and free() of the static program do. musl's, made to stop whoever attacks a server for years, is 8 KiB
// of a program of 400 that works for seconds. Not for threads: workers are processes.

/// At least `size` bytes, at a multiple of 16, with anything in them; nullptr and errno ENOMEM if there are none.
void* take_memory(std::size_t size);

/// What take_memory() gave; errno stays.
void give_back(void* memory);

/// How many bytes it gave.
std::size_t room_of(void* memory);

}  // namespace rdm

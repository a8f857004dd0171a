// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/heap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdint>

namespace rdm {

namespace {

/// In front of a block: its size with this head.
constexpr std::size_t head = 16;
/// What is larger is a mapping of its own.
constexpr std::size_t largest = 8192;
/// The rest comes from areas of this size, and goes back to a list for each size: 32, 48, 64, 96 … 8192.
constexpr std::size_t area = 64 << 10;
constexpr int sizes = 17;

char* free_blocks[sizes];
char* fresh;
std::size_t fresh_size;

std::size_t& size_at(char* block) { return *reinterpret_cast<std::size_t*>(block); }
char*& next_at(char* block) { return *reinterpret_cast<char**>(block + head); }

char* map(std::size_t size) {
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

/// Rounds up to one of the sizes and says which.
int round_up(std::size_t& size) {
    for (int n = 0;; ++n) {
        const std::size_t one = std::size_t{n % 2 ? 48u : 32u} << (n / 2);
        if (one < size) continue;
        size = one;
        return n;
    }
}

char* small_block(std::size_t size) {
    char*& list = free_blocks[round_up(size)];
    char* block = list;
    if (block) {
        list = next_at(block);
        return block;
    }
    if (fresh_size < size) {
        char* more = map(area);
        if (!more) return nullptr;
        fresh = more;
        fresh_size = area;
    }
    block = fresh;
    fresh += size;
    fresh_size -= size;
    size_at(block) = size;
    return block;
}

char* large_block(std::size_t size) {
    constexpr std::size_t page = 4096;
    size = (size + page - 1) & ~(page - 1);
    char* block = map(size);
    if (block) size_at(block) = size;
    return block;
}

}  // namespace

void* take_memory(std::size_t size) {
    char* block = nullptr;
    if (size < SIZE_MAX / 2) block = size + head > largest ? large_block(size + head) : small_block(size + head);
    if (block) return block + head;
    errno = ENOMEM;
    return nullptr;
}

void give_back(void* memory) {
    char* block = static_cast<char*>(memory) - head;
    std::size_t size = size_at(block);
    if (size > largest) {
        const int before = errno;
        ::munmap(block, size);
        errno = before;
        return;
    }
    char*& list = free_blocks[round_up(size)];
    next_at(block) = list;
    list = block;
}

std::size_t room_of(const void* memory) {
    return *reinterpret_cast<const std::size_t*>(static_cast<const char*>(memory) - head) - head;
}

}  // namespace rdm

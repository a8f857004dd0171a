// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/heap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace rdm {

namespace {

struct Block {
    std::size_t size;  ///< with this head
    std::size_t padding;
    Block* next;  ///< of a free block; else its memory begins here
};
constexpr std::size_t head = offsetof(Block, next);

/// What is larger is a mapping of its own.
constexpr std::size_t largest = 24576;
/// The rest comes from areas of this size, and goes back to a list for each size: 32, 48, 64, 96 … 24576.
constexpr std::size_t area = 64 << 10;
constexpr int sizes = 20;

Block* free_blocks[sizes];
char* fresh;
std::size_t fresh_size;

void* map(std::size_t size) {
    void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : memory;
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

Block* small_block(std::size_t size) {
    Block*& list = free_blocks[round_up(size)];
    if (Block* block = list) {
        list = block->next;
        return block;
    }
    if (fresh_size < size) {
        void* more = map(area);
        if (!more) return nullptr;
        fresh = static_cast<char*>(more);
        fresh_size = area;
    }
    auto* block = reinterpret_cast<Block*>(fresh);
    fresh += size;
    fresh_size -= size;
    block->size = size;
    return block;
}

Block* large_block(std::size_t size) {
    constexpr std::size_t page = 4096;
    size = (size + page - 1) & ~(page - 1);
    auto* block = static_cast<Block*>(map(size));
    if (block) block->size = size;
    return block;
}

Block* block_of(void* memory) { return reinterpret_cast<Block*>(static_cast<char*>(memory) - head); }

}  // namespace

void* take_memory(std::size_t size) {
    Block* block = nullptr;
    if (size < SIZE_MAX / 2) block = size + head > largest ? large_block(size + head) : small_block(size + head);
    if (block) return static_cast<void*>(&block->next);
    errno = ENOMEM;
    return nullptr;
}

void give_back(void* memory) {
    Block* block = block_of(memory);
    if (block->size > largest) {
        const int before = errno;
        ::munmap(block, block->size);
        errno = before;
        return;
    }
    Block*& list = free_blocks[round_up(block->size)];
    block->next = list;
    list = block;
}

std::size_t room_of(void* memory) { return block_of(memory)->size - head; }

}  // namespace rdm

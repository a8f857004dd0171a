// SPDX-License-Identifier: GPL-2.0-or-later
// The C++ runtime of the static program: what libc++.so and libc++abi would bring, as far as we use it. Neither the
// tests nor a native build have it.
#include <unistd.h>

#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string>

namespace {

// In pieces, as nothing here may allocate.
void say(std::initializer_list<const char*> pieces) {
    for (const char* piece : pieces) (void)!::write(STDERR_FILENO, piece, std::strlen(piece));
}

void* allocate(std::size_t size) {
    if (void* memory = std::malloc(size ? size : 1)) return memory;
    say({"rdmpath: out of memory\n"});
    ::_exit(3);  // "the kernel refused", as for every verb
}

}  // namespace

const std::nothrow_t std::nothrow{};

// Nothing of ours wants more alignment than malloc() gives: there is no new for more, so it would not link.
void* operator new(std::size_t n) { return allocate(n); }
void* operator new[](std::size_t n) { return allocate(n); }
void* operator new(std::size_t n, const std::nothrow_t&) noexcept { return std::malloc(n ? n : 1); }
void* operator new[](std::size_t n, const std::nothrow_t&) noexcept { return std::malloc(n ? n : 1); }

void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }  // std::function names it
void operator delete(void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { std::free(p); }

// Where libc++ would throw: a wrong index or length of ours. The format alone says which; it needs no printf.
void std::__libcpp_verbose_abort(const char* format, ...) {
    say({"rdmpath: broken invariant: ", format, "\n"});
    std::abort();
}

// libc++ declares these `extern template` and keeps them in its shared object.
template class std::basic_string<char>;
template std::string std::operator+
    <char, std::char_traits<char>, std::allocator<char>>(const char*, const std::string&);

extern "C" {
// assert() in the C library's own way formats, and names the function as well.
void __assert_fail(const char* expression, const char* file, int line, const char* /*function*/) {
    char digits[12]{};
    char* first = digits + sizeof digits - 1;
    for (; line > 0; line /= 10) *--first = static_cast<char>('0' + line % 10);
    say({"rdmpath: broken invariant: ", file, ":", first, ": ", expression, "\n"});
    std::abort();
}
[[noreturn]] void __cxa_pure_virtual() {
    say({"rdmpath: broken invariant: pure virtual call\n"});
    std::abort();
}
// The handle of "this shared object" that destructors of static objects are registered with: there is only one.
extern void* const __dso_handle;
void* const __dso_handle = nullptr;
}

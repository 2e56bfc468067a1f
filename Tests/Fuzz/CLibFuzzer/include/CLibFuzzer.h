// What the fuzz targets need of C and Swift cannot see.
#pragma once
#include <stddef.h>
#include <stdint.h>

// libFuzzer's way in for programs that have a main of their own, as Swift packages on Linux have; no header has it.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one)(const uint8_t *data, size_t size));

// A file in memory that holds `size` bytes, or -1; glibc shows memfd_create only under _GNU_SOURCE.
int fuzz_memory_file(const uint8_t *data, size_t size);

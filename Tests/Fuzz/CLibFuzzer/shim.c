#define _GNU_SOURCE
#include "CLibFuzzer.h"
#include <sys/mman.h>
#include <unistd.h>

int fuzz_memory_file(const uint8_t *data, size_t size) {
  int descriptor = memfd_create("recording", MFD_CLOEXEC);
  if (descriptor < 0) return -1;
  if (size == 0 || write(descriptor, data, size) == (ssize_t)size) return descriptor;
  close(descriptor);
  return -1;
}

// libFuzzer's own main, which is linked and never run, asks for it.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return 0; }

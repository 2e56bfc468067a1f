// For RTLD_NEXT.
#define _GNU_SOURCE
#include "CSndFile.h"
#include <dlfcn.h>
#include <stddef.h>

// libsndfile reads MP3 through libmpg123, which remarks on damage to standard error, over whatever is on the screen, and
// libsndfile has no word to quieten it. A program's own functions go before those of libraries, so this one is called in
// the library's place: it makes the same handle and has it keep silent. What is wrong with a file still comes back as an
// error, and is said by us. The two numbers are MPG123_ADD_FLAGS and MPG123_QUIET, part of that library's interface.
typedef void *make(const char *decoder, int *error);
typedef int set(void *handle, int key, long value, double real);

void *mpg123_new(const char *decoder, int *error) {
  make *original = (make *)dlsym(RTLD_NEXT, "mpg123_new");
  set *set_flags = (set *)dlsym(RTLD_NEXT, "mpg123_param");
  void *handle = original ? original(decoder, error) : NULL;
  if (handle && set_flags) set_flags(handle, 2, 0x20, 0);
  return handle;
}

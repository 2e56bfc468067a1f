/// Linux calls that Swift's Glibc module leaves out, or that the capture thread may make.
///
/// `ROSTRUM_REALTIME` vouches by hand for a C function: it neither allocates nor locks, so Swift code marked
/// `@_noAllocation @_noLocks` may call it. Everything so marked is listed here and in `CALSA.h`, and nowhere else.
///
/// No header of ours defines `_GNU_SOURCE`: it changes libc types (`fd_set`), on which all modules must agree. The
/// shims' own files do.
#pragma once
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#define ROSTRUM_REALTIME __attribute__((swift_attr("@_noAllocation"))) __attribute__((swift_attr("@_noLocks")))

/// Makes a non-blocking, close-on-exec event counter; -1 on failure.
int rostrum_eventfd(void);
/// Adds one to an event counter, waking whoever polls it. Never blocks.
ROSTRUM_REALTIME void rostrum_eventfd_signal(int fd);
/// Sets an event counter back to zero.
void rostrum_eventfd_drain(int fd);

/// Blocks `signals` in this thread (call before any other thread exists) and returns a descriptor that delivers them.
int rostrum_signalfd(const int *signals, int count);
/// Reads one delivered signal, 0 if there is none.
int rostrum_signalfd_read(int fd);

/// Makes a file that lives in memory only.
int rostrum_memfd(const char *name);

/// Starts a detached thread with every signal blocked that `rostrum_thread_block_signals` blocks: 0 or errno.
int rostrum_thread_start(const char *name, void (*body)(void *argument), void *argument);
/// Names the calling thread (15 bytes are kept).
void rostrum_thread_name(const char *name);
/// Asks for SCHED_FIFO on the calling thread; false where the system does not grant it.
bool rostrum_thread_realtime(int priority);
/// Takes SIGINT, SIGTERM and the like off the calling thread.
void rostrum_thread_block_signals(void);

/// CLOCK_MONOTONIC in nanoseconds.
ROSTRUM_REALTIME int64_t rostrum_monotonic_nanoseconds(void);
/// Sleeps for so long, or until a signal comes.
ROSTRUM_REALTIME void rostrum_sleep_nanoseconds(int64_t nanoseconds);

/// The size of a terminal in cells; false where `fd` is no terminal.
bool rostrum_terminal_size(int fd, int *rows, int *columns);

/// Has a child that is to be started take `terminal` to the front with its process group, as a shell does with a job: 0 or
/// errno. In shim.c because the call is for `_GNU_SOURCE`.
int rostrum_spawn_in_front(posix_spawn_file_actions_t *actions, int terminal);

/// Takes an exclusive lock on an open file without waiting; false if another process holds it.
bool rostrum_lock_file(int fd);

/// Makes a setting for `rostrum_hash`: `$6$` (SHA-512 crypt) with a salt from the system's random numbers. Three
/// hundred bytes are enough; false where they are not, or there is no randomness.
bool rostrum_hash_setting(char *setting, size_t capacity);
/// Hashes a secret as `setting` says, which a hash made before is too (libxcrypt's crypt_r); takes some milliseconds. The
/// hash, with a zero at its end, goes to `hash`: three hundred bytes are enough. False where the library refuses the
/// setting, never a hash that anything compares equal to.
bool rostrum_hash(const char *secret, const char *setting, char *hash, size_t capacity);

/// Who is at the other end of a connected Unix socket, as the kernel noted it when they connected (SO_PEERCRED, whose
/// struct is for `_GNU_SOURCE`); false where it does not say.
bool rostrum_peer(int fd, int32_t *process, uint32_t *user);
/// The host that a login on `terminal` ("pts/3") came from, as utmp has it; false where it has none. One thread at a
/// time: the C library keeps its place in the file.
bool rostrum_login_host(const char *terminal, char *host, size_t capacity);

/// What must be put back should the program die: written and applied from a signal handler, with nothing but
/// `write` and `tcsetattr`. A trap in Swift runs neither `deinit` nor `defer`, so it cannot be done from there.
/// `restore` is copied (4096 bytes at most). Handlers are installed for SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE
/// and SIGSEGV, and hand on to the default action; exit() from anywhere puts it back too. Main thread only.
void rostrum_restore_at_crash(int tty, const struct termios *modes, const uint8_t *restore, size_t count);
/// Forgets what `rostrum_restore_at_crash` was told.
void rostrum_restore_forget(void);

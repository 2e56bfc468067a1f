#define _GNU_SOURCE  // Here and not in the header: there it would give Swift an `fd_set` unlike Glibc's.
#include "CLinux.h"
#include <crypt.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

int rostrum_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void rostrum_eventfd_signal(int fd) {
  uint64_t one = 1;
  ssize_t done = write(fd, &one, sizeof one);
  (void)done;  // EAGAIN means the counter is full: whoever polls it is awake already.
}

void rostrum_eventfd_drain(int fd) {
  uint64_t count;
  ssize_t done = read(fd, &count, sizeof count);
  (void)done;
}

int rostrum_signalfd(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0) return -1;
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int rostrum_signalfd_read(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

int rostrum_memfd(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

void rostrum_thread_name(const char *name) {
  char kept[16] = {0};
  strncpy(kept, name, sizeof kept - 1);
  pthread_setname_np(pthread_self(), kept);
}

bool rostrum_thread_realtime(int priority) {
  struct sched_param wanted = {.sched_priority = priority};
  return pthread_setschedparam(pthread_self(), SCHED_FIFO | SCHED_RESET_ON_FORK, &wanted) == 0;
}

void rostrum_thread_block_signals(void) {
  sigset_t set;
  sigfillset(&set);
  sigdelset(&set, SIGILL);
  sigdelset(&set, SIGTRAP);
  sigdelset(&set, SIGABRT);
  sigdelset(&set, SIGBUS);
  sigdelset(&set, SIGFPE);
  sigdelset(&set, SIGSEGV);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
}

struct thread_start {
  char name[16];
  void (*body)(void *);
  void *argument;
};

static void *run_thread(void *given) {
  struct thread_start start = *(struct thread_start *)given;
  free(given);
  rostrum_thread_name(start.name);
  start.body(start.argument);
  return NULL;
}

int rostrum_thread_start(const char *name, void (*body)(void *argument), void *argument) {
  struct thread_start *start = calloc(1, sizeof *start);
  if (!start) return ENOMEM;
  strncpy(start->name, name, sizeof start->name - 1);
  start->body = body;
  start->argument = argument;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // A thread inherits its maker's mask: so no signal can find it before it has blocked them itself.
  sigset_t before;
  pthread_sigmask(SIG_SETMASK, NULL, &before);
  rostrum_thread_block_signals();
  pthread_t thread;
  int code = pthread_create(&thread, &attributes, run_thread, start);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (code != 0) free(start);
  return code;
}

int64_t rostrum_monotonic_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void rostrum_sleep_nanoseconds(int64_t nanoseconds) {
  if (nanoseconds <= 0) return;
  struct timespec span = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  nanosleep(&span, NULL);
}

bool rostrum_terminal_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

int rostrum_spawn_in_front(posix_spawn_file_actions_t *actions, int terminal) {
  return posix_spawn_file_actions_addtcsetpgrp_np(actions, terminal);
}

bool rostrum_lock_file(int fd) { return flock(fd, LOCK_EX | LOCK_NB) == 0; }

bool rostrum_hash_setting(char *setting, size_t capacity) {
  return crypt_gensalt_rn("$6$", 0, NULL, 0, setting, (int)capacity) != NULL;
}

bool rostrum_hash(const char *secret, const char *setting, char *hash, size_t capacity) {
  struct crypt_data *data = calloc(1, sizeof *data);  // 32 KiB: too much for the stack of any thread.
  if (!data) return false;
  const char *made = crypt_r(secret, setting, data);
  // A failure is told by a null pointer or by a text that begins with an asterisk.
  bool done = made && made[0] != '*' && strlen(made) < capacity;
  if (done) strcpy(hash, made);
  explicit_bzero(data, sizeof *data);
  free(data);
  return done;
}

bool rostrum_peer(int fd, int32_t *process, uint32_t *user) {
  struct ucred peer;
  socklen_t length = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || length != sizeof peer) return false;
  *process = peer.pid;
  *user = peer.uid;
  return true;
}

bool rostrum_login_host(const char *terminal, char *host, size_t capacity) {
  struct utmpx wanted = {0};
  strncpy(wanted.ut_line, terminal, sizeof wanted.ut_line - 1);
  setutxent();
  struct utmpx *found = getutxline(&wanted);
  size_t length = found ? strnlen(found->ut_host, sizeof found->ut_host) : 0;
  bool fits = length > 0 && length < capacity;
  if (fits) {
    memcpy(host, found->ut_host, length);
    host[length] = 0;
  }
  endutxent();
  return fits;
}

static struct {
  volatile sig_atomic_t armed;
  int tty;
  struct termios modes;
  size_t count;
  uint8_t bytes[4096];
} crash;

static void restore_now(void) {
  if (!crash.armed) return;
  crash.armed = 0;
  ssize_t done = write(crash.tty, crash.bytes, crash.count);
  (void)done;
  tcsetattr(crash.tty, TCSANOW, &crash.modes);
}

static void restore_and_die(int signal) {
  restore_now();
  raise(signal);  // SA_RESETHAND put the default action back.
}

void rostrum_restore_at_crash(int tty, const struct termios *modes, const uint8_t *restore, size_t count) {
  crash.armed = 0;
  crash.tty = tty;
  crash.modes = *modes;
  crash.count = count < sizeof crash.bytes ? count : sizeof crash.bytes;
  memcpy(crash.bytes, restore, crash.count);
  static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = SA_RESETHAND | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
  // Libraries there are that end the process by exit().
  static bool is_registered;
  if (!is_registered) is_registered = atexit(restore_now) == 0;
  crash.armed = 1;
}

void rostrum_restore_forget(void) { crash.armed = 0; }

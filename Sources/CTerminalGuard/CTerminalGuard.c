#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define RESTORE_LIMIT 512
#define ERROR_LIMIT 16384

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS,
                                    SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGXCPU};
static const int notice_signals[] = {SIGWINCH, SIGTSTP, SIGCONT};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int terminal = -1;
static struct termios saved_settings;
static char restore_bytes[RESTORE_LIMIT];
static volatile size_t restore_length;
static volatile sig_atomic_t state;
static volatile sig_atomic_t restoring;
static volatile int kept_errors = -1;
static volatile int real_errors = -1;
static int notices[2] = {-1, -1};
static struct sigaction old_fatal[COUNT(fatal_signals)];
static struct sigaction old_notice[COUNT(notice_signals)];
static char stack[65536];

static void write_all(int file, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(file, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes += count;
    length -= (size_t)count;
  }
}

/// Shows the end of what was written to standard error meanwhile, without bytes a terminal acts on.
static void show_errors(void) {
  if (kept_errors < 0 || real_errors < 0) return;
  off_t end = lseek(kept_errors, 0, SEEK_END);
  off_t start = end > ERROR_LIMIT ? end - ERROR_LIMIT : 0;
  char buffer[1024];
  while (start < end) {
    ssize_t count = pread(kept_errors, buffer, sizeof buffer, start);
    if (count <= 0) return;
    for (ssize_t i = 0; i < count; i++) {
      unsigned char byte = (unsigned char)buffer[i];
      if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte >= 0x7F) buffer[i] = '?';
    }
    write_all(real_errors, buffer, (size_t)count);
    start += count;
  }
}

static void restore(void) {
  if (state != TERMINAL_GUARD_DRAWING || __sync_lock_test_and_set(&restoring, 1)) return;
  // A background process that sets a terminal is stopped by SIGTTOU, and would never end.
  signal(SIGTTOU, SIG_IGN);
  write_all(terminal, restore_bytes, restore_length);
  // What was typed ahead, or half a paste, must not reach the shell.
  tcflush(terminal, TCIFLUSH);
  tcsetattr(terminal, TCSANOW, &saved_settings);
  show_errors();
}

/// Lets a signal do what it does by default, at once.
static void die_of(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(number, &action, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
}

static void on_fatal(int number) {
  if (state == TERMINAL_GUARD_LENT && (number == SIGINT || number == SIGQUIT)) return;
  restore();
  die_of(number);
}

static void on_notice(int number) {
  int error = errno;
  char byte = (char)number;
  if (write(notices[1], &byte, 1) < 0) {
    // Full: the reader has notices enough.
  }
  errno = error;
}

static void install(int number, void (*handler)(int), int flags, struct sigaction *old) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, NULL, old);
  // What the parent had ignored stays ignored (nohup).
  if (old->sa_handler != SIG_IGN) sigaction(number, &action, NULL);
}

int terminal_guard_install(int descriptor) {
  if (tcgetattr(descriptor, &saved_settings) != 0) return -1;
  if (notices[0] < 0) {
    if (pipe(notices) != 0) return -1;
    for (int i = 0; i < 2; i++) {
      fcntl(notices[i], F_SETFL, O_NONBLOCK);
      fcntl(notices[i], F_SETFD, FD_CLOEXEC);
    }
  }
  terminal = descriptor;
  restoring = 0;
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  for (size_t i = 0; i < COUNT(fatal_signals); i++) install(fatal_signals[i], on_fatal, SA_ONSTACK, &old_fatal[i]);
  for (size_t i = 0; i < COUNT(notice_signals); i++)
    install(notice_signals[i], on_notice, SA_ONSTACK | SA_RESTART, &old_notice[i]);
  // Whoever started the program may have blocked them, and a blocked signal has no handler.
  sigset_t wanted;
  sigemptyset(&wanted);
  for (size_t i = 0; i < COUNT(fatal_signals); i++) sigaddset(&wanted, fatal_signals[i]);
  for (size_t i = 0; i < COUNT(notice_signals); i++) sigaddset(&wanted, notice_signals[i]);
  pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
  return 0;
}

void terminal_guard_set_restore(const char *bytes, size_t length) {
  restore_length = 0;
  memcpy(restore_bytes, bytes, length < RESTORE_LIMIT ? length : RESTORE_LIMIT);
  restore_length = length < RESTORE_LIMIT ? length : RESTORE_LIMIT;
}

void terminal_guard_set_state(enum terminal_guard_state new_state) { state = new_state; }

void terminal_guard_set_errors(int kept, int belongs) {
  kept_errors = kept;
  real_errors = belongs;
}

int terminal_guard_notices(void) { return notices[0]; }

void terminal_guard_stop(void) {
  struct sigaction standard, own;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &own);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &own, NULL);
}

void terminal_guard_take_back(void) {
  void (*old)(int) = signal(SIGTTOU, SIG_IGN);
  tcsetpgrp(terminal, getpgrp());
  signal(SIGTTOU, old);
}

void terminal_guard_hang_up(void) {
  restore();
  die_of(SIGHUP);
  _exit(129);
}

void terminal_guard_remove(void) {
  state = TERMINAL_GUARD_IDLE;
  for (size_t i = 0; i < COUNT(fatal_signals); i++) sigaction(fatal_signals[i], &old_fatal[i], NULL);
  for (size_t i = 0; i < COUNT(notice_signals); i++) sigaction(notice_signals[i], &old_notice[i], NULL);
}

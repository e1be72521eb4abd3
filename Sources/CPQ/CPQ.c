// Declares clock_gettime, which plain C does not have.
#define _POSIX_C_SOURCE 200809L

#include "CPQ.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct {
  pq_connection *(*connectdbParams)(const char *const *, const char *const *, int);
  int (*pingParams)(const char *const *, const char *const *, int);
  int (*setnonblocking)(pq_connection *, int);
  int (*flush)(pq_connection *);
  void (*finish)(pq_connection *);
  int (*status)(const pq_connection *);
  char *(*errorMessage)(const pq_connection *);
  char *(*host)(const pq_connection *);
  char *(*db)(const pq_connection *);
  char *(*user)(const pq_connection *);
  const char *(*parameterStatus)(const pq_connection *, const char *);
  void *(*setNoticeProcessor)(pq_connection *, void (*)(void *, const char *), void *);
  int (*socket)(const pq_connection *);
  int (*sendQuery)(pq_connection *, const char *);
  int (*sendQueryParams)(pq_connection *, const char *, int, const unsigned int *, const char *const *, const int *,
                         const int *, int);
  int (*consumeInput)(pq_connection *);
  int (*isBusy)(pq_connection *);
  pq_result *(*getResult)(pq_connection *);
  int (*putCopyData)(pq_connection *, const char *, int);
  int (*putCopyEnd)(pq_connection *, const char *);
  int (*resultStatus)(const pq_result *);
  char *(*resultErrorField)(const pq_result *, int);
  int (*ntuples)(const pq_result *);
  char *(*getvalue)(const pq_result *, int, int);
  int (*getlength)(const pq_result *, int, int);
  int (*getisnull)(const pq_result *, int, int);
  char *(*cmdTuples)(pq_result *);
  void (*clear)(pq_result *);
} library;

static const char *failure;
static char loading[300];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *const names[] = {
#ifdef __APPLE__
    "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
#else
    "libpq.so.5",
#endif
};

static void load(void) {
  void *handle = NULL;
  for (size_t i = 0; handle == NULL && i < sizeof names / sizeof *names; i++) handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    const char *words = dlerror();
    snprintf(loading, sizeof loading, "PostgreSQL's client library cannot be loaded (Debian: libpq5, Homebrew: libpq): %s",
             words == NULL ? names[0] : words);
    failure = loading;
    return;
  }
#define TAKE(name)                                                                               \
  do {                                                                                           \
    *(void **)&library.name = dlsym(handle, "PQ" #name);                                         \
    if (library.name == NULL) failure = "PostgreSQL's client library is too old or damaged";     \
  } while (0)
  TAKE(connectdbParams);
  TAKE(pingParams);
  TAKE(setnonblocking);
  TAKE(flush);
  TAKE(finish);
  TAKE(status);
  TAKE(errorMessage);
  TAKE(host);
  TAKE(db);
  TAKE(user);
  TAKE(parameterStatus);
  TAKE(setNoticeProcessor);
  TAKE(socket);
  TAKE(sendQuery);
  TAKE(sendQueryParams);
  TAKE(consumeInput);
  TAKE(isBusy);
  TAKE(getResult);
  TAKE(putCopyData);
  TAKE(putCopyEnd);
  TAKE(resultStatus);
  TAKE(resultErrorField);
  TAKE(ntuples);
  TAKE(getvalue);
  TAKE(getlength);
  TAKE(getisnull);
  TAKE(cmdTuples);
  TAKE(clear);
#undef TAKE
}

const char *pq_library_load(void) {
  pthread_once(&once, load);
  return failure;
}

static void ignore(void *context, const char *message) {
  (void)context;
  (void)message;
}

pq_connection *pq_library_connect(const char *const *keys, const char *const *values) {
  pq_connection *connection = library.connectdbParams(keys, values, 1);
  if (connection == NULL) return NULL;
  library.setNoticeProcessor(connection, ignore, NULL);
  // A server that stops reading would be written to for ever otherwise.
  if (library.status(connection) == 0) library.setnonblocking(connection, 1);
  return connection;
}

int pq_library_lives(const char *const *keys, const char *const *values) {
  // 0: it takes connections; 1: it answers that it takes none now.
  return library.pingParams(keys, values, 1) <= 1;
}

void pq_library_finish(pq_connection *connection) { library.finish(connection); }
int pq_library_stands(const pq_connection *connection) { return library.status(connection) == 0; }
const char *pq_library_words(const pq_connection *connection) { return library.errorMessage(connection); }
const char *pq_library_host(const pq_connection *connection) { return library.host(connection); }
const char *pq_library_database(const pq_connection *connection) { return library.db(connection); }
const char *pq_library_user(const pq_connection *connection) { return library.user(connection); }

const char *pq_library_told(const pq_connection *connection, const char *name) {
  return library.parameterStatus(connection, name);
}

int pq_library_send_text(pq_connection *connection, const char *sql) { return library.sendQuery(connection, sql); }

int pq_library_send(pq_connection *connection, const char *sql, int count, const unsigned int *types,
                    const char *const *values, const int *lengths) {
  enum { most = 16 };
  static const int binary[most] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  if (count > most) return 0;
  return library.sendQueryParams(connection, sql, count, types, values, lengths, binary, 1);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// Waits until the socket can be read or, where that is wanted, written, and reads what came; 0 when the time is over, or
/// the connection broke: what is wrong with it is in the next answer.
static int ready(pq_connection *connection, short also, long long end, int *is_late) {
  long long left = end - now();
  struct pollfd wait = {.fd = library.socket(connection), .events = POLLIN | also};
  if (left <= 0) {
    *is_late = 1;
    return 0;
  }
  if (poll(&wait, 1, (int)left) < 0) return errno == EINTR;
  return (wait.revents & ~POLLOUT) == 0 || library.consumeInput(connection);
}

/// Sends what is still to be sent; 0 when the time is over.
static int sent(pq_connection *connection, long long end, int *is_late) {
  *is_late = 0;
  while (library.flush(connection) == 1 && ready(connection, POLLOUT, end, is_late)) continue;
  return !*is_late;
}

pq_result *pq_library_answer(pq_connection *connection, int milliseconds, int *is_late) {
  long long end = now() + milliseconds;
  if (!sent(connection, end, is_late)) return NULL;
  while (library.isBusy(connection) && ready(connection, 0, end, is_late)) continue;
  return *is_late ? NULL : library.getResult(connection);
}

int pq_library_copy(pq_connection *connection, const void *bytes, size_t count, int milliseconds, int *is_late) {
  long long end = now() + milliseconds;
  return library.putCopyData(connection, bytes, (int)count) == 1 && sent(connection, end, is_late);
}

int pq_library_end_copy(pq_connection *connection) { return library.putCopyEnd(connection, NULL) == 1; }

int pq_library_status(const pq_result *result) { return library.resultStatus(result); }
int pq_library_count(const pq_result *result) { return library.ntuples(result); }

const char *pq_library_value(const pq_result *result, int row, int column, int *length) {
  if (library.getisnull(result, row, column)) return NULL;
  *length = library.getlength(result, row, column);
  return library.getvalue(result, row, column);
}

const char *pq_library_field(const pq_result *result, int field) { return library.resultErrorField(result, field); }
long long pq_library_changed(pq_result *result) { return atoll(library.cmdTuples(result)); }
void pq_library_clear(pq_result *result) { library.clear(result); }

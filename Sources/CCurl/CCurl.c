#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// The macros that check types call the functions by their names.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
  CURLcode (*global_init)(long);
  CURL *(*easy_init)(void);
  void (*easy_cleanup)(CURL *);
  CURLcode (*easy_perform)(CURL *);
  const char *(*easy_strerror)(CURLcode);
  CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
  CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
  struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
  void (*slist_free_all)(struct curl_slist *);
} library;

static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *const names[] = {
#ifdef __APPLE__
    "/usr/lib/libcurl.4.dylib", "libcurl.4.dylib",
#else
    "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so",
#endif
};

static void load(void) {
  void *handle = NULL;
  for (size_t i = 0; handle == NULL && i < sizeof names / sizeof *names; i++) handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    failure = "libcurl (libcurl.so.4) is not installed";
    return;
  }
#define TAKE(name)                                                  \
  do {                                                              \
    *(void **)&library.name = dlsym(handle, "curl_" #name);         \
    if (library.name == NULL) failure = "libcurl is too old or damaged"; \
  } while (0)
  TAKE(global_init);
  TAKE(easy_init);
  TAKE(easy_cleanup);
  TAKE(easy_perform);
  TAKE(easy_strerror);
  TAKE(easy_setopt);
  TAKE(easy_getinfo);
  TAKE(slist_append);
  TAKE(slist_free_all);
#undef TAKE
  if (failure == NULL && library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) failure = "libcurl could not be started";
}

const char *curl_library_load(void) {
  pthread_once(&once, load);
  return failure;
}

CURL *curl_library_new(void) { return library.easy_init(); }
void curl_library_free(CURL *transfer) { library.easy_cleanup(transfer); }
CURLcode curl_library_perform(CURL *transfer) { return library.easy_perform(transfer); }
const char *curl_library_words(CURLcode code) { return library.easy_strerror(code); }

CURLcode curl_library_set_long(CURL *transfer, CURLoption option, long value) {
  return library.easy_setopt(transfer, option, value);
}

CURLcode curl_library_set_offset(CURL *transfer, CURLoption option, curl_off_t value) {
  return library.easy_setopt(transfer, option, value);
}

CURLcode curl_library_set_text(CURL *transfer, CURLoption option, const char *value) {
  return library.easy_setopt(transfer, option, value);
}

CURLcode curl_library_set_pointer(CURL *transfer, CURLoption option, const void *value) {
  return library.easy_setopt(transfer, option, value);
}

CURLcode curl_library_set_head(CURL *transfer, curl_write_callback function, void *context) {
  library.easy_setopt(transfer, CURLOPT_HEADERFUNCTION, function);
  return library.easy_setopt(transfer, CURLOPT_HEADERDATA, context);
}

CURLcode curl_library_set_body(CURL *transfer, curl_write_callback function, void *context) {
  library.easy_setopt(transfer, CURLOPT_WRITEFUNCTION, function);
  return library.easy_setopt(transfer, CURLOPT_WRITEDATA, context);
}

CURLcode curl_library_set_progress(CURL *transfer, curl_xferinfo_callback function, void *context) {
  library.easy_setopt(transfer, CURLOPT_XFERINFOFUNCTION, function);
  library.easy_setopt(transfer, CURLOPT_XFERINFODATA, context);
  return library.easy_setopt(transfer, CURLOPT_NOPROGRESS, 0L);
}

long curl_library_long(CURL *transfer, CURLINFO info) {
  long value = 0;
  library.easy_getinfo(transfer, info, &value);
  return value;
}

curl_off_t curl_library_offset(CURL *transfer, CURLINFO info) {
  curl_off_t value = 0;
  library.easy_getinfo(transfer, info, &value);
  return value;
}

const char *curl_library_text(CURL *transfer, CURLINFO info) {
  const char *value = NULL;
  library.easy_getinfo(transfer, info, &value);
  return value;
}

struct curl_slist *curl_library_append(struct curl_slist *list, const char *line) {
  return library.slist_append(list, line);
}

void curl_library_free_list(struct curl_slist *list) { library.slist_free_all(list); }

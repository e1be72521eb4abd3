#pragma once

#include <curl/curl.h>

/// libcurl, loaded when the first request is made, and its functions that take any number of arguments.
///
/// Linked like the other libraries it would bring thirty more into every start of the program, which takes longer than
/// the whole of `assay --version`. Swift cannot call functions of any number of arguments: each kind has a name here.

/// Loads the library; NULL, or why that failed. Every other function needs that to have gone well.
const char *curl_library_load(void);

/// A new transfer; NULL when there is no memory. It belongs to one thread at a time.
CURL *curl_library_new(void);

/// Lets go of a transfer.
void curl_library_free(CURL *transfer);

/// Carries out the transfer; callbacks are called from here.
CURLcode curl_library_perform(CURL *transfer);

/// The library's words for a result, which name nothing of the transfer.
const char *curl_library_words(CURLcode code);

/// Sets an option that takes a number, a size, a text (copied), or a pointer.
CURLcode curl_library_set_long(CURL *transfer, CURLoption option, long value);
CURLcode curl_library_set_offset(CURL *transfer, CURLoption option, curl_off_t value);
CURLcode curl_library_set_text(CURL *transfer, CURLoption option, const char *value);
CURLcode curl_library_set_pointer(CURL *transfer, CURLoption option, const void *value);

/// Sets the callbacks for lines of the head, for bytes of the body, and for how far it is.
CURLcode curl_library_set_head(CURL *transfer, curl_write_callback function, void *context);
CURLcode curl_library_set_body(CURL *transfer, curl_write_callback function, void *context);
CURLcode curl_library_set_progress(CURL *transfer, curl_xferinfo_callback function, void *context);

/// What is known behind a transfer: a number, a size, or a text that lives as long as the transfer does.
long curl_library_long(CURL *transfer, CURLINFO info);
curl_off_t curl_library_offset(CURL *transfer, CURLINFO info);
const char *curl_library_text(CURL *transfer, CURLINFO info);

/// Adds a line to a list of header lines; NULL when there is no memory, and the list is as it was.
struct curl_slist *curl_library_append(struct curl_slist *list, const char *line);

/// Lets go of a list.
void curl_library_free_list(struct curl_slist *list);

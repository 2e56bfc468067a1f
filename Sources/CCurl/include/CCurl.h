/// libcurl: HTTP requests.
///
/// A shim for each kind of argument is here because Swift cannot call what is variadic: `curl_easy_setopt` and
/// `curl_easy_getinfo` are, `curl_url_get` and the multi interface are not and are called as they stand. One more reads
/// `CURLMsg`, whose result lies in a union that says by another field which of its members holds.
#pragma once
#include <curl/curl.h>
#include <stdint.h>

/// Sets an option that is a number: a truth value, a size, milliseconds.
CURLcode rostrum_curl_set_number(CURL *easy, CURLoption option, long value);
/// Sets an option that is a size of 64 bits, as in `CURLOPT_POSTFIELDSIZE_LARGE`.
CURLcode rostrum_curl_set_size(CURL *easy, CURLoption option, int64_t value);
/// Sets an option that is a text, which libcurl copies; NULL puts back its default.
CURLcode rostrum_curl_set_text(CURL *easy, CURLoption option, const char *value);
/// Sets an option that is a pointer, which has to last as long as the transfer.
CURLcode rostrum_curl_set_pointer(CURL *easy, CURLoption option, void *value);
/// Hands over bytes to be sent as a body, which libcurl copies; the size comes first.
CURLcode rostrum_curl_set_body(CURL *easy, const void *bytes, int64_t count);
/// Sets who is given the bytes of a reply (`CURLOPT_WRITEFUNCTION`) or its header lines (`CURLOPT_HEADERFUNCTION`).
CURLcode rostrum_curl_set_reader(
    CURL *easy, CURLoption option, size_t (*reader)(char *bytes, size_t size, size_t count, void *context));
/// Keeps a transfer's sockets from the programs that this one starts: libcurl leaves them open to every child.
CURLcode rostrum_curl_keep_sockets(CURL *easy);
/// A number that libcurl knows of a transfer; 0 where it knows none.
int64_t rostrum_curl_size(CURL *easy, CURLINFO info);

/// The next transfer that is over, and how it ended; NULL if there is none.
CURL *rostrum_curl_next_finished(CURLM *multi, CURLcode *result);

/// N-gram models of sphinxbase, read and asked.
///
/// Shims are here because the library's structures are opaque, its log arithmetic is a thing of its own that has to live
/// as long as the model, and it prints on standard error unless told not to.
#pragma once
#include <stdint.h>

/// A model: one thread at a time.
typedef struct rostrum_ngrams rostrum_ngrams;

/// Reads the model at `path`, ARPA text or the library's binary form; NULL for a failure.
rostrum_ngrams *rostrum_ngrams_open(const char *path);
/// Gives the model back.
void rostrum_ngrams_close(rostrum_ngrams *model);
/// How many n-grams of `order`, from 1, it has; 0 beyond its orders.
uint32_t rostrum_ngrams_count(rostrum_ngrams *model, int32_t order);
/// The word with this number, 0 to the count of order 1; lives as long as the model.
const char *rostrum_ngrams_word(rostrum_ngrams *model, int32_t word);
/// The number of a word; -1 for one that it has not.
int32_t rostrum_ngrams_number(rostrum_ngrams *model, const char *word);
/// log10 of the probability of `word` after `history`, the latest word first; `used` is the order that knew it.
double rostrum_ngrams_log10(
  rostrum_ngrams *model, int32_t word, const int32_t *history, int32_t length, int32_t *used);

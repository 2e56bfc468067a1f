/// PocketSphinx, the recogniser, as far as it is used.
///
/// Shims are here for four reasons: its headers are found only with a search path that Swift's importer cannot be
/// given without flags; its options and its error handler are variadic; it prints on standard error unless told not to;
/// and the cepstral mean that it normalises by is reached only through structures of sphinxbase.
#pragma once
#include <stdint.h>

/// A decoder: one thread at a time.
typedef struct rostrum_sphinx rostrum_sphinx;

/// A stretch of the best path.
typedef struct {
  /// As the dictionary has it, variants as in `a(2)`; lives as long as the decoder.
  const char *word;
  /// First and last frame of 10 ms, counted from the start of the utterance.
  int32_t first, last;
  /// 0 to 1; 1 where nothing was computed.
  double posterior;
} rostrum_sphinx_segment;

/// A word that was searched for, and how well it fits.
typedef struct {
  double score;
  /// First and last frame of 10 ms, counted from the start of the utterance.
  int32_t first, last;
} rostrum_sphinx_choice;

/// Numbers in a cepstral mean.
#define ROSTRUM_SPHINX_MEAN 13

/// Keeps both libraries off standard error for the rest of the process, and their last complaint in memory.
void rostrum_sphinx_silence(void);
/// What this thread's last call complained of, in the library's words; empty for nothing. Forgotten by reading it.
const char *rostrum_sphinx_complaint(void);
/// A decoder with these options, as in a command line: `-hmm`, `FOLDER` and so on; NULL for a failure.
rostrum_sphinx *rostrum_sphinx_open(int32_t count, const char *const *options);
/// Gives the decoder back.
void rostrum_sphinx_close(rostrum_sphinx *decoder);
/// A file in memory with these bytes in it: its descriptor, or -1. Swift does not see `memfd_create`.
int32_t rostrum_sphinx_memory(const void *bytes, uint64_t count);
/// Whether the dictionary has the word.
int32_t rostrum_sphinx_knows(rostrum_sphinx *decoder, const char *word);
/// Makes the language model in the file at `path` (ARPA or binary) the one that is searched with: 0 or -1.
int32_t rostrum_sphinx_model(rostrum_sphinx *decoder, const char *path);
/// Begins an utterance: 0 or -1.
int32_t rostrum_sphinx_begin(rostrum_sphinx *decoder);
/// Searches on with samples at 16 kHz: frames searched, or -1.
int32_t rostrum_sphinx_hear(rostrum_sphinx *decoder, const int16_t *samples, uint64_t count);
/// Ends the utterance and runs the later passes: 0 or -1.
int32_t rostrum_sphinx_end(rostrum_sphinx *decoder);
/// The best path so far, at most `limit` segments of it: how many there are in `into`.
int32_t rostrum_sphinx_segments(rostrum_sphinx *decoder, rostrum_sphinx_segment *into, int32_t limit);
/// One word of several, once, with or without silence around it, is what is searched from now on; each is in the
/// dictionary. All are searched side by side, over the same frames and with the same normalisation: 0 or -1.
int32_t rostrum_sphinx_choose(rostrum_sphinx *decoder, int32_t count, const char *const *words);
/// The best path through each of these words, in the same order, once an utterance is over: its score as a natural
/// logarithm and the word's frames; `first` is -1 where the utterance is too short for it. How many have a path.
int32_t rostrum_sphinx_choices(
  rostrum_sphinx *decoder, int32_t count, const char *const *words, rostrum_sphinx_choice *into);
/// The cepstral mean that sound is normalised by: what it is now into `mean`.
void rostrum_sphinx_mean(rostrum_sphinx *decoder, float *mean);
/// Sets that mean, to weigh as much as `frames` frames of what comes.
void rostrum_sphinx_set_mean(rostrum_sphinx *decoder, const float *mean, int32_t frames);
/// Brings the mean up to what was heard until now, which the library does at the end of an utterance only.
void rostrum_sphinx_renew_mean(rostrum_sphinx *decoder);

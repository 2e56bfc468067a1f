#define _GNU_SOURCE
#include "CPocketSphinx.h"

#include <pocketsphinx/pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fsg_model.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Thread_local char complaint[512], handed[512];

static void keep(void *data, err_lvl_t level, const char *format, ...) {
  (void)data;
  if (level < ERR_ERROR) return;
  va_list values;
  va_start(values, format);
  vsnprintf(complaint, sizeof complaint, format, values);
  va_end(values);
}

static ps_decoder_t *real(rostrum_sphinx *decoder) { return (ps_decoder_t *)decoder; }

void rostrum_sphinx_silence(void) {
  err_set_logfp(NULL);
  err_set_callback(keep, NULL);
}

const char *rostrum_sphinx_complaint(void) {
  memcpy(handed, complaint, sizeof handed);
  complaint[0] = 0;
  return handed;
}

rostrum_sphinx *rostrum_sphinx_open(int32_t count, const char *const *options) {
  cmd_ln_t *config = cmd_ln_parse_r(NULL, ps_args(), count, (char **)options, FALSE);
  if (!config) return NULL;
  ps_decoder_t *decoder = ps_init(config);
  cmd_ln_free_r(config);
  return (rostrum_sphinx *)decoder;
}

void rostrum_sphinx_close(rostrum_sphinx *decoder) { ps_free(real(decoder)); }

int32_t rostrum_sphinx_memory(const void *bytes, uint64_t count) {
  int file = memfd_create("rostrum", MFD_CLOEXEC);
  const char *rest = bytes;
  while (file >= 0 && count > 0) {
    ssize_t done = write(file, rest, count);
    if (done <= 0) {
      close(file);
      return -1;
    }
    rest += done;
    count -= (uint64_t)done;
  }
  return file;
}

int32_t rostrum_sphinx_knows(rostrum_sphinx *decoder, const char *word) {
  char *phones = ps_lookup_word(real(decoder), word);
  ckd_free(phones);
  return phones != NULL;
}

int32_t rostrum_sphinx_model(rostrum_sphinx *decoder, const char *path) {
  ps_decoder_t *ps = real(decoder);
  return ps_set_lm_file(ps, "words", path) < 0 || ps_set_search(ps, "words") < 0 ? -1 : 0;
}

int32_t rostrum_sphinx_begin(rostrum_sphinx *decoder) {
  ps_decoder_t *ps = real(decoder);
  // The stream anew, so that frames are counted from the start of the utterance.
  return ps_start_stream(ps) < 0 || ps_start_utt(ps) < 0 ? -1 : 0;
}

int32_t rostrum_sphinx_hear(rostrum_sphinx *decoder, const int16_t *samples, uint64_t count) {
  return ps_process_raw(real(decoder), samples, count, FALSE, FALSE);
}

int32_t rostrum_sphinx_end(rostrum_sphinx *decoder) { return ps_end_utt(real(decoder)) < 0 ? -1 : 0; }

int32_t rostrum_sphinx_segments(rostrum_sphinx *decoder, rostrum_sphinx_segment *into, int32_t limit) {
  ps_decoder_t *ps = real(decoder);
  logmath_t *logs = ps_get_logmath(ps);
  int32_t count = 0;
  ps_seg_t *next = ps_seg_iter(ps);
  while (next && count < limit) {
    int first, last;
    ps_seg_frames(next, &first, &last);
    into[count].word = ps_seg_word(next);
    into[count].first = first;
    into[count].last = last;
    into[count].posterior = logmath_exp(logs, ps_seg_prob(next, NULL, NULL, NULL));
    count++;
    next = ps_seg_next(next);
  }
  if (next) ps_seg_free(next);
  return count;
}

void rostrum_sphinx_mean(rostrum_sphinx *decoder, float *mean) {
  cmn_t *cmn = ps_get_feat(real(decoder))->cmn_struct;
  for (int index = 0; index < ROSTRUM_SPHINX_MEAN; index++)
    mean[index] = index < cmn->veclen ? MFCC2FLOAT(cmn->cmn_mean[index]) : 0;
}

void rostrum_sphinx_set_mean(rostrum_sphinx *decoder, const float *mean, int32_t frames) {
  cmn_t *cmn = ps_get_feat(real(decoder))->cmn_struct;
  for (int index = 0; index < ROSTRUM_SPHINX_MEAN && index < cmn->veclen; index++) {
    cmn->cmn_mean[index] = FLOAT2MFCC(mean[index]);
    cmn->sum[index] = FLOAT2MFCC(mean[index] * frames);
  }
  cmn->nframe = frames;
}

void rostrum_sphinx_renew_mean(rostrum_sphinx *decoder) {
  cmn_t *cmn = ps_get_feat(real(decoder))->cmn_struct;
  if (cmn->nframe > 0) cmn_live_update(cmn);
}

int32_t rostrum_sphinx_choose(rostrum_sphinx *decoder, int32_t count, const char *const *words) {
  ps_decoder_t *ps = real(decoder);
  fsg_model_t *grammar = fsg_model_init("choice", ps_get_logmath(ps), 1, count + 1);
  if (!grammar) return -1;
  // A state of its own behind each word, so that its paths are never dropped for another's.
  grammar->start_state = 0;
  grammar->final_state = 1;
  for (int32_t word = 0; word < count; word++)
    fsg_model_trans_add(grammar, 0, word + 1, 0, fsg_model_word_add(grammar, words[word]));
  int set = ps_set_fsg(ps, "choice", grammar);
  fsg_model_free(grammar);
  return set < 0 || ps_set_search(ps, "choice") < 0 ? -1 : 0;
}

/// Finds the frames of `word` in the best path to the state that is final now.
static void place(ps_decoder_t *ps, const char *word, rostrum_sphinx_choice *into) {
  size_t length = strlen(word);
  for (ps_seg_t *next = ps_seg_iter(ps); next; next = ps_seg_next(next)) {
    const char *name = ps_seg_word(next);
    if (strncmp(name, word, length) || (name[length] && name[length] != '(')) continue;
    int first, last;
    ps_seg_frames(next, &first, &last);
    into->first = first;
    into->last = last;
  }
}

int32_t rostrum_sphinx_choices(
    rostrum_sphinx *decoder, int32_t count, const char *const *words, rostrum_sphinx_choice *into) {
  ps_decoder_t *ps = real(decoder);
  fsg_model_t *grammar = ps_get_fsg(ps, "choice");
  int32_t found = 0;
  for (int32_t word = 0; word < count; word++) {
    into[word] = (rostrum_sphinx_choice){0, -1, -1};
    if (!grammar) continue;
    // The library asks at each call which state is final; the paths to all of them are there.
    grammar->final_state = word + 1;
    int score;
    if (!ps_get_hyp(ps, &score)) continue;
    // Senone scores are kept with ten bits less than the decoder's logarithms have.
    into[word].score = score * 1024.0 * log(logmath_get_base(ps_get_logmath(ps)));
    place(ps, words[word], &into[word]);
    if (into[word].first >= 0) found++;
  }
  return found;
}

#include "CSphinxBase.h"

#include <sphinxbase/err.h>
#include <sphinxbase/logmath.h>
#include <sphinxbase/ngram_model.h>
#include <stdlib.h>

struct rostrum_ngrams {
  ngram_model_t *model;
  logmath_t *logs;
};

rostrum_ngrams *rostrum_ngrams_open(const char *path) {
  err_set_logfp(NULL);
  rostrum_ngrams *opened = calloc(1, sizeof *opened);
  if (!opened) return NULL;
  opened->logs = logmath_init(1.0001, 0, 1);
  if (opened->logs) opened->model = ngram_model_read(NULL, path, NGRAM_AUTO, opened->logs);
  if (opened->model) return opened;
  rostrum_ngrams_close(opened);
  return NULL;
}

void rostrum_ngrams_close(rostrum_ngrams *model) {
  if (!model) return;
  if (model->model) ngram_model_free(model->model);
  if (model->logs) logmath_free(model->logs);
  free(model);
}

uint32_t rostrum_ngrams_count(rostrum_ngrams *model, int32_t order) {
  if (order < 1 || order > ngram_model_get_size(model->model)) return 0;
  return ngram_model_get_counts(model->model)[order - 1];
}

const char *rostrum_ngrams_word(rostrum_ngrams *model, int32_t word) { return ngram_word(model->model, word); }

int32_t rostrum_ngrams_number(rostrum_ngrams *model, const char *word) {
  int32_t number = ngram_wid(model->model, word);
  // The library answers with its word for unknown ones, or with none.
  if (number < 0 || number >= (int32_t)rostrum_ngrams_count(model, 1)) return -1;
  return number == ngram_unknown_wid(model->model) ? -1 : number;
}

double rostrum_ngrams_log10(
  rostrum_ngrams *model, int32_t word, const int32_t *history, int32_t length, int32_t *used) {
  int32_t past[2] = {length > 0 ? history[0] : 0, length > 1 ? history[1] : 0};
  int32_t order = 0;
  int32_t score = ngram_ng_prob(model->model, word, past, length > 2 ? 2 : length, &order);
  *used = order;
  if (order == 0) return -99;
  return logmath_log_to_log10(model->logs, score);
}

#include "CALSA.h"

static void say_nothing(const char *file, int line, const char *function, int code, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)code, (void)format;
}

void rostrum_alsa_silence(void) { snd_lib_error_set_handler(say_nothing); }

int rostrum_pcm_wait(snd_pcm_t *pcm, int milliseconds) { return snd_pcm_wait(pcm, milliseconds); }

long rostrum_pcm_read(snd_pcm_t *pcm, void *buffer, unsigned long frames) {
  return snd_pcm_readi(pcm, buffer, frames);
}

void rostrum_pcm_start(snd_pcm_t *pcm) { (void)snd_pcm_start(pcm); }

long rostrum_pcm_backlog(snd_pcm_t *pcm) {
  long waiting = snd_pcm_avail_update(pcm);
  return waiting > 0 ? waiting : 0;
}

int rostrum_pcm_restart(snd_pcm_t *pcm) {
  int done = snd_pcm_prepare(pcm);
  return done < 0 ? done : snd_pcm_start(pcm);
}

int rostrum_pcm_resume(snd_pcm_t *pcm) { return snd_pcm_resume(pcm); }

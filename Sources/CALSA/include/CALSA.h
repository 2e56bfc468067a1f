/// ALSA, the sound card.
///
/// Shims are here for three reasons: Swift cannot see ALSA's `alloca` macros and variadic handlers; the library prints
/// on standard error unless told not to; and the capture thread may call only what is vouched for. libasound itself is
/// exempt from that promise (its plugins lock and allocate as they like): `ROSTRUM_REALTIME` here says that *our* part
/// of the call does neither.
#pragma once
#include <alsa/asoundlib.h>
#include <stdbool.h>
#include <stdint.h>

#ifndef ROSTRUM_REALTIME
#define ROSTRUM_REALTIME __attribute__((swift_attr("@_noAllocation"))) __attribute__((swift_attr("@_noLocks")))
#endif

/// Keeps libasound off standard error for the rest of the process.
void rostrum_alsa_silence(void);

/// Waits for a period's worth of samples: 1 ready, 0 timed out, negative errno.
ROSTRUM_REALTIME int rostrum_pcm_wait(snd_pcm_t *pcm, int milliseconds);
/// Reads up to `frames` interleaved frames into `buffer`: frames read, or negative errno.
ROSTRUM_REALTIME long rostrum_pcm_read(snd_pcm_t *pcm, void *buffer, unsigned long frames);
/// Starts a stream that is ready; should that fail, the next wait says so.
void rostrum_pcm_start(snd_pcm_t *pcm);
/// Frames that can be read at once, 0 if the device cannot tell.
ROSTRUM_REALTIME long rostrum_pcm_backlog(snd_pcm_t *pcm);
/// Makes a failed stream ready and starts it again: 0 or negative errno.
ROSTRUM_REALTIME int rostrum_pcm_restart(snd_pcm_t *pcm);
/// Wakes a suspended device: 0, -EAGAIN while it is still waking, or negative errno.
ROSTRUM_REALTIME int rostrum_pcm_resume(snd_pcm_t *pcm);

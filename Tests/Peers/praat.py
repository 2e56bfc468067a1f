"""Praat, through parselmouth: silences, pitch, voice quality, and syllable nuclei with held vowels by the method of de
Jong & Wempe, written from its description."""
import math
import os
import statistics

import numpy as np
import parselmouth
from parselmouth.praat import call

import peer

STEP = 0.01


def silences(sound):
    """Praat's "To TextGrid (silences)" 25 dB under the maximum, 0.25 s at least."""
    grid = call(sound, "To TextGrid (silences)", 100, 0, -25, 0.25, 0.1, "silent", "sounding")
    count = call(grid, "Get number of intervals", 1)
    for index in range(1, count + 1):
        if call(grid, "Get label of interval", 1, index) == "silent":
            yield (call(grid, "Get start time of interval", 1, index), call(grid, "Get end time of interval", 1, index))


def on_grid(pitch, seconds):
    """The pitch each 10 ms from 0 on, 0 where unvoiced."""
    values, first = pitch.selected_array["frequency"], pitch.x1
    places = (round((k * STEP - first) / pitch.dx) for k in range(int(seconds / STEP)))
    return [float(values[i]) if 0 <= i < len(values) else 0.0 for i in places]


def wide_pitch(sound):
    """Autocorrelation over the whole range of voices."""
    return sound.to_pitch_ac(time_step=STEP, pitch_floor=60, pitch_ceiling=600)


def two_pass_pitch(sound):
    """A second pass in the speaker's own range: from 0.75 of the first quartile to 1.5 of the third (Hirst 2011)."""
    first = wide_pitch(sound).selected_array["frequency"]
    first = first[first > 0]
    if len(first) < 20:
        return wide_pitch(sound)
    low, high = np.quantile(first, [0.25, 0.75])
    return sound.to_pitch_ac(time_step=STEP, pitch_floor=max(40, 0.75 * low), pitch_ceiling=1.5 * high)


def any_voice(sound):
    """Where there may be a voice at all, for the nuclei: a lenient limit, or weak vowels are lost."""
    found = sound.to_pitch_ac(
        time_step=STEP, pitch_floor=40, pitch_ceiling=450, voicing_threshold=0.25, voiced_unvoiced_cost=0.25)
    return on_grid(found, sound.duration)


def nuclei(sound, pitch):
    """Peaks of intensity, at most 25 dB under the loud end, 2 dB over the dips on both sides, and voiced.

    Also the stretch around each peak that stays within 6 dB of it."""
    if sound.duration < 0.2:
        return
    intensity = sound.to_intensity(minimum_pitch=50, time_step=STEP)
    level, times = intensity.values[0], intensity.xs()
    threshold = max(np.quantile(level, 0.99) - 25, level.min())
    tops = [i for i in range(1, len(level) - 1)
            if level[i] > level[i - 1] and level[i] >= level[i + 1] and level[i] > threshold]
    kept, dip = [], level.min() - 3
    for place, top in enumerate(tops):
        end = tops[place + 1] if place + 1 < len(tops) else len(level) - 1
        after = level[top:end + 1].min()
        if level[top] - dip < 2:
            # No dip before it: it is the same hill as the last one, whose higher top stands for both.
            dip = min(dip, after)
            continue
        if level[top] - after >= 2:
            kept.append(top)
            dip = after
    for top in kept:
        voiced = pitch[min(len(pitch) - 1, round(times[top] / STEP))] if pitch else 0
        if voiced:
            left = right = top
            while left > 0 and level[left - 1] > level[top] - 6:
                left -= 1
            while right < len(level) - 1 and level[right + 1] > level[top] - 6:
                right += 1
            yield times[top], times[left], times[right]


def held_vowels(sound, pitch, stretches):
    """Stretches of 0.2 s and more whose pitch and first two formants stand still (Goto, Itou & Hayamizu 1999)."""
    formants = sound.to_formant_burg(time_step=STEP, max_number_of_formants=5, maximum_formant=5250)
    for start, end in stretches:
        if end - start < 0.2:
            continue
        steps = range(round(start / STEP), min(len(pitch), round(end / STEP)))
        tones = [12 * math.log2(pitch[k]) for k in steps if pitch[k]]
        shape = [(formants.get_value_at_time(1, k * STEP), formants.get_value_at_time(2, k * STEP)) for k in steps]
        shape = [pair for pair in shape if pair[0] == pair[0] and pair[1] == pair[1]]
        if len(tones) < 15 or len(shape) < 15:
            continue
        spread = [statistics.pstdev(column) for column in zip(*shape)]
        if statistics.pstdev(tones) < 1 and spread[0] < 80 and spread[1] < 150:
            yield start, end


def quality(sound, pitch):
    """Jitter, shimmer and harmonics-to-noise ratio as Praat's voice report has them."""
    marks = call([sound, pitch], "To PointProcess (cc)")
    jitter = call(marks, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
    shimmer = call([sound, marks], "Get shimmer (local)", 0, 0, 0.0001, 0.02, 1.3, 1.6)
    harmonicity = sound.to_harmonicity_cc()
    values = harmonicity.values[harmonicity.values > -200]
    return {"jitter_local": jitter, "shimmer_local": shimmer, "hnr_db": float(values.mean()) if len(values) else None}


def analyse(path):
    """Everything above; signals with an exact pitch get the whole range, people their own."""
    sound = parselmouth.Sound(path)
    if sound.n_channels > 1:
        sound = sound.convert_to_mono()
    found = wide_pitch(sound) if os.path.basename(path).startswith("f0_") else two_pass_pitch(sound)
    pitch = on_grid(found, sound.duration)
    hills = list(nuclei(sound, any_voice(sound)))
    fillers, last = [], 0.0
    for _, start, end in hills:
        if start >= last:
            fillers.append((start, end))
            last = end
    return peer.analysis(
        pauses=silences(sound), nuclei=[top for top, _, _ in hills], seconds=sound.duration,
        fillers=held_vowels(sound, pitch, fillers), pitch=pitch, voice=quality(sound, found))


if __name__ == "__main__":
    peer.main(analyse)

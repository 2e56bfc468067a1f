"""Praat's two passes once more on a recording that begins 5 ms later: how far the reference is from itself."""
import parselmouth

import peer
import praat

LATER = 0.005


def analyse(path):
    """Its pitch, 0 where there is no voice."""
    sound = parselmouth.Sound(path)
    if sound.n_channels > 1:
        sound = sound.convert_to_mono()
    sound = sound.extract_part(LATER, sound.duration)
    return peer.analysis(pitch=praat.on_grid(praat.two_pass_pitch(sound), sound.duration))


if __name__ == "__main__":
    peer.main(analyse)

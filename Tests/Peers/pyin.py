"""Probabilistic YIN (Mauch & Dixon 2014) as librosa has it, from 65 to 500 Hz, at 16 kHz in steps of 10 ms."""
import librosa
import numpy as np

import peer


def analyse(path):
    """Its pitch, 0 where it says there is no voice."""
    samples, _ = librosa.load(path, sr=16000, mono=True)
    pitch, voiced, _ = librosa.pyin(samples, fmin=65, fmax=500, sr=16000, frame_length=1024, hop_length=160)
    return peer.analysis(pitch=np.where(voiced, np.nan_to_num(pitch), 0.0).tolist())


if __name__ == "__main__":
    peer.main(analyse)

"""The recordings of the comparison: folders that the scoring rules can read, and one file of ten minutes."""
import json
import math
import os
import subprocess
import wave

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SHARED = os.path.join(ROOT, "..", "shared")
SCORE = os.path.join(SHARED, "tools", "score")
WORK = os.path.join(ROOT, ".build", "peers")
SPHINX = "/usr/share/pocketsphinx/test/data"

# Words and syllables of Debian's test recordings, counted from their transcripts.
SPHINX_COUNTS = {
    "cards/001.wav": (3, 3), "cards/002.wav": (4, 4), "cards/003.wav": (3, 4), "cards/004.wav": (2, 2),
    "cards/005.wav": (9, 10), "goforward.raw": (4, 6),
    "librivox/sense_and_sensibility_01_austen_64kb-0870.wav": (22, 30),
    "librivox/sense_and_sensibility_01_austen_64kb-0880.wav": (8, 9),
    "librivox/sense_and_sensibility_01_austen_64kb-0890.wav": (14, 20),
    "librivox/sense_and_sensibility_01_austen_64kb-0920.wav": (19, 27),
    "librivox/sense_and_sensibility_01_austen_64kb-0930.wav": (8, 13),
}


def folders():
    """Every folder there is with a truth beside its recordings; says which are absent."""
    found = []
    for name in ("human", "synth"):
        path = os.path.join(SHARED, "speech", name)
        if os.path.isdir(path):
            found.append(path)
        else:
            print(f"Skipped: the recordings of ../shared/speech/{name} are not here.")
    if os.path.isdir(SPHINX):
        found.append(sphinx_folder())
    else:
        print("Skipped: Debian's pocketsphinx-testdata is not installed.")
    return found


def sphinx_folder():
    """Debian's test recordings, all as WAV, with a manifest as the other folders have it."""
    folder = os.path.join(WORK, "sphinx")
    os.makedirs(folder, exist_ok=True)
    entries = []
    for name, (words, syllables) in SPHINX_COUNTS.items():
        target = "sphinx_" + os.path.basename(name).replace(".raw", ".wav")
        with open(os.path.join(SPHINX, name), "rb") as file:
            data = file.read() if name.endswith(".raw") else samples_of(file)
        write_wave(os.path.join(folder, target), data, 16000)
        entries.append({"file": target, "duration": len(data) / 32000, "n_words": words, "n_syll": syllables,
                        "no_fillers": True})
    with open(os.path.join(folder, "manifest.json"), "w") as file:
        json.dump(entries, file)
    return folder


def truth(folder):
    """What is known of each recording of a folder, by its name."""
    manifest = os.path.join(folder, "manifest.json")
    if os.path.exists(manifest):
        return {entry["file"]: entry for entry in json.load(open(manifest))}
    return json.load(open(os.path.join(folder, "truth.json")))


def recordings(folder):
    """The paths of the recordings of a folder that have a truth."""
    paths = (os.path.join(folder, name) for name in sorted(truth(folder)))
    return [path for path in paths if os.path.exists(path)]


def ten_minutes(folder, rate):
    """The recordings of a folder after one another, again and again, until ten minutes are full, at `rate` Hz mono."""
    path = os.path.join(WORK, f"ten-minutes-{rate}.wav")
    if os.path.exists(path) and os.path.getsize(path) == 44 + 600 * rate * 2:
        return path
    data = b""
    for recording in recordings(folder):
        data += subprocess.run(
            ["ffmpeg", "-v", "error", "-i", recording, "-ac", "1", "-ar", str(rate), "-f", "s16le", "-"],
            stdout=subprocess.PIPE, check=True).stdout
    size = 600 * rate * 2
    write_wave(path, (data * (size // len(data) + 1))[:size], rate)
    return path


def samples_of(file):
    """The samples of a 16-bit mono WAV."""
    with wave.open(file) as sound:
        return sound.readframes(sound.getnframes())


def write_wave(path, data, rate):
    """Writes 16-bit mono samples."""
    with wave.open(path, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(data)


def level(path, start, end):
    """The RMS level in dB re full scale of a stretch of a 16-bit mono WAV."""
    with wave.open(path) as sound:
        sound.setpos(round(start * sound.getframerate()))
        data = sound.readframes(round((end - start) * sound.getframerate()))
    samples = memoryview(data).cast("h")
    return 10 * math.log10(sum(value * value for value in samples) / len(samples) / 32768**2)


def mean_level(levels):
    """The level of the mean power of levels in dB; None of none."""
    return 10 * math.log10(sum(10 ** (value / 10) for value in levels) / len(levels)) if levels else None

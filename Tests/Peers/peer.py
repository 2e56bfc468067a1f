"""What every peer shares: its command line, and an analysis in the shape of `rostrum analyze --json --track`."""
import json
import os
import sys


def analysis(pauses=(), nuclei=(), seconds=0.0, fillers=(), pitch=(), **more):
    """One analysis; times in seconds, pitch in Hz each 10 ms with 0 or None where there is none."""
    words = 60 * len(nuclei) / 1.4 / seconds if seconds else None
    return {
        "pauses": {"list": [{"start": a, "end": b} for a, b in pauses]},
        "syllables": {"count": len(nuclei), "times": list(nuclei)},
        "pace": {"words_per_minute": words},
        "fillers": {"list": [{"start": a, "end": b} for a, b in fillers]},
        "track": {"step": 0.01, "pitch_hz": list(pitch)}, **more}


def main(analyse):
    """Runs `PEER OUT FILE…`: one JSON a file into OUT."""
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for path in sys.argv[2:]:
        with open(os.path.join(out, os.path.basename(path) + ".json"), "w") as file:
            json.dump(analyse(path), file)

"""Pitch on people against Praat's two passes, file by file."""
import math
import statistics

CREAKY = "mfa_cold_corpus.wav"


def track(analysis):
    """The pitch each 10 ms, 0 where there is none."""
    return [value or 0 for value in ((analysis or {}).get("track") or {}).get("pitch_hz") or []]


def compared(mine, reference):
    """One file: frames voiced in both, gross errors among them, how far apart medians are in cents and spreads in
    semitones; the last two are None with fewer than 200 voiced frames."""
    pairs = [(a, b) for a, b in zip(mine, reference) if a > 0 and b > 0]
    gross = sum(abs(a / b - 1) > 0.2 for a, b in pairs)
    voiced = [[value for value in values if value > 0] for values in (mine, reference)]
    if min(map(len, voiced)) < 200:
        return len(pairs), gross, None, None
    middles = [statistics.median(values) for values in voiced]
    spreads = [statistics.pstdev(12 * math.log2(value / middle) for value in values)
               for values, middle in zip(voiced, middles)]
    return len(pairs), gross, abs(1200 * math.log2(middles[0] / middles[1])), abs(spreads[0] - spreads[1])


def gross(rows):
    """Gross errors in percent of the frames voiced in both."""
    both, wrong = (sum(row[place] for row in rows) for place in (0, 1))
    return 100 * wrong / both if both else math.nan


def median_of(place):
    """The median over files of a distance."""
    return lambda rows: statistics.median([row[place] for row in rows if row[place] is not None] or [math.nan])


def worst_of(place):
    """The worst file of a distance."""
    return lambda rows: max([row[place] for row in rows if row[place] is not None] or [math.nan])


def right_share(mine, reference):
    """The share in percent of the reference's voiced frames where the pitch is within 20 % of it."""
    frames = [k for k, value in enumerate(reference) if value > 0]
    right = sum(k < len(mine) and mine[k] > 0 and abs(mine[k] / reference[k] - 1) <= 0.2 for k in frames)
    return 100 * right / len(frames) if frames else math.nan

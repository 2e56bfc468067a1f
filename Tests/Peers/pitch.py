"""Pitch on people against Praat's two passes, file by file."""
import math
import statistics

CREAKY = "mfa_cold_corpus.wav"
# Several talk at once there, and the reference follows now one, now the other.
MEETINGS = "people: meetings"


def track(analysis):
    """The pitch each 10 ms, 0 where there is none."""
    return [value or 0 for value in ((analysis or {}).get("track") or {}).get("pitch_hz") or []]


def is_near(one, other):
    """Both voiced, and no further than 20 % from each other."""
    return one > 0 and other > 0 and abs(one / other - 1) <= 0.2


def compared(mine, reference):
    """One file: frames voiced in both, gross errors among them, how far apart medians are in cents and spreads in
    semitones; the last two are None with fewer than 200 voiced frames."""
    pairs = [(a, b) for a, b in zip(mine, reference) if a > 0 and b > 0]
    gross = sum(not is_near(a, b) for a, b in pairs)
    voiced = [[value for value in values if value > 0] for values in (mine, reference)]
    if min(map(len, voiced)) < 200:
        return len(pairs), gross, None, None
    middles = [statistics.median(values) for values in voiced]
    spreads = [statistics.pstdev(12 * math.log2(value / middle) for value in values)
               for values, middle in zip(voiced, middles)]
    return len(pairs), gross, abs(1200 * math.log2(middles[0] / middles[1])), abs(spreads[0] - spreads[1])


def sided(mine, reference, third):
    """One file's gross errors: how many there are, in how many of them a third has our pitch, in how many the
    reference's."""
    wrong = [(a, b, c) for a, b, c in zip(mine, reference, third) if a > 0 and b > 0 and not is_near(a, b)]
    return len(wrong), sum(is_near(c, a) for a, _, c in wrong), sum(is_near(c, b) for _, b, c in wrong)


def share_of(place):
    """A column of `sided` in percent of the gross errors."""
    def share(rows):
        wrong = sum(row[0] for row in rows)
        return 100 * sum(row[place] for row in rows) / wrong if wrong else math.nan
    return share


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


# Measure of rows of `compared`, aim, digits.
MEASURES = (
    ("F0, gross %", gross, 0.5, 2),
    ("F0, medians apart, cents, middle file", median_of(2), 10, 1),
    ("F0, medians apart, cents, worst file", worst_of(2), 10, 1),
    ("F0, spreads apart, semitones, middle file", median_of(3), 0.15, 2),
    ("F0, spreads apart, semitones, worst file", worst_of(3), 0.15, 2))


def right_share(mine, reference):
    """The share in percent of the reference's voiced frames where the pitch is within 20 % of it."""
    frames = [k for k, value in enumerate(reference) if value > 0]
    right = sum(k < len(mine) and is_near(mine[k], reference[k]) for k in frames)
    return 100 * right / len(frames) if frames else math.nan

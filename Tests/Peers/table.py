"""`make bench-signals`: Rostrum and its peers on the same recordings in the same run, one table.

    table.py RUN      RUN: the built program, or a folder of <file>.json analyses already made
"""
import json
import math
import os
import shutil
import subprocess
import sys
import time

import corpus
import pitch
import rules

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(corpus.WORK, "out")
PEOPLE = ("people: read", "people: meetings", "people: spontaneous", "people: acted disfluency")
PAUSE_AIMS = {"synth clean": 0.97, "synth white 20": 0.95, "synth white 10": 0.93, "synth babble 20": 0.95,
              "synth babble 10": 0.5}
SYLLABLE_AIMS = {"people: read": 9, "people: meetings": 15, "people: spontaneous": 15}
WORD_AIMS = {"people: read": 10, "people: meetings": 16, "people: spontaneous": 16}
FILLER_AIMS = {"people: all": 0.5, "people: meetings": 0.35, "synth clean": 0.93}


class Table:
    """Rows of measure, recordings, n, peer and its figure, our figure with its interval, and the aim."""

    def __init__(self):
        self.rows = []

    def add(self, measure, where, n, peer, theirs, ours, aim=None, spread="", digits=1, atleast=False):
        """One row; `aim` is a bound from above, or from below with `atleast`."""
        def figure(value):
            return "–" if value is None or math.isnan(value) else f"{value:.{digits}f}"
        met = ""
        if aim is not None and ours is not None and not math.isnan(ours):
            met = "yes" if (ours >= aim if atleast else ours <= aim) else "no"
        bound = "" if aim is None else f"{'≥' if atleast else '≤'} {aim:g}"
        peer = f"{peer} {figure(theirs)}" if peer else ""
        self.rows.append((measure, where, str(n), peer, figure(ours), spread, bound, met))

    def print(self):
        """The table, as wide as its words."""
        heads = ("measure", "recordings", "n", "peer", "Rostrum", "90 % or ratio", "aim", "met")
        widths = [max(len(row[k]) for row in [heads, *self.rows]) for k in range(len(heads))]
        last = None
        print("  ".join(head.ljust(width) for head, width in zip(heads, widths)).rstrip())
        print("  ".join("─" * width for width in widths))
        for row in self.rows:
            shown = ("" if row[0] == last else row[0], *row[1:])
            last = row[0]
            print("  ".join(cell.ljust(width) for cell, width in zip(shown, widths)).rstrip())


def peer(name):
    """Where the analyses of a peer are."""
    return os.path.join(OUT, name)


def run_peers(folders):
    """Every peer on what it is asked about: two of them beside each other, for they are slow."""
    every = [path for folder in folders for path in corpus.recordings(folder)]
    toned = [path for path in every if os.path.basename(path).startswith("f0_") or not path.startswith(
        os.path.join(corpus.SHARED, "speech", "synth"))]
    people = [path for path in toned if not os.path.basename(path).startswith("f0_")]
    jobs = [("pyin", toned), ("praat", every), ("webrtc", every), ("loudness", every), ("again", people)]
    running = [subprocess.Popen([sys.executable, f"{HERE}/{name}.py", peer(name), *paths]) for name, paths in jobs[:2]]
    for name, paths in jobs[2:]:
        subprocess.run([sys.executable, f"{HERE}/{name}.py", peer(name), *paths], check=True)
    for job in running:
        if job.wait():
            sys.exit("A peer failed.")


def run_rostrum(program, folders):
    """Our own analyses, a file each; a file that fails is said and left out."""
    ours = peer("rostrum")
    shutil.rmtree(ours, ignore_errors=True)
    os.makedirs(ours)
    for path in (path for folder in folders for path in corpus.recordings(folder)):
        done = subprocess.run([program, "analyze", path, "--json", "--track"], capture_output=True, text=True)
        if done.returncode:
            print(f"{os.path.basename(path)}: exit {done.returncode}: {done.stderr.strip()[:200]}")
            continue
        with open(os.path.join(ours, os.path.basename(path) + ".json"), "w") as file:
            file.write(done.stdout)
    if not os.listdir(ours):
        sys.exit(f"{program} analyze gave no analysis of any recording.")
    return ours


def load(folder, name):
    """One analysis, None where it is missing."""
    path = os.path.join(folder, name + ".json")
    return json.load(open(path)) if os.path.exists(path) else None


def add_pauses(table, ours, praat, webrtc):
    """F1, boundaries and total time, each against the better of two detectors."""
    f1 = rules.f1(ours)
    for group, aim in PAUSE_AIMS.items():
        rows = ours["pauses"].get(group, [])
        if not rows:
            continue
        peers = {"Praat": praat["pauses"].get(group, []), "WebRTC": webrtc["pauses"].get(group, [])}
        best = max(peers, key=lambda name: f1(peers[name]))
        n = sum(rules.sums(rows, 0, 2))
        table.add("pauses, F1", group, n, best, f1(peers[best]), f1(rows), aim, rules.interval(ours, rows, f1), 3, True)
    for name, measure, aim in (
            ("pauses, boundary ms", rules.boundary, 30), ("pauses, total time % off", rules.total, 5)):
        for group in PAUSE_AIMS:
            rows = ours["pauses"].get(group, [])
            if rows:
                table.add(name, group, sum(rules.sums(rows, 0, 2)), "Praat", measure(praat["pauses"].get(group, [])),
                          measure(rows), None if group == "synth babble 10" else aim,
                          rules.interval(ours, rows, measure))


def add_syllables(table, ours, praat):
    """Counts, places and words a minute."""
    for group in (*PEOPLE, *PAUSE_AIMS):
        rows = ours["syll"].get(group, [])
        if rows:
            aim = SYLLABLE_AIMS.get(group, None if group in PEOPLE or group == "synth babble 10" else 8)
            table.add("syllables, mean error %", group, len(rows), "de Jong & Wempe",
                      rules.mean_error(praat["syll"].get(group, [])), rules.mean_error(rows), aim,
                      rules.interval(ours, rows, rules.mean_error))
    f1 = rules.f1(ours)
    for group in (*PEOPLE, *PAUSE_AIMS):
        rows = ours["nuclei"].get(group, [])
        if rows:
            table.add("nuclei, F1", group, sum(rules.sums(rows, 0, 2)), "de Jong & Wempe",
                      f1(praat["nuclei"].get(group, [])), f1(rows), 0.9 if group in PEOPLE else None,
                      rules.interval(ours, rows, f1), 3, True)
    for group in (*PEOPLE, *PAUSE_AIMS):
        rows = ours["wpm"].get(group, [])
        if rows:
            table.add("words a minute, mean error %", group, len(rows), "nuclei / 1.4",
                      rules.mean_error(praat["wpm"].get(group, [])), rules.mean_error(rows), WORD_AIMS.get(group),
                      rules.interval(ours, rows, rules.mean_error))
            stated = [row for row in rows if row[0]]
            if stated and len(stated) < len(rows):
                table.add("words a minute, mean error %", f"{group}, where stated", len(stated), "", None,
                          rules.mean_error(stated), None, rules.interval(ours, stated, rules.mean_error))


def add_band(table, folder, folders):
    """How often the stated band of the pace covers the truth, on people."""
    inside = []
    for name, known in everyone(folders):
        band = ((load(folder, name) or {}).get("intervals") or {}).get("pace.words_per_minute")
        if band and None not in band and known.get("n_words") and known["duration"] > 8:
            inside.append(band[0] <= 60 * known["n_words"] / known["duration"] <= band[1])
    share = 100 * sum(inside) / len(inside) if inside else None
    table.add("words a minute, truth in the 80 % band, %", "people", len(inside), "", None, share, 70, "", 0, True)


def add_fillers(table, ours, praat):
    """Filled pauses by sound: found ones, and false alarms."""
    f1 = rules.f1(ours)
    for group in ("people: all", *PEOPLE, *PAUSE_AIMS):
        rows = ours["fill"].get(group, [])
        if sum(rules.sums(rows, 0, 2)):
            table.add("filled pauses, F1", group, sum(rules.sums(rows, 0, 2)), "held vowels",
                      f1(praat["fill"].get(group, [])), f1(rows), FILLER_AIMS.get(group),
                      rules.interval(ours, rows, f1), 3, True)
    for group in ("people: filler-free", "people: all", "synth clean"):
        rows = ours["fill"].get(group, [])
        if rows:
            minutes = sum(row[3] for row in rows) / 60
            table.add("filled pauses, false a minute", group, f"{minutes:.1f} min", "held vowels",
                      rules.false_a_minute(praat["fill"].get(group, [])), rules.false_a_minute(rows),
                      1 if group == "people: filler-free" else None,
                      rules.interval(ours, rows, rules.false_a_minute), 2)


def everyone(folders):
    """The recordings of people and what is known of them."""
    return [(name, known) for folder in folders if os.path.exists(os.path.join(folder, "manifest.json"))
            for name, known in sorted(corpus.truth(folder).items())]


def add_pitch(table, ours, praat, pyin, folder, folders):
    """Exact signals, then people."""
    others = [{row[0]: row for row in rules_of["pitch"]} for rules_of in (pyin, praat)]
    for place, name, aim in ((1, "F0, exact signals, gross %", 0), (3, "F0, exact signals, voicing error %", 4)):
        for row in ours["pitch"]:
            theirs = [other[row[0]][place] for other in others]
            table.add(name, row[0], 1, f"pYIN {theirs[0]:.1f} · Praat", theirs[1], row[place], aim)
    add_people(table, ours, folder, folders)


def add_people(table, ours, folder, folders):
    """People against Praat's two passes, beside pYIN and beside Praat itself 5 ms later; the creaky voice."""
    files = {}
    for name, known in everyone(folders):
        reference, *tracks = [pitch.track(load(where, name)) for where in (
            peer("praat"), folder, peer("pyin"), peer("again"))]
        if reference and all(tracks):
            files[name] = ours["group"](name, known), reference, tracks
    for where, kept in (
            ("people", files),
            ("people without meetings and creak",
             [name for name in files if files[name][0] != pitch.MEETINGS and name != pitch.CREAKY])):
        mine, pyin, again = (
            [pitch.compared(files[name][2][place], files[name][1]) for name in kept] for place in range(3))
        frames, long = sum(row[0] for row in mine), sum(row[2] is not None for row in mine)
        for measure, count, aim, digits in pitch.MEASURES:
            table.add(measure, where, f"{frames} frames" if count is pitch.gross else long,
                      f"pYIN {count(pyin):.{digits}f} · Praat 5 ms later", count(again), count(mine), aim,
                      rules.interval(ours, mine, count), digits)
        sides = [pitch.sided(files[name][2][0], files[name][1], files[name][2][1]) for name in kept]
        for place, whose in ((1, "with ours"), (2, "with Praat's")):
            count = pitch.share_of(place)
            table.add("F0, gross frames where pYIN is", f"{where}, {whose}, %", sum(row[0] for row in sides), "", None,
                      count(sides), None, rules.interval(ours, sides, count), 0)
    if pitch.CREAKY in files:
        _, reference, tracks = files[pitch.CREAKY]
        creaky = [pitch.right_share(values, reference) for values in tracks]
        table.add("F0, right on a creaky voice, %", pitch.CREAKY, 1, "pYIN", creaky[1], creaky[0], 30, "", 0, True)


def add_loudness(table, folder, folders):
    """Integrated loudness, and the level steps of one recording, against ffmpeg and the samples themselves."""
    apart = []
    for path in (path for one in folders for path in corpus.recordings(one)):
        name = os.path.basename(path)
        pair = [((load(where, name) or {}).get("loudness") or {}).get("integrated_lufs")
                for where in (folder, peer("loudness"))]
        if None not in pair:
            apart.append((abs(pair[0] - pair[1]),))
    table.add("loudness, largest |Δ| LU", "all", len(apart), "ffmpeg", 0, max([row[0] for row in apart] or [math.nan]),
              0.1, "", 2)
    stepped = "s9_level_steps_clean.wav"
    for one in folders:
        if not os.path.exists(os.path.join(one, stepped)):
            continue
        levels = (((load(folder, stepped) or {}).get("track") or {}).get("level_db")) or []
        spans = [(start, end) for _, start, end, _ in corpus.truth(one)[stepped]["segments"]]
        true = [corpus.level(os.path.join(one, stepped), *span) for span in spans]
        mine = [corpus.mean_level(levels[round(start * 100):round(end * 100)]) for start, end in spans]
        off = [abs((b - mine[0]) - (a - true[0])) for a, b in zip(true[1:], mine[1:])] if None not in mine else []
        table.add("loudness, level steps off, dB", stepped, len(off), "the samples", 0, max(off or [math.nan]), 0.5,
                  "", 2)


def add_cost(table, program, folders):
    """Ten minutes, whole analysis, one core: processor time with start-up, and peak memory."""
    if not shutil.which(program):
        return
    files = {rate: corpus.ten_minutes(folders[0], rate) for rate in (16000, 48000)}
    scratch, python = os.path.join(OUT, "ten-minutes"), sys.executable
    jobs = [(f"{name} {rate // 1000}", runs, [*words, files[rate]]) for name, runs, words, rates in (
        ("Rostrum", 3, [program, "analyze", "--json"], (16000, 48000)),
        ("ffmpeg", 1, [python, f"{HERE}/loudness.py", scratch], (16000, 48000)),
        ("WebRTC", 1, [python, f"{HERE}/webrtc.py", scratch], (16000, 48000)),
        ("Praat", 1, [python, f"{HERE}/praat.py", scratch], (16000, 48000)),
        ("pYIN", 1, [python, f"{HERE}/pyin.py", scratch], (16000,))) for rate in rates]
    command = [word for _, runs, words in jobs for word in (str(runs), *words, "--")][:-1]
    said = subprocess.run([python, f"{HERE}/cost.py", *command], stdout=subprocess.PIPE, text=True, check=True).stdout
    costs = {job[0]: json.loads(line) for job, line in zip(jobs, said.splitlines())}
    for key, unit, digits in (("seconds", "s of one core", 2), ("megabytes", "MB at most", 0)):
        for rate in (16, 48):
            ours = (costs.get(f"Rostrum {rate}") or {}).get(key)
            for name in ("Praat", "pYIN", "WebRTC", "ffmpeg"):
                theirs = (costs.get(f"{name} {rate}") or {}).get(key)
                if theirs is None:
                    continue
                ratio = f"{theirs / ours:.1f} times" if ours else ""
                aim = 60 if key == "megabytes" else {16: 2, 48: 3}[rate]
                table.add(f"ten minutes, {unit}", f"{rate} kHz", 1, name, theirs, ours, aim, ratio, digits)


def main():
    """Everything, and how long it took."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    began, run = time.monotonic(), sys.argv[1]
    if not os.path.exists(corpus.SCORE):
        print("Skipped: the scoring rules of ../shared/tools/score are not here; without them nothing can be counted.")
        return
    folders = corpus.folders()
    if not folders:
        return
    ours = run if os.path.isdir(run) else run_rostrum(run, folders)
    run_peers(folders)
    mine, praat, webrtc, pyin = (
        rules.scored(where, folders) for where in (ours, peer("praat"), peer("webrtc"), peer("pyin")))
    table = Table()
    add_pauses(table, mine, praat, webrtc)
    add_syllables(table, mine, praat)
    add_band(table, ours, folders)
    add_fillers(table, mine, praat)
    add_pitch(table, mine, praat, pyin, ours, folders)
    add_loudness(table, ours, folders)
    if not os.path.isdir(run):
        add_cost(table, run, folders)
    table.print()
    print("Kept aside, so not here: sentences of sixteen speakers with known gaps, hand-labelled nuclei.")
    print(f"{time.monotonic() - began:.0f} s in all.")


if __name__ == "__main__":
    main()

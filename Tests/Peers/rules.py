"""The scoring rules, run as they are: the same script that scored the anchors, its rows instead of its text."""
import contextlib
import io
import math
import runpy
import sys

import corpus


def scored(run, folders):
    """What the rules made of a folder of analyses: their rows by group, and their functions."""
    kept, sys.argv = sys.argv, [corpus.SCORE, run, *folders]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return runpy.run_path(corpus.SCORE)
    finally:
        sys.argv = kept


def interval(rules, rows, measure):
    """The 90 % interval of a measure, bootstrapped over files, as the rules print it; empty for a single file."""
    return rules["boot"](rows, measure).strip()


def sums(rows, *columns):
    """The totals of some columns."""
    return [sum(row[column] for row in rows) for column in columns]


def f1(rules):
    """F1 over rows that begin with right, false and missed."""
    return lambda rows: rules["f1"](*sums(rows, 0, 1, 2))


def boundary(rows):
    """The mean boundary error of matched pauses, in ms."""
    errors = [error for row in rows for error in row[3]]
    return 1000 * sum(errors) / len(errors) if errors else math.nan


def total(rows):
    """How far the total pause time is off, in percent."""
    found, true = sums(rows, 4, 5)
    return 100 * abs(found / true - 1) if true else math.nan


def mean_error(rows):
    """The mean error of (found, true) in percent."""
    return 100 * sum(abs(found - true) / true for found, true in rows) / len(rows) if rows else math.nan


def false_a_minute(rows):
    """False alarms a minute."""
    count, seconds = sums(rows, 1, 3)
    return 60 * count / seconds if seconds else math.nan

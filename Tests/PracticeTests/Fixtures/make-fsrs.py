#!/usr/bin/env python3
"""Makes fsrs.json: 1,000 random histories of reviews, and what py-fsrs makes of each of them.

    python3 -m venv /tmp/fsrs && /tmp/fsrs/bin/pip install fsrs==6.3.2
    /tmp/fsrs/bin/python make-fsrs.py > fsrs.json

No learning or relearning steps, fuzz off. Each history is a row of numbers: the place of its settings, then for each
review the minutes since the one before, the grade, stability and difficulty after it, days until it is due, minutes
after it at which recall is asked for, and the recall then.
"""
import json
import random
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

chance = random.Random(20_26)
DAY = 24 * 60


def weights():
    """Weights near the usual ones, within their bounds."""
    return [
        round(min(max(w * chance.uniform(0.7, 1.4), low), high), 4)
        for w, low, high in zip(DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)
    ]


SETTINGS = [
    {"parameters": list(DEFAULT_PARAMETERS), "retention": retention, "maximum": maximum}
    for retention in (0.8, 0.85, 0.9, 0.95)
    for maximum in (30, 36_500)
] + [{"parameters": weights(), "retention": 0.9, "maximum": maximum} for maximum in (30, 36_500)]


def gap(interval):
    """Minutes to the next review: the same day, on the day it is due, a day to the minute, or any time."""
    kind = chance.random()
    if kind < 0.25:
        return chance.randint(1, DAY - 1)
    if kind < 0.5:
        return interval * DAY + chance.randint(0, DAY - 1)
    if kind < 0.6:
        return chance.randint(1, 40) * DAY
    return int(10 ** chance.uniform(1, 5.5))


def history(place):
    settings = SETTINGS[place]
    scheduler = Scheduler(
        parameters=settings["parameters"], desired_retention=settings["retention"], learning_steps=[],
        relearning_steps=[], maximum_interval=settings["maximum"], enable_fuzzing=False)
    (card, now, row, interval) = (Card(card_id=1), datetime(2026, 1, 1, tzinfo=timezone.utc), [place], 1)
    for _ in range(chance.randint(1, 12)):
        minutes = gap(interval)
        now += timedelta(minutes=minutes)
        grade = chance.choices([1, 2, 3, 4], [2, 2, 4, 1])[0]
        card, _ = scheduler.review_card(card, Rating(grade), now)
        later = int(10 ** chance.uniform(0, 5.5))
        recall = scheduler.get_card_retrievability(card, now + timedelta(minutes=later))
        interval = (card.due - now) // timedelta(days=1)
        row += [minutes, grade, card.stability, card.difficulty, (card.due - now) / timedelta(days=1), later, recall]
    return row


def number(value):
    text = f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text or "0"


print('{"made_by":' + json.dumps("py-fsrs " + version("fsrs")) + ',\n"settings":')
print(json.dumps(SETTINGS) + ',\n"histories":[')
print(",\n".join("[" + ",".join(number(value) for value in history(k % len(SETTINGS))) + "]" for k in range(1_000)))
print("]}")

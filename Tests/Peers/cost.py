"""Processor time and peak memory of commands, on one core, one after another: `cost.py RUNS WORD… [-- RUNS WORD…]…`.

One JSON line each. Processor time is the wait on an idle machine, and not falsified by others on a busy one. It is a
program of its own, for a child's peak begins with the memory of who started it."""
import json
import os
import statistics
import sys


def measured(runs, words):
    """The median processor time in seconds and the largest resident size in MB; None if a run fails."""
    seconds, peak = [], 0
    nowhere = os.open(os.devnull, os.O_RDWR)
    for _ in range(runs):
        child = os.posix_spawnp(words[0], words, os.environ, file_actions=[
            (os.POSIX_SPAWN_DUP2, nowhere, 0), (os.POSIX_SPAWN_DUP2, nowhere, 1)])
        _, status, usage = os.wait4(child, 0)
        if status != 0:
            return None
        seconds.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1000)
    return {"seconds": statistics.median(seconds), "megabytes": peak}


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    command = []
    for word in sys.argv[1:] + ["--"]:
        if word == "--":
            print(json.dumps(measured(int(command[0]), command[1:])), flush=True)
            command = []
        else:
            command.append(word)

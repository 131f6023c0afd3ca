"""Random workspaces and everything that can happen to them, with a second reading of the rules that says what must come
of it. A failure is printed as the fewest shell commands that lead to it, and kept.

REG_TEST_ROUNDS: how many workspaces; REG_TEST_SEED: the first one's seed; REG_TRUST_FULL: as many as there is time for in
REG_TEST_SECONDS, from a seed that nobody tried before."""

import collections
import concurrent.futures
import itertools
import os
import pathlib
import random
import tempfile
import time
import unittest

from model.generator import Draft
from model.not_yet import NOT_YET
from model.replay import Shrinking, replay
from sandbox import figure, main

ROUNDS = int(os.environ.get("REG_TEST_ROUNDS", "15" if os.environ.get("REG_SANITIZE") else "50"))
FULL = "REG_TRUST_FULL" in os.environ
SECONDS = float(os.environ.get("REG_TEST_SECONDS", "60"))
SEED = int(os.environ.get("REG_TEST_SEED", str(random.SystemRandom().randrange(10**6, 10**9)) if FULL else "1"))


def seeds():
    """The seeds of the rounds, each when there is time for it."""
    if not FULL:
        yield from range(SEED, SEED + ROUNDS)
        return
    end = time.monotonic() + SECONDS
    for seed in itertools.count(SEED):
        if time.monotonic() > end:
            return
        yield seed


def rounds():
    """What came of each round; no more of them begin than can run."""
    workers = os.cpu_count()
    with concurrent.futures.ProcessPoolExecutor(workers) as pool:
        running = collections.deque()
        for seed in seeds():
            running.append(pool.submit(play, seed))
            while len(running) > workers:
                yield running.popleft().result()
        for last in running:
            yield last.result()


def play(seed):
    """One round: what was counted, and what there is to say if it failed."""
    draft = Draft(seed)
    steps = list(draft.steps())
    failure, count = replay(steps, draft.cache)
    return count, failure and report(seed, steps, draft.cache, failure.kind)


def report(seed, steps, cache, kind):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reg-model-failure-"))
    smallest = Shrinking(steps, cache, kind).run()
    failure, _ = replay(smallest, cache, keep=folder / "after")
    if failure is None:
        return f"seed {seed}: {kind}, but not every time; it takes: {smallest}"
    script = "\n".join([f"# seed {seed}: {kind}; begins in an empty folder", *failure.log])
    (folder / "reproduce.sh").write_text(script + "\n")
    return f"{script}\n# kept in {folder}\n{failure.text}"


class Model(unittest.TestCase):
    def test_random_steps_in_random_workspaces_come_to_what_the_rules_say(self):
        counted, failures = collections.Counter(), []
        print(f"the first seed: {SEED}; not needed yet: {', '.join(NOT_YET) or 'nothing'}", flush=True)
        for count, failure in rounds():
            counted.update({**count, "workspaces": 1})
            failures += [failure] if failure else []
        for what, number in sorted(counted.items()):
            figure(f"random workspaces: {what}", number)
        self.assertFalse(failures, "\n\n" + "\n\n".join(failures))
        self.assertGreater(counted["foretold"] * 4, counted["commands"], "too little of what happened was foretold")


if __name__ == "__main__":
    main()

"""Random workspaces and everything that can happen to them, with a second reading of the rules that says what must come
of it. A failure is printed as the fewest shell commands that lead to it, and kept.

REG_TEST_ROUNDS: how many workspaces; REG_TEST_SEED: the first one's seed; REG_TRUST_FULL: ten times as many."""

import collections
import concurrent.futures
import os
import pathlib
import tempfile
import unittest

from model.generator import Draft
from model.not_yet import NOT_YET
from model.replay import Shrinking, replay
from sandbox import figure, main

ROUNDS = int(os.environ.get("REG_TEST_ROUNDS", "40" if os.environ.get("REG_SANITIZE") else "150"))
SEED = int(os.environ.get("REG_TEST_SEED", "1"))
FULL = "REG_TRUST_FULL" in os.environ


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
        seeds = range(SEED, SEED + ROUNDS * (10 if FULL else 1))
        print(f"seeds {seeds.start} to {seeds.stop - 1}; not needed yet: {', '.join(NOT_YET) or 'nothing'}", flush=True)
        with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
            for count, failure in pool.map(play, seeds):
                counted.update(count)
                failures += [failure] if failure else []
        for what, number in sorted(counted.items()):
            figure(f"random workspaces: {what}", number)
        self.assertEqual(failures, [], "\n\n".join(failures))
        self.assertGreater(counted["foretold"] * 4, counted["commands"], "too little of what happened was foretold")


if __name__ == "__main__":
    main()

"""Fifty writers and fifty readers at one workspace, some of them killed: nothing is lost, nothing is torn."""

import collections
import fcntl
import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

from sandbox import CONFIG, Workspace, figure, main, symbol

SECONDS = float(os.environ.get("REG_TEST_SECONDS", "5"))
CROWD = 50
PATIENT = CONFIG + "lock_timeout = 300.0\n"


class Crowd:
    """What all members share: when to stop, what was wrong, and how much was done."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.end = time.monotonic() + SECONDS
        self.problems = []
        self.done = collections.Counter()

    def going(self):
        return time.monotonic() < self.end and not self.problems

    def check(self, holds, *what):
        if not holds:
            self.problems.append(what)

    def run(self, *arguments):
        return self.workspace.run(*arguments, "-q", expect=None, timeout=600)


class Writer:
    """Has a registry and a source of its own, and knows what is in them."""

    def __init__(self, number, crowd):
        self.number, self.crowd, self.rng = number, crowd, random.Random(number)
        self.registered, self.count, self.version = set(), 0, 0

    def work(self):
        while self.crowd.going():
            self.rng.choice([self.register, self.register, self.unregister, self.declare])()
            found = self.crowd.workspace.targets(f"W{self.number}")
            self.crowd.check(found == self.registered, "lost", self.number, found ^ self.registered)

    def run(self, *arguments):
        """Gives a command, and sees that it is done; in one of five cases, it is killed on its way and given again."""
        self.crowd.done["writes"] += 1
        if self.rng.random() < 0.2:
            process = self.crowd.workspace.start(*arguments, "-q")
            try:
                process.communicate(timeout=self.rng.random() * 0.1)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                self.crowd.done["writers killed"] += 1
            if process.returncode == 0:
                return
            done = self.crowd.run(*arguments)
            # It was killed when its work was done already.
            known = done.returncode in (2, 3) and (b"twice" in done.stderr or b"is not registered" in done.stderr)
            self.crowd.check(known or done.returncode == 0, arguments, done.stderr)
        else:
            done = self.crowd.run(*arguments)
            self.crowd.check(done.returncode == 0, arguments, done.stderr)

    def register(self):
        self.count += 1
        target = f"t{self.number}.{self.count}"
        self.run("register", f"W{self.number}", target, "--oid", f"o{self.count}")
        self.registered.add(target)

    def unregister(self):
        if not self.registered:
            return
        target = self.rng.choice(sorted(self.registered))
        self.run("unregister", f"W{self.number}", f"o{target.split('.')[1]}", target)
        self.registered.remove(target)

    def declare(self):
        self.version += 1
        entries = [symbol(f"P{self.number}", f"o{k}", f"v{self.version}.{k}") for k in range(5)]
        path = f"p{self.number}/m.reg.json"
        # Other runs may read it at any time: it appears whole.
        self.crowd.workspace.write(path + ".new", {"symbols": entries}).rename(self.crowd.workspace.root / path)
        self.run("auto-register", f"p{self.number}")


class Reader:
    def __init__(self, number, crowd):
        self.crowd, self.rng = crowd, random.Random(1000 + number)

    def work(self):
        while self.crowd.going():
            self.rng.choice([self.get, self.select, self.find, self.list])()
            self.crowd.done["reads"] += 1

    def get(self):
        done = self.crowd.run("get", "R/fixed")
        self.crowd.check(done.stdout == b"always\n", "get", done.stdout, done.stderr)

    def select(self):
        done = self.crowd.run("select", "choice", "--registry", "R", "--ctx", "a=1")
        self.crowd.check(done.stdout == b"best\n", "select", done.stdout, done.stderr)

    def find(self):
        done = self.crowd.run("find", "fixed", "-o", "json")
        self.crowd.check(done.returncode == 0 and len(json.loads(done.stdout)) == 1, "find", done.stdout, done.stderr)

    def list(self):
        """All that one source declares is of one version of it."""
        done = self.crowd.run("list", f"P{self.rng.randrange(CROWD)}", "-o", "json")
        if done.returncode == 3:
            return
        targets = [one["target"] for one in json.loads(done.stdout)]
        whole = len(targets) == 5 and len({target.split(".")[0] for target in targets}) == 1
        self.crowd.check(done.returncode == 0 and whole, "list", targets, done.stderr)


class ManyAtOnce(unittest.TestCase):
    def test_fifty_writers_and_fifty_readers_lose_and_tear_nothing(self):
        with Workspace(PATIENT) as workspace:
            workspace.write("base.reg.json", {"symbols": [symbol("R", "fixed", "always"), symbol("R", "choice", "worst"),
                                                          symbol("R", "choice", "best", select="a == 1")]})
            workspace.run("auto-register")
            crowd = Crowd(workspace)
            writers = [Writer(number, crowd) for number in range(CROWD)]
            readers = [Reader(number, crowd) for number in range(CROWD)]
            threads = [threading.Thread(target=member.work) for member in writers + readers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(crowd.problems, [])
            with open(f"{workspace.cache}.lock", "r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            workspace.run("auto-register")
            for writer in writers:
                self.assertEqual(workspace.targets(f"W{writer.number}"), writer.registered)
                declared = {f"v{writer.version}.{k}" for k in range(5)} if writer.version else set()
                self.assertEqual(workspace.targets(f"P{writer.number}"), declared)
            workspace.run("cache", "verify")
            self.assertEqual(workspace.leftovers(), [])
            for what, count in sorted(crowd.done.items()):
                figure(what, count)


if __name__ == "__main__":
    main()

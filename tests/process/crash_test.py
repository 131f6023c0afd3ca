"""Stops the writer at every system call it makes, and makes each of them fail: the cache is the old or the new one.

Every call of a clean run is counted by strace; then the run is repeated once for each of them. REG_TRUST_FULL=1 tries
every single one with every error; without it, the first, the middle and the last of each name.
"""

import collections
import os
import re
import shutil
import unittest

from sandbox import Workspace, figure, main, symbol

FULL = os.environ.get("REG_TRUST_FULL") == "1"
CHANGING = {"openat", "open", "write", "pwrite64", "fsync", "rename", "renameat", "renameat2", "ftruncate", "fchmod",
            "copy_file_range", "unlink", "unlinkat", "close", "mkdir", "flock", "utimensat", "chmod"}
FAILING = CHANGING - {"close", "flock"}
ERRORS = ("ENOSPC", "EIO", "EROFS", "EDQUOT")
# Before main, or the end itself: nothing to learn from stopping there.
UNINTERESTING = {"execve", "exit_group", "exit", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "brk",
                 "prlimit64", "mprotect", "munmap", "mmap", "getrandom", "rt_sigaction", "rt_sigprocmask", "sched_yield"}


def manifest(version):
    return {"symbols": [symbol("R", f"o{k}", f"v{version if k % 3 else 0}.{k}", select="a == 1") for k in range(300)]}


class Scenario:
    """A workspace, a change to its sources, and the command that brings the cache up to date."""

    def __init__(self, name, command, prepare, change, fresh=False):
        self.name, self.command, self.prepare, self.change, self.fresh = name, command, prepare, change, fresh


def two_sources(workspace):
    workspace.write("a/m.reg.json", manifest(1))
    workspace.write("b/m.reg.json", {"symbols": [symbol("S", f"s{k}", f"t{k}") for k in range(100)]})


SCENARIOS = [
    Scenario("full", ["auto-register"], two_sources, lambda w: w.write("a/m.reg.json", manifest(2)), fresh=True),
    Scenario("incremental", ["auto-register"], two_sources, lambda w: w.write("a/m.reg.json", manifest(2))),
    Scenario("partial", ["auto-register", "a"], two_sources, lambda w: w.write("a/m.reg.json", manifest(2))),
    Scenario("register", ["register", "R", "pkg.New"], two_sources, lambda w: None),
]


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Crash(unittest.TestCase):
    tried = collections.Counter()

    @classmethod
    def tearDownClass(cls):
        figure("stops tried", cls.tried["stop"])
        figure("faults injected", cls.tried["fault"])

    def prepare(self, scenario, workspace):
        scenario.prepare(workspace)
        workspace.run("auto-register", "-q")
        old = workspace.cache.read_bytes()
        if scenario.fresh:
            (workspace.root / ".reg" / "registry_cache.state.json").unlink()
        scenario.change(workspace)
        return old

    def survey(self, scenario):
        """The calls of a clean run by name, and the cache that it makes."""
        with Workspace() as workspace:
            self.prepare(scenario, workspace)
            log = workspace.root / "strace.log"
            self.assertEqual(workspace.strace(scenario.command, "-o", log).returncode, 0)
            calls = collections.Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.MULTILINE))
            return calls, workspace.cache.read_bytes()

    def check_after(self, scenario, workspace, old, new, label):
        found = workspace.cache.read_bytes()
        self.assertIn(found, (old, new), f"{label}: the cache is neither the old nor the new one")
        workspace.run("cache", "verify")
        done = workspace.run(*scenario.command, "-q", expect=None)
        # What is registered already cannot be registered again.
        twice = scenario.name == "register" and found == new
        self.assertEqual(done.returncode, 2 if twice else 0, f"{label}: the next run: {done.stderr.decode()}")
        self.assertEqual(b"twice" in done.stderr, twice, label)
        workspace.run("auto-register", "-q")
        self.assertEqual(workspace.cache.read_bytes(), new, label)
        self.assertEqual(workspace.leftovers(), [], label)

    def check_report(self, done, workspace, old, new, label):
        """A failure is either one that harms nobody (a sidecar or a stale file), or an error, and then the old cache
        is still there; but for the folder's fsync, which comes when the new one is."""
        # A source that cannot be read is bad input; what else fails is the storage's fault.
        self.assertIn(done.returncode, (0, 2, 5), label)
        words = done.stderr.decode()
        if done.returncode == 0:
            self.assertEqual(workspace.cache.read_bytes(), new, label)
            self.assertNotIn("error: ", words, label)
            return
        self.assertEqual(words.count("error: "), 1, f"{label}: {words}")
        self.assertRegex(words, str(workspace.root) if done.returncode == 5 else "cannot (be read|open)", label)
        if "sync the folder" not in words:
            self.assertEqual(workspace.cache.read_bytes(), old, f"{label}: {words}")

    def chosen(self, count):
        if FULL:
            return range(1, count + 1)
        return sorted({1, (count + 1) // 2, count})

    def test_a_writer_that_is_stopped_at_any_call_leaves_the_old_or_the_new_cache(self):
        for scenario in SCENARIOS:
            calls, new = self.survey(scenario)
            for name in sorted(calls.keys() - UNINTERESTING):
                for number in self.chosen(calls[name]):
                    label = f"{scenario.name}, killed at {name} {number}"
                    with self.subTest(label), Workspace() as workspace:
                        old = self.prepare(scenario, workspace)
                        workspace.strace(scenario.command, "-o", "/dev/null", "-e", f"trace={name}",
                                    "-e", f"inject={name}:signal=SIGKILL:when={number}")
                        self.check_after(scenario, workspace, old, new, label)
                        self.tried["stop"] += 1

    def test_a_call_that_fails_is_a_clear_error_and_leaves_a_whole_cache(self):
        for scenario in SCENARIOS:
            calls, new = self.survey(scenario)
            for name in sorted(calls.keys() & FAILING):
                for number in self.chosen(calls[name]):
                    for error in ERRORS if FULL else (ERRORS[number % len(ERRORS)],):
                        label = f"{scenario.name}, {error} at {name} {number}"
                        with self.subTest(label), Workspace() as workspace:
                            old = self.prepare(scenario, workspace)
                            done = workspace.strace(scenario.command, "-o", "/dev/null", "-e", f"trace={name}",
                                               "-e", f"inject={name}:error={error}:when={number}")
                            self.check_report(done, workspace, old, new, label)
                            self.check_after(scenario, workspace, old, new, label)
                            self.tried["fault"] += 1


if __name__ == "__main__":
    main()

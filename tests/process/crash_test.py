"""Stops the writer at every system call it makes, and makes each of them fail: the cache is the old or the new one.

Every call of a clean run is counted by strace; then the run is repeated once for each of them. REG_TRUST_FULL=1 tries
every single one with every error; without it, the first, the middle and the last of each name.
"""

import collections
import concurrent.futures
import functools
import os
import re
import shutil
import signal
import unittest

from sandbox import CONFIG, Workspace, figure, main, symbol

FULL = os.environ.get("REG_TRUST_FULL") == "1"
CHANGING = {"openat", "open", "write", "pwrite64", "fsync", "rename", "renameat", "renameat2", "ftruncate", "fchmod",
            "copy_file_range", "unlink", "unlinkat", "close", "mkdir", "flock", "utimensat", "chmod"}
# What cannot be looked at must not seem to be gone.
LOOKING = {"newfstatat", "stat", "lstat", "fstat", "statx", "getdents64", "read", "pread64"}
FAILING = CHANGING - {"close"} | LOOKING
ERRORS = ("ENOSPC", "EIO", "EROFS", "EDQUOT")
# Before main, or the end itself: nothing to learn from stopping there.
UNINTERESTING = {"execve", "exit_group", "exit", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "brk",
                 "prlimit64", "mprotect", "munmap", "mmap", "getrandom", "rt_sigaction", "rt_sigprocmask", "sched_yield"}
# A sanitizer's library makes calls of its own before main.
NOT_BEGUN = re.compile(rb"while loading shared libraries|^SanitizerTool: CHECK failed", re.MULTILINE)


def manifest(version):
    return {"symbols": [symbol("R", f"o{k}", f"v{version if k % 3 else 0}.{k}", select="a == 1") for k in range(300)]}


class Scenario:
    """A workspace, what brings its cache up to date, and a change that makes this necessary."""

    def __init__(self, name, command, change=lambda w: None, registered=True, repeated=(0, b""),
                 file=".reg/registry_cache.json"):
        self.name, self.command, self.change = name, command, change
        self.registered = registered  # before the change
        self.repeated = repeated  # the exit code and the words of the same command once it is done
        self.file = file  # what it writes

    def prepare(self, workspace):
        """Returns the file as it is before, None if there is none."""
        workspace.write("registry.toml", CONFIG + '[[scan]]\npreset = "mmengine"\n')
        workspace.write("a/m.reg.json", manifest(1))
        if self.file != "registry.toml":  # `init` proposes what it can read
            workspace.write("code/registry.py", "from mmengine import Registry\nMODELS = Registry('model')\n")
            workspace.write("code/net.py", code("Net"))
        workspace.write("b/m.reg.json", {"symbols": [symbol("S", f"s{k}", f"t{k}") for k in range(100)]})
        workspace.write("manual.reg.json", {"symbols": [symbol("R", "Old", "pkg.Old")]})
        if self.registered:
            workspace.run("auto-register", "-q")
        self.change(workspace)
        return self.content(workspace)

    def content(self, workspace):
        file = workspace.root / self.file
        return file.read_bytes() if file.exists() else None

    @functools.cached_property
    def clean_run(self):
        """How often a thread of a clean run makes each call, at most (strace counts by thread), and the new file."""
        with Workspace() as workspace:
            self.prepare(workspace)
            log = workspace.root / "strace.log"
            done = workspace.strace(self.command, "-o", log)
            if done.returncode != 0:
                raise AssertionError(f"{self.name}: {done.stderr.decode()}")
            by_thread = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(), re.MULTILINE))
            calls = collections.Counter()
            for (_, name), count in by_thread.items():
                calls[name] = max(calls[name], count)
            return calls, self.content(workspace)

    @property
    def changes_a_source(self):
        return self.registered and self.change in (change_a_source, forget_the_state, change_code, forget_the_accounts)

    @property
    def changed(self):
        return "code/more.py (new), code/net.py" if self.change in (change_code, forget_the_accounts) else "a/m.reg.json"

    @property
    def calls(self):
        return self.clean_run[0]

    @property
    def new(self):
        return self.clean_run[1]


def change_a_source(workspace):
    workspace.write("a/m.reg.json", manifest(2))


def code(name):
    return f"from registry import MODELS\n@MODELS.register_module()\nclass {name}: pass\n"


def change_code(workspace):
    workspace.write("code/net.py", code("Other"))
    workspace.write("code/more.py", code("More"))


def forget_the_accounts(workspace):
    change_code(workspace)
    (workspace.root / ".reg" / "registry_cache.json.accounts").unlink()


def forget_the_state(workspace):
    change_a_source(workspace)
    (workspace.root / ".reg" / "registry_cache.json.state").unlink()


def forget_the_settings(workspace):
    (workspace.root / "registry.toml").unlink()


SCENARIOS = [
    Scenario("first", ["auto-register"], registered=False),
    Scenario("full", ["auto-register"], forget_the_state),
    Scenario("incremental", ["auto-register"], change_a_source),
    Scenario("partial", ["auto-register", "a"], change_a_source),
    Scenario("code", ["auto-register"], change_code),
    Scenario("code, nothing kept", ["auto-register"], forget_the_accounts),
    Scenario("register", ["register", "R", "pkg.New"], repeated=(2, b"twice")),
    Scenario("unregister", ["unregister", "R", "Old", "pkg.Old"], repeated=(3, b"is not registered")),
    Scenario("merge", ["merge", "R", "S"]),
    Scenario("init", ["init", "--name", "test"], forget_the_settings, registered=False, repeated=(5, b"exists already"),
             file="registry.toml"),
]


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Crash(unittest.TestCase):
    tried = collections.Counter()

    @classmethod
    def tearDownClass(cls):
        figure("stops tried", cls.tried["stop"])
        figure("faults injected", cls.tried["fault"])

    def inject(self, scenario, workspace, name, what, number):
        """Runs with `what` done to a call; returns the run, and whether it came to that call."""
        log = workspace.root / "strace.log"
        done = workspace.strace(scenario.command, "-o", log, "-e", f"trace={name}",
                                "-e", f"inject={name}:{what}:when={number}")
        return done, done.returncode == -signal.SIGKILL or "(INJECTED)" in log.read_text()

    def check_after(self, scenario, workspace, old, label):
        found = scenario.content(workspace)
        self.assertIn(found, (old, scenario.new), f"{label}: {scenario.file} is neither the old nor the new one")
        if workspace.cache.exists():
            workspace.run("cache", "verify")
            self.check_freshness(scenario, workspace, found, label)
        done = workspace.run(*scenario.command, "-q", expect=None)
        code, words = scenario.repeated if found == scenario.new else (0, b"")
        self.assertEqual(done.returncode, code, f"{label}: the next run: {done.stderr.decode()}")
        self.assertIn(words, done.stderr, label)
        done = workspace.run("auto-register")
        self.assertNotIn(b"warning: ", done.stderr, label)
        self.assertEqual(scenario.content(workspace), scenario.new, label)
        self.assertEqual(workspace.leftovers(), [], label)

    def check_freshness(self, scenario, workspace, found, label):
        """What a query says of its sources is true, or it says nothing."""
        words = workspace.run("list").stderr.decode()
        if found == scenario.new:
            self.assertNotIn("changed since", words, label)
        elif scenario.changes_a_source:
            self.assertIn(f"changed since the cache was written: {scenario.changed}\n", words, label)

    def check_report(self, scenario, done, workspace, old, label):
        """A failure is either one that harms nobody (a sidecar or a stale file), or an error, and then the old cache
        is still there; but for the folder's fsync, which comes when the new one is."""
        self.assertIn(done.returncode, (0, 5), label)
        words = done.stderr.decode()
        if done.returncode == 0:
            self.assertEqual(scenario.content(workspace), scenario.new, label)
            self.assertNotIn("error: ", words, label)
            return
        # The call may fail in several threads, which read a source each.
        self.assertIn(words.count("error: "), range(1, 5), f"{label}: {words}")
        self.assertRegex(words, f"{workspace.root}|^[^ ]+: error: cannot (be read|read|open)", label)
        if "sync the folder" not in words:
            self.assertEqual(scenario.content(workspace), old, f"{label}: {words}")

    def chosen(self, count):
        if FULL:
            return range(1, count + 1)
        return sorted({1, (count + 1) // 2, count})

    def side_by_side(self, kind, cases):
        """Tries cases, each a function and its arguments, of which a label is the last; counts those that came to what
        they are about."""
        # They wait for the disk most of the time.
        with concurrent.futures.ThreadPoolExecutor(2 * os.cpu_count()) as pool:
            running = [(label, pool.submit(try_one, *rest, label)) for try_one, *rest, label in cases]
            for label, future in running:
                with self.subTest(label):
                    self.tried[kind] += future.result()

    def try_stop(self, scenario, name, number, label):
        with Workspace() as workspace:
            old = scenario.prepare(workspace)
            _, reached = self.inject(scenario, workspace, name, "signal=SIGKILL", number)
            self.check_after(scenario, workspace, old, label)
            return reached

    def test_a_writer_that_is_stopped_at_any_call_leaves_the_old_or_the_new_cache(self):
        self.side_by_side("stop", [
            (self.try_stop, scenario, name, number, f"{scenario.name}, killed at {name} {number}")
            for scenario in SCENARIOS for name in sorted(scenario.calls.keys() - UNINTERESTING)
            for number in self.chosen(scenario.calls[name])])

    def try_fault(self, scenario, name, number, error, label):
        with Workspace() as workspace:
            old = scenario.prepare(workspace)
            done, reached = self.inject(scenario, workspace, name, f"error={error}", number)
            if NOT_BEGUN.search(done.stderr):
                return False
            self.check_report(scenario, done, workspace, old, label)
            self.check_after(scenario, workspace, old, label)
            return reached

    def fault(self, scenario, name, number, error):
        return (self.try_fault, scenario, name, number, error, f"{scenario.name}, {error} at {name} {number}")

    def test_a_call_that_fails_is_a_clear_error_and_leaves_a_whole_cache(self):
        self.side_by_side("fault", [
            self.fault(scenario, name, number, error)
            for scenario in SCENARIOS for name in sorted(scenario.calls.keys() & FAILING)
            for number in self.chosen(scenario.calls[name])
            for error in (ERRORS if FULL else (ERRORS[number % len(ERRORS)],))])

    def test_no_source_and_no_registration_seems_gone_where_a_look_at_it_fails(self):
        self.side_by_side("fault", [
            self.fault(scenario, name, number, "EIO")
            for scenario in SCENARIOS if scenario.name in ("incremental", "register")
            for name in sorted(scenario.calls.keys() & {"newfstatat", "stat", "statx", "getdents64"})
            for number in range(1, scenario.calls[name] + 1)])

    def test_a_folder_that_cannot_be_read_to_its_end_is_an_error(self):
        with Workspace() as workspace:
            for number in range(300):  # so many and so long names that they take several calls
                workspace.write(f"{'x' * 200}{number}.reg.json", {"symbols": [symbol("R", f"o{number}", "t")]})
            workspace.run("auto-register", "-q")
            old = workspace.cache.read_bytes()
            words = [self.failing_listing(workspace, number) for number in range(1, 20)]
            self.assertEqual(workspace.cache.read_bytes(), old)
            # The folder is listed for leftovers too, which may fail; the sources' own listing takes several calls.
            self.assertGreaterEqual(sum(b"error: cannot be read: Input/output error" in said for said in words), 3)

    def failing_listing(self, workspace, number):
        """What is said when one of the calls that list the workspace's folder fails, if there are so many."""
        done = workspace.strace(["auto-register"], "-o", "/dev/null", "-P", workspace.root, "-e", "trace=getdents64",
                                "-e", f"inject=getdents64:error=EIO:when={number}")
        self.assertEqual(done.returncode, 5 if b"error: " in done.stderr else 0, done.stderr)
        return done.stderr


if __name__ == "__main__":
    main()

"""Many processes at one workspace: nothing is lost, nothing is torn, nobody waits for the dead."""

import fcntl
import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

from sandbox import CONFIG, Workspace, main, symbol

PATIENT = CONFIG + "lock_timeout = 120.0\n"


def finish(processes):
    """Waits for all; returns (exit code, stderr) of each."""
    results = []
    for process in processes:
        _, error = process.communicate(timeout=120)
        results.append((process.returncode, error.decode()))
    return results


class Concurrency(unittest.TestCase):
    def assert_all_succeed(self, processes):
        for code, error in finish(processes):
            self.assertEqual(code, 0, error)

    def test_twenty_partial_runs_at_once_lose_nothing(self):
        with Workspace(PATIENT) as workspace:
            workspace.run("auto-register")
            for number in range(20):
                entries = [symbol(f"R{number % 4}", f"o{number}", f"t{number}.{k}", select=f"a == {k}") for k in range(5)]
                workspace.write(f"p{number}/m.reg.json", {"symbols": entries})
            self.assert_all_succeed([workspace.start("auto-register", "-q", f"p{n}") for n in range(20)])
            self.assertEqual(len(workspace.json("list", "--all")), 100)
            partial = workspace.cache.read_bytes()
            workspace.run("cache", "clear")
            workspace.run("auto-register")
            self.assertEqual(workspace.cache.read_bytes(), partial)

    def test_fifty_registrations_at_once_are_all_there(self):
        with Workspace(PATIENT) as workspace:
            workspace.run("auto-register")
            self.assert_all_succeed([workspace.start("register", "R", f"pkg.T{n}", "-q") for n in range(50)])
            self.assertEqual(workspace.targets("R"), {f"pkg.T{n}" for n in range(50)})
            self.assertEqual(workspace.run("cache", "verify").returncode, 0)

    def test_forced_replacing_and_removing_registrations_hold_under_load(self):
        with Workspace(PATIENT) as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("R", f"o{n}", f"old{n}") for n in range(30)]})
            workspace.run("auto-register")
            jobs = []
            for n in range(10):
                jobs.append(workspace.start("register", "R", f"forced{n}", "--oid", f"o{n}", "--force", "-q"))
                jobs.append(workspace.start("register", "R", f"new{n + 10}", "--oid", f"o{n + 10}",
                                            "--replaces", f"old{n + 10}", "-q"))
                jobs.append(workspace.start("unregister", "R", f"o{n + 20}", f"old{n + 20}", "-q"))
            self.assert_all_succeed(jobs)
            self.assertEqual(workspace.targets("R"), {f"forced{n}" for n in range(10)} | {f"new{n + 10}" for n in range(10)})

    def test_a_locked_cache_refuses_every_writer_and_serves_readers(self):
        with Workspace(PATIENT) as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.run("auto-register")
            workspace.run("lock")
            before = workspace.cache.read_bytes()
            writers = [workspace.start("register", "R", f"n{n}", "-q") for n in range(10)]
            writers += [workspace.start("unregister", "R", "o", "t", "-q"), workspace.start("merge", "S", "R", "-q"),
                        workspace.start("auto-register", "-q")]
            self.assertEqual({code for code, _ in finish(writers)}, {5})
            self.assertEqual(workspace.run("get", "R/o").stdout, b"t\n")
            self.assertEqual(workspace.cache.read_bytes(), before)
            workspace.run("unlock")
            workspace.run("register", "R", "n1")
            self.assertEqual(workspace.targets("R"), {"t", "n1"})

    def test_readers_see_the_old_or_the_new_cache_and_never_half_of_one(self):
        with Workspace(PATIENT) as workspace:
            versions = [{"symbols": [symbol("R", "o", f"v{v}.{k}", select=f"yes({k + 1})") for k in range(200)]}
                        for v in range(2)]
            workspace.write("m.reg.json", versions[0])
            workspace.run("auto-register")
            stop = time.monotonic() + float(os.environ.get("REG_TEST_SECONDS", "3"))
            problems = []

            def read():
                while time.monotonic() < stop:
                    done = workspace.run("list", "R", "-o", "json", expect=None)
                    targets = [s["target"] for s in json.loads(done.stdout)] if done.returncode == 0 else []
                    if len({t.split(".")[0] for t in targets}) != 1 or len(targets) != 200:
                        problems.append((done.returncode, len(targets), done.stderr))

            readers = [threading.Thread(target=read) for _ in range(4)]
            for reader in readers:
                reader.start()
            turn = 0
            while time.monotonic() < stop:
                turn += 1
                workspace.write("m.reg.json", versions[turn % 2])
                workspace.run("auto-register", "-q")
            for reader in readers:
                reader.join()
            self.assertEqual(problems, [])

    def test_a_writer_killed_at_any_moment_leaves_a_whole_cache_and_blocks_nobody(self):
        rng = random.Random(7)
        with Workspace() as workspace:
            manifests = [{"symbols": [symbol("R", f"o{k}", f"v{v}.{k}") for k in range(3000)]} for v in range(2)]
            caches = []
            for manifest in manifests:
                workspace.write("m.reg.json", manifest)
                workspace.run("auto-register", "-q")
                caches.append(workspace.cache.read_bytes())
            for turn in range(60):
                workspace.write("m.reg.json", manifests[turn % 2])
                writer = workspace.start("auto-register", "-q")
                try:
                    writer.communicate(timeout=rng.random() * 0.12)
                except subprocess.TimeoutExpired:
                    writer.send_signal(signal.SIGKILL)
                    writer.communicate()
                self.assertIn(workspace.cache.read_bytes(), caches)
            workspace.run("auto-register", "-q")
            self.assertEqual(workspace.cache.read_bytes(), caches[1])
            self.assertEqual(workspace.leftovers(), [])

    def test_a_lock_that_is_held_too_long_is_an_error_that_names_who_could_hold_it(self):
        with Workspace(CONFIG + "lock_timeout = 0.2\n") as workspace:
            workspace.run("auto-register")
            with open(f"{workspace.cache}.lock", "r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                started = time.monotonic()
                done = workspace.run("register", "R", "t", "-o", "json", expect=5)
                self.assertLess(time.monotonic() - started, 10)
                error = json.loads(done.stderr.splitlines()[-1])["error"]
                self.assertEqual(error["kind"], "lock-timeout")
                self.assertIn("could be holding it", error["message"] + error["hint"])
            workspace.run("register", "R", "t")


if __name__ == "__main__":
    main()

"""A network file system takes an open file away when another machine replaces it (ESTALE)."""

import json
import re
import shutil
import unittest

from sandbox import Workspace, main, symbol

MANY = 6000  # more than fits into what is written to stdout at once


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class StaleCache(unittest.TestCase):
    def workspace(self, count=200):
        workspace = Workspace()
        workspace.write("a.reg.json", {"symbols": [symbol("R", f"o{k:04}", f"pkg.T{k}") for k in range(count)]})
        workspace.run("auto-register", "-q")
        return workspace

    def reads(self, workspace, command):
        """How often a query reads the cache."""
        log = workspace.root / "strace.log"
        self.assertEqual(workspace.strace(command, "-o", log, "-P", workspace.cache, "-e", "trace=pread64").returncode,
                         0)
        return len(re.findall(r"\bpread64\(", log.read_text()))

    def stale(self, workspace, command, call, when, **options):
        log = workspace.root / "strace.log"
        done = workspace.strace(command, "-o", log, "-P", workspace.cache, "-e", f"trace={call}", "-e",
                                f"inject={call}:error=ESTALE:when={when}", **options)
        self.assertIn("(INJECTED)", log.read_text())
        return done

    def test_a_query_that_meets_it_once_anywhere_answers_as_if_nothing_had_been(self):
        with self.workspace() as workspace:
            for command in (["select", "o0007"], ["find", "o0007"], ["get", "R/o0007"], ["show", "R/o0007"],
                            ["possible", "R"], ["list"], ["list", "R"], ["list", "R", "-o", "json"],
                            ["list", "R", "--where", "oid < 'o0100'"]):
                expected = workspace.run(*command).stdout
                for when in range(1, self.reads(workspace, command) + 1):
                    done = self.stale(workspace, command, "pread64", when)
                    self.assertEqual((done.returncode, done.stdout, done.stderr), (0, expected, b""), (command, when))

    def test_so_does_one_that_meets_it_when_the_cache_is_opened(self):
        with self.workspace() as workspace:
            done = self.stale(workspace, ["get", "R/o0007"], "openat", 1)
            self.assertEqual((done.returncode, done.stdout), (0, b"pkg.T7\n"))

    def test_a_context_from_stdin_is_read_once(self):
        with self.workspace() as workspace:
            workspace.write("b.reg.json", {"symbols": [symbol("S", "s", "pkg.S", select="a == 1")]})
            workspace.run("auto-register", "-q")
            command = ["select", "s", "--ctx", "-"]
            with workspace.write("context", {"a": 1}).open() as context:
                done = self.stale(workspace, command, "pread64", 3, stdin=context)
            self.assertEqual((done.returncode, done.stdout), (0, b"pkg.S\n"))

    def test_one_that_meets_it_always_fails_as_one_that_cannot_read_the_cache(self):
        with self.workspace() as workspace:
            for command in (["select", "o0007"], ["list", "R"]):
                for call in ("openat", "pread64"):
                    done = self.stale(workspace, command, call, "1+")
                    self.assertEqual((done.returncode, done.stdout), (5, b""), (command, call))
                    self.assertRegex(done.stderr.decode(), rf"^reg: error: cannot (open|read) the cache "
                                     rf"{workspace.cache}: Stale file handle\n *hint: .*try again\n$")

    def test_what_has_been_handed_out_is_not_handed_out_again(self):
        with self.workspace(MANY) as workspace:
            command = ["list", "R", "-o", "jsonl"]
            expected = workspace.run(*command).stdout.splitlines()
            count = self.reads(workspace, command)
            done = self.stale(workspace, command, "pread64", count)
            self.assertEqual(done.returncode, 5)
            self.assertEqual(json.loads(done.stderr)["error"]["kind"], "io")
            lines = done.stdout.splitlines()
            self.assertTrue(0 < len(lines) < len(expected), len(lines))
            self.assertEqual(lines[:-1], expected[:len(lines) - 1])  # the last may be cut


if __name__ == "__main__":
    main()

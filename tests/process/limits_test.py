"""What a run needs and cannot have: threads, memory, a source that is small enough."""

import os
import re
import resource
import shutil
import unittest

from sandbox import REG, Workspace, main, symbol

SANITIZED = os.environ.get("REG_SANITIZE", "") not in ("", "OFF")
MIB = 1 << 20


def limit_memory(size):
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))


class Threads(unittest.TestCase):
    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_without_a_thread_to_be_had_a_run_does_all_itself_and_writes_the_same_bytes(self):
        with Workspace() as workspace:
            for number in range(60):
                entries = [symbol(f"R{number % 7}", f"o{number}.{k}", f"t{number}.{k}") for k in range(50)]
                workspace.write(f"p{number}.reg.json", {"symbols": entries})
            workspace.run("auto-register", "--jobs", "8")
            expected = workspace.cache.read_bytes()
            workspace.run("cache", "clear")
            log = workspace.root / "strace.log"
            done = workspace.strace(["auto-register", "--full", "--jobs", "8"], "-o", log, "-e", "trace=clone3,clone", "-e",
                                    "inject=clone3,clone:error=EAGAIN")
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertIn("(INJECTED)", log.read_text())
            self.assertEqual(workspace.cache.read_bytes(), expected)


class Memory(unittest.TestCase):
    def test_a_source_over_the_size_limit_is_an_error_that_names_both_sizes(self):
        with Workspace() as workspace:
            workspace.write("a.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.run("auto-register")
            before = workspace.cache.read_bytes()
            workspace.write("big.reg.json", "")
            os.truncate(workspace.root / "big.reg.json", (1 << 30) + 1)
            done = workspace.run("auto-register", expect=5)
            self.assertRegex(done.stderr.decode(), r"big\.reg\.json: error: cannot read .*big\.reg\.json: "
                             r"it has 1073741825 bytes, and a file may have 1073741824\n")
            self.assertEqual(workspace.cache.read_bytes(), before)

    @unittest.skipIf(SANITIZED, "a sanitizer needs more addresses than any limit leaves")
    def test_a_source_for_which_there_is_not_the_memory_is_an_error_that_says_so(self):
        with Workspace() as workspace:
            workspace.write("a.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.write("big.reg.json", '{"symbols":[]' + " " * (300 * MIB) + "}")
            for jobs in (1, 4):
                done = workspace.run("auto-register", "--jobs", jobs, expect=5,
                                     preexec_fn=limit_memory(256 * MIB))
                self.assertRegex(done.stderr.decode(), r"big\.reg\.json: error: cannot be read: it needs more memory than "
                                 r"there is\n *hint: divide it into several sources")
                self.assertFalse(workspace.cache.exists())
            workspace.run("auto-register")
            self.assertEqual(workspace.targets("R"), {"t"})

    @unittest.skipIf(SANITIZED, "a sanitizer needs more addresses than any limit leaves")
    def test_whatever_memory_there_is_a_run_succeeds_or_says_that_it_is_too_little(self):
        with Workspace() as workspace:
            for number in range(20):
                entries = [symbol(f"R{number % 3}", f"o{number}.{k}", f"t{number}.{k}") for k in range(5000)]
                workspace.write(f"p{number}.reg.json", {"symbols": entries})
            workspace.run("auto-register")
            expected = workspace.cache.read_bytes()
            failures = 0
            # With less than the program itself takes, the system cannot start it.
            least = os.path.getsize(REG) // MIB + 4
            for limit in range(least, 140, 4):
                workspace.run("cache", "clear")
                done = workspace.run("auto-register", "--jobs", "1", expect=None, preexec_fn=limit_memory(limit * MIB))
                if done.returncode == 0:
                    self.assertEqual(workspace.cache.read_bytes(), expected, limit)
                    continue
                failures += 1
                self.assertEqual(done.returncode, 5, (limit, done.stderr))
                self.assertTrue(re.search(rb"more memory than there is|out of memory", done.stderr), (limit, done.stderr))
                self.assertFalse(workspace.cache.exists(), limit)
                self.assertEqual(workspace.leftovers(), [], limit)
            self.assertGreater(failures, 0)


if __name__ == "__main__":
    main()

"""Input that is broken, huge or malicious: a clear error or the right result, never a crash, a hang or an escape."""

import json
import os
import random
import resource
import subprocess
import unittest

from sandbox import CONFIG, REG, Workspace, main, symbol

ESCAPE = "\x1b[31mred\x07"
DEEP = 10_000
HUGE = int(os.environ.get("REG_TEST_HUGE_BYTES", str(100 << 20)))


class Manifests(unittest.TestCase):
    def errors_of(self, name, content, expect=2):
        """What auto-register says of one manifest, next to a good one; the old cache must stay."""
        with Workspace() as workspace:
            workspace.write("good.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.run("auto-register")
            before = workspace.cache.read_bytes()
            workspace.write(name, content)
            done = workspace.run("auto-register", expect=expect)
            if expect != 0:
                self.assertEqual(workspace.cache.read_bytes(), before)
            self.assert_printable(done.stdout + done.stderr)
            return done.stderr.decode()

    def assert_printable(self, output):
        self.assertEqual([byte for byte in output if byte < 32 and byte not in b"\n\t"], [])
        output.decode()  # no broken UTF-8 either

    def test_an_empty_json_manifest_is_an_error_and_an_empty_toml_one_declares_nothing(self):
        self.assertIn("x.reg.json:1:1: error: the file is empty", self.errors_of("x.reg.json", ""))
        self.assertNotIn("error", self.errors_of("x.reg.toml", "", expect=0))

    def test_a_manifest_cut_at_any_byte_is_an_error_with_its_place_or_still_whole(self):
        whole = json.dumps({"symbols": [symbol("R", "oid2", "cut.T", info={}, select='a == "x"')]}, indent=1)
        with Workspace() as workspace:
            for length in range(1, len(whole)):
                workspace.write("x.reg.json", whole[:length])
                done = workspace.run("auto-register", expect=2)
                self.assertRegex(done.stderr.decode(), r"^x\.reg\.json:\d+:\d+: error: ")

    def test_ten_thousand_levels_of_nesting_are_an_error(self):
        for name, content in [("x.reg.json", '{"symbols":' + "[" * DEEP), ("y.reg.json", "[" * DEEP + "]" * DEEP),
                              ("z.reg.json", '{"a":' * DEEP), ("x.reg.toml", "a = " + "[" * DEEP),
                              ("y.reg.toml", "a = " + "{a=" * DEEP), ("z.reg.toml", "[" + "a." * DEEP + "a]")]:
            with self.subTest(name=name):
                self.assertIn(f"{name}", self.errors_of(name, content))

    def test_a_predicate_of_ten_thousand_levels_is_an_error(self):
        for text in ("(" * DEEP + "a" + ")" * DEEP, "~" * DEEP + "a", "a & " * 30_000 + "a"):
            self.assertIn("error", self.errors_of("x.reg.json", {"symbols": [symbol("R", "o2", "t", select=text)]}))

    def test_text_that_is_not_utf8_is_an_error_at_its_place(self):
        bad = b'{"symbols":[\n{"registry":"R","oid":"\xff","target":"t"}]}'
        self.assertIn("x.reg.json:2:", self.errors_of("x.reg.json", bad))
        self.assertIn("x.reg.toml:2:", self.errors_of("x.reg.toml", b'[[symbols]]\nregistry = "\xc3\x28"\n'))

    def test_duplicate_keys_are_an_error(self):
        self.assertIn("target", self.errors_of("x.reg.json", '{"symbols":[{"registry":"R","target":"a","target":"b"}]}'))
        self.assertIn("x.reg.toml:", self.errors_of("x.reg.toml", '[[symbols]]\ntarget = "a"\ntarget = "b"\n'))

    def test_control_characters_in_names_are_errors_and_never_reach_the_terminal(self):
        for key in ("registry", "oid", "target"):
            entry = {**symbol("R", "o2", "t2"), key: ESCAPE}
            self.assertIn("error", self.errors_of("x.reg.json", {"symbols": [entry]}))
        self.assertIn("error", self.errors_of("x.reg.json", {ESCAPE: 1}))
        self.assertIn("error", self.errors_of("x.reg.toml", '[[symbols]]\n"\\u001b[31m" = 1\n'))

    def test_control_characters_in_values_are_shown_escaped(self):
        with Workspace() as workspace:
            workspace.write(f"{ESCAPE.strip()}.reg.json", {
                "registries": {"R": {"fields": ["note"], "doc": ESCAPE}},
                "symbols": [symbol("R", "o", "t", doc=ESCAPE + "\u009b2J\u202e", info={"note": ESCAPE},
                                   select=json.dumps(ESCAPE) + " == x")]})
            workspace.run("auto-register")
            for query in (["list"], ["list", "R", "--fields", "note,doc,select,source"], ["show", "R/o"], ["find", "o"],
                          ["show", "R/o", "--field", "note"], ["select", "o", "--ctx", f"x={ESCAPE}", "--explain"],
                          ["status"], ["list", "R", "-o", "json"], ["list", "R", "-o", "jsonl"]):
                done = workspace.run(*query)
                self.assert_printable(done.stdout + done.stderr)
                self.assertNotIn("\u009b", done.stdout.decode())
                self.assertNotIn("\u202e", done.stdout.decode() if "json" not in "".join(query) else "")

    def test_loops_of_links_end(self):
        with Workspace() as workspace:
            workspace.write("a/m.reg.json", {"symbols": [symbol("R", "o", "t")]})
            os.symlink("..", workspace.root / "a" / "up")
            os.symlink("a", workspace.root / "again")
            os.symlink("loop.reg.json", workspace.root / "loop.reg.json")
            os.symlink("a/m.reg.json", workspace.root / "link.reg.json")
            done = workspace.run("auto-register", expect=5)
            self.assertIn("loop.reg.json", done.stderr.decode())
            (workspace.root / "loop.reg.json").unlink()
            workspace.run("auto-register")
            self.assertEqual(workspace.targets("R"), {"t"})

    def test_what_is_no_regular_file_is_an_error_and_not_a_hang(self):
        with Workspace() as workspace:
            os.mkfifo(workspace.root / "pipe.reg.json")
            os.symlink("/dev/zero", workspace.root / "zero.reg.json")
            error = workspace.run("auto-register", expect=5).stderr.decode()
            self.assertIn("pipe.reg.json", error)
            self.assertIn("zero.reg.json", error)
            said = workspace.run("auto-register", "-o", "json", expect=5).stderr.decode()
            self.assertEqual(said.count('"kind":"io"'), 2, said)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_an_unreadable_manifest_is_an_error(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", {"symbols": []}).chmod(0)
            self.assertIn("m.reg.json", workspace.run("auto-register", expect=5).stderr.decode())

    @unittest.skipIf(os.environ.get("REG_SANITIZE"), "sanitizers need memory of their own")
    def test_a_manifest_of_a_hundred_megabytes_is_read_in_bounded_memory(self):
        with Workspace() as workspace:
            count = HUGE // 100
            with open(workspace.root / "x.reg.json", "w") as file:
                file.write('{"symbols":[\n')
                file.write(",\n".join(f'{{"registry":"R","oid":"o{n:08}","target":"pkg.module.T{n:08}","select":"a == {n % 50}"}}'
                                      for n in range(count)))
                file.write("]}\n")
            size = os.stat(workspace.root / "x.reg.json").st_size
            workspace.run("auto-register", timeout=300)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
            self.assertLess(peak, 8 * size + (64 << 20))
            self.assertEqual(workspace.run("get", f"R/o{count // 2:08}").stdout.decode(), f"pkg.module.T{count // 2:08}\n")

    def test_all_errors_of_a_run_are_reported_at_once(self):
        with Workspace() as workspace:
            workspace.write("a.reg.json", {"symbols": [{"target": "t"}, symbol("R", "o", "t", selct="x"), symbol("R", "", "t")]})
            workspace.write("b.reg.toml", '[[symbols]]\nregistry = "R"\ntarget = "t"\nselect = "gpu("\n[tabel]\n')
            errors = workspace.run("auto-register", expect=2).stderr.decode()
            for words in ('did you mean "select"?', "registry", "b.reg.toml:4:", "tabel"):
                self.assertIn(words, errors)
            self.assertGreaterEqual(errors.count(": error: "), 5)


class Caches(unittest.TestCase):
    """The cache is input too."""

    QUERIES = (["list"], ["list", "R"], ["list", "--all", "--where", "n > 1"], ["find", "o1"], ["show", "R/o1"], ["get", "R/o1"],
               ["select", "o1"], ["select", "o1", "--registry", "R", "--explain"], ["possible", "R"], ["cache", "verify"],
               ["completion", "words", "--", "get", "R/"],
               ["completion", "words", "--", "select", "o1", "--ctx", ""],
               ["completion", "words", "--", "possible", "R", "--ctx", "n="],
               ["completion", "words", "--", "register", "R", "t", "--replaces", "t"],
               ["completion", "words", "--", "list", "R", "--where", "n & b"])

    def built(self):
        workspace = Workspace()
        workspace.write("m.reg.json", {"registries": {"R": {"fields": ["n"], "select": "big()"}},
                                       "predicates": {"big": "n > 1", "p": {"params": ["v"], "expr": "x >= v"}},
                                       "symbols": [symbol("R", f"o{k}", f"t{k}", info={"n": k}) for k in range(40)]})
        workspace.run("auto-register")
        return workspace

    def query_all(self, workspace, label):
        for query in self.QUERIES:
            done = workspace.run(*query, expect=None, timeout=20)
            self.assertIn(done.returncode, range(6), f"{label}: reg {' '.join(query)}: {done.stderr[:300]}")

    def test_random_damage_is_an_error_or_an_answer_but_never_a_crash(self):
        with self.built() as workspace:
            good = workspace.cache.read_bytes()
            for seed in range(int(os.environ.get("REG_TEST_ROUNDS", "12")) * 6):
                rng = random.Random(seed)
                bad = bytearray(good)
                for _ in range(rng.randrange(1, 8)):
                    at = rng.randrange(600 if rng.random() < 0.5 else len(bad))
                    bad[at] = rng.choice([0, 10, 34, 48, 57, 91, 93, 123, 255, rng.randrange(256)])
                workspace.cache.write_bytes(bad[:rng.randrange(len(bad))] if rng.random() < 0.3 else bad)
                self.query_all(workspace, f"seed {seed}")

    def test_what_is_no_regular_file_is_refused(self):
        with self.built() as workspace:
            for make in (lambda: os.mkfifo(workspace.cache), lambda: os.symlink("/dev/zero", workspace.cache),
                         lambda: os.mkdir(workspace.cache), lambda: os.symlink("registry_cache.json", workspace.cache)):
                workspace.cache.unlink()
                make()
                self.assertEqual(workspace.run("list", expect=5).returncode, 5)
                workspace.cache.rmdir() if workspace.cache.is_dir() else None
                if not os.path.lexists(workspace.cache):
                    workspace.cache.touch()

    def test_a_cache_of_two_gigabytes_of_nothing_is_refused_at_once(self):
        with self.built() as workspace:
            os.truncate(workspace.cache, 2 << 30)
            self.query_all(workspace, "2 GiB")
            workspace.run("get", "R/o1", expect=5)

    def test_a_cache_that_shrinks_under_a_reader_is_an_error(self):
        with self.built() as workspace:
            workspace.write("big.reg.json", {"symbols": [symbol("B", f"o{k:06}", f"pkg.T{k}") for k in range(100_000)]})
            workspace.run("auto-register")
            size = workspace.cache.stat().st_size
            reader = subprocess.Popen([REG, "list", "B", "-o", "jsonl"], cwd=workspace.root, env=workspace.environment(),
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            reader.stdout.read(1000)  # it has begun, and waits for the pipe
            os.truncate(workspace.cache, size // 4)
            reader.communicate(timeout=60)
            self.assertEqual(reader.returncode, 5)


class Storage(unittest.TestCase):
    def test_a_full_disk_leaves_the_old_cache(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.run("auto-register")
            before = workspace.cache.read_bytes()
            workspace.write("n.reg.json", {"symbols": [symbol("R", f"o{k}", f"t{k}") for k in range(5000)]})
            limit = 100_000

            def small_files():
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

            done = subprocess.run([REG, "auto-register"], cwd=workspace.root, env=workspace.environment(),
                                  preexec_fn=small_files, capture_output=True)
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertIn(b"reg: error: ", done.stderr)
            self.assertEqual(workspace.cache.read_bytes(), before)
            self.assertEqual(workspace.leftovers(), [])

    @unittest.skipIf(os.geteuid() == 0, "root may write everything")
    def test_a_read_only_folder_is_an_error(self):
        with Workspace() as workspace:
            workspace.run("auto-register")
            (workspace.root / ".reg").chmod(0o500)
            workspace.write("m.reg.json", {"symbols": []})
            workspace.run("auto-register", expect=5)
            (workspace.root / ".reg").chmod(0o700)

    def test_a_workspace_without_a_cache_says_how_to_make_one(self):
        with Workspace(CONFIG) as workspace:
            self.assertIn(b"reg auto-register", workspace.run("list", expect=5).stderr)


if __name__ == "__main__":
    main()

"""Whose files are written, with which rights, and through which names."""

import json
import os
import re
import shutil
import stat
import subprocess
import unittest

from sandbox import CONFIG, REG, Workspace, main, symbol

# Whoever runs the tests; if that is root, whom no permission stops, somebody without rights.
OTHER_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}

CACHE = ".reg/registry_cache.json"
STATE = ".reg/registry_cache.json.state"
STAMPS = ".reg/registry_cache.json.stamps"
LOCK = ".reg/registry_cache.json.lock"

QUERIES = [["list"], ["list", "R", "-o", "json"], ["get", "R/o"], ["find", "o"], ["show", "R/o"], ["select", "o"],
           ["possible", "R"], ["status"], ["cache", "verify"], ["cache", "path"], ["auto-register", "--check"]]
WRITERS = [["auto-register"], ["auto-register", "m.reg.json"], ["register", "R", "pkg.New"], ["unregister", "R", "o", "t"],
           ["merge", "S", "R"], ["lock"], ["cache", "clear"], ["init", "--force"]]


def filled():
    workspace = Workspace()
    workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
    return workspace


def mode(workspace, name):
    return stat.S_IMODE((workspace.root / name).stat().st_mode)


def all_paths(workspace):
    return [workspace.root, *sorted(workspace.root.rglob("*"))]


def snapshot(workspace):
    """Everything that a writer could change."""
    return {path: (path.lstat().st_mode, path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
            for path in all_paths(workspace)}


def make_read_only(workspace):
    for path in all_paths(workspace):
        path.chmod(0o555 if path.is_dir() else 0o444)


def make_writable(workspace):
    for path in all_paths(workspace):
        path.chmod(0o755 if path.is_dir() else 0o644)


class Rights(unittest.TestCase):
    def test_what_is_created_has_the_rights_that_the_umask_leaves(self):
        for mask in (0o022, 0o027, 0o077):
            with self.subTest(oct(mask)), filled() as workspace:
                workspace.run("auto-register", umask=mask)
                workspace.run("register", "R", "pkg.New", umask=mask)
                for name in (CACHE, STATE, STAMPS, LOCK, "manual.reg.json"):
                    self.assertEqual(mode(workspace, name), 0o666 & ~mask, name)
                self.assertEqual(mode(workspace, ".reg"), 0o777 & ~mask)

    def test_what_is_replaced_keeps_its_rights(self):
        for rights in (0o600, 0o640, 0o664):
            with self.subTest(oct(rights)), filled() as workspace:
                workspace.run("auto-register")
                workspace.run("register", "R", "pkg.New")
                kept = (CACHE, STATE, STAMPS, "manual.reg.json")
                for name in kept:
                    (workspace.root / name).chmod(rights)
                workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "incremental")]})
                workspace.run("auto-register", umask=0o027)
                self.assertEqual({mode(workspace, name) for name in kept}, {rights})
                workspace.run("register", "R", "pkg.Newer", umask=0o027)
                self.assertEqual({mode(workspace, name) for name in kept}, {rights})
                (workspace.root / STATE).unlink()
                workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "full")]})
                workspace.run("auto-register", umask=0o027)
                self.assertEqual(mode(workspace, CACHE), rights)


class OtherUsers(unittest.TestCase):
    def test_a_workspace_that_one_may_only_read_is_read(self):
        with filled() as workspace:
            workspace.run("auto-register")
            make_read_only(workspace)
            before = snapshot(workspace)
            for command in QUERIES:
                workspace.run(*command, **OTHER_USER)
            self.assertEqual(snapshot(workspace), before)
            make_writable(workspace)

    def test_a_workspace_that_one_may_only_read_is_not_written(self):
        with filled() as workspace:
            workspace.run("auto-register")
            workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "other")]})
            make_read_only(workspace)
            before = snapshot(workspace)
            for command in WRITERS:
                with self.subTest(" ".join(command)):
                    done = workspace.run(*command, expect=5, **OTHER_USER)
                    self.assertEqual(done.stdout, b"")
                    self.assertRegex(done.stderr.decode(), "^reg: error: .*Permission denied")
                    self.assertEqual(snapshot(workspace), before)
            make_writable(workspace)

    def test_the_cache_of_a_workspace_that_one_may_only_read_answers_though_it_is_not_fresh(self):
        with filled() as workspace:
            workspace.run("auto-register")
            make_read_only(workspace)
            refreshing = {**workspace.environment(), "REG_REFRESH": "auto"}
            ask = [REG, "get", "R/o"]
            options = {"cwd": workspace.root, "env": refreshing, "capture_output": True, **OTHER_USER}
            self.assertEqual(subprocess.run(ask, **options).stderr, b"", "nothing changed")
            make_writable(workspace)
            workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "other")]})
            make_read_only(workspace)
            before = snapshot(workspace)
            done = subprocess.run(ask, **options)
            self.assertEqual((done.returncode, done.stdout), (0, b"t\n"))
            self.assertRegex(done.stderr.decode(), "warning: 1 source changed .*; the cache could not be .*Permission denied")
            warned = workspace.run("get", "R/o", **OTHER_USER).stderr.decode()
            self.assertRegex(warned, "warning: 1 source changed .*\n.*hint: the folder .* may not be written")
            self.assertNotIn("run `reg auto-register`", warned + done.stderr.decode())
            self.assertIn(b"Permission denied", workspace.run("get", "R/o", "--fresh", expect=5, **OTHER_USER).stderr)
            self.assertEqual(snapshot(workspace), before)
            make_writable(workspace)

    def test_a_workspace_that_one_may_not_enter_is_not_taken_for_none(self):
        with filled() as workspace:
            workspace.write("closed/registry.toml", CONFIG)
            (workspace.root / "closed").chmod(0o600)
            for command in (["list", "--workspace", "closed"], ["auto-register", "--workspace", "closed"],
                            ["init", "closed"]):
                done = workspace.run(*command, expect=5, **OTHER_USER)
                self.assertRegex(done.stderr.decode(), "closed/registry.toml: Permission denied")
            (workspace.root / "closed").chmod(0o700)

    def test_a_workspace_without_a_cache_that_one_may_only_read_stays_without(self):
        with filled() as workspace:
            make_read_only(workspace)
            before = snapshot(workspace)
            self.assertIn("Permission denied", workspace.run("auto-register", expect=5, **OTHER_USER).stderr.decode())
            self.assertEqual(snapshot(workspace), before)
            make_writable(workspace)

    def test_what_one_may_not_read_is_an_error_that_names_it(self):
        with filled() as workspace:
            workspace.run("auto-register")
            for path in all_paths(workspace):
                path.chmod(0o777 if path.is_dir() else 0o666)
            workspace.cache.chmod(0)
            error = workspace.run("get", "R/o", expect=5, **OTHER_USER).stderr.decode()
            self.assertIn(str(workspace.cache), error)
            self.assertIn("Permission denied", error)
            workspace.write("m.reg.json", {"symbols": []}).chmod(0)
            error = workspace.run("auto-register", expect=5, **OTHER_USER).stderr.decode()
            self.assertIn("m.reg.json", error)
            self.assertIn("Permission denied", error)

    def test_a_source_folder_that_one_may_not_reach_is_an_error_and_its_symbols_stay(self):
        with Workspace(CONFIG.replace('["."]', '["near", "far/away"]')) as workspace:
            workspace.write("near/m.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.write("far/away/m.reg.json", {"symbols": [symbol("S", "o", "u")]})
            workspace.run("auto-register")
            before = workspace.cache.read_bytes()
            workspace.write("near/m.reg.json", {"symbols": [symbol("R", "o", "newer")]})
            for path in all_paths(workspace):
                path.chmod(0o777 if path.is_dir() else 0o666)
            (workspace.root / "far").chmod(0)
            error = workspace.run("auto-register", expect=5, **OTHER_USER).stderr.decode()
            self.assertIn("far/away: error: cannot be read: Permission denied", error)
            self.assertEqual(workspace.cache.read_bytes(), before)
            (workspace.root / "far").chmod(0o755)


class Names(unittest.TestCase):
    def test_a_planted_link_is_replaced_and_what_it_leads_to_stays_as_it_was(self):
        for name in (CACHE, STATE, STAMPS, "manual.reg.json"):
            with self.subTest(name), filled() as workspace, Workspace() as elsewhere:
                workspace.run("auto-register")
                outside = elsewhere.write("victim", '{"symbols": []}')
                (workspace.root / name).unlink(missing_ok=True)
                os.symlink(outside, workspace.root / name)
                workspace.run("auto-register")
                workspace.run("register", "R", "pkg.New")
                self.assertEqual(outside.read_text(), '{"symbols": []}')
                self.assertFalse((workspace.root / name).is_symlink())
                self.assertEqual(workspace.targets("R"), {"t", "pkg.New"})

    def test_a_planted_link_in_place_of_the_lock_is_refused(self):
        with filled() as workspace, Workspace() as elsewhere:
            workspace.run("auto-register")
            (workspace.root / LOCK).unlink()
            os.symlink(elsewhere.root / "victim", workspace.root / LOCK)
            error = workspace.run("register", "R", "pkg.New", expect=5).stderr.decode()
            self.assertIn(LOCK, error)
            self.assertFalse((elsewhere.root / "victim").exists())
            self.assertEqual(workspace.targets("R"), {"t"})

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_temporary_names_are_never_the_same_and_never_open_what_is_there(self):
        names = []
        with filled() as workspace:
            workspace.run("auto-register")
            for turn in range(5):
                workspace.write("m.reg.json", {"symbols": [symbol("R", "o", f"t{turn}")]})
                log = workspace.root / "strace.log"
                self.assertEqual(workspace.strace(["auto-register"], "-o", log, "-e", "trace=openat,open,creat").returncode, 0)
                opened = re.findall(r'"([^"]*\.tmp)", ([A-Z_|]+)', log.read_text())
                self.assertEqual(len(opened), 3, "the cache, its sidecar and its stamps")
                for name, flags in opened:
                    self.assertLessEqual({"O_CREAT", "O_EXCL", "O_NOFOLLOW"}, set(flags.split("|")))
                    names.append(name)
        self.assertEqual(len(set(names)), len(names))
        self.assertTrue(all(re.search(r"\.[0-9a-f]{16}\.tmp$", name) for name in names), names)


class Recording(unittest.TestCase):
    def test_what_was_recorded_before_a_file_that_cannot_be_written_is_told_in_whole_json(self):
        with filled() as workspace:
            workspace.run("auto-register")
            for name in ("a", "b"):
                (workspace.root / name).mkdir()
                workspace.write(f"{name}/x.regtest.toml", '[[expect]]\noid = "o"\nnone = true\n')
            for path in all_paths(workspace):
                path.chmod(0o777 if path.is_dir() else 0o666)
            (workspace.root / "b").chmod(0o555)
            done = workspace.run("test", "--record", "-o", "json", expect=5, **OTHER_USER)
            (workspace.root / "b").chmod(0o755)
            self.assertEqual([each["path"] for each in json.loads(done.stdout)], ["a/x.regtest.toml"])
            self.assertIn('target = "t"', (workspace.root / "a/x.regtest.toml").read_text())


if __name__ == "__main__":
    main()

"""`reg diff` between caches and git revisions, in repositories that the tests make."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from elf_writer import declaration, elf
from sandbox import REG, Workspace, main, symbol

IDENTITY = {"GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "e", "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "e",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
MANIFEST = {"registries": {"R": {"fields": ["rank"]}},
            "symbols": [symbol("R", "o", "a.A", select="sm >= 80"), symbol("R", "o", "b.B")]}


def git(folder, *words, **environment):
    done = subprocess.run(["git", "-c", "protocol.file.allow=always", *words], cwd=folder, capture_output=True, check=True,
                          env={**os.environ, **IDENTITY, **environment})
    return done.stdout.decode(errors="surrogateescape").strip()


def commit(folder, message="a commit"):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


class Repository(Workspace):
    """A workspace that is a git repository, or a folder in one, with a first commit and a cache."""

    def __init__(self, below="", config=None):
        super().__init__(*([config] if config else []))
        self.top = self.root
        if below:
            self.root = self.top / below
            self.root.mkdir(parents=True)
            (self.top / "registry.toml").rename(self.root / "registry.toml")
            self.cache = self.root / ".reg" / "registry_cache.json"
        # What the revisions are written to, so that a test sees what is left of it.
        self.temporary = pathlib.Path(tempfile.mkdtemp(prefix="reg-test-tmp-"))
        self.write("m.reg.json", MANIFEST)
        git(self.top, "init", "-q", "-b", "main")
        commit(self.top, "first")
        self.run("auto-register")

    def __exit__(self, kind, error, trace):
        left = [path for path in self.temporary.iterdir()] if kind is None else []
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.root = self.top
        super().__exit__(kind, error, trace)
        assert not left, f"left behind: {left}"

    def environment(self, **extra):
        return super().environment(**{**IDENTITY, "TMPDIR": str(self.temporary), **extra})

    def diff(self, *arguments, expect):
        done = self.run("diff", *arguments, "-o", "json", expect=expect)
        return json.loads(done.stdout)

    def same(self, *arguments):
        """Runs reg diff, which finds nothing at all, and returns what it says."""
        done = self.run("diff", *arguments)
        assert done.stdout == b"", done.stdout
        *notes, last = done.stderr.decode().splitlines(keepends=True)
        assert last.startswith("no difference: "), last
        return "".join(notes)

    def partial(self, *arguments):
        """Runs reg diff quietly, which does not have all that it should compare, and returns what it lacks."""
        done = self.run("diff", *arguments, "-q", "-o", "json", expect=1)
        assert done.stderr == b"", done.stderr
        return [each["path"] for each in json.loads(done.stdout)["partial"]]


def symbols(difference, change):
    return {each["target"] for each in difference["symbols"] if each["change"] == change}


class Revisions(unittest.TestCase):
    def test_the_commit_that_the_cache_was_made_from_differs_in_nothing(self):
        with Repository() as repository:
            self.assertEqual(repository.same("HEAD"), "")

    def test_what_changed_since_is_added_removed_or_altered(self):
        with Repository() as repository:
            git(repository.top, "tag", "v1")
            repository.write("m.reg.json", {"registries": {"R": {"fields": ["rank"]}},
                                            "symbols": [symbol("R", "o", "a.A", select="sm >= 90"),
                                                        symbol("R", "p", "c.C")]})
            repository.run("auto-register")
            for revision in ("HEAD", "main", "v1", "@", "refs/tags/v1", "main~0"):
                with self.subTest(revision):
                    found = repository.diff(revision, expect=1)
                    self.assertEqual([symbols(found, kind) for kind in ("added", "removed", "altered")],
                                     [{"c.C"}, {"b.B"}, {"a.A"}])
                    self.assertEqual([(each["oid"], each["is"] == "added") for each in found["selections"]],
                                     [("o", False), ("p", True)])
            self.assertEqual(repository.same("v1", "HEAD"), "")

    def test_two_revisions_are_compared_without_a_cache(self):
        with Repository() as repository:
            repository.write("n.reg.json", {"symbols": [symbol("R", "q", "q.Q")]})
            commit(repository.top)
            shutil.rmtree(repository.root / ".reg")
            self.assertEqual(symbols(repository.diff("HEAD~1", "HEAD", expect=1), "added"), {"q.Q"})
            self.assertEqual(symbols(repository.diff("HEAD", "HEAD~1", expect=1), "removed"), {"q.Q"})
            self.assertFalse((repository.root / ".reg").exists())

    def test_nothing_in_the_repository_is_changed(self):
        with Repository() as repository:
            repository.write("m.reg.json", "{}")
            before = {path: path.lstat().st_mtime_ns for path in repository.top.rglob("*")}
            repository.run("diff", "HEAD", "HEAD")
            self.assertEqual({path: path.lstat().st_mtime_ns for path in repository.top.rglob("*")}, before)

    def test_an_uncommitted_source_counts_as_new(self):
        with Repository() as repository:
            repository.write("n.reg.json", {"symbols": [symbol("R", "q", "q.Q")]})
            done = repository.run("diff", "HEAD", "-q", expect=5)
            self.assertIn(b"n.reg.json (new)", done.stderr)
            self.assertIn(b"or ask with --fresh", done.stderr)
            done = subprocess.run([REG, "diff", "HEAD"], cwd=repository.root, capture_output=True, check=False,
                                  env=repository.environment(REG_REFRESH="off"))
            self.assertEqual((done.returncode, done.stdout), (0, b""), done)
            self.assertEqual(symbols(repository.diff("HEAD", "--fresh", expect=1), "added"), {"q.Q"})

    def test_the_defines_are_those_of_the_cache(self):
        with Repository() as repository:
            repository.write("w.reg.json", {"symbols": [symbol("R", "w", "w.W", when="build == 'debug'")]})
            commit(repository.top)
            repository.run("auto-register", "--define", "build=debug")
            self.assertEqual(repository.same("HEAD"), "")

    def test_errors_of_then_are_warnings_and_what_is_well_is_compared(self):
        with Repository() as repository:
            repository.write("n.reg.json", "{ no json")
            commit(repository.top)
            (repository.root / "n.reg.json").unlink()
            done = repository.run("diff", "HEAD", expect=1)
            self.assertIn("HEAD:n.reg.json:1:3: warning:", done.stderr.decode())
            self.assertTrue(done.stdout.startswith(b"partial\n  HEAD:n.reg.json:1:3: "), done.stdout)
            self.assertEqual(repository.partial("HEAD"), ["HEAD:n.reg.json"])
            self.assertEqual(repository.partial("HEAD~1", "HEAD"), ["HEAD:n.reg.json"])

    def test_a_registry_toml_that_cannot_be_used_is_an_error_that_names_the_revision(self):
        with Repository() as repository:
            config = (repository.root / "registry.toml").read_text()
            repository.write("registry.toml", "[workspace]\nsources = 3\n")
            commit(repository.top)
            repository.write("registry.toml", config)
            self.assertIn(b"HEAD:registry.toml:2:", repository.run("diff", "HEAD", expect=2).stderr)

    def test_a_revision_without_a_workspace_is_an_error(self):
        with Repository() as repository:
            git(repository.top, "rm", "-q", "--cached", "registry.toml")
            git(repository.top, "commit", "-q", "-m", "gone")
            done = repository.run("diff", "HEAD", expect=5)
            self.assertIn(b"there is no registry.toml in HEAD", done.stderr)
            self.assertEqual(repository.same("HEAD~1"), "")

    def test_the_settings_are_those_of_the_revision(self):
        with Repository() as repository:
            repository.write("other/n.reg.json", {"symbols": [symbol("R", "q", "q.Q")]})
            commit(repository.top)
            repository.write("registry.toml", '[workspace]\nname = "test"\nsources = ["m.reg.json"]\n')
            repository.run("auto-register")
            self.assertEqual(symbols(repository.diff("HEAD", expect=1), "removed"), {"q.Q"})


class Names(unittest.TestCase):
    def test_what_cannot_be_a_revision_is_refused(self):
        with Repository() as repository:
            for name in ("-x", "--output=x", "-"):
                self.assertIn(b"cannot be a revision", repository.run("diff", "--", name, expect=2).stderr)
            self.assertIn(b"is empty", repository.run("diff", "", expect=2).stderr)
            for name in ("nothing", "HEAD~9", "HEAD:registry.toml", ":/nothing", "a b", "main\nmain", "$(id)"):
                self.assertIn(b"there is no revision", repository.run("diff", name, expect=2).stderr, name)
            self.assertEqual(repository.same(":/first"), "")

    def test_a_range_is_two_words(self):
        with Repository() as repository:
            done = repository.run("diff", "main..HEAD", expect=2)
            self.assertIn(b"`reg diff main HEAD`", done.stderr)
            self.assertIn(b"`reg diff main` compares it", repository.run("diff", "main..", expect=2).stderr)

    def test_three_dots_compare_with_where_two_branches_have_parted(self):
        with Repository() as repository:
            git(repository.top, "checkout", "-q", "-b", "topic/v1.2")
            repository.write("n.reg.json", {"symbols": [symbol("R", "q", "q.Q")]})
            commit(repository.top)
            git(repository.top, "checkout", "-q", "main")
            repository.write("o.reg.json", {"symbols": [symbol("R", "r", "r.R")]})
            commit(repository.top)
            found = repository.diff("main...topic/v1.2", expect=1)
            self.assertEqual((symbols(found, "added"), symbols(found, "removed")), ({"q.Q"}, set()))
            found = repository.diff("topic/v1.2...", expect=1)
            self.assertEqual((symbols(found, "added"), symbols(found, "removed")), ({"r.R"}, set()))
            self.assertIn(b"there is no revision", repository.run("diff", "main...nothing", expect=2).stderr)

    def test_a_name_of_a_tag_and_a_branch_is_an_error_that_names_both(self):
        with Repository() as repository:
            git(repository.top, "tag", "amb")
            repository.write("n.reg.json", {"symbols": [symbol("R", "q", "q.Q")]})
            commit(repository.top)
            git(repository.top, "branch", "amb")
            for name in ("amb", "amb~0", "main...amb"):
                done = repository.run("diff", name, expect=2)
                self.assertIn(b"is ambiguous: refs/tags/amb, refs/heads/amb", done.stderr)
            repository.run("auto-register")
            self.assertEqual(repository.same("refs/heads/amb"), "")

    def test_a_branch_that_is_called_as_a_file_and_a_folder_without_a_workspace(self):
        with Repository() as repository:
            git(repository.top, "branch", "foo.json")
            self.assertIn(b"'foo.json^0' is the revision", repository.run("diff", "foo.json", expect=5).stderr)
            done = repository.run("diff", ".reg/", expect=5)
            self.assertIn(b"there is no registry.toml in", done.stderr)
            self.assertIn(b".reg/registry_cache.json", done.stderr)

    def test_a_shallow_clone_says_how_to_get_more(self):
        with Repository() as repository, tempfile.TemporaryDirectory() as folder:
            git(repository.top, "commit", "-q", "--allow-empty", "-m", "second")
            git(folder, "clone", "-q", "--depth=1", f"file://{repository.top}", "clone")
            clone = pathlib.Path(folder) / "clone"
            done = subprocess.run([REG, "diff", "HEAD~1", "HEAD"], cwd=clone, capture_output=True, check=False,
                                  env=repository.environment(REG_WORKSPACE=str(clone)))
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"git fetch --unshallow", done.stderr)

    def test_a_name_of_a_file_and_a_revision_is_an_error_that_tells_how_to_mean_each(self):
        with Repository() as repository:
            repository.write("extra/registry.toml", '[workspace]\nsources = []\n')
            shutil.copy(repository.cache, repository.root / "main")
            git(repository.top, "branch", "extra")
            for name in ("main", "extra"):
                done = repository.run("diff", name, expect=2)
                self.assertIn(f"\"{name}\" is both".encode(), done.stderr)
                self.assertIn(f"./{name} is the file, '{name}^0' the revision".encode(), done.stderr)
            self.assertEqual(repository.same("./main"), "")
            self.assertEqual(repository.same("main^0"), "")

    def test_caches_and_folders_need_no_repository(self):
        with Workspace() as workspace, tempfile.TemporaryDirectory() as folder:
            workspace.write("m.reg.json", MANIFEST)
            workspace.run("auto-register")
            old = pathlib.Path(folder) / "old"
            shutil.copy(workspace.cache, old)
            workspace.write("m.reg.json", {})
            workspace.run("auto-register")
            elsewhere = {"cwd": folder, "env": {"PATH": "", "NO_COLOR": "1"}, "capture_output": True}
            for name in (old, "old", "./old"):
                done = subprocess.run([REG, "diff", name, workspace.root, "-q"], check=False, **elsewhere)
                self.assertEqual((done.returncode, done.stderr), (1, b""), done)
                self.assertIn(b"- R/o a.A", done.stdout)
            self.assertEqual(subprocess.run([REG, "diff", old, old], check=False, **elsewhere).returncode, 0)

    def test_without_git_or_a_repository_the_error_says_so(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", MANIFEST)
            workspace.run("auto-register")
            ceiling = {"GIT_CEILING_DIRECTORIES": str(workspace.root.parent)}
            for environment, text in ((ceiling, b"is in no git repository"), ({"PATH": "/nothing"}, b"cannot run git")):
                done = subprocess.run([REG, "diff", "HEAD"], cwd=workspace.root, capture_output=True, check=False,
                                      env=workspace.environment(**environment))
                self.assertEqual(done.returncode, 5)
                self.assertIn(text, done.stderr)


class Trees(unittest.TestCase):
    def test_a_workspace_in_a_folder_of_the_repository_with_sources_beside_it(self):
        config = '[workspace]\nname = "test"\nsources = [".", "../shared", "../../outside"]\n'
        with Repository("repository/a/work space") as repository:
            top = repository.top / "repository"
            shutil.rmtree(repository.top / ".git")
            repository.write("registry.toml", config.replace("../../outside", "../../../outside"))
            repository.write("../shared/s.reg.json", {"symbols": [symbol("S", "s", "s.S")]})
            repository.write("../unrelated/u.reg.json", "{ no json")
            repository.write("../../../outside/x.reg.json", {"symbols": [symbol("X", "x", "x.X")]})
            git(top, "init", "-q", "-b", "main")
            commit(top)
            repository.run("auto-register")
            self.assertEqual(repository.targets("X"), {"x.X"})
            self.assertEqual(repository.same("HEAD"), "HEAD: taken as now, being in no revision: ../../../outside\n")
            repository.write("../shared/s.reg.json", {"symbols": []})
            self.assertEqual(symbols(repository.diff("HEAD", "--fresh", expect=1), "removed"), {"s.S"})

    def test_the_workspace_may_be_reached_by_a_link(self):
        with Repository("deep/inside") as repository:
            link = repository.top / "link"
            link.symlink_to(repository.root)
            self.assertEqual(repository.same("--workspace", link, "HEAD"), "")

    def test_names_of_any_kind(self):
        with Repository() as repository:
            names = ("a\nb", 'a\tb "c"', "-n", "ünï", ":(top)x", "*")
            for number, name in enumerate(names):
                repository.write(f"{name}.reg.json", {"symbols": [symbol("N", "o", f"t.T{number}", select="a")]})
            commit(repository.top)
            repository.run("auto-register")
            self.assertEqual(repository.same("HEAD"), "")
            raw = os.fsencode(repository.root) + b"/caf\xe9.reg.json"
            pathlib.Path(os.fsdecode(raw)).write_text("{}")
            commit(repository.top)
            os.unlink(raw)
            self.assertEqual(len(repository.partial("HEAD")), 1)

    def test_attributes_change_nothing_of_what_is_read(self):
        with Repository() as repository:
            repository.write(".gitattributes", "*.json export-ignore export-subst filter=upper\n")
            repository.write("s.reg.json", {"symbols": [symbol("S", "s", "s.S", doc="$Format:%H$")]})
            git(repository.top, "config", "filter.upper.smudge", "touch smudged; cat")
            commit(repository.top)
            repository.run("auto-register")
            self.assertEqual(repository.same("HEAD"), "")
            self.assertFalse((repository.root / "smudged").exists())

    def test_links_of_a_revision(self):
        with Repository(config='[workspace]\nname = "test"\nsources = ["m.reg.json", "plugins", "one.reg.json"]\n') as repository:
            repository.write("real/p.reg.json", {"symbols": [symbol("P", "p", "p.P")]})
            repository.write("hidden.txt", {"symbols": [symbol("Q", "q", "q.Q")]})
            (repository.root / "plugins").symlink_to("real")
            (repository.root / "one.reg.json").symlink_to("hidden.txt")
            commit(repository.top)
            repository.run("auto-register")
            self.assertEqual(repository.targets("P") | repository.targets("Q"), {"p.P", "q.Q"})
            self.assertEqual(repository.same("HEAD"), "")

    def test_what_git_ignores_is_taken_as_it_is_now(self):
        with Repository() as repository:
            repository.write(".gitignore", "build/\n*.gen.reg.json\n")
            commit(repository.top)
            repository.write("build/libb.so", elf([declaration("B", "demo::B")]))
            repository.write("g.gen.reg.json", {"symbols": [symbol("G", "g", "g.G")]})
            repository.run("auto-register")
            self.assertEqual(repository.targets("G"), {"g.G"})
            self.assertNotEqual(repository.targets("B"), set())
            self.assertEqual(repository.same("HEAD"),
                             "HEAD: taken as now, being in no revision: build/libb.so, g.gen.reg.json\n")

    def test_code_is_read_as_it_was(self):
        config = ('[workspace]\nname = "test"\nsources = ["pkg"]\n[[scan]]\nlanguage = "python"\n'
                  'decorator = "pkg.reg.register"\nregistry = "C"\n')
        with Repository(config=config) as repository:
            repository.write("pkg/__init__.py", "")
            repository.write("pkg/reg.py", "def register(c):\n    return c\n")
            repository.write("pkg/a.py", "from .reg import register\n\n@register\nclass A:\n    pass\n")
            commit(repository.top)
            repository.run("auto-register")
            self.assertEqual(repository.targets("C"), {"pkg.a.A"})
            self.assertEqual(repository.same("HEAD"), "")
            repository.write("pkg/a.py", "from .reg import register\n\n@register\nclass B:\n    pass\n")
            found = repository.diff("HEAD", "--fresh", expect=1)
            self.assertEqual((symbols(found, "removed"), symbols(found, "added")), ({"pkg.a.A"}, {"pkg.a.B"}))

    def test_submodules_are_read_where_they_are_and_named_where_they_are_not(self):
        with Repository() as repository, Repository() as other:
            other.write("s.reg.json", {"symbols": [symbol("S", "s", "s.S")]})
            (other.root / "m.reg.json").unlink()
            commit(other.top)
            git(repository.top, "submodule", "add", "-q", str(other.top), "sub")
            commit(repository.top)
            repository.run("auto-register")
            self.assertEqual(repository.targets("S"), {"s.S"})
            self.assertEqual(repository.same("HEAD"), "")
            git(repository.top, "submodule", "deinit", "-q", "-f", "sub")
            repository.run("auto-register")
            self.assertEqual(repository.partial("HEAD"), ["HEAD:sub"])
            done = repository.run("diff", "HEAD", expect=1)
            self.assertIn(b"HEAD:sub: warning: the submodule is not there", done.stderr)

    def test_a_file_that_lfs_keeps_elsewhere_is_named_or_found(self):
        with Repository() as repository:
            content = json.dumps({"symbols": [symbol("L", "l", "l.L")]})
            digest = "ab" * 32
            repository.write("l.reg.json", f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(content)}\n")
            commit(repository.top)
            repository.write("l.reg.json", content)
            repository.run("auto-register")
            done = repository.run("diff", "HEAD", expect=1)
            self.assertIn(b"HEAD:l.reg.json: warning: its content is kept by Git LFS", done.stderr)
            repository.write(f".git/lfs/objects/ab/ab/{digest}", content)
            self.assertEqual(repository.same("HEAD"), "")

    def test_a_second_work_tree_and_the_environment_of_a_hook(self):
        with Repository() as repository:
            tree = repository.top / "tree"
            git(repository.top, "worktree", "add", "-q", str(tree))
            repository.root = tree
            repository.run("auto-register")
            self.assertEqual(repository.same("HEAD"), "")
            done = subprocess.run([REG, "diff", "HEAD"], cwd=tree, capture_output=True, check=False,
                                  env=repository.environment(GIT_DIR="/nothing", GIT_INDEX_FILE="/nothing/index",
                                                             GIT_TRACE="1", LC_ALL="de_DE.UTF-8"))
            self.assertEqual((done.returncode, done.stdout, done.stderr),
                             (0, b"", b"no difference: 1 oid compared\n"))


def plant(folder, entries):
    """Commits a tree that git itself would not make: `entries` are (mode, name, object)."""
    content = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(named) for mode, name, named in entries)
    tree = subprocess.run(["git", "hash-object", "-t", "tree", "--literally", "-w", "--stdin"], cwd=folder, input=content,
                          capture_output=True, check=True).stdout.decode().strip()
    return git(folder, "commit-tree", tree, "-m", "planted")


class Hostile(unittest.TestCase):
    """Nothing is written outside of the temporary folder, whatever a revision holds."""

    def blob(self, repository, content):
        return subprocess.run(["git", "hash-object", "-w", "--stdin"], cwd=repository.top, input=content,
                              capture_output=True, check=True).stdout.decode().strip()

    def own(self, repository):
        """Entries of a workspace."""
        return [(b"100644", name.encode(), git(repository.top, "rev-parse", f"HEAD:{name}"))
                for name in ("m.reg.json", "registry.toml")]

    def test_a_link_that_is_a_folder_too(self):
        with Repository() as repository, tempfile.TemporaryDirectory() as victim:
            link = self.blob(repository, victim.encode())
            planted = self.blob(repository, b"{}")
            for mode in (b"100644", b"120000"):
                inner = git(repository.top, "rev-parse", plant(repository.top, [(mode, b"planted.reg.json", planted)]) + "^{tree}")
                for name in (b"d", b".reg"):
                    folder, linked = (b"40000", name, inner), (b"120000", name, link)
                    for pair in ([linked, folder], [folder, linked]):
                        commit_id = plant(repository.top, sorted([*self.own(repository)], key=lambda each: each[1]) + pair)
                        done = repository.run("diff", commit_id, expect=1 if name == b"d" else None)
                        self.assertEqual(os.listdir(victim), [], done)
                        if name == b"d":
                            self.assertIn(b"d/planted.reg.json: warning: no repository should have such a path", done.stderr)

    def test_a_name_that_stands_there_twice(self):
        with Repository() as repository:
            other = self.blob(repository, b"{ no json")
            own = self.own(repository)
            self.assertEqual(repository.partial(plant(repository.top, [*own, (own[0][0], own[0][1], other)]))[0][41:],
                             "m.reg.json")

    def test_a_pointer_of_lfs_that_names_no_hash(self):
        with Repository() as repository, tempfile.TemporaryDirectory() as victim:
            for hash_text in ("/" * 4 + victim.rjust(60, "/"), "ab/" + "../" * 20 + "c", "ab", "", "AB" * 32, "ab" * 33):
                with self.subTest(hash_text):
                    repository.write("l.reg.json", f"version https://git-lfs.github.com/spec/v1\noid sha256:{hash_text}\n")
                    commit(repository.top)
                    (repository.root / "l.reg.json").unlink()
                    repository.run("auto-register")
                    done = repository.run("diff", "HEAD", expect=1)
                    self.assertIn(b"HEAD:l.reg.json:1:1", done.stdout)
            self.assertEqual(os.listdir(victim), [])

    def test_no_program_of_the_configuration_runs_and_nothing_is_fetched(self):
        with Repository() as repository, tempfile.TemporaryDirectory() as folder:
            git(repository.top, "config", "uploadpack.allowFilter", "true")
            repository.write("m.reg.json", {**MANIFEST, "symbols": []})
            commit(repository.top, "second")
            git(folder, "clone", "-q", "--filter=blob:none", f"file://{repository.top}", "clone")
            clone = pathlib.Path(folder) / "clone"
            git(clone, "config", "remote.origin.uploadpack", f"touch {folder}/ran; git-upload-pack")
            before = sorted(clone.rglob("*"))
            done = subprocess.run([REG, "diff", "HEAD~1", "HEAD"], cwd=clone, capture_output=True, check=False,
                                  env=repository.environment(REG_WORKSPACE=str(clone), GIT_ALLOW_PROTOCOL="file"))
            self.assertEqual(done.returncode, 5, done)
            self.assertIn(b"`git fetch` may bring", done.stderr)
            self.assertEqual(sorted(clone.rglob("*")), before)
            self.assertFalse((pathlib.Path(folder) / "ran").exists())


class Surroundings(unittest.TestCase):
    def test_where_children_cannot_be_waited_for_nothing_counts_as_success(self):
        with Repository() as repository:
            for name in ("HEAD", "nonesuch"):
                done = subprocess.run([REG, "diff", name], cwd=repository.root, env=repository.environment(), check=False,
                                      capture_output=True, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
                self.assertEqual(done.returncode, 5, done)
                self.assertIn(b"the system does not tell how git ended", done.stderr)

    def test_closed_standard_files_do_not_matter(self):
        with Repository() as repository:
            done = subprocess.run(["sh", "-c", 'exec "$0" diff nonesuch HEAD <&- >&- 2>&-', REG], cwd=repository.root,
                                  env=repository.environment(), check=False)
            self.assertEqual(done.returncode, 2)
            done = subprocess.run(["sh", "-c", 'exec "$0" diff HEAD HEAD -q <&- 2>&-', REG], cwd=repository.root,
                                  env=repository.environment(), check=False, capture_output=True)
            self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_sources_of_a_folder_above_the_repository(self):
        config = '[workspace]\nname = "test"\nsources = ["*.reg.toml", "../../*.reg.toml"]\n'
        with Repository("repository/ws", config=config) as repository:
            top = repository.top / "repository"
            shutil.rmtree(repository.top / ".git")
            repository.write("../../beside.reg.toml", '[[symbols]]\nregistry = "B"\noid = "b"\ntarget = "b.B"\n')
            git(top, "init", "-q", "-b", "main")
            commit(top)
            repository.run("auto-register")
            self.assertEqual(repository.targets("B"), {"b.B"})
            self.assertEqual(repository.same("HEAD"),
                             "HEAD: taken as now, being in no revision: ../../beside.reg.toml\n")

    def test_callers_that_are_refused_now_are_a_difference(self):
        with Repository() as repository:
            registry = {"fields": ["rank"], "context": {"sm": "int", "device": "string"}}
            repository.write("m.reg.json", {**MANIFEST, "registries": {"R": registry}})
            commit(repository.top)
            registry["context"] = {"sm": "int"}
            repository.write("m.reg.json", {**MANIFEST, "registries": {"R": registry}})
            done = repository.run("diff", "HEAD", "--fresh", expect=1)
            self.assertIn(b"  R: callers that give device, or some values of it, are refused now\n", done.stdout)
            self.assertEqual(repository.diff("HEAD", "--fresh", expect=1)["refused"], [
                {"registry": "R", "fact": "device", "problem": None}])


class TemporaryFolders(unittest.TestCase):
    def test_a_folder_that_cannot_be_locked_is_removed(self):
        with Repository() as repository:
            done = repository.strace(["diff", "HEAD"], "-o", "/dev/null", "-e", "inject=flock:error=ENOLCK")
            self.assertEqual(done.returncode, 5)
            self.assertEqual(list(repository.temporary.iterdir()), [])

    def test_what_a_killed_process_left_is_removed_by_the_next_and_what_is_in_use_is_not(self):
        with Repository() as repository:
            left = repository.temporary / "reg-revision-aaaaaa"
            (left / "files" / "deep").mkdir(parents=True)
            repository.same("HEAD")
            self.assertFalse(left.exists())
            left.mkdir()
            with subprocess.Popen(["flock", str(left), "sleep", "60"], start_new_session=True) as holder:
                while subprocess.run(["flock", "-n", str(left), "true"], check=False).returncode == 0:
                    time.sleep(0.01)
                repository.same("HEAD")
                self.assertTrue(left.exists())
                os.killpg(holder.pid, signal.SIGKILL)
            repository.same("HEAD")
            self.assertFalse(left.exists())

    def test_nobody_else_may_enter_them(self):
        with Repository() as repository:
            done = repository.strace(["diff", "HEAD"], "-e", "trace=mkdir", "-o", repository.root / "trace")
            self.assertEqual(done.returncode, 0, done.stderr)
            made = [line for line in (repository.root / "trace").read_text().splitlines() if 'reg-revision-' in line]
            self.assertIn("0700", made[0])

    def test_a_temporary_folder_that_is_not_there_is_an_error(self):
        with Repository() as repository:
            done = subprocess.run([REG, "diff", "HEAD"], cwd=repository.root, capture_output=True, check=False,
                                  env=repository.environment(TMPDIR="/nothing/there"))
            self.assertEqual(done.returncode, 5)
            self.assertIn(b"cannot use the temporary folder /nothing/there", done.stderr)


if __name__ == "__main__":
    main()

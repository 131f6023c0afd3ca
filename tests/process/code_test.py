"""Code as a source: an incremental run gives the same bytes as a full one, and opens no file more than it must."""

import os
import random
import shutil
import subprocess
import unittest

from sandbox import CONFIG, Workspace, main

SEEDS = int(os.environ.get("REG_TEST_ROUNDS", "12"))

SCANS = """
[[scan]]
preset = "mmengine"
{mmengine}
[[scan]]
language = "python"
class    = "pkg.bases.Plugin"
registry = {{ attribute = "registry" }}

[[scan]]
preset = "logilab"

[[scan]]
preset = "pluginlib"
"""

MATCH = """
[[match]]
registry = "Matched"
from     = "pkg.m1"
"""

MODULES = [f"m{number}" for number in range(6)]


def registries_module(rng):
    """Where registries come from: their names, their scope and the names that they are known by change."""
    name = rng.choice(["model", "loss", "hook"])
    lines = ["from mmengine.registry import Registry"]
    if rng.random() < 0.3:
        lines.append("class OwnRegistry(Registry):\n    pass")
    maker = "OwnRegistry" if len(lines) > 1 and rng.random() < 0.5 else "Registry"
    scope = rng.choice(["", ", scope='own'"])
    lines.append(f"MODELS = {maker}('{name}'{scope})")
    lines.append(rng.choice(["HOOKS = Registry('hooks')", "HOOKS = MODELS", "HOOKS = make()", "pass"]))
    if rng.random() < 0.4:
        lines.append("add = MODELS.register_module")
    return "\n".join(lines) + "\n"


def bases_module(rng):
    registry = rng.choice(["'plugins'", "'others'", "name()"])
    lines = [f"class Plugin:\n    registry = {registry}\n"]
    lines.append(f"class Middle({rng.choice(['Plugin', 'object'])}):\n    {rng.choice(['pass', chr(95) * 2 + 'select__ = yes(2)'])}\n")
    lines.append(f"class View:\n    __registry__ = '{rng.choice(['views', 'forms'])}'\n    __abstract__ = {rng.choice(['True', 'False'])}\n")
    return "\n".join(lines)


def imports(rng):
    return rng.choice(["from pkg.registries import MODELS, HOOKS", "from .registries import *",
                       "import pkg.registries as r\nMODELS = r.MODELS\nHOOKS = r.HOOKS", "from pkg import MODELS, HOOKS",
                       "from .registries import MODELS, HOOKS, add as put", "from .m0 import *",
                       "try:\n    from nowhere import MODELS\nexcept ImportError:\n    from .registries import MODELS"])


def registration(rng, number):
    return rng.choice([
        f"@MODELS.register_module()\nclass C{number}:\n    '''Number {number}.'''\n",
        f"@HOOKS.register_module(name='n{rng.randrange(4)}', force=True)\nclass H{number}:\n    pass\n",
        f"class D{number}:\n    pass\nMODELS.register_module(module=D{number})\n",
        f"@put()\nclass P{number}:\n    pass\n",
        f"from .bases import Middle as Near\nclass Plug{number}(Near):\n    pass\n",
        f"import pkg.bases\nclass View{number}(pkg.bases.View):\n    __regid__ = 'v{rng.randrange(3)}'\n    __select__ = yes({number})\n",
        f"def make(x):\n    @MODELS.register_module()\n    class Inner{number}:\n        pass\n",
        f"for name in names:\n    MODELS.register_module(name=name, module=thing)\n",
        f"def plain{number}():\n    pass\n",
        "x = 1\n" * rng.randrange(3),
    ])


def module(rng):
    lines = [imports(rng)] if rng.random() < 0.8 else []
    lines += [registration(rng, rng.randrange(9)) for _ in range(rng.randrange(4))]
    if rng.random() < 0.2:
        lines.append("__all__ = ['MODELS', 'C1']")
    return "\n".join(lines) + "\n"


def package_init(rng):
    return rng.choice(["", "from .registries import MODELS, HOOKS\n", "from .registries import *\n",
                       "from .m2 import MODELS\nfrom .registries import HOOKS\n"])


def cpp(rng):
    return "".join(f"PLUGINLIB_EXPORT_CLASS(ns::T{rng.randrange(4)}, ns::Base)\n" for _ in range(rng.randrange(3)))


def plugin_xml(rng):
    return f"""<library path="libparts"><class name="ns/T{rng.randrange(4)}" type="ns::T{rng.randrange(4)}"
  base_class_type="ns::Base"><description>one</description></class></library>\n"""


class Project:
    """Python and C++ in a workspace, and the edits that people make."""

    def __init__(self, rng, workspace):
        self.rng = rng
        self.workspace = workspace
        self.match = ""
        self.mmengine = ""
        self.write_config()
        for name, make in [("__init__", package_init), ("registries", registries_module), ("bases", bases_module)]:
            self.write(f"src/pkg/{name}.py", make(rng))
        for name in MODULES:
            self.write(f"src/pkg/{name}.py", module(rng))
        self.write("src/part.cpp", cpp(rng))
        self.write("src/parts.xml", plugin_xml(rng))

    def write(self, name, text):
        path = self.workspace.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def write_config(self):
        self.workspace.write("registry.toml", CONFIG + SCANS.format(mmengine=self.mmengine) + self.match)

    def edit(self):
        rng = self.rng
        choice = rng.random()
        if choice < 0.1:
            (self.workspace.root / f"src/pkg/{rng.choice(MODULES)}.py").unlink(missing_ok=True)
        elif choice < 0.25:
            self.write("src/pkg/registries.py", registries_module(rng))
        elif choice < 0.35:
            self.write("src/pkg/bases.py", bases_module(rng))
        elif choice < 0.42:
            self.write("src/pkg/__init__.py", package_init(rng))
        elif choice < 0.47:
            self.match = rng.choice(["", MATCH])
            self.mmengine = rng.choice(["", 'guarded = "drop"', 'unresolved = "drop"', 'exclude = ["m2.py"]'])
            self.write_config()
        elif choice < 0.52:
            self.write("src/part.cpp", cpp(rng))
        elif choice < 0.57:
            self.write("src/parts.xml", plugin_xml(rng))
        elif choice < 0.62:
            self.workspace.write("fields.reg.json", {"registries": {"model": {"fields": rng.sample(["a", "b"], 1)}}})
        else:
            self.write(f"src/pkg/{rng.choice(MODULES)}.py", module(rng))


def full(workspace):
    """The exit code, the cache's bytes and what a full run says, over a copy of the sources."""
    with Workspace() as copy:
        shutil.copytree(workspace.root, copy.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".reg"))
        done = copy.run("auto-register", expect=None)
        return done.returncode, copy.cache.read_bytes() if copy.cache.exists() else None, done.stderr


def damage(rng, file):
    if not file.exists():
        return
    content = file.read_bytes()
    if rng.random() < 0.3 or not content:
        file.unlink()
    elif rng.random() < 0.5:
        file.write_bytes(content[: rng.randrange(len(content))])
    else:
        at = rng.randrange(len(content))
        file.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1:])


def killed_run(rng, workspace):
    process = workspace.start("auto-register", "-q")
    try:
        process.communicate(timeout=rng.random() * 0.02)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def happening(rng, project):
    """Does one of the things that happen to a workspace, and says which."""
    workspace, cache = project.workspace, project.workspace.cache
    module = f"src/pkg/{rng.choice(MODULES)}.py"
    said = f"a{rng.randrange(3)}"
    happenings = {
        "edit": project.edit,
        "several edits": lambda: [project.edit() for _ in range(3)],
        "partial run": lambda: workspace.run("auto-register", "-q", rng.choice([module, "src/pkg", "src", "src/part.cpp", "match.reg.toml"]),
                                             expect=None),
        "register": lambda: workspace.run("register", "-q", "model", f"by.Hand{said}", expect=None),
        "unregister": lambda: workspace.run("unregister", "-q", "model", f"Hand{said}", f"by.Hand{said}", expect=None),
        "fresh query": lambda: workspace.run("list", "--fresh", expect=None),
        "deletion": lambda: (workspace.root / rng.choice([module, "src/part.cpp", "src/parts.xml"])).unlink(missing_ok=True),
        "a manifest with a match": lambda: workspace.write("match.reg.toml", matching(rng)),
        "a comment in registry.toml": lambda: commented(rng, workspace.root / "registry.toml"),
        "rehearsal": lambda: workspace.run("auto-register", "-q", rng.choice(["--check", "--dry-run"]), expect=None),
        "keep going": lambda: workspace.run("auto-register", "-q", "--keep-going", expect=None),
        "killed run": lambda: killed_run(rng, workspace),
        "damage": lambda: damage(rng, cache.with_name(cache.name + rng.choice(["", ".state", ".accounts", ".stamps"]))),
        "touch": lambda: os.utime(workspace.root / "src/pkg/registries.py"),
        "same times": lambda: same_times(rng, workspace.root / module),
    }
    what = rng.choice(list(happenings))
    happenings[what]()
    return what


def matching(rng):
    """A manifest with a match, and symbols above or below it."""
    symbols = "".join(f'[[symbols]]\nregistry = "More"\ntarget = "more.T{rng.randrange(5)}"\nselect = "a == 1"\n' for _ in range(2))
    match = f'[[match]]\nregistry = "Taken"\nfrom = "pkg.{rng.choice(MODULES)}"\ninclude = ["*{rng.choice("12")}"]\n'
    return "".join(rng.sample([symbols, match], 2))


def commented(rng, file):
    file.write_text(file.read_text() + f"# {rng.randrange(9)}\n")


def same_times(rng, file):
    """Another content of the same size, under the times of the old one."""
    if file.exists() and "MODELS" in file.read_text():
        before = file.stat()
        file.write_text(file.read_text().replace("MODELS", "HOOKSS"))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


class Code(unittest.TestCase):
    def test_an_incremental_run_gives_the_bytes_and_the_words_of_a_full_one(self):
        registered = 0
        for seed in range(SEEDS):
            rng = random.Random(seed)
            with Workspace() as workspace:
                project = Project(rng, workspace)
                for step in range(30):
                    done = workspace.run("auto-register", expect=None)
                    code, expected, said = full(workspace)
                    where = f"seed {seed}, step {step}: {done.stderr.decode()}"
                    self.assertEqual(done.returncode, code, where)
                    if code == 0:
                        self.assertEqual(workspace.cache.read_bytes(), expected, where)
                        self.assertEqual(warnings_in(done.stderr), warnings_in(said), where)
                        registered += expected.count(b'"target"')
                        self.assertEqual(workspace.run("auto-register", "--check", expect=None).returncode, 0, where)
                    self.assertEqual(workspace.run("cache", "verify", expect=None).returncode, 0, where)
                    project.edit()
        self.assertGreater(registered, 30 * SEEDS, "too little was registered")

    def test_whatever_happens_between_runs_the_next_whole_one_gives_the_bytes_of_a_fresh_checkout(self):
        for seed in range(100, 100 + SEEDS):
            rng = random.Random(seed)
            with Workspace() as workspace:
                project = Project(rng, workspace)
                done = []
                for step in range(40):
                    done.append(happening(rng, project))
                    if rng.random() < 0.3:
                        code = workspace.run("auto-register", "-q", expect=None).returncode
                        expected, content, _ = full(workspace)
                        where = f"seed {seed}, step {step}: {done}"
                        self.assertEqual(code, expected, where)
                        if code == 0:
                            self.assertEqual(workspace.cache.read_bytes(), content, where)
                            self.assertEqual(workspace.run("list", "--all", "-o", "name", expect=None).stderr, b"", where)

    def test_what_was_deleted_beside_the_targets_of_a_partial_run_goes_with_the_next_whole_one(self):
        for edit in ("unlink", "other"):
            with Workspace() as workspace:
                workspace.write("registry.toml", CONFIG + '[[scan]]\npreset = "fvcore"\n')
                workspace.write("where.py", "from fvcore.common.registry import Registry\nR = Registry('R')\n")
                for name in "ab":
                    workspace.write(f"{name}/{name}.py", f"from where import R\n@R.register()\nclass {name.upper()}: pass\n")
                workspace.run("auto-register", "-q")
                (workspace.root / "a/a.py").unlink()
                if edit == "unlink":
                    (workspace.root / "b/b.py").unlink()
                else:
                    workspace.write("b/b.py", "from where import R\n@R.register()\nclass C: pass\n")
                workspace.run("auto-register", "-q", "b")
                self.assertEqual(workspace.run("auto-register", "--check", expect=None).returncode, 1)
                workspace.run("auto-register", "-q")
                self.assertEqual(workspace.cache.read_bytes(), full(workspace)[1])

    def test_what_a_manifest_matches_in_code_stays_when_the_manifest_changes(self):
        with Workspace() as workspace:
            workspace.write("registry.toml", CONFIG + '[[scan]]\nlanguage = "python"\n')
            workspace.write("optim.py", "class Adam: pass\nclass SGD: pass\n")
            match = '[[match]]\nregistry = "Optim"\nfrom = "optim"\n'
            workspace.write("m.reg.toml", match)
            workspace.run("auto-register", "-q")
            workspace.write("m.reg.toml", match + '[[symbols]]\nregistry = "K"\ntarget = "k.T"\n')
            workspace.run("auto-register", "-q")
            self.assertEqual(workspace.targets("Optim"), {"optim.Adam", "optim.SGD"})
            workspace.write("registry.toml", CONFIG + '# more\n[[scan]]\nlanguage = "python"\n')
            workspace.run("register", "-q", "K", "by.hand")
            self.assertEqual(workspace.targets("Optim"), {"optim.Adam", "optim.SGD"})

    def test_all_names_of_one_registration_and_all_that_is_matched_are_merged(self):
        with Workspace(CONFIG + '[[scan]]\npreset = "mmengine"\n') as workspace:
            workspace.write("pkg/__init__.py", "from mmengine.registry import Registry\nMODELS = Registry('model')\n"
                                               "@MODELS.register_module(name=['a', 'b', 'c'])\nclass Net:\n    pass\n")
            workspace.write("pkg/parts.py", "class One: pass\nclass Two: pass\ndef three(): pass\n")
            workspace.write("all.reg.toml", '[[match]]\nregistry = "Part"\nfrom = "pkg.parts"\n'
                                            '[[merge]]\ninto = "All"\nfrom = ["model", "Part"]\n')
            workspace.run("auto-register")
            names = lambda registry: sorted((each["oid"], each["target"]) for each in workspace.json("list", registry))
            self.assertEqual(len(names("All")), 6)
            self.assertEqual(names("All"), sorted(names("model") + names("Part")))

    def test_a_scan_that_changed_holds_for_all_code_whatever_a_run_is_limited_to(self):
        with Workspace() as workspace:
            scan = '[[scan]]\npreset = "fvcore"\n'
            workspace.write("registry.toml", CONFIG + scan)
            workspace.write("m.py", "from fvcore.common.registry import Registry\nR = Registry('R')\nif x:\n    @R.register()\n    class A: pass\n")
            workspace.run("auto-register", "-q")
            self.assertEqual(workspace.targets("R"), {"m.A"})
            workspace.write("registry.toml", CONFIG + scan + 'guarded = "drop"\n')
            workspace.run("register", "-q", "K", "by.hand")
            self.assertEqual(workspace.targets("R"), set())
            self.assertEqual(workspace.cache.read_bytes(), full(workspace)[1])

    def opened(self, workspace, *arguments):
        trace = workspace.root / "trace.txt"
        self.assertEqual(workspace.strace(["auto-register", *arguments], "-o", trace, "-e", "trace=openat,open").returncode, 0)
        return sorted({line.split('"')[1].rsplit("/", 1)[-1] for line in trace.read_text().splitlines() if ".py\"" in line})

    def settle(self, workspace):
        """What was read within a clock tick of its change is looked into until its time tells every change."""
        self.assertTrue(any(not self.opened(workspace) for _ in range(100)))

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_only_what_changed_is_opened_and_what_its_words_lead_to(self):
        with Workspace() as workspace:
            workspace.write("registry.toml", CONFIG + '[[scan]]\npreset = "mmengine"\n')
            project = {"reg.py": "from mmengine import Registry\nMODELS = Registry('model')\n",
                       "use.py": "from reg import MODELS\n@MODELS.register_module()\nclass A: pass\n",
                       "short.py": "import alias\n@alias.put()\nclass B: pass\n", "plain.py": "x = 1\n", "alias.py": "y = 2\n"}
            for name, text in project.items():
                (workspace.root / name).write_text(text)
            self.assertEqual(len(self.opened(workspace)), 5)
            self.settle(workspace)
            (workspace.root / "reg.py").write_text("from mmengine import Registry\nMODELS = Registry('models')\n")
            self.assertEqual(self.opened(workspace), ["reg.py"])
            self.assertEqual(workspace.targets("models"), {"use.A"})
            self.settle(workspace)
            (workspace.root / "alias.py").write_text("from reg import MODELS\nput = MODELS.register_module\n")
            self.assertEqual(self.opened(workspace), ["alias.py", "short.py"])
            self.assertEqual(workspace.targets("models"), {"short.B", "use.A"})

    def test_lost_or_damaged_accounts_only_cost_time(self):
        for damage in (None, b"", b"reg-accounts", lambda data: data[:-1], lambda data: data[:100] + b"\xff" + data[101:]):
            with Workspace() as workspace:
                project = Project(random.Random(5), workspace)
                workspace.run("auto-register", "-q", expect=None)
                kept = workspace.root / ".reg/registry_cache.json.accounts"
                if damage is None:
                    kept.unlink()
                else:
                    kept.write_bytes(damage(kept.read_bytes()) if callable(damage) else damage)
                project.write("src/pkg/m3.py", "from .registries import MODELS\n@MODELS.register_module()\nclass New: pass\n")
                workspace.run("auto-register", "-q")
                self.assertEqual(workspace.cache.read_bytes(), full(workspace)[1])

    def test_a_partial_run_takes_only_what_lies_under_its_targets(self):
        with Workspace() as workspace:
            workspace.write("registry.toml", CONFIG + '[[scan]]\npreset = "mmengine"\n')
            write = lambda name, text: (workspace.root / name).write_text(text)
            write("reg.py", "from mmengine import Registry\nMODELS = Registry('model')\n")
            for name in "ab":
                write(f"{name}.py", f"from reg import MODELS\n@MODELS.register_module()\nclass {name.upper()}: pass\n")
            workspace.run("auto-register", "-q")
            for name in "abc":
                write(f"{name}.py", f"from reg import MODELS\n@MODELS.register_module()\nclass {name.upper()}2: pass\n")
            workspace.run("auto-register", "-q", "a.py")
            self.assertEqual(workspace.targets("model"), {"a.A2", "b.B"})
            workspace.run("auto-register", "-q")
            self.assertEqual(workspace.targets("model"), {"a.A2", "b.B2", "c.C2"})
            self.assertEqual(workspace.cache.read_bytes(), full(workspace)[1])


def warnings_in(said):
    """What was said of the sources; not the summary, which tells how much was read."""
    return sorted(line for line in said.decode().splitlines() if line.startswith("reg: warning") or ": warning:" in line)


if __name__ == "__main__":
    main()

"""Random steps. A sequence of steps follows from its seed alone."""

import copy
import json
import random

from . import text
from .documents import Documents
from .names import REGISTRIES
from .settling import Settled
from .steps import (Append, Command, Damage, Delete, GoOnIn, Keep, MakeUnreadable, Rename, SwapIn, Together, Touch, Write,
                    WriteText)

PATHS = ["a/m.reg.json", "a/n.reg.toml", "a-b/m.reg.json", "a.reg.json", "b/m.reg.toml", "b/deep/m.reg.json",
         "b/manual.reg.json", "ü.reg.toml"]
STRAY_PATHS = ["a/notes.json", ".hidden.reg.json", "node_modules/m.reg.json", "b/.deep/m.reg.toml"]
RUN_TARGETS = ["a", "a", "b", "b", "b/deep", "a/m.reg.json", "a.reg.json", "ü.reg.toml", "registry.toml", "manual.reg.json", "nothing-here"]
DEFINES = ["build=debug", "build=release", "fast=true", "level=3", "level=1", "device=cuda"]
BROKEN = ["{", "[[symbols]\n", '{"symbols": [}', "\x00", '{"symbols": {}}', '{"symbls": []}', "[]"]
CACHES = [None, None, None, None, "build/c.json", "../elsewhere/c.json"]
LOOKS = [("list", "--all", "--where", 'oid == "o1"'), ("show", "Alpha/o1"), ("select", "o1"), ("possible", "Gamma"),
         ("list",), ("list", "--all")]
WAYS_TO_WRITE = ["in place", "in place", "renamed", "same time"]
TIMES = [0, 1_000_000_000, 4_000_000_000]


class Draft:
    """What the sources say if every step so far was taken."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.random = Documents(self.rng)
        self.chance, self.some = self.random.chance, self.random.some
        self.documents, self.before, self.by_hand, self.pinned = {}, [], [], []
        self.cache = self.rng.choice(CACHES)

    def steps(self, count=40):
        yield from self.beginning()
        for _ in range(count):
            yield from self.next_steps()
        yield Command(("auto-register",))

    def beginning(self):
        yield self.write("registry.toml", self.random.config)
        yield self.write(self.rng.choice(["a/base.reg.json", "a/base.reg.toml"]), self.random.declared)
        for path in self.some(PATHS, 4):
            yield self.write(path, lambda: self.random.tables(4))
        yield Command(("auto-register",))

    def next_steps(self):
        settled = self.settled()
        self.random.known = self.by_hand + [(name, symbol.oid, symbol.target)
                                            for name, symbols in settled.registries.items() for symbol in symbols]
        if settled.fails and self.chance(0.4):
            return self.undo()
        kinds = {self.edit: 30, self.run: 26, self.manual: 14, self.undo: 8, self.file_step: 8, self.broken: 4, self.damage: 6,
                 self.elsewhere: 2, self.frozen: 2, self.together: 4, self.query: 6, self.settings: 3, self.redeclare: 3,
                 self.forget: 3, self.manual_edit: 1}
        return self.rng.choices(list(kinds), kinds.values())[0]()

    # edits

    def settled(self):
        view = {path: text.written(path, self.documents[path]).encode() for path in sorted(self.documents)}
        return Settled(view)

    def write(self, path, make):
        """A step that writes what `make` gives; most of what would fail is made again."""
        before = self.documents.get(path)
        for _ in range(5):
            self.documents[path] = make()
            if self.chance(0.2) or not self.settled().fails:
                break
        self.before.append((path, before))
        return Write(path, copy.deepcopy(self.documents[path]), self.rng.choice(WAYS_TO_WRITE))

    def edit(self):
        path = self.rng.choice(PATHS)
        if path in self.documents and self.chance(0.8):
            old = self.documents[path]
            return [self.write(path, lambda: self.random.edited(old))]
        return [self.write(path, lambda: self.random.tables(3))]

    def settings(self):
        return [self.write("registry.toml", self.random.config)]

    def manual_edit(self):
        """What commands register by hand is a manifest like any other."""
        return [Write("manual.reg.json", self.random.tables(2)), self.full_run()]

    def redeclare(self):
        path = "a/base.reg.toml" if "a/base.reg.toml" in self.documents else "a/base.reg.json"
        return [self.write(path, self.random.declared)]

    def undo(self):
        if not self.before:
            return []
        path, document = self.before.pop()
        if document is None:
            self.documents.pop(path, None)
            return [Delete(path)]
        self.documents[path] = document
        return [Write(path, copy.deepcopy(document))]

    def forget(self):
        """What was registered by hand is what most full runs fail for."""
        return [Delete("manual.reg.json")]

    # files

    def file_step(self):
        path = self.rng.choice([*PATHS, "manual.reg.json", "a", "b"])
        what = self.rng.choice(["delete", "rename", "touch", "touch", "append", "append", "stray"])
        if what == "touch":
            return [Touch(path, self.rng.choice(TIMES))]
        if what == "append":
            return [Append(path)]
        if what == "stray":
            return [Write(self.rng.choice(STRAY_PATHS), self.random.tables(1))]
        return self.delete(path) if what == "delete" else self.rename(path)

    def delete(self, path):
        self.documents = {name: document for name, document in self.documents.items()
                          if name != path and not name.startswith(path + "/")}
        return [Delete(path)]

    def rename(self, path):
        to = self.rng.choice([other for other in PATHS if other.endswith(path[-5:])] or ["c"])
        if to not in self.documents:
            self.documents = {to if name == path else name: document for name, document in self.documents.items()}
        return [Rename(path, to)]

    def between(self, most):
        return [step for _ in range(self.rng.randint(0, most)) for step in self.next_steps()]

    def broken(self):
        path = self.rng.choice([*PATHS, *PATHS, "manual.reg.json", "registry.toml"])
        repair = Write(path, copy.deepcopy(self.documents[path])) if path in self.documents else Delete(path)
        breaking = MakeUnreadable(path) if self.chance(0.2) else WriteText(path, self.rng.choice(BROKEN))
        return [breaking, self.full_run(), *self.between(2), repair]

    def damage(self):
        what = self.rng.choice(["cache", "state", "stamps"])
        how = self.rng.choice(["flip", "flip", "swap_lines", "cut", "append", "empty", "remove", "remove all", "swap", "swap"])
        if how == "remove all":
            return [Delete(".reg")]
        if how != "swap":
            return [Damage(what, how, self.rng.random(), self.chance(0.3))]
        swapped = self.rng.choice([("cache",), ("state",), ("cache", "state")])
        return [Keep(), *self.edit(), self.full_run(), *self.between(3), SwapIn(swapped)]

    def elsewhere(self):
        return [GoOnIn(self.rng.choice(["cp -r", "cp -a", "mv"]))]

    # commands

    def defines(self):
        if not self.chance(0.15):
            return []
        return [word for define in self.some(DEFINES, 2) for word in ("--define", define)]

    def full_run(self):
        options = [option for option, part in [("--full", 0.1), ("--keep-going", 0.2)] if self.chance(part)]
        return Command(("auto-register", *options, *self.defines()))

    def run(self):
        if self.chance(0.55):
            return [self.full_run()]
        return [self.partial_run() if self.chance(0.7) else self.rehearsal()]

    def partial_run(self):
        options = ["--keep-going"] if self.chance(0.15) else []
        return Command(("auto-register", *self.some(RUN_TARGETS, 2), *options, *self.defines()))

    def rehearsal(self):
        return Command(("auto-register", self.rng.choice(["--dry-run", "--check"]), *self.defines()))

    def look(self):
        return Command(self.rng.choice(LOOKS))

    def manual(self):
        return [Command(self.command_by_hand())]

    def command_by_hand(self):
        what = self.rng.choice(["register", "register", "register", "unregister", "unregister", "merge", "pin", "pin", "unpin"])
        if what == "merge":
            options = ["--force"] if self.chance(0.3) else []
            return "merge", self.rng.choice(REGISTRIES), *self.some(REGISTRIES, 2), *options
        if what == "unpin" and self.pinned and self.chance(0.8):
            return what, self.rng.choice(self.pinned)
        registry, oid, target = self.random.something() if self.chance(0.2 if what == "register" else 0.7) else self.random.anything()
        if what in ("pin", "unpin"):
            self.pinned.append(f"{registry}/{oid}")
            return what, f"{registry}/{oid}", *((target, "--reason", self.rng.choice(["slow", "#12"])) if what == "pin" else ())
        self.by_hand.append((registry, oid, target))
        if what == "unregister":
            return what, registry, oid, target
        return what, registry, target, "--oid", oid, *self.register_options(registry)

    def register_options(self, registry):
        entry, options = self.random.symbol(), []
        if entry["registry"] == registry:
            for key, value in entry.get("info", {}).items():
                options += ["--info", f"{key}={value if isinstance(value, str) else json.dumps(value)}"]
            options += ["--select", entry["select"]] if "select" in entry else []
        for key in ("replaces", "doc"):
            options += [f"--{key}", entry[key]] if key in entry else []
        return [*options, *(f"--{key}" for key in ("force", "clear") if entry.get(key) is True)]

    def frozen(self):
        return [Command(("lock",)), *self.manual(), *self.between(2), Command(("unlock",))]

    def together(self):
        def one():
            if self.chance(0.5):
                return self.command_by_hand()
            return self.rng.choice([self.full_run, self.partial_run, self.rehearsal, self.look])().arguments
        return [Together(one(), one())]

    def query(self):
        query = self.rng.choice([("cache", "clear"), ("cache", "path"), *LOOKS])
        if query[0] == "cache" or self.chance(0.3):
            return [Command(query)]
        if self.chance(0.5):
            return [Command((*query, "--fresh"))]
        return [Command(query, (("REG_REFRESH", "auto"),))]

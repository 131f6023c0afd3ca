"""An incremental run gives the same bytes as a full one, whatever was edited, and reads no more than it must."""

import json
import os
import random
import shutil
import unittest

from sandbox import CONFIG, Workspace, main, symbol

REGISTRIES = ["Alpha", "Beta", "Gamma.x"]
SEEDS = int(os.environ.get("REG_TEST_ROUNDS", "12"))


def random_symbol(rng, allow_edits):
    registry = rng.choice(REGISTRIES)
    entry = symbol(registry, f"oid{rng.randrange(6)}", f"pkg.m{rng.randrange(4)}.T{rng.randrange(40)}")
    if rng.random() < 0.85:
        entry["select"] = rng.choice(['a == 1', 'b > self.rank | has(c)', 'gpu() & yes(2)', 'name glob "x*"', 'yes(3)',
                                      'near("a", "b")', 'version >= self.driver & near(self.`max-batch`)'])
    if rng.random() < 0.4:
        entry["info"] = rng.choice([{"rank": rng.randrange(5)}, {"driver": rng.choice(["2.10", "v3rc1"])}])
    if rng.random() < 0.1:
        entry["registry"] = rng.sample(REGISTRIES, 2)
    if allow_edits:
        for key, value, chance in [("force", True, 0.1), ("clear", True, 0.05), ("when", 'build == "release"', 0.15),
                                   ("replaces", f"pkg.m{rng.randrange(4)}.T{rng.randrange(40)}", 0.1),
                                   ("abstract", True, 0.05)]:
            if rng.random() < chance:
                entry[key] = value
    return entry


def random_manifest(rng, allow_edits):
    manifest = {"symbols": [random_symbol(rng, allow_edits) for _ in range(rng.randrange(5))]}
    if allow_edits and rng.random() < 0.2:
        manifest["unregister"] = [{k: v for k, v in random_symbol(rng, False).items() if k in ("registry", "oid", "target")}]
        if not isinstance(manifest["unregister"][0]["registry"], str):
            del manifest["unregister"]
    if allow_edits and rng.random() < 0.15:
        into, source = rng.sample(REGISTRIES, 2)
        manifest["merge"] = [{"into": into, "from": [source], "force": rng.random() < 0.7}]
    return manifest


def base_manifest(rng):
    fields = {"rank": "int", "driver": "version", "max-batch": "any"}
    registries = {name: {"fields": fields} for name in REGISTRIES}
    if rng.random() < 0.3:
        registries["Beta"]["select"] = "a == 1"
    if rng.random() < 0.3:
        registries["Empty"] = {"doc": "declared, without symbols"}
    predicates = {"gpu": rng.choice(['device == "gpu"', 'device in ["gpu", "tpu"]']),
                  "near": {"fact": True, "all": rng.choice([False, True])}}
    return {"registries": registries, "predicates": predicates}


class Incremental(unittest.TestCase):
    def rebuild(self, workspace):
        """The exit code and the cache's bytes of a full run over a copy of the sources."""
        with Workspace() as copy:
            shutil.copytree(workspace.root, copy.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".reg"))
            code = copy.run("auto-register", "-q", expect=None).returncode
            return code, copy.cache.read_bytes() if copy.cache.exists() else None

    def edit(self, rng, workspace, allow_edits):
        name = f"{rng.choice(['', 'deep/'])}m{rng.randrange(6)}.reg.json"
        choice = rng.random()
        if choice < 0.12:
            (workspace.root / name).unlink(missing_ok=True)
        elif choice < 0.2:
            workspace.write("base.reg.json", base_manifest(rng))
        elif choice < 0.26:
            facts = f'[facts]\nbuild = "{rng.choice(["release", "debug"])}"\n[context]\ndevice = "{rng.choice("xy")}"\n'
            workspace.write("registry.toml", CONFIG + facts)
        else:
            workspace.write(name, random_manifest(rng, allow_edits))

    def check_edits(self, seed, allow_edits):
        rng = random.Random(seed)
        with Workspace() as workspace:
            workspace.write("base.reg.json", base_manifest(rng))
            self.assertEqual(workspace.run("auto-register", "-q").returncode, 0)
            good = workspace.cache.read_bytes()
            for step in range(30):
                self.edit(rng, workspace, allow_edits)
                done = workspace.run("auto-register", "-q", expect=None)
                code, full = self.rebuild(workspace)
                self.assertEqual(done.returncode, code, f"seed {seed}, step {step}: {done.stderr.decode()}")
                if code == 0:
                    good = full
                    self.successes += 1
                self.assertEqual(workspace.cache.read_bytes(), good, f"seed {seed}, step {step}")
                self.assertEqual(workspace.run("cache", "verify", expect=None).returncode, 0, f"seed {seed}, step {step}")

    def test_random_edits_of_plain_sources(self):
        self.successes = 0
        for seed in range(SEEDS):
            self.check_edits(seed, allow_edits=False)
        self.assertGreater(self.successes, 5 * SEEDS, "too few of the random workspaces were free of errors")

    def test_random_edits_with_directives_merges_and_unregistrations(self):
        self.successes = 0
        for seed in range(1000, 1000 + SEEDS):
            self.check_edits(seed, allow_edits=True)
        self.assertGreater(self.successes, 5 * SEEDS, "too few of the random workspaces were free of errors")

    def test_that_all_arguments_must_score_is_known_after_incremental_runs(self):
        contexts = {"one": {"group": ["a"]}, "both": {"group": ["b", "a"]}, "grades": {"group": {"a": 2, "b": 0.5}},
                    "low": {"group": {"a": 2, "b": 0}}}
        some = {"one": 1, "both": 1, "grades": 2, "low": 2}
        every = {"one": None, "both": 2, "grades": 2.5, "low": None}

        def scores(workspace):
            found = {}
            for name, context in contexts.items():
                done = workspace.run("select", "oid", "--registry", "R", "--ctx", json.dumps(context), "-o", "json", expect=None)
                found[name] = json.loads(done.stdout)["score"] if done.returncode == 0 else None
            return found

        with Workspace() as workspace:
            workspace.write("a.reg.json", {"symbols": [{**symbol("R", "oid", "x.T"), "select": 'group("a", "b")'}]})
            for definition, expected in [({"fact": True, "all": True}, every), ({"fact": True}, some),
                                         ({"fact": True, "all": True}, every)]:
                workspace.write("p.reg.json", {"predicates": {"group": definition}})
                workspace.run("auto-register")
                self.assertEqual(scores(workspace), expected)
                # Another source changes: the definition is the sidecar's from here on.
                workspace.write("b.reg.json", {"symbols": [symbol("R", "other", f"x.T{len(definition)}")]})
                workspace.run("auto-register")
                self.assertEqual(scores(workspace), expected)
                self.assertEqual(workspace.cache.read_bytes(), self.rebuild(workspace)[1])

    def test_a_partial_run_takes_only_what_lies_under_its_targets(self):
        for seed in range(SEEDS):
            with Workspace() as workspace, Workspace() as expected:
                for place in (workspace, expected):
                    place.write("base.reg.json", base_manifest(random.Random(seed)))
                for name in ("a/one.reg.json", "a/two.reg.json", "b/one.reg.json"):
                    manifest = random_manifest(random.Random(f"{seed}{name}"), False)
                    for entry in manifest["symbols"]:
                        entry["target"] += name[0]
                        entry["select"] = "a == 1"
                    workspace.write(name, manifest)
                    if name.startswith("a"):
                        expected.write(name, manifest)
                workspace.run("auto-register", "-q")
                # b is gone and a is changed, but only b is named.
                shutil.rmtree(workspace.root / "b")
                workspace.write("a/one.reg.json", {"symbols": []})
                workspace.run("auto-register", "-q", "b")
                expected.run("auto-register", "-q")
                self.assertEqual(workspace.cache.read_bytes(), expected.cache.read_bytes())

    def opened_sources(self, workspace):
        trace = workspace.root / "trace.txt"
        self.assertEqual(workspace.strace(["auto-register"], "-o", trace, "-e", "trace=openat,open").returncode, 0)
        return sorted({line.split('"')[1].rsplit("/", 1)[-1] for line in trace.read_text().splitlines()
                       if ".reg.json\"" in line or ".reg.toml\"" in line})

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_only_changed_sources_are_opened(self):
        with Workspace() as workspace:
            for number in range(5):
                workspace.write(f"m{number}.reg.json", {"symbols": [symbol("R", f"o{number}", f"t{number}", replaces="t9")]})
            workspace.write("t.reg.toml", "[[symbols]]\nregistry = \"R\"\ntarget = \"toml.T\"\n")
            self.assertEqual(len(self.opened_sources(workspace)), 6)
            # What was read within a clock tick of its change is looked into until its time tells every change.
            self.assertTrue(any(not self.opened_sources(workspace) for _ in range(100)))
            workspace.write("m3.reg.json", {"symbols": [symbol("R", "o3", "changed")]})
            self.assertEqual(self.opened_sources(workspace), ["m3.reg.json"])
            self.assertIn("changed", workspace.targets("R"))

    def test_the_cache_is_not_touched_when_nothing_changed(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
            workspace.run("auto-register")
            before = os.stat(workspace.cache)
            workspace.run("auto-register")
            after = os.stat(workspace.cache)
            self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_a_lost_or_damaged_sidecar_only_costs_time(self):
        for damage in (None, b"", b"{", b'{"format":"reg-state"}', b"[1,2]"):
            with Workspace() as workspace:
                workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
                workspace.run("auto-register")
                good = workspace.cache.read_bytes()
                sidecar = workspace.root / ".reg" / "registry_cache.json.state"
                sidecar.unlink() if damage is None else sidecar.write_bytes(damage)
                workspace.run("auto-register")
                self.assertEqual(workspace.cache.read_bytes(), good)

    def test_a_damaged_cache_is_rebuilt(self):
        for damage in (b"", b"{}", b"not json", b'{"format":"reg-cache","version":99}\n'):
            with Workspace() as workspace:
                workspace.write("m.reg.json", {"symbols": [symbol("R", "o", "t")]})
                workspace.run("auto-register")
                good = workspace.cache.read_bytes()
                workspace.cache.write_bytes(damage)
                error = json.loads(workspace.run("list", "R", "-o", "json", expect=5).stderr)["error"]
                self.assertIn("reg auto-register", error["hint"])
                workspace.run("auto-register")
                self.assertEqual(workspace.cache.read_bytes(), good)


if __name__ == "__main__":
    main()

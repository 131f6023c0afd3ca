"""What other machines publish: files in .reg/remote, which stop nobody and change nothing that is declared here."""

import json
import os
import random
import shutil
import unittest

from diff_test import commit, git
from sandbox import CONFIG, Workspace, figure, main, symbol

REMOTE = CONFIG + '[remote]\netcd = ["http://127.0.0.1:1"]\nname = "fleet"\norigin = "me"\n'
ROUNDS = int(os.environ.get("REG_TEST_ROUNDS", "12"))


def publication(origin, symbols, registries=None, facts=None):
    return {"published": {"format": 1, "origin": origin, "workspace": "there", "facts": facts or {}},
            "registries": registries or {}, "symbols": symbols}


def published(registry, oid, target, **more):
    return {**symbol(registry, oid, target, **more), "declared": {"path": "kernels/a.reg.toml", "line": 12}}


def path_of(origin):
    return f".reg/remote/{origin}.reg.json"


class RemoteWorkspace(Workspace):
    def __init__(self, config=REMOTE):
        super().__init__(config)

    def publish(self, origin, symbols, registries=None, facts=None):
        self.write(path_of(origin), publication(origin, symbols, registries, facts))

    def warnings(self, *arguments, expect=0):
        """What a run warns about, of what others publish."""
        done = self.run("auto-register", *arguments, expect=expect)
        return [line for line in done.stderr.decode().splitlines() if ".reg/remote/" in line and "warning" in line]

    def full(self):
        """The exit code and the cache's bytes of a full run over the same sources."""
        with Workspace() as copy:
            shutil.copytree(self.root, copy.root, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("registry_cache*", "*.lock"))
            code = copy.run("auto-register", "-q", expect=None).returncode
            return code, copy.cache.read_bytes() if copy.cache.exists() else None

    def order(self, registry):
        return [one["target"] for one in self.json("list", registry)]


class Remote(unittest.TestCase):
    def check_full(self, workspace):
        self.assertEqual((0, workspace.cache.read_bytes()), workspace.full())

    def test_in_a_tie_the_local_symbol_is_first(self):
        with RemoteWorkspace() as workspace:
            workspace.write("z.reg.json", {"symbols": [symbol("K", "o", "l.so:f", select="a == 1")]})
            workspace.publish("b", [published("K", "o", "b.so:f", select="a == 1")])
            workspace.publish("a", [published("K", "o", "l.so:f", select="a == 1"),
                                    published("K", "o", "a.so:f", select="a == 1 & yes(2)")])
            self.assertEqual(workspace.warnings(), [])
            self.assertEqual(workspace.order("K"), ["l.so:f", "l.so:f", "a.so:f", "b.so:f"])
            chosen = workspace.json("select", "o", "--registry", "K", "--ctx", "a=1")
            self.assertEqual(chosen["target"], "a.so:f")
            workspace.publish("a", [published("K", "o", "l.so:f", select="a == 1")])
            self.assertEqual(workspace.warnings(), [])
            chosen = workspace.json("select", "o", "--registry", "K", "--ctx", "a=1")
            self.assertEqual(chosen["source"]["path"], "z.reg.json")
            self.check_full(workspace)

    def test_unregister_takes_out_what_others_publish(self):
        with RemoteWorkspace() as workspace:
            workspace.publish("a", [published("K", "o", "x.so:f"), published("K", "p", "x.so:g")])
            workspace.run("auto-register")
            workspace.run("unregister", "K", "o", "x.so:f")
            self.assertEqual(workspace.order("K"), ["x.so:g"])
            workspace.publish("b", [published("K", "o", "x.so:f")])
            workspace.run("auto-register")
            self.assertEqual(workspace.order("K"), ["x.so:g"])
            self.check_full(workspace)

    def test_another_type_than_here_is_left_out_with_one_warning(self):
        with RemoteWorkspace() as workspace:
            workspace.write("z.reg.toml", '[registries.K]\nfields = { n = "int" }\n')
            workspace.publish("a", [published("K", f"o{i}", "x.so:f", info={"n": "text"}) for i in range(50)] +
                              [published("K", "fits", "x.so:g")],
                              {"K": {"fields": {"n": "string"}}})
            said = workspace.warnings()
            self.assertEqual(len(said), 2, said)
            self.assertTrue(any("kernels/a.reg.toml:12" in line and "49 more" in line for line in said), said)
            self.assertTrue(all('"a" publishes' in line for line in said), said)
            self.assertEqual(workspace.order("K"), ["x.so:g"])
            self.assertEqual(workspace.warnings("--check"), said)
            self.check_full(workspace)
            workspace.write("z.reg.toml", '[registries.K]\nfields = { n = "string" }\n')
            workspace.run("auto-register")
            self.assertEqual(len(workspace.order("K")), 51)
            self.check_full(workspace)

    def test_a_broken_file_counts_as_empty_and_stops_nobody(self):
        with RemoteWorkspace() as workspace:
            workspace.write("z.reg.json", {"symbols": [symbol("K", "o", "l.so:f")]})
            workspace.publish("b", [published("K", "o", "b.so:f")])
            for broken in ("{", "[]", '{"published": 1}', '{"symbols": [{"registry": 7}]}', "\0", ""):
                workspace.write(path_of("a"), broken)
                said = workspace.warnings()
                self.assertEqual(len(said), 1, said)
                self.assertIn('"a" publishes', said[0])
                self.assertEqual(workspace.order("K"), ["l.so:f", "b.so:f"])
                self.check_full(workspace)
            self.assertEqual(workspace.run("auto-register", "--check").returncode, 0)
            workspace.publish("a", [published("K", "o", "a.so:f")])
            self.assertEqual(workspace.warnings(), [])
            self.assertEqual(workspace.order("K"), ["l.so:f", "a.so:f", "b.so:f"])

    def test_a_file_comes_changes_and_goes(self):
        with RemoteWorkspace() as workspace:
            workspace.write("z.reg.json", {"symbols": [symbol("K", "o", "l.so:f")]})
            workspace.run("auto-register")
            local = workspace.cache.read_bytes()
            workspace.publish("a", [published("K", "o", "a.so:f"), published("N", "o", "a.so:f")])
            self.assertEqual(workspace.run("auto-register", "--check", expect=None).returncode, 1)
            self.assertIn({"source": path_of("a"), "kind": "remote", "state": "new"},
                          [{key: one[key] for key in ("source", "kind", "state")}
                           for one in workspace.json("status", expect=None)["sources"]])
            workspace.run("auto-register", "--dry-run")
            self.assertEqual(workspace.cache.read_bytes(), local)
            workspace.run("auto-register", ".reg/remote")
            self.check_full(workspace)
            self.assertEqual(workspace.order("N"), ["a.so:f"])
            workspace.publish("a", [published("K", "p", "a.so:f")])
            workspace.run("auto-register")
            self.check_full(workspace)
            os.unlink(workspace.root / path_of("a"))
            workspace.run("auto-register")
            self.assertEqual(workspace.cache.read_bytes(), local)

    def fleet(self, workspace):
        """One target from here and from two origins, of which one has another as well."""
        workspace.write("z.reg.json", {"symbols": [symbol("K", "o", "x.so:f", select="sm >= 80")]})
        workspace.publish("a", [published("K", "o", "x.so:f", select="sm >= 80")])
        workspace.publish("b", [published("K", "o", "x.so:f", select="sm >= 80"),
                                published("K", "o", "y.so:f", select="sm >= 90 & yes(2)")])
        workspace.run("auto-register")

    def text(self, workspace, *arguments, expect=0):
        return workspace.run(*arguments, expect=expect).stdout.decode()

    def test_tables_say_whose_a_symbol_is_where_any_is_anothers(self):
        with RemoteWorkspace() as workspace:
            self.fleet(workspace)
            rows = [["OID", "TARGET", "ORIGIN"], ["o", "x.so:f"], ["o", "x.so:f", "a"], ["o", "x.so:f", "b"],
                    ["o", "y.so:f", "b"]]
            split = lambda text: [line.split() for line in text.splitlines()]
            self.assertEqual(split(self.text(workspace, "list", "K")), rows)
            self.assertEqual([row[1:] for row in split(self.text(workspace, "list", "--all"))], rows)
            self.assertEqual([row[-1] for row in split(self.text(workspace, "find", "o"))][-2:], ["b", "b"])
            self.assertEqual(split(self.text(workspace, "possible", "K", "--ctx", "sm=90")),
                             [["REGISTRY", "OID", "TARGET", "SCORE", "ORIGIN"], ["K", "o", "y.so:f", "3", "b"]])
            self.assertNotIn("ORIGIN", self.text(workspace, "list", "K", "--filter", "p*", expect=1))
            self.assertNotIn("ORIGIN", self.text(workspace, "list", "K", "--where", "~origin"))
            self.assertNotIn("ORIGIN", self.text(workspace, "list", "K", "--fields", "doc"))
            self.assertEqual(self.text(workspace, "list", "K", "-o", "csv").splitlines()[0], "oid,target")

    def test_facts_say_whose_the_places_are(self):
        with RemoteWorkspace() as workspace:
            self.fleet(workspace)
            (fact,) = workspace.json("facts", "K")
            self.assertEqual([(place["path"], place.get("origin")) for place in fact["places"]],
                             [("z.reg.json", None)] + [("kernels/a.reg.toml", origin) for origin in "abb"])
            (workspace.root / "z.reg.json").unlink()
            workspace.run("auto-register")
            self.assertIn("from a: kernels/a.reg.toml:12 and 2 more", self.text(workspace, "facts", "K"))

    def test_each_target_of_several_origins_is_named_once(self):
        with RemoteWorkspace() as workspace:
            self.fleet(workspace)
            said = workspace.run("get", "K/o", expect=4).stderr.decode()
            self.assertIn("hint: `reg select` chooses among x.so:f, y.so:f\n", said)
            said = workspace.run("list", "K", "--fields", "nothing", expect=2).stderr.decode()
            self.assertIn("source, origin", said)

    def test_why_tells_that_others_publish_the_target(self):
        with RemoteWorkspace() as workspace:
            self.fleet(workspace)
            said = "x.so:f is from a, b, too; --origin NAME asks about theirs"
            self.assertIn(f"\n\n{said}.\n", self.text(workspace, "why", "o", "--target", "x.so:f", "--ctx", "sm=90"))
            done = workspace.run("why", "o", "--target", "x.so:f", "--ctx", "sm=90", "-o", "json")
            self.assertNotIn("origin", json.loads(done.stdout))
            self.assertEqual(json.loads(done.stderr), {"note": {"message": said}})
            for more in (["x.so:f", "--origin", "b"], ["y.so:f"]):
                said = self.text(workspace, "why", "o", "--ctx", "sm=90", "--target", *more, expect=None)
                self.assertNotIn("--origin", said)

    def test_status_says_what_cannot_be_used(self):
        with RemoteWorkspace() as workspace:
            workspace.publish("b", [published("K", "o", "b.so:f")])
            workspace.write(path_of("a"), "{")
            workspace.run("auto-register")
            done = workspace.run("status", "-o", "json")
            states = {one["source"]: one for one in json.loads(done.stdout)["sources"]}
            self.assertEqual(states[path_of("a")]["state"], "failed")
            self.assertIn('what "a" publishes cannot be used', states[path_of("a")]["why"])
            self.assertEqual(states[path_of("b")]["state"], "fresh")
            self.assertEqual(done.stderr, b"", "there is nothing that a run could mend")
            self.assertEqual(workspace.run("auto-register", "--check").returncode, 0)

    def test_registering_with_a_field_that_only_others_declare_tells_what_to_declare(self):
        with RemoteWorkspace() as workspace:
            declared = {"K": {"fields": {"device": "string"}}}
            workspace.publish("a", [published("K", "o", "a.so:f", info={"device": "cuda"})], declared)
            workspace.run("auto-register")
            arguments = ["register", "K", "l.so:g", "--oid", "g", "--info", "device=cuda"]
            self.assertIn('hint: other origins declare it; declare it here, too: fields = { "device" = "string" } in '
                          "[registries.K]", workspace.run(*arguments, expect=2).stderr.decode())
            self.assertNotIn("other origins", workspace.run(*arguments[:-1], "size=1", expect=2).stderr.decode())
            workspace.write("z.reg.toml", '[registries.K]\nfields = { "device" = "string" }\n')
            workspace.run("auto-register")
            workspace.run(*arguments)

    def test_what_one_publishes_is_told_by_its_origin_when_lines_are_compared(self):
        with RemoteWorkspace() as workspace:
            workspace.publish("a", [published("K", "o", "x.so:f", select="a == 1")])
            workspace.publish("b", [published("K", "o", "x.so:f", select="a == 2")])
            workspace.run("auto-register")
            workspace.publish("b", [published("K", "o", "x.so:f", select="a == 3")])
            report = workspace.json("auto-register")
            self.assertEqual([report[kind] for kind in ("added", "removed", "altered")], [0, 0, 1], report)

    def test_a_changed_origin_among_many_is_spliced(self):
        with RemoteWorkspace() as workspace:
            for number in range(100):
                workspace.publish(f"host-{number:02}", [
                    published("K", f"o{i}", f"k.so:f{i}", select=f"sm >= {number}") for i in range(50)],
                    {"K": {"context": {"sm": "int"}}})
            workspace.run("auto-register")
            workspace.publish("host-42", [published("K", "o7", "k.so:f7", select="sm >= 7")],
                              {"K": {"context": {"sm": "int"}}})
            done = workspace.run("auto-register", "-v")
            self.assertNotIn("linked anew", done.stderr.decode(), "it was not spliced")
            self.check_full(workspace)

    def test_a_fact_in_another_makes_no_error_of_what_is_given_here(self):
        with RemoteWorkspace() as workspace:
            workspace.write("m.reg.json", {"registries": {"K": {"context": {"os": "string"}}},
                                           "symbols": [symbol("K", "o", "l.so:f", select="os == 'linux'")]})
            workspace.publish("a", [published("K", "p", "a.so:f", select="arch.x == 1")],
                              {"K": {"context": {"arch.x": "int"}}})
            workspace.run("auto-register")
            done = workspace.run("select", "o", "--registry", "K", "--ctx", "os=linux", "--ctx", "arch=x86_64")
            self.assertEqual(b"l.so:f\n", done.stdout)
            self.check_full(workspace)

    def test_a_symbol_that_says_itself_whose_it_is_is_left_out(self):
        with RemoteWorkspace() as workspace:
            workspace.publish("a", [published("K", "o", "a.so:f", info={"origin": "b"}), published("K", "o", "a.so:g")])
            self.assertEqual(1, len(workspace.warnings()))
            self.assertEqual(["a.so:g"], workspace.order("K"))

    def test_an_oid_that_is_elsewhere_too_is_looked_for_here(self):
        with RemoteWorkspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("K", "o", "l.so:f")]})
            workspace.publish("a", [published("New", "o", "a.so:f")])
            workspace.run("auto-register")
            self.assertEqual(b"l.so:f\n", workspace.run("select", "o").stdout)

    def test_a_revision_has_what_others_publish_now(self):
        with RemoteWorkspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [symbol("K", "o", "l.so:f")]})
            workspace.write(".gitignore", ".reg/\n")
            git(workspace.root, "init", "-q", "-b", "main")
            commit(workspace.root)
            workspace.publish("a", [published("K", "o", "a.so:f", select="yes(2)")])
            os.symlink("a.reg.json", workspace.root / path_of("link"))
            workspace.run("auto-register")
            done = workspace.run("diff", "HEAD")
            self.assertEqual(b"", done.stdout)

    def edit(self, rng, workspace):
        choice = rng.random()
        kinds = ["int", "string", "version", "any"]
        types = lambda names: {name: rng.choice(kinds) for name in names if rng.random() < 0.6}
        registries = {name: {"fields": types("fg"), "context": types("ab")} for name in "KL" if rng.random() < 0.6}

        def entry(make, oids=4):
            one = make(rng.choice("KLM"), f"o{rng.randrange(oids)}", f"x.so:f{rng.randrange(4)}")
            if rng.random() < 0.8:
                one["select"] = rng.choice(["a == 1", "b >= '1.10'", "a >= self.f", "yes(2)", "a == 1 & b == self.g"])
            if rng.random() < 0.4:
                one["info"] = {rng.choice("fg"): rng.choice([1, "1.10", "text", 2.5])}
            return one

        if choice < 0.55:
            origin = rng.choice("pqr")
            if rng.random() < 0.15:
                (workspace.root / path_of(origin)).unlink(missing_ok=True)
            elif rng.random() < 0.1:
                workspace.write(path_of(origin), "{")
            else:
                workspace.publish(origin, [entry(published) for _ in range(rng.randrange(6))],
                                  registries if rng.random() < 0.7 else {}, {"site": rng.choice(["x", "y"])})
        elif choice < 0.75:
            workspace.write("base.reg.json", {"registries": registries})
        else:
            manifest = {"symbols": [entry(symbol) for _ in range(rng.randrange(3))]}
            for one in manifest["symbols"]:
                if rng.random() < 0.1:
                    one["force"] = True
                if rng.random() < 0.1:
                    one["replaces"] = "x.so:f1"
            if rng.random() < 0.1:
                manifest["unregister"] = [symbol("K", "o1", "x.so:f1")]
            if rng.random() < 0.1:
                manifest["merge"] = [{"into": "L", "from": ["K"]}]
            workspace.write(f"m{rng.randrange(3)}.reg.json", manifest)

    def local_run(self, workspace):
        """The exit code of a run over the local sources alone."""
        with Workspace() as copy:
            shutil.copytree(workspace.root, copy.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".reg"))
            return copy.run("auto-register", "-q", expect=None).returncode

    def test_after_random_edits_an_incremental_run_gives_the_bytes_of_a_full_one(self):
        good, steps = 0, 0
        for seed in range(ROUNDS):
            rng = random.Random(seed)
            with RemoteWorkspace() as workspace:
                workspace.run("auto-register")
                last = workspace.cache.read_bytes()
                for step in range(25):
                    self.edit(rng, workspace)
                    done = workspace.run("auto-register", "-q", expect=None)
                    code, full = workspace.full()
                    said = f"seed {seed}, step {step}: {done.stderr.decode()}"
                    self.assertEqual(done.returncode, code, said)
                    self.assertEqual(code, self.local_run(workspace), said)
                    last = full if code == 0 else last
                    self.assertEqual(workspace.cache.read_bytes(), last, said)
                    self.assertEqual(workspace.run("cache", "verify").returncode, 0, said)
                    good += code == 0
                    steps += 1
        figure("edits of workspaces with what others publish", steps)
        self.assertGreater(good, steps / 5)


if __name__ == "__main__":
    main()

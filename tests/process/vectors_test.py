"""The selections that logilab.common answered, over the selectors of a real program."""

import json
import unittest

from sandbox import DATA, Workspace, main

EXPLAIN_EXITS = (0, 1)


class Vectors(unittest.TestCase):
    def test_every_selection_has_the_outcome_score_and_ties_that_logilab_gives(self):
        self.check_all("cubicweb.jsonl", 300, json.loads((DATA / "real" / "cubicweb.reg.json").read_text()))

    def test_so_it_does_where_is_instance_grades_how_near_a_class_is(self):
        manifest = json.loads((DATA / "real" / "cubicweb.reg.json").read_text())
        for name in ("match_kwargs", "match_form_params"):
            manifest["predicates"][name]["all"] = True
        self.check_all("cubicweb_graded.jsonl", 693, manifest)

    def check_all(self, name, count, manifest):
        lines = (DATA / "vectors" / name).read_text().splitlines()
        self.assertEqual(len(lines), count)
        with Workspace() as workspace:
            workspace.write("cubicweb.reg.json", manifest)
            workspace.run("auto-register")
            for number, line in enumerate(lines, 1):
                with self.subTest(line=number):
                    self.check(workspace, json.loads(line))

    def check(self, workspace, vector):
        query = ["select", vector["oid"], "--registry", vector["registry"], "--ctx", json.dumps(vector["context"])]
        done = workspace.run(*query, "-o", "json", expect=vector["exit"])
        if vector["exit"] == 0:
            winner = json.loads(done.stdout)
            self.assertEqual((winner["target"], winner["score"]), (vector["target"], vector["score"]))
        explained = json.loads(workspace.run(*query, "--explain", "-o", "json", expect=vector["exit"]).stdout)
        self.assertEqual(explained["winner"], vector["target"])
        best = [c["target"] for c in explained["candidates"] if c["score"] == vector["score"]]
        self.assertEqual(best, vector["ties"])
        self.assertEqual(explained["ambiguous"], vector["ties"] if len(vector["ties"]) > 1 else [])


if __name__ == "__main__":
    main()

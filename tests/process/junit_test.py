"""What `reg test -o junit` writes is XML that CI servers read, whatever is in targets, oids and documentation."""

import unittest
import xml.etree.ElementTree as ElementTree

from sandbox import Workspace

NASTY = ["plain", "<&>\"'", "]]>", "\u001b[31mred", "two\nlines", "\u202edecoy", "\ufffe\uffff", "é \U0001f600", "#1"]


def manifest():
    select = [f"pick == {index}" for index in range(len(NASTY))]
    return {"symbols": [{"registry": "R", "oid": "<o&\">", "target": f"t{index}:<&\"'{chr(0xffff)}>", "select": each}
                        for index, each in enumerate(select)],
            "expect": [{"registry": "R", "oid": "<o&\">", "ctx": {"pick": index, "text": text}, "doc": text,
                        "target": f"t{(index + index % 2) % len(NASTY)}:<&\"'{chr(0xffff)}>"}
                       for index, text in enumerate(NASTY)]}


class Junit(unittest.TestCase):
    def read(self, workspace, *arguments, expect=1):
        return ElementTree.fromstring(workspace.run("test", "-o", "junit", *arguments, expect=expect).stdout)

    def test_any_text_is_well_formed_and_the_counts_are_those_of_the_cases(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", manifest())
            workspace.run("auto-register")
            suites = self.read(workspace)
            self.assertEqual((suites.tag, suites.get("tests"), suites.get("failures"), suites.get("errors")),
                             ("testsuites", "9", "4", "0"))
            (suite,) = suites
            self.assertEqual(suite.get("name"), "m.reg.json")
            cases = suite.findall("testcase")
            self.assertEqual(len(cases), len(NASTY))
            self.assertEqual({case.get("classname") for case in cases}, {"R/<o&\">"})
            self.assertEqual([case.get("name") for case in cases][:5],
                             ["plain", "<&>\"'", "]]>", "\\x1b[31mred", "two\\nlines"])
            failed = [number for number, case in enumerate(cases) if case.find("failure") is not None]
            self.assertEqual(failed, [1, 3, 5, 7])
            for case in cases:
                self.assertEqual(case.get("file"), "m.reg.json")
                self.assertEqual(case.get("line"), "1")
            failure = cases[1].find("failure")
            self.assertIn("expected t2:<&\"'\ufffd>, got t1:<&\"'\ufffd>", failure.get("message"))
            self.assertIn(failure.get("message"), failure.text)

    def test_cases_of_one_name_are_told_apart_and_files_are_suites(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [{"registry": "R", "oid": "o", "target": "t"},
                                                       {"registry": "S", "oid": "p", "target": "t"},
                                                       {"registry": "T", "oid": "p", "target": "t"}]})
            workspace.run("auto-register")
            one = "[[expect]]\noid = \"o\"\ntarget = \"t\"\n"
            workspace.write("a.regtest.toml", one + one)
            workspace.write("b.regtest.toml", one + "[[expect]]\noid = \"p\"\nnone = true\n")
            suites = self.read(workspace, expect=2)
            self.assertEqual([suite.get("name") for suite in suites], ["a.regtest.toml", "b.regtest.toml"])
            self.assertEqual([case.get("name") for case in suites[0]], ["{}", "{} #2"])
            error = suites[1][1].find("error")
            self.assertEqual(error.get("type"), "invalid")
            self.assertEqual((suites.get("errors"), suites[1].get("errors"), suites[0].get("errors")),
                             ("1", "1", "0"))

    def test_where_nothing_could_be_asked_there_is_a_case_with_the_error(self):
        with Workspace() as workspace:
            workspace.write("m.reg.json", {"symbols": [{"registry": "R", "oid": "o", "target": "t"}]})
            workspace.run("auto-register")
            workspace.write("a.regtest.toml", "[[expect]\n# \u001b<")
            for arguments, status in ([], 2), (["nothing<.toml"], 2), (["--fresh", "m.reg.json"], 1):
                suites = self.read(workspace, *arguments, expect=status)
                self.assertEqual((suites.get("tests"), suites.get("errors")), ("1", "1"))
                self.assertTrue(suites[0][0].find("error").get("message"))


if __name__ == "__main__":
    unittest.main()

"""The table of codes in README.md is that of `reg lint`."""

import json
import pathlib
import re
import subprocess
import unittest

from sandbox import REG

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


class LintTable(unittest.TestCase):
    def test_readme_has_every_code_with_its_summary_in_order(self):
        answer = subprocess.run([REG, "lint", "--explain", "all", "-o", "json"], capture_output=True, check=True)
        rules = [(rule["code"], rule["summary"]) for rule in json.loads(answer.stdout)]
        section = re.search(r"^## Lint\n(.*?)^## ", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[1]
        rows = re.findall(r"^\| `([\w-]+)` \| (.*) \|$", section, re.MULTILINE)
        self.assertTrue(rules)
        self.assertEqual(rows, rules)


if __name__ == "__main__":
    unittest.main()

"""The session that the README shows of a fleet, with an etcd of the test's own in the place of the one it names."""

import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

from etcd_cluster import Cluster, main, needs_etcd  # noqa: E402
from hosts import REG  # noqa: E402
from readme import ROOT, SHOWN_AS, fits, run, sessions  # noqa: E402

NAMED = "http://127.0.0.1:2379"
# What another run, or another machine, prints otherwise.
VARYING = ((r"\d{4}-\d\d-\d\dT[0-9:]+Z +[0-9a-f]{8} ", "TIME MACHINE "), (r"(\d+|…) bytes\)", "N bytes)"))


def levelled(text):
    for pattern, word in VARYING:
        text = re.sub(pattern, word, text)
    return text


@needs_etcd
class ReadmeTest(unittest.TestCase):
    def test_the_commands_print_what_is_shown(self):
        found = list(sessions((ROOT / "README.md").read_text(), ("A fleet",)))
        self.assertGreaterEqual(len(found), 10)
        with Cluster(1) as cluster, tempfile.TemporaryDirectory(prefix="reg-readme-") as scratch:
            home = pathlib.Path(scratch).resolve()
            place = home
            for command, shown in found:
                if command.startswith("cd "):
                    place = (place / command[3:]).resolve()
                    continue
                printed = run(command.replace(NAMED, cluster.urls[0]), place, home, pathlib.Path(REG).resolve())
                printed = printed.replace(str(home), SHOWN_AS).replace(cluster.urls[0], NAMED)
                with self.subTest(command=command):
                    self.assertTrue(fits(levelled(shown), levelled(printed)), f"shown:\n{shown}\nprinted:\n{printed}")


if __name__ == "__main__":
    main()

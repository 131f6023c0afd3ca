"""Entry points, as `importlib.metadata` reads them."""

import importlib.metadata
import json
import os
import pathlib
import random
import subprocess
import sys
import unittest

SEED = 13
TEXTS = 5000
PIECES = ["a", "b.c", "é", "_x1", "x-y", " ", "  ", "\t", ":", "[", "]", "=", "==", ",", "e1", "#", "a:b", "a.b : c", "[e, f]"]


def entry(random):
    return "".join(random.choice(PIECES) for _ in range(random.randrange(1, 9)))


def valid_entry(random):
    blank = lambda: random.choice(["", " ", "  "])
    value = random.choice(["m", "m.n"]) + blank() + random.choice(["", ":" + blank() + "f.g"]) + blank()
    return blank() + random.choice(["a", "b c", "d-e.f"]) + blank() + "=" + blank() + value + random.choice(["", "[x]", "[x, y1]"]) + blank()


def text(random):
    lines = []
    for _ in range(random.randrange(8)):
        kind = random.randrange(5)
        line = {0: "[g%d]" % random.randrange(3), 1: "# a = b", 2: ""}.get(kind)
        lines.append(line if line is not None else (valid_entry if kind == 3 else entry)(random))
    return random.choice(["\n", "\r\n"]).join(lines)


# What is loaded, that is: importlib.metadata hands out values that it then fails to read. A line without `=` makes it
# fail for the whole file, and is left out of what it is asked.
def expected(text):
    text = "\n".join(line for line in text.splitlines() if "=" in line or is_group(line))
    points = []
    for point in importlib.metadata.EntryPoints._from_text(text):
        if not point.group.strip() or not point.name or not point.pattern.match(point.value):
            continue
        module, attribute = point.pattern.match(point.value).group("module", "attr")
        target = module + ":" + attribute if attribute else module
        points.append([point.group.strip(), point.name, target, point.extras])
    return points


def is_group(line):
    return line.strip().startswith("[") and line.strip().endswith("]")


def ours(texts):
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([os.environ["REG_PRINT_PACKAGED"]], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def plain(text):
    return text.encode(errors="replace").decode()


class EntryPoints(unittest.TestCase):
    def compare(self, texts):
        read = ours(texts)
        self.assertEqual(len(read), len(texts))
        for text, points in zip(texts, read):
            self.assertEqual(sorted(points), sorted(expected(text)), repr(text))

    def test_texts_of_all_kinds_are_read_alike(self):
        generator = random.Random(SEED)
        texts = [text(generator) for _ in range(TEXTS)]
        self.compare(texts)
        self.assertGreater(sum(len(expected(each)) for each in texts), TEXTS // 10)

    def test_the_packages_of_this_machine_are_read_alike(self):
        places = [pathlib.Path(path) for path in sys.path if path]
        files = [file for place in places for file in place.glob("*-info/entry_points.txt")]
        self.compare([plain(file.read_text(encoding="utf-8", errors="replace")) for file in files])


if __name__ == "__main__":
    unittest.main()

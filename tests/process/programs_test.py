"""Random Python programs: what is read of them is what was written into them, and what importing them registers."""

import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest

from programs import generator, tangled
from sandbox import REG, figure, main

PROGRAMS = int(os.environ.get("REG_TEST_PROGRAMS", "1000"))
SEED = int(os.environ.get("REG_TEST_SEED", "1"))
IMPORTING = pathlib.Path(__file__).parent / "programs" / "importing.py"
SEEN = re.compile(r"(.*?):(\d+):\d+: not registrable: ")


def key(registry, oid, target, info, path, line):
    given = {name: value for name, value in info.items() if value is not None}
    return json.dumps([registry, oid, target, given, path, line], sort_keys=True, ensure_ascii=False)


class Importer:
    """A process that imports programs."""

    def __init__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", IMPORTING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, program, root):
        modules = [module.name for module in program.modules]
        program.rng.shuffle(modules)
        print(json.dumps({"root": str(root), "path": str(root / program.folder), "modules": modules}),
              file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def read(root):
    """What reg finds: symbols by key, and the places of what it saw."""
    environment = {**os.environ, "REG_WORKSPACE": str(root), "NO_COLOR": "1"}
    done = subprocess.run([REG, "scan", "-o", "json"], cwd=root, env=environment, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"reg scan: exit {done.returncode}\n{done.stdout}{done.stderr}")
    symbols = collections.Counter(
        key(each["registry"], each["oid"], each["target"], each["info"], each["source"]["path"], each["source"]["line"])
        for each in json.loads(done.stdout))
    notes = [json.loads(line).get("note", {}).get("message", "") for line in done.stderr.splitlines() if line.startswith("{")]
    places = {(found[1], int(found[2])) for found in map(SEEN.match, notes) if found}
    return symbols, places, done.stderr


def differences(program, imported, root):
    """Lines that say what is not as it should be."""
    symbols, seen, notes = read(root)
    expected = collections.Counter(key(*vars_of(each)) for each in program.expected)
    by_running = collections.Counter(key(*each) for each in imported if (each[4], each[5]) not in program.seen)
    static = collections.Counter(key(*vars_of(each)) for each in program.expected if each.how == "static")
    found = [f"imported, not written: {each}" for each in by_running - static]
    found += [f"written, not imported: {each}" for each in static - by_running]
    found += [f"lost: {each}" for each in expected - symbols]
    found += [f"invented: {each}" for each in symbols - expected]
    found += [f"not seen: {each}" for each in sorted(program.seen - seen)]
    found += [f"seen, though nothing is there: {each}" for each in sorted(seen - program.seen)]
    return found + [f"  {line}" for line in notes.splitlines()] if found else []


def vars_of(each):
    return each.registry, each.oid, each.target, each.info, each.path, each.line


def try_programs(seeds):
    """Counts, and the programs that are not read as they should be."""
    counts, wrong = collections.Counter(), []
    importer = Importer()
    try:
        for seed in seeds:
            program = generator.generate(random.Random(seed))
            root = pathlib.Path(tempfile.mkdtemp(prefix="reg-program-"))
            generator.write(program, root)
            imported = importer.run(program, root)
            counts["programs"] += 1
            if "error" in imported:
                counts["not importable"] += 1
                found = []
            else:
                counts["registrations"] += len(imported["records"])
                found = differences(program, imported["records"], root)
            if found:
                wrong.append(f"seed {seed}, {root}:\n" + "\n".join(found))
            else:
                shutil.rmtree(root)
    finally:
        importer.close()
    return counts, wrong


def import_what_can_be(importer, program, root):
    """What the program registers, once the statements that fail have been taken out; nothing: it still fails."""
    for _ in range(12):
        imported = importer.run(program, root)
        if "error" not in imported:
            return imported["records"]
        if not imported["at"] or not tangled.without(program, *imported["at"]):
            return None
        generator.write(program, root)
    return None


def try_tangled(seeds):
    """As above, for programs of which only importing tells what they register."""
    counts, wrong = collections.Counter(), []
    importer = Importer()
    try:
        for seed in seeds:
            program = tangled.generate(random.Random(seed))
            root = pathlib.Path(tempfile.mkdtemp(prefix="reg-program-"))
            generator.write(program, root)
            records = import_what_can_be(importer, program, root)
            found = []
            if records is not None:
                counts["programs"] += 1
                counts["registrations"] += len(records)
                symbols, seen, notes = read(root)
                by_running = collections.Counter(key(*each) for each in records if (each[4], each[5]) not in seen)
                found = [f"lost: {each}" for each in by_running - symbols]
                found += [f"invented: {each}" for each in symbols - collections.Counter(key(*each) for each in records)]
            if found:
                wrong.append(f"tangled, seed {seed}, {root}:\n" + "\n".join(found))
            else:
                shutil.rmtree(root)
    finally:
        importer.close()
    return counts, wrong


def side_by_side(attempt, seeds):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(attempt, [seeds[0::2], seeds[1::2]]))
    return sum((result[0] for result in results), collections.Counter()), [each for result in results for each in result[1]]


class Programs(unittest.TestCase):
    def test_what_is_read_is_what_importing_registers(self):
        seeds = [SEED * 1_000_000 + number for number in range(PROGRAMS)]
        counts, wrong = side_by_side(try_programs, seeds)
        figure("random programs imported and read", counts["programs"] - counts["not importable"])
        figure("registrations in them", counts["registrations"])
        self.assertEqual(wrong[:3], [], f"{len(wrong)} of {counts['programs']} are read otherwise")
        self.assertGreater(counts["programs"] - counts["not importable"], 0.9 * PROGRAMS)

    def test_names_bound_in_any_order_mean_what_they_mean_when_imported(self):
        seeds = [SEED * 1_000_000 + number for number in range(PROGRAMS // 4)]
        counts, wrong = side_by_side(try_tangled, seeds)
        figure("programs about names alone", counts["programs"])
        figure("registrations in those", counts["registrations"])
        self.assertEqual(wrong[:3], [], f"{len(wrong)} of {counts['programs']} are read otherwise")
        self.assertGreater(counts["programs"], 0.6 * len(seeds))


if __name__ == "__main__":
    main()

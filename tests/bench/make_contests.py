"""Writes a workspace of oids that have many implementations each, with the predicates that kernels have.

    make_contests.py FOLDER OIDS IMPLEMENTATIONS

A tenth of the oids is in each of ten registries; half of these declare their facts. An implementation is for a device
and an operation, from some capability on, for sizes of a range, from or up to a driver's version, with a rank; what
several say is a named predicate. A few of an oid are written twice, or can never win, as happens.
"""

import json
import pathlib
import random
import sys

DEVICES = ("cuda", "rocm", "vulkan", "cpu")
OPS = ("gemm", "conv", "softmax", "attention", "norm", "scan", "sort", "fft")
TYPES = ("f64", "f32", "bf16", "f16", "i8")
SIZES = (1, 32, 64, 128, 256, 1024, 4096)

ROOT = """[workspace]
sources = ["manifests"]

[context]
device = "cpu"

[predicates]
gpu = "device in ['cuda', 'rocm', 'vulkan']"
at_least = { params = ["level"], expr = "device == 'cuda' & sm >= level" }
modern = "driver >= v12.4 & ~legacy"
"""
FACTS = {"device": {"type": "string", "values": list(DEVICES)}, "op": "string", "type": "string", "sm": "int",
         "size": "int", "driver": "version", "legacy": "bool", "isa": "list"}


def condition(choose, device):
    """What an implementation for that device asks for besides its operation."""
    if device == "cpu":
        return choose.choice(("'avx2' in isa", "'avx512' in isa", "~has(isa) | 'sse4' in isa"))
    if device == "cuda":
        level = choose.choice((50, 60, 70, 75, 80, 86, 90))
        return choose.choice((f"sm >= {level}", f"at_least({level})", "sm >= self.min_sm"))
    return choose.choice(("modern()", "driver >= v11", "driver >= v12.0 & driver < v13", "gpu()"))


def predicate(choose, device):
    """A predicate as somebody would write it."""
    parts = ["device == self.device", f"op == '{choose.choice(OPS)}'", condition(choose, device)]
    if choose.random() < 0.6:
        parts.append(f"type in {choose.sample(TYPES, choose.randint(1, 3))}")
    if choose.random() < 0.5:
        parts.append(f"size >= {choose.choice(SIZES)}")
    if choose.random() < 0.2:
        parts.append(f"size <= {choose.choice(SIZES) * 64}")
    parts.append(choose.choice(("yes(self.rank)", f"yes({choose.randint(1, 9)})")))
    return " & ".join(parts)


def implementations(choose, registry, oid, count):
    """The implementations of one oid; one of twenty has the predicate of the one before it."""
    symbols = []
    for number in range(count):
        device = choose.choice(DEVICES)
        symbols.append({"registry": registry, "oid": oid, "target": f"lib{oid}.so:make_{number:03}",
                        "info": {"device": device, "min_sm": choose.choice((60, 70, 80)), "rank": choose.randint(1, 99)},
                        "select": predicate(choose, device)})
        if number and choose.random() < 0.05:
            for member in ("info", "select"):
                symbols[-1][member] = symbols[-2][member]
    return symbols


def main():
    folder, oids, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    choose = random.Random(1)
    (folder / "manifests").mkdir(parents=True, exist_ok=True)
    (folder / "registry.toml").write_text(ROOT)
    for number in range(10):
        registry = f"Kernel{number}"
        declared = {"fields": {"device": "string", "min_sm": "int", "rank": "int"}}
        if number % 2 == 0:
            declared["context"] = FACTS
        symbols = [symbol for oid in range(number, oids, 10)
                   for symbol in implementations(choose, registry, f"op{oid:04}", count)]
        manifest = {"registries": {registry: declared}, "symbols": symbols}
        (folder / "manifests" / f"k{number}.reg.json").write_text(json.dumps(manifest))


if __name__ == "__main__":
    main()

"""Times selections of logilab.common, and those of bench_select beside them.

    dispatch_beside_logilab.py BENCH_SELECT

Both choose among the same 4 and 10,000 implementations for the same context. Prints, for each, the time of one
selection, and how many of reg's fit into one of logilab's. The two take turns; the median of the turns counts.
"""

import json
import statistics
import subprocess
import sys
import time

from logilab.common.registry import Predicate, RegistrableObject, RegistryStore

TURNS = 5
CONTEXT = {"device": "cuda", "op": "op42", "sm": 90}


class equals(Predicate):
    def __init__(self, fact, value):
        self.fact, self.value = fact, value

    def __call__(self, cls, **context):
        return int(context.get(self.fact) == self.value)


class at_least(Predicate):
    def __init__(self, fact, value):
        self.fact, self.value = fact, value

    def __call__(self, cls, **context):
        return int(context.get(self.fact, 0) >= self.value)


class accept(Predicate):
    def __init__(self, score):
        self.score = score

    def __call__(self, cls, **context):
        return self.score


FOUR = [
    ("gemm_cpu", equals("device", "cpu")),
    ("gemm_ampere", equals("device", "cuda") & at_least("sm", 80)),
    ("gemm_hopper", equals("device", "cuda") & at_least("sm", 90) & accept(1)),
    ("gemm_any", accept(0.5)),
]


def predicates(count):
    if count == 4:
        return FOUR
    return [(f"gemm{i}", equals("op", f"op{i}") & at_least("sm", 80)) for i in range(count)]


def registry(count):
    store = RegistryStore()
    made = store.setdefault("Kernel")
    for name, predicate in predicates(count):
        made.register(type(name, (RegistrableObject,), {
            "__regid__": "gemm", "__registry__": "Kernel", "__select__": predicate, "__module__": __name__,
            "__init__": lambda self, **context: None}))
    return made


def seconds_each(made, calls):
    begin = time.perf_counter()
    for _ in range(calls):
        made.select("gemm", **CONTEXT)
    return (time.perf_counter() - begin) / calls


def reg_seconds(program):
    run = subprocess.run([program, "--benchmark_format=json", "--benchmark_filter=^(dispatch|select)/",
                          "--benchmark_min_time=0.2"], capture_output=True, check=True)
    return {one["name"]: one["real_time"] * 1e-9 for one in json.loads(run.stdout)["benchmarks"]}


def main():
    peers = {4: (registry(4), 20_000), 10_000: (registry(10_000), 20)}
    assert peers[4][0].select("gemm", **CONTEXT).__class__.__name__ == "gemm_hopper"
    logilab, reg = {}, {}
    for _ in range(TURNS):
        for count, (made, calls) in peers.items():
            logilab.setdefault(count, []).append(seconds_each(made, calls))
        for name, seconds in reg_seconds(sys.argv[1]).items():
            reg.setdefault(name, []).append(seconds)
    print(f"  {'':<44} {'median µs':>11}  {'times as fast as logilab':>24}")
    for count in peers:
        base = statistics.median(logilab[count])
        print(f"  {f'logilab.common, {count:,} implementations':<44} {base * 1e6:11.3f}")
        for label, name in (("Registry::select, all candidates with scores", f"select/{count}"),
                            ("Dispatcher::select", f"dispatch/{count}/threads:1"),
                            ("Dispatcher::select, 2 threads together", f"dispatch/{count}/threads:2")):
            seconds = statistics.median(reg[name])
            print(f"  {label:<44} {seconds * 1e6:11.3f}  {base / seconds:24.0f}")


main()

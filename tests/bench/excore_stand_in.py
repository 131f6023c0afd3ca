"""Registers many strings in named registries and pickles them, the way ExCore's registry is documented to.

Usage: excore_stand_in.py SYMBOLS REGISTRIES FILE

A peer for `reg auto-register`: the checks on every registration (locked, name taken, unknown fields), the log
call, one list of field values a name, then the pickle of all registries. Unlike `reg`, it reads no source: the
strings are made in memory.
"""
import logging
import pickle
import sys

log = logging.getLogger("registry")


class Registry(dict):
    """Targets by name, with a list of the values of the extra fields for each."""

    locked = False
    pool = {}

    def __init__(self, name, fields):
        super().__init__()
        self.name = name
        self.fields = fields
        self.info = {}
        self.pool[name] = self

    def register(self, target, force=False, **info):
        if Registry.locked:
            log.debug("locked")
            return target
        name = target.rpartition(".")[2]
        if name in self and not force:
            raise ValueError(f"{name} is registered already")
        for field in info:
            if field not in self.fields:
                raise ValueError(f"{self.name} has no field {field}")
        self.info[name] = [info.get(field) for field in self.fields]
        log.debug(f"{name} is {target}")
        self[name] = target
        return target


def main():
    symbols, registries, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    all_registries = [Registry(f"bench.r{i:04}", ["family", "rank"]) for i in range(registries)]
    for i in range(symbols):
        all_registries[i % registries].register(f"zoo.resnet.resnet_{i:07}_patch8", family="resnet", rank=i % 1000)
    with open(path, "wb") as file:
        pickle.dump(Registry.pool, file)


main()

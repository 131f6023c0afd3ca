"""Random documents: small names and few of them, so that they meet."""

import copy

from .not_yet import NOT_YET

FIELDS = {"Alpha": {"rank": "int", "name": "string"}, "Beta": {"rank": "int", "tags": "list", "driver": "version"},
          "Gamma": {"name": "string", "opts": "any"}, "Delta": {}}
if "versions" in NOT_YET:
    del FIELDS["Beta"]["driver"]
FACTS = {"a": "int", "b": "int", "c": "any", "device": "string", "group": "any", "driver": "version"}
DEFAULTS = {"Gamma": "device == self.name", "Delta": "yes(1)"}
REGISTRIES = [*FIELDS, "Loose", "Free.x"]
OIDS = ["o1", "o2", "o3", "o4"]
TARGETS = [*(f"p.t{number}" for number in range(1, 9)), "lib.so:ü"]
VALUES = {"int": [1, 2, 80], "string": ["cuda", "x y", "é"], "list": [[], [1, 2], ["x"]],
          "any": [None, 7, "cpu", True, [1], {"k": 1}], "version": ["12.4", "v1.2.0"]}
NAMED = {"gpu": 'device in ["cuda", "rocm"]', "at_least": {"params": ["v"], "expr": "a >= v"}, "group": {"fact": True},
         "both": "gpu() & at_least(2)"}
OTHERWISE = {"gpu": 'device == "cuda"', "at_least": {"params": ["w"], "expr": "w <= a"}, "both": "gpu() | at_least(3)"}
WRONG_DEFINITIONS = {"gpu": "both()", "at_least": "a ==", "both": "undefined()"}
SELECTS = ['a == 1', 'b > 2 | has(c)', 'gpu() & yes(2)', 'device glob "x*"', 'yes(3)', 'at_least(2)', 'group("x", "y")',
           '~has(a) & both()', "(a == 1 | b == 2) & device != 'cpu'"]
OWN_SELECTS = {  # and the fields that they read
    'a >= self.rank': ["rank"], 'has(self.rank) & yes(self.rank)': ["rank"], 'at_least(self.rank) | self.rank == 80': ["rank"],
    'self.name == device': ["name"], '~has(self.name) | device glob self.name': ["name"], 'a in self.tags & yes(2)': ["tags"],
    'self.opts != device': ["opts"], 'self.opts & self.name': ["opts", "name"], 'self.opts == device | yes(self.opts)': ["opts"],
    'self.driver >= v12.1': ["driver"], 'driver < self.driver & has(self.driver)': ["driver"], 'self.opts == null': ["opts"],
}
WHENS = ['build == "release"', '~(build == "debug")', 'has(fast)', 'level >= 2', 'fast & level > 1', 'gpu()']
WRONG = [{"target": 3}, {"tarrget": "p.x"}, {"info": {"colour": 1}}, {"info": {"rank": "high"}}, {"select": "undefined()"},
         {"select": "a =="}, {"registry": "__private"}, {"when": "undefined()"}, {"oid": ""}, {"force": "yes"},
         {"select": "a == self.colour"}, {"when": "self.rank == 1"}, {"select": 'self.rank == "high"'}, {"select": "sm == 1"}]
SOURCES = [["."], ["."], ["."], ["a", "b/**/*.reg.*", "*.reg.json"], ["b", "a"]]
EXCLUDED = ["deep", "a-b", "b/m.reg.toml", "n.*"]


class Documents:
    def __init__(self, rng):
        self.rng = rng

    def chance(self, part):
        return self.rng.random() < part

    def some(self, choices, most):
        return self.rng.sample(choices, self.rng.randint(1, most))

    def config(self):
        workspace = {"name": "demo", "sources": self.rng.choice(SOURCES)}
        if self.chance(0.2):
            workspace["exclude"] = self.some(EXCLUDED, 2)
        facts = {"build": self.rng.choice(["release", "debug"]), "level": self.rng.choice([1, 2])}
        document = {"workspace": workspace, "facts": facts}
        if self.chance(0.4):
            document["context"] = {"device": self.rng.choice(["cpu", "cuda"])}
        if self.chance(0.3):
            document.update(self.tables(2))
        return document

    def declared(self):
        """Registries and predicates, usually alike."""
        registries = {name: self.registry(name) for name in self.rng.sample(list(FIELDS), 4)}
        if self.chance(0.15):
            del registries[self.rng.choice(list(registries))]
        definitions = dict(NAMED)
        for others, part in [(OTHERWISE, 0.3), (WRONG_DEFINITIONS, 0.05)]:
            if self.chance(part):
                definitions.update((name, others[name]) for name in self.some(list(others), 2))
        return {"registries": registries, "predicates": definitions}

    def registry(self, name):
        registry = {"fields": dict(FIELDS[name])} if FIELDS[name] else {}
        if self.chance(0.3):
            registry["doc"] = f"about {name}"
        if self.chance(0.9 if name in DEFAULTS else 0.05):
            registry["select"] = DEFAULTS.get(name, "a == 1")
        if self.chance(0.4) and "contexts" not in NOT_YET:
            registry["context"] = self.rng.choice([FACTS, FACTS, FACTS, list(FACTS), {"a": "int", "device": "string"}])
        return registry

    def again(self):
        """What another source may say of a registry."""
        return self.rng.choice([{"doc": "again"}, {"fields": ["rank"]}, {"fields": ["more"]}, {"fields": {"rank": "string"}},
                                {"select": "yes(1)"}])

    def tables(self, most):
        document = {"symbols": [self.symbol() for _ in range(self.rng.randint(1, most))]}
        if self.chance(0.25):
            document["merge"] = [self.merge() for _ in range(self.rng.randint(1, 2))]
        if self.chance(0.2):
            document["unregister"] = [self.unregister()]
        if self.chance(0.1):
            document["registries"] = {self.rng.choice(list(FIELDS)): self.again()}
        if self.chance(0.05):
            document["predicates"] = {"gpu": self.rng.choice([NAMED["gpu"], OTHERWISE["gpu"]])}
        return document

    def symbol(self):
        registry = self.some(REGISTRIES, 3) if self.chance(0.15) else self.rng.choice(REGISTRIES)
        entry = {"registry": registry, "target": self.rng.choice(TARGETS), "oid": self.rng.choice(OIDS)}
        if self.chance(0.05):
            del entry["oid"]
        fields = common_fields(registry)
        if fields and self.chance(0.5):
            entry["info"] = {name: self.rng.choice(VALUES[fields[name]]) for name in self.some(list(fields), len(fields))}
        if self.chance(0.6):
            entry["select"] = self.select(fields)
        self.add_options(entry)
        if self.chance(0.03):
            entry.update(self.rng.choice(WRONG))
        if "predicates of abstract ones" in NOT_YET and "abstract" in entry:
            entry.pop("select", None), entry.pop("when", None)
        return entry

    def select(self, fields):
        own = [predicate for predicate, read in OWN_SELECTS.items() if set(read) <= fields.keys()]
        return self.rng.choice(own if own and self.chance(0.5) else SELECTS)

    def add_options(self, entry):
        for key, value, part in [("force", True, 0.2), ("clear", True, 0.08), ("abstract", True, 0.06),
                                 ("when", self.rng.choice(WHENS), 0.15), ("replaces", self.rng.choice(TARGETS), 0.15),
                                 ("doc", f"says {self.rng.randint(1, 9)}", 0.2)]:
            if self.chance(part):
                entry[key] = value

    def merge(self):
        entry = {"into": self.rng.choice(REGISTRIES), "from": self.some(REGISTRIES, 2)}
        return {**entry, "force": True} if self.chance(0.4) else entry

    def unregister(self):
        return {"registry": self.rng.choice(REGISTRIES), "oid": self.rng.choice(OIDS), "target": self.rng.choice(TARGETS)}

    def edited(self, document):
        """The document with one entry more, less, changed or elsewhere."""
        document = copy.deepcopy(document)
        tables = [name for name in ("symbols", "merge", "unregister") if document.get(name)]
        what = self.rng.choice(["add", "add", "add", "change", "change", "remove", "move", "join"])
        if what == "add" or not tables:
            document.setdefault("symbols", []).append(self.symbol())
        elif what == "join":
            table, entry = self.rng.choice([("merge", self.merge()), ("unregister", self.unregister())])
            document.setdefault(table, []).append(entry)
        else:
            self.change_one(what, document[self.rng.choice(tables)])
        return document

    def change_one(self, what, entries):
        entry = entries.pop(self.rng.randrange(len(entries)))
        if what == "change":
            self.change(entry)
        if what != "remove":
            entries.insert(self.rng.randint(0, len(entries)), entry)

    def change(self, entry):
        other = self.merge() if "into" in entry else self.symbol()
        key = self.rng.choice(list(entry))
        if key in other:
            entry[key] = other[key]
        elif key in ("force", "clear", "abstract", "when", "replaces", "doc", "select", "info"):
            del entry[key]


def common_fields(registry):
    """The fields of a registry, or those that all of several have."""
    fields = [FIELDS.get(name, {}) for name in ([registry] if isinstance(registry, str) else registry)]
    return {name: kind for name, kind in fields[0].items() if all(name in other for other in fields)}

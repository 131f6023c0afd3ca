"""Random documents."""

import copy

from .knots import KNOTS
from .names import (CONTEXTS, DEFAULTS, EXCLUDED, FACTS, FIELDS, NAMED, OIDS, OTHERWISE, OWN_SELECTS, REGISTRIES, SELECTS, SOURCES,
                    TARGETS, VALUES, WHENS, WRONG, WRONG_DEFINITIONS)


class Documents:
    """Makes them. `known` are the registry, oid and target of what is probably registered, so that what acts on others
    finds some."""

    def __init__(self, rng):
        self.rng, self.known = rng, []

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
        if self.chance(0.4):
            registry["context"] = self.rng.choice(CONTEXTS)
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
            document["registries"] = {self.rng.choice(REGISTRIES): self.again()}
        if self.chance(0.2):
            for table, more in self.rng.choice(KNOTS)(self.rng).items():
                document[table] = {**document.get(table, {}), **more} if isinstance(more, dict) else document.get(table, []) + more
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
        return entry

    def select(self, fields):
        own = [predicate for predicate, read in OWN_SELECTS.items() if set(read) <= fields.keys()]
        return self.rng.choice(own if own and self.chance(0.5) else SELECTS)

    def add_options(self, entry):
        for key, value, part in [("force", True, 0.2), ("clear", True, 0.08), ("abstract", True, 0.06),
                                 ("when", self.rng.choice(WHENS), 0.15), ("replaces", self.replaced(entry), 0.2),
                                 ("doc", f"says {self.rng.randint(1, 9)}", 0.2)]:
            if self.chance(part):
                entry[key] = value

    def replaced(self, entry):
        """A target; usually one of the same registry, and not always another one."""
        near = [target for registry, _, target in self.known if registry in entry["registry"]]
        return self.rng.choice(near if near and self.chance(0.7) else TARGETS)

    def merge(self):
        entry = {"into": self.rng.choice(REGISTRIES), "from": self.some(REGISTRIES, 2)}
        return {**entry, "force": True} if self.chance(0.4) else entry

    def unregister(self):
        names = self.something() if self.chance(0.7) else self.anything()
        return dict(zip(("registry", "oid", "target"), names))

    def anything(self):
        return self.rng.choice(REGISTRIES), self.rng.choice(OIDS), self.rng.choice(TARGETS)

    def something(self):
        return self.rng.choice(self.known or [self.anything()])

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

"""Fragments of documents in which rules meet that meet seldom by chance."""

from .names import FACTS, REGISTRIES, TARGETS


def symbol(registry, oid, target, **more):
    return {"registry": registry, "oid": oid, "target": target, **more}


def merges(*pairs):
    return [{"into": into, "from": [source]} for into, source in pairs]


def ring_of_replaces(rng):
    """Some that replace one another: in a ring, or in a chain whose first is let be."""
    registry, ring = rng.choice(REGISTRIES), rng.sample(TARGETS, rng.randint(2, 3))
    symbols = [symbol(registry, f"o{position}", target, replaces=ring[position - 1]) for position, target in enumerate(ring)]
    if rng.random() < 0.7:
        del symbols[0]["replaces"]
    return {"symbols": rng.sample(symbols, len(symbols))}


def diamond(rng):
    """A registry that is merged from another by two ways."""
    first, left, right, last = rng.sample(REGISTRIES, 4)
    ways = merges((left, first), (right, first), (last, left), (last, right))
    return {"symbols": [symbol(first, "o1", rng.choice(TARGETS))], "merge": rng.sample(ways, 4)}


def ring_of_merges(rng):
    names = rng.sample(REGISTRIES, rng.randint(1, 3))
    return {"merge": merges(*((name, names[position - 1]) for position, name in enumerate(names)))}


def other_types(rng):
    """Two registries that declare a field with different types, of which one is merged from the other."""
    pair = rng.sample(["Alpha", "Loose"], 2)
    return {"registries": {"Loose": {"fields": {"rank": rng.choice(["string", "string", "int", "any"])}}}, "merge": merges(tuple(pair))}


def unregistered_copy(rng):
    into, source = rng.sample(REGISTRIES, 2)
    target = rng.choice(TARGETS)
    gone = {"registry": into, "oid": "o1", "target": target}
    return {"symbols": [symbol(source, "o1", target)], "merge": merges((into, source)), "unregister": [gone]}


def unregistered_replacer(rng):
    """What is unregistered replaces nothing."""
    registry, (old, new) = rng.choice(REGISTRIES), rng.sample(TARGETS, 2)
    symbols = [symbol(registry, "o1", old), symbol(registry, "o2", new, replaces=old)]
    return {"symbols": symbols, "unregister": [{"registry": registry, "oid": "o2", "target": new}]}


def force_over_two(rng):
    """One that takes the place of an unconditional one and of another of its own target."""
    registry, (one, other) = rng.choice(REGISTRIES), rng.sample(TARGETS, 2)
    symbols = [symbol(registry, "o1", one), symbol(registry, "o1", other, select="a == 1")]
    return {"symbols": [*rng.sample(symbols, 2), symbol(registry, "o1", other, force=True)]}


def declared_in_both(rng):
    """A declaration for two registries of which one is merged from the other, and what may displace it before that."""
    into, source = rng.sample(REGISTRIES, 2)
    symbols = [symbol([into, source], "o1", rng.choice(TARGETS))]
    if rng.random() < 0.5:
        symbols.append(symbol(into, "o1", rng.choice(TARGETS), force=True))
    return {"symbols": symbols, "merge": merges((into, source))}


def facts_of_other_types(rng):
    """A copy that may read a fact that has another type where it comes to."""
    into, source = rng.sample(["Loose", "Free.x"], 2)
    here, there = rng.choice(["int", "string", "any"]), rng.choice(["int", "string"])
    registries = {into: {"context": {**FACTS, "a": here}}, source: {"context": {**FACTS, "a": there}}}
    symbols = [symbol(source, "o1", rng.choice(TARGETS), select=rng.choice(["has(a)", "at_least(2)", "b > 2"]))]
    return {"registries": registries, "symbols": symbols, "merge": merges((into, source))}


def copied_version(rng):
    """A copy for a registry that does not have the version that it reads, which may be null."""
    select = rng.choice(['self.driver in group | driver("13", self.driver)', "driver(self.driver)", "either(self.driver, group)",
                         'self.driver in "12.4 and more"', 'self.driver glob "12*"', "driver(self.driver, self.rank) & yes(2)"])
    symbols = [symbol("Beta", "o3", rng.choice(TARGETS), select=select, info=rng.choice([{}, {"driver": "v12.4", "rank": 12}]))]
    return {"symbols": symbols, "merge": merges((rng.choice(["Alpha", "Gamma", "Delta", "Loose"]), "Beta"))}


KNOTS = [ring_of_replaces, diamond, ring_of_merges, other_types, unregistered_copy, unregistered_replacer, force_over_two,
         declared_in_both, facts_of_other_types, copied_version]

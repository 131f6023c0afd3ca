"""What a cache stands for: the sources as they were read, and what follows from them."""

import dataclasses
import functools
import json

from . import predicates
from .settling import Settled
from .sources import MANUAL, ordered


@dataclasses.dataclass(frozen=True)
class View:
    """The sources as runs read them, the facts that they were given, and the places that they left out."""
    sources: tuple  # of (path, bytes), in the order in which sources are taken
    defines: tuple = ()
    left_out: frozenset = frozenset()
    failed: frozenset = frozenset()  # the paths in which something was wrong

    def with_sources(self, changed):
        """With others in the place of some; None for what is gone."""
        sources = {**dict(self.sources), **changed}
        return dataclasses.replace(self, sources=ordered({path: content for path, content in sources.items()
                                                          if content is not None}))

    def with_manual(self, content):
        """As commands by hand leave it: manual.reg.json is read anew, with all that was left out of it."""
        return self.with_sources({MANUAL: content}).without_failures_in({MANUAL})

    def without_failures_in(self, paths):
        left_out = frozenset(place for place in self.left_out if place[0] not in paths)
        return dataclasses.replace(self, left_out=left_out, failed=self.failed - paths)

    def without_what_fails(self):
        """As a run leaves it that goes on where something is wrong; None where the contract does not settle that."""
        view = self
        for _ in range(10):
            went_on = settled(view, keep_going=True)
            if went_on.unclear:
                return None
            view = dataclasses.replace(view, left_out=frozenset(went_on.left_out), failed=view.failed | went_on.failed)
            if not settled(view).fails:
                return view
        return None


@functools.lru_cache(maxsize=4096)
def settled(view, keep_going=False):
    defines = {name: json.loads(value) for name, value in view.defines}
    return Settled(dict(view.sources), defines, view.left_out, keep_going)


@functools.lru_cache(maxsize=4096)
def expected_symbols(view):
    """{(registry, oid): [what is compared of a symbol]}"""
    found = {}
    for name, symbols in settled(view).registries.items():
        for symbol in symbols:
            shown = (symbol.target, json.dumps(symbol.info, sort_keys=True), symbol.own, symbol.doc, symbol.declaration[0])
            found.setdefault((name, symbol.oid), []).append(shown)
    return found


@functools.lru_cache(maxsize=4096)
def cached_symbols(cache):
    """The same of a cache's bytes."""
    found = {}
    for line in json.loads(cache)["symbols"]:
        own = predicates.parse(line["select"]) if line.get("select") is not None else None
        info = {key: value for key, value in line.get("info", {}).items() if value is not None}
        shown = (line["target"], json.dumps(info, sort_keys=True), own, line.get("doc", ""), line["source"][0])
        found.setdefault((line["registry"], line["oid"]), []).append(shown)
    return found


def targets_in(symbols, registry, oid):
    return [symbol[0] for symbol in symbols.get((registry, oid), [])]


def expected_fields(view):
    """{registry: [[field, type]]}, in order, of the registries that are declared."""
    return {name: [[field, kind] for field, kind in registry.fields.items()]
            for name, registry in settled(view).declared.registries.items()}


def cached_fields(cache):
    return {name: registry["fields"] for name, registry in cached_registries(cache).items()}


def expected_selects(view):
    """{registry: predicate}, of the registries that score what brings no predicate of its own."""
    return {name: predicates.parse(registry.select) for name, registry in settled(view).declared.registries.items()
            if registry.select is not None}


@functools.lru_cache(maxsize=4096)
def cached_selects(cache):
    return {name: predicates.parse(registry["select"]) for name, registry in cached_registries(cache).items()
            if "select" in registry}


@functools.lru_cache(maxsize=4096)
def cached_registries(cache):
    return json.loads(cache)["registries"]


def expected_pins(view, cache):
    """{registry: [[oid, target, reason]]}, of the registries that the cache has."""
    pins = sorted(settled(view).declared.pins.items())
    return {name: [[oid, *pin] for (registry, oid), pin in pins if registry == name] for name in cached_registries(cache)}


def cached_pins(cache):
    return {name: registry.get("pins", []) for name, registry in cached_registries(cache).items()}


def facts_problem(view, cache):
    """What the cache's registries say of facts otherwise than foretold. The facts of what was copied or declared and is
    not there in the end may be named or not."""
    for name, registry in cached_registries(cache).items():
        read, expected = facts_read(view, name), settled(view).context(name)
        if not read <= set(registry.get("reads", ())):
            return f"{name} reads {sorted(read)}: {registry}"
        if not view.left_out and not set(registry.get("reads", ())) <= settled(view).facts_named(name):
            return f"{name} reads at most {sorted(settled(view).facts_named(name))}: {registry}"
        found = {fact: kind for fact, kind, *_ in registry.get("context", ())}
        declared = settled(view).declared.registry(name).context or {}
        needed = {fact: kind for fact, kind in expected.items() if fact in read | declared.keys()}
        if not needed.keys() <= found.keys():
            return f"{name} is to have the facts {sorted(needed)}: {registry}"
        wrong = [fact for fact, kind in needed.items()
                 if found[fact] != kind and not (kind == "any" and found[fact] in types_nearby(view, name, fact))]
        if wrong:
            return f"{name} is to have the context {needed}: {registry}"
        if found and not expected and not view.left_out:
            return f"{name} is to have no context: {registry}"
    return None


def types_nearby(view, name, fact):
    """The types that a fact has in the registries that one is merged from, whether anything is copied from them or not."""
    found = settled(view)
    return {found.context(other).get(fact) for other in found.registries if other != name and found.leads_to(name, other)}


def facts_read(view, name):
    """The facts that the predicates of a registry's symbols read."""
    found = settled(view)
    read = [found.facts_of(symbol) for symbol in found.registries.get(name, ())]
    return set().union(*read)


def cached_defines(cache):
    found = json.loads(cache)["workspace"].get("defines", {})
    return tuple((name, json.dumps(value)) for name, value in sorted(found.items()))


def differences(expected, found):
    return "\n".join(f"{key}:\n  expected {expected.get(key)}\n  found    {found.get(key)}"
                     for key in sorted(expected.keys() | found.keys()) if expected.get(key) != found.get(key))

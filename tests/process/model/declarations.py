"""What the sources declare, joined, and what is wrong in it (DESIGN, "Manifests" and "What is checked").

A *place* is (path, table, index or key). Under keep-going a place is left out; where the contract does not say exactly
what is left out with it, the error is marked unclear, and nothing is predicted."""

import dataclasses
import re

from . import predicates
from .names import is_registry_name, is_symbol_name
from .sources import CONFIG, MANUAL, parsed
from .typing_rules import never_holds, written_out

TYPES = {
    "string": lambda value: isinstance(value, str), "int": lambda value: isinstance(value, int) and not is_bool(value),
    "number": predicates.is_number, "bool": lambda value: is_bool(value), "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict), "any": lambda value: True,
    "version": lambda value: bool(re.fullmatch(r"v?\d+(\.\d+)*", text_of(value))),
}
NOT_FIELDS = ("registry", "oid", "target", "origin", "self")
ONE_NAME = {"registry": str, "oid": str, "target": str}
KEYS = {
    "registries": {"doc": str, "fields": (list, dict), "select": str, "context": (list, dict)},
    "symbols": {**ONE_NAME, "registry": (str, list), "info": dict, "select": str, "replaces": str, "force": bool,
                "clear": bool, "abstract": bool, "when": str, "doc": str},
    "unregister": ONE_NAME,
    "pins": {**ONE_NAME, "reason": str},
    "merge": {"into": str, "from": (str, list), "force": bool},
    "predicates": {"params": list, "expr": str, "fact": bool, "all": bool},
}
NEEDED = {"symbols": ("registry", "target"), "unregister": ("registry", "oid", "target"), "merge": ("into", "from"),
          "pins": ("registry", "oid", "target", "reason")}
ONLY_IN_CONFIG = ("workspace", "facts", "context")


def text_of(value):
    """The text of a string, or of a number as it was written; else nothing."""
    if predicates.is_number(value):
        return getattr(value, "text", str(value))
    return value if isinstance(value, str) else ""


def is_bool(value):
    return isinstance(value, bool)


@dataclasses.dataclass
class Registry:
    fields: dict = dataclasses.field(default_factory=dict)
    context: dict | None = None
    select: str | None = None
    select_place: tuple | None = None
    doc: str = ""


@dataclasses.dataclass(frozen=True)
class Definition:
    """A named predicate."""
    tree: tuple | None
    params: tuple = ()
    fact: bool = False


@dataclasses.dataclass(frozen=True)
class Problem:
    place: tuple
    why: str
    unclear: bool


class Declarations:
    """All that the sources of a view declare, in order. `left_out` are the places that an earlier run left out."""

    def __init__(self, view, left_out=frozenset()):
        self.registries, self.predicates = {}, {}
        self.entries, self.merges, self.unregistered = [], [], []  # of (place, table)
        self.pins = {}  # of (target, reason), by registry and oid
        self.problems, self.left_out, self.left_out_silently = [], left_out, set()
        self.all_entries = []  # also those that are left out
        self.misshapen = set()  # the names of definitions that are wrong by their form
        self.facts, self.named = {}, {}  # `named`: the registries that may be merged from, in order
        for path, content in view.items():
            self.read_source(path, content)
        self.check_definitions()
        for registry in self.registries.values():
            self.check_registry(registry)

    def check_entries(self, contexts):
        """`contexts`: what registries declare, and what joins that from those that they are merged from."""
        self.contexts = contexts
        self.entries = [(place, entry) for place, entry in self.entries if self.check_entry(place, entry)]
        self.entries = [(place, entry) for place, entry in self.entries if not self.uses_wrong_definition(place, entry)]
        self.wrong_by_itself = list(self.problems)

    def problem(self, place, why, unclear=False):
        self.problems.append(Problem(place, why, unclear))

    def registry(self, name):
        return self.registries.get(name) or Registry()

    def read_source(self, path, content):
        document = parsed(path, content)
        if (path, None, None) in self.left_out:
            return
        if not isinstance(document, dict):
            self.problem((path, None, None), "does not parse", unclear=path in (CONFIG, MANUAL))
            return
        if path == CONFIG:
            self.facts = document.get("facts", {})
        for table, content in document.items():
            self.read_table(path, table, content)

    def read_table(self, path, table, content):
        if path == CONFIG and table in ONLY_IN_CONFIG:
            return
        misplaced = table == "pins" and path != MANUAL
        if misplaced or table not in KEYS or not isinstance(content, dict if table in ("registries", "predicates") else list):
            self.problem((path, table, None), "unknown table, or of a wrong type", unclear=True)
            return
        for key, entry in content.items() if isinstance(content, dict) else enumerate(content):
            place = (path, table, key)
            wrong = shape_problem(table, entry)
            if not wrong:
                self.named.update(dict.fromkeys(named_by(table, entry)))
            if not wrong and table == "symbols":
                self.all_entries.append(entry)
            if wrong and table == "predicates":
                self.misshapen.add(key)
            if wrong and place not in self.left_out:
                self.problem(place, wrong, unclear=table != "symbols")
            elif place not in self.left_out:
                getattr(self, "read_" + table)(place, entry)

    def read_symbols(self, place, entry):
        self.entries.append((place, entry))

    def read_merge(self, place, entry):
        self.merges.append((place, entry))

    def read_unregister(self, place, entry):
        self.unregistered.append((place, entry))

    def read_pins(self, place, entry):
        name = entry["registry"], entry["oid"]
        if name in self.pins:
            self.problem(place, "pinned twice", unclear=True)
        self.pins[name] = entry["target"], entry["reason"]

    def read_registries(self, place, entry):
        known = self.registries.setdefault(place[2], Registry())
        if not is_registry_name(place[2]):
            self.problem(place, "no name for a registry", unclear=True)
        self.join_types(place, known.fields, typed(entry.get("fields", [])))
        if "context" in entry:
            known.context = known.context if known.context is not None else {}
            self.join_types(place, known.context, typed(entry["context"]))
        if known.select is not None and entry.get("select", known.select) != known.select:
            self.problem(place, "another select", unclear=True)
        if known.select is None and "select" in entry:
            known.select, known.select_place = entry["select"], place
        known.doc = known.doc or entry.get("doc", "")

    def join_types(self, place, known, more):
        for name, kind in more.items():
            if known.get(name, "any") != "any" and kind not in ("any", known[name]):
                self.problem(place, f"{name} is {known[name]} and {kind}", unclear=True)
            elif known.get(name, "any") == "any":
                known[name] = kind

    def read_predicates(self, place, entry):
        entry = {"expr": entry} if isinstance(entry, str) else entry
        known = self.predicates.setdefault(place[2], (place, entry))[1]
        if normal(known) != normal(entry):
            self.problem(place, "another definition", unclear=True)

    def check_definitions(self):
        self.named_predicates = {name: definition(entry) for name, (_, entry) in self.predicates.items()}
        self.wrong_definitions, self.wrong_selects = set(self.misshapen), False
        for name, (place, _) in self.predicates.items():
            wrong = self.definition_problem(name)
            if wrong:
                self.problem(place, wrong)
                self.wrong_definitions.add(name)
        for name in [name for name in self.predicates if self.called_from(name) & self.wrong_definitions]:
            self.wrong_definitions.add(name)
            self.left_out_silently.add(self.predicates[name][0])

    def definition_problem(self, name):
        """What is wrong with a definition by itself: what uses a wrong one is not."""
        found = self.named_predicates[name]
        if found.tree is None:
            return None if found.fact else "does not parse"
        if self.reaches(name, name):
            return "reaches itself"
        return self.call_problem(found.tree)

    def call_problem(self, tree):
        if predicates.calls(tree) - self.predicates.keys() - self.misshapen:
            return "calls an undefined predicate"
        for name, count in predicates.argument_counts(tree):
            called = self.named_predicates.get(name)
            if called and called.tree and len(called.params) != count:
                return f"{name} with {count} arguments"
        return None

    def uses_wrong_definition(self, place, entry):
        """Whether a symbol is left out for the sake of a definition, which alone is reported."""
        if self.uses_wrong(entry.get("select")) or self.uses_wrong(entry.get("when")):
            self.left_out_silently.add(place)
            return True
        return False

    def uses_wrong(self, text):
        """Whether a predicate calls, by whatever way, a definition that is wrong."""
        called = self.calls_of(text) if text is not None else set()
        return bool(called.union(*map(self.called_from, called)) & self.wrong_definitions)

    def called_by(self, name):
        tree = self.named_predicates[name].tree if name in self.named_predicates else None
        return predicates.calls(tree) if tree else set()

    def reaches(self, start, name):
        return name in self.called_from(start)

    def called_from(self, name):
        """The named predicates that the calls which begin at `name` come to."""
        seen, waiting = set(), list(self.called_by(name))
        while waiting:
            found = waiting.pop()
            if found not in seen:
                seen.add(found)
                waiting += self.called_by(found)
        return seen

    def check_registry(self, registry):
        if registry.select is not None:
            wrong = self.predicate_problem(registry.select, registry)
            if wrong or self.uses_wrong(registry.select):
                self.problem(registry.select_place, wrong or "its select is left out", unclear=True)
                self.wrong_selects = True

    def calls_of(self, text):
        try:
            return predicates.calls(predicates.parse(text))
        except predicates.Unparsable:
            return set()

    def check_entry(self, place, entry):
        """Whether the symbol may be registered; says what is wrong with it."""
        if entry.get("abstract"):
            return False
        wrong = {name: self.entry_problem(self.with_joined(name), entry) for name in registries_of(entry)}
        for name, why in wrong.items():
            if why:
                self.problem(place, f"in {name}: {why}", unclear=len(wrong) > 1)
        return not any(wrong.values())

    def with_joined(self, name):
        """The registry, with the facts in its context that join it. Its own `select` is checked without them."""
        return dataclasses.replace(self.registry(name), context=self.contexts[name])

    def facts_named(self, names, holds):
        """The facts that the predicates read that are declared in these registries, right or wrong."""
        texts = {self.registry(name).select for name in names}
        texts |= {entry.get("select") for entry in self.all_entries if not set(registries_of(entry)).isdisjoint(names)
                  and not entry.get("abstract") and not self.uses_wrong(entry.get("when")) and not self.when_problem(entry)
                  and holds(entry)}
        return set().union(*(self.all_facts(tree) for tree in map(parsed_or_none, texts - {None}) if tree))

    def entry_problem(self, registry, entry):
        for key, value in entry.get("info", {}).items():
            if key not in registry.fields:
                return f"{key} is no field"
            if value is not None and not TYPES[registry.fields[key]](value):
                return f"{key} is no {registry.fields[key]}"
        if self.when_problem(entry):
            return "its when"
        return self.predicate_problem(entry["select"], registry) if "select" in entry else None

    def when_problem(self, entry):
        return self.predicate_problem(entry["when"], None) if "when" in entry else None

    def predicate_problem(self, text, registry):
        """What is wrong with a predicate of a registry, or with a `when`, which has none."""
        try:
            tree = predicates.parse(text)
        except predicates.Unparsable:
            return "does not parse"
        if self.call_problem(tree):
            return self.call_problem(tree)
        if any(name in self.wrong_definitions for name in predicates.calls(tree)):
            return None
        if registry is None:
            return "self in a when" if predicates.own_fields(tree) else None
        if registry.fields and predicates.own_fields(written_out(tree, self.named_predicates)) - registry.fields.keys():
            return "self.x is no field"
        if registry.context:  # an empty one declares nothing
            return self.context_problem(tree, registry)
        return self.type_problem(tree, registry)

    def context_problem(self, tree, registry):
        unknown = [fact for fact in self.all_facts(tree) if not declared(fact, registry.context)]
        return f"{unknown[0]} is no fact of the registry" if unknown else self.type_problem(tree, registry)

    def all_facts(self, tree):
        """The facts that a predicate reads, also by way of the named ones."""
        found = predicates.facts_read(tree)
        for name in predicates.calls(tree):
            called = self.named_predicates.get(name)
            if called and called.fact:
                found = found | {name}
            elif called and called.tree and name not in self.wrong_definitions:
                found = found | (self.all_facts(called.tree) - set(called.params))
        return found

    def type_problem(self, tree, registry):
        node = never_holds(tree, registry.fields, registry.context or {})
        return f"never holds: {node[1:]}" if node else None


def definition(entry):
    if entry.get("fact"):
        return Definition(None, fact=True)
    try:
        return Definition(predicates.parse(entry["expr"]), tuple(entry.get("params", ())))
    except predicates.Unparsable:
        return Definition(None)


def parsed_or_none(text):
    try:
        return predicates.parse(text)
    except predicates.Unparsable:
        return None


def named_by(table, entry):
    """The registries that an entry makes known, whether it is left out or not."""
    if table == "symbols":
        return registries_of(entry)
    return [entry["into"]] if table == "merge" else []


def registries_of(entry):
    names = entry["registry"]
    return [names] if isinstance(names, str) else list(dict.fromkeys(names))


def oid_of(entry):
    return entry.get("oid") or re.split(r"[.:/]", entry["target"])[-1]


def typed(names):
    """{name: type} of `fields` or `context`, which may be names alone."""
    if isinstance(names, list):
        return dict.fromkeys(names, "any")
    return {name: kind["type"] if isinstance(kind, dict) else kind for name, kind in names.items()}


def normal(entry):
    return entry.get("expr"), tuple(entry.get("params", ())), bool(entry.get("fact")), bool(entry.get("all"))


def shape_problem(table, entry):
    """What is wrong with an entry by itself."""
    if table == "predicates" and isinstance(entry, str):
        return None
    if not isinstance(entry, dict):
        return "no table"
    if table == "predicates" and not ("expr" in entry or "fact" in entry):
        return "no definition"
    for key, value in entry.items():
        if key not in KEYS[table]:
            return f"unknown key {key}"
        wanted = KEYS[table][key]
        if not isinstance(value, wanted) or is_bool(value) and wanted is not bool:
            return f"{key} of a wrong type"
    missing = [key for key in NEEDED.get(table, ()) if key not in entry]
    return f"no {missing[0]}" if missing else name_problem(table, entry)


def name_problem(table, entry):
    if table == "registries":
        fields = typed(entry.get("fields", []))
        if any(name in NOT_FIELDS for name in fields) or any(kind not in TYPES for kind in fields.values()):
            return "a field that cannot be"
    registries = registries_of(entry) if "registry" in entry else [entry["into"]] if "into" in entry else []
    if not registries and "registry" in entry:
        return "no registry"
    if not all(isinstance(name, str) and is_registry_name(name) for name in registries):
        return "no name for a registry"
    if not all(is_symbol_name(entry[key]) for key in ("oid", "target", "replaces") if key in entry):
        return "no name for a symbol"
    return None


def declared(fact, context):
    """Whether a fact, or an object that it is in, is one of the context's."""
    names = fact.split(".")
    return any(".".join(names[:length]) in context for length in range(1, len(names) + 1))

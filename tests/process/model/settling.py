"""How a registry is settled: from what the sources declare to the symbols of the cache (DESIGN §4, "How a registry is
settled" and "The rules of one oid")."""

import collections
import dataclasses

from . import predicates
from .declarations import TYPES, Declarations, oid_of, registries_of, text_of
from .typing_rules import disagreement
from .writing import Unwritable, Writer

YES = predicates.parse("yes()")


class Unfit(Exception):
    """A value cannot be in a field of the registry that it is copied to."""


@dataclasses.dataclass(frozen=True)
class Symbol:
    """One symbol of a registry. `declaration` is the place of the entry that it comes from, by whatever way."""
    oid: str
    target: str
    info: dict
    own: tuple | None  # its own predicate
    default: tuple | None  # its registry's
    doc: str
    declaration: tuple
    replaces: str | None = None
    acts: bool = False  # whether what it did to others would have to be undone if it were left out
    displaces: bool = False  # whether it may have done so before anything is replaced

    @property
    def predicate(self):
        return self.own or self.default


class Settled:
    """What the cache is to hold, or why a run fails."""

    def __init__(self, view, defines=None, left_out=frozenset(), keep_going=False):
        self.declared = Declarations(view, left_out)
        self.problems = self.declared.problems
        self.keep_going, self.left_out = keep_going, set(left_out)
        self.defines = defines or {}
        self.disagrees_again = False
        self.registries, self.contexts = {}, {}  # the symbols of each; the facts of each, with their types
        self.merges = {}
        for place, merge in self.declared.merges:
            self.merges.setdefault(merge["into"], []).append((place, merge))
        self.check_merges()
        for name in self.known_names():
            self.context(name)  # before more merges turn out to be wrong
        self.declared.check_entries(self.contexts)
        if not self.problems or keep_going:
            for name in self.known_names():
                self.settle(name)
        self.failed = {problem.place[0] for problem in self.problems}
        self.left_out |= {problem.place for problem in self.problems} | self.declared.left_out_silently

    @property
    def fails(self):
        return bool(self.problems)

    @property
    def doubtful(self):
        """Whether a symbol replaces itself that is not in its registry, or one that was copied by one way would be wrong by
        another: the contract does not say if that is wrong."""
        if self.disagrees_again:
            return True
        wrong = {problem.place for problem in self.problems}
        return any(entry.get("replaces") == entry["target"] and place not in wrong for place, entry in self.declared.entries)

    def is_foretold(self, exit_code):
        return self.fails == (exit_code == 2) or self.doubtful

    @property
    def unclear(self):
        return self.doubtful or any(problem.unclear for problem in self.problems)

    def problem(self, place, why, unclear=False):
        self.declared.problem(place, why, unclear)

    def known(self, name):
        return name in self.declared.registries or name in self.declared.named

    def check_merges(self):
        """What cannot be merged at all is in no circle. Of several that one merges from, the rest stays."""
        for check in (self.check_types, self.check_circle):
            wrong = {(place, name) for into, merges in self.merges.items() for place, merge in merges
                     for name in sources_of(merge) if self.is_wrong(check, into, place, name, len(sources_of(merge)) > 1)}
            self.merges = {into: [(place, without(merge, place, wrong)) for place, merge in merges]
                           for into, merges in self.merges.items()}

    def is_wrong(self, check, *of_what):
        before = len(self.problems)
        check(*of_what)
        return len(self.problems) > before

    def check_types(self, into, place, name, one_of_several):
        if not self.known(name):
            self.problem(place, f"nothing declares {name}", unclear=True)
        elif self.other_types(into, name):
            self.problem(place, f"{self.other_types(into, name)} have other types in {name}", unclear=one_of_several)

    def check_circle(self, into, place, name, one_of_several):
        if self.leads_to(name, into):
            self.problem(place, f"{into} and {name} are in a circle", unclear=one_of_several)

    def leads_to(self, start, end):
        """Whether what `start` is merged from comes to `end`; a registry leads to itself."""
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += [source for _, merge in self.merges.get(name, ()) for source in sources_of(merge)]
        return end in seen

    def other_types(self, into, name):
        here, there = self.declared.registry(into).fields, self.declared.registry(name).fields
        return sorted(field for field in here.keys() & there.keys()
                      if here[field] != there[field] and "any" not in (here[field], there[field]))

    def facts_named(self, name):
        """The facts that the predicates read that are declared in a registry, or in those that it is merged from."""
        near = {name, *(other for other in self.known_names() if self.leads_to(name, other))}
        return self.declared.facts_named(near, self.holds)

    def context(self, name):
        """The facts that a registry declares and those that join them, with their types; {} if nothing is declared of those
        that are read. They are those of all that is declared in what it is merged from, whether that is there in the end or
        not."""
        if name not in self.contexts:
            found = dict(self.declared.registry(name).context or {})
            read = self.declared.facts_named({name}, self.holds)
            for source in [source for _, merge in self.merges.get(name, ()) for source in sources_of(merge)]:
                more, there = self.facts_named(source), self.context(source)
                if not found and not more.isdisjoint(there):
                    found = dict.fromkeys(read | more, "any")
                if found:
                    found.update((fact, there.get(fact, "any")) for fact in more if found.get(fact, "any") == "any")
                read = read | more
            self.contexts[name] = found
        return self.contexts[name]

    def known_names(self):
        return dict.fromkeys([*self.declared.registries, *self.declared.named, *self.merges])

    def settle(self, name):
        """The registry's symbols, in order."""
        if name not in self.registries:
            symbols = self.merge(name, self.register(name))
            symbols = self.replace(name, self.unregister(name, symbols))
            self.registries[name] = self.check_oids(name, symbols)
        return self.registries[name]

    def register(self, name):
        registry, here = self.declared.registry(name), []
        default = predicates.parse(registry.select) if registry.select else None
        for place, entry in self.declared.entries:
            if name not in registries_of(entry) or not self.holds(entry) or (*place, name) in self.left_out:
                continue
            if entry.get("clear"):
                here = [symbol for symbol in here if symbol.oid != oid_of(entry)]
            here = placed(here, declared_symbol(place, entry, default, registry.fields), entry.get("force"))
        return here

    def holds(self, entry):
        if "when" not in entry:
            return True
        facts = {**self.declared.facts, **self.defines}
        return predicates.Scorer(facts, {}, self.declared.named_predicates).score(predicates.parse(entry["when"])) > 0

    def merge(self, name, here):
        for place, merge in self.merges.get(name, ()):
            for source in sources_of(merge):
                for symbol in self.settle(source):
                    known = any(symbol.declaration == other.declaration for other in here)
                    if known and disagreement(self.facts_of(symbol), self.context(name), self.context(source)):
                        self.disagrees_again = True
                    if not known and (*symbol.declaration, name) not in self.left_out:
                        here = self.with_copy(name, source, symbol, place, merge, here)
        return here

    def with_copy(self, name, source, symbol, place, merge, here):
        try:
            copy = self.copy(name, source, symbol)
        except (Unwritable, Unfit) as error:
            self.problem(place, f"{symbol.target}: {error}", unclear=True)
            return here
        wrong = disagreement(self.facts_of(symbol), self.context(name), self.context(source))
        if wrong:
            self.problem(place, f"{symbol.target}: {wrong} has other types in {source}", unclear=True)
            return here
        return placed(here, copy, merge.get("force"))

    def facts_of(self, symbol):
        return self.declared.all_facts(symbol.predicate) if symbol.predicate else set()

    def copy(self, name, source, symbol):
        registry, there = self.declared.registry(name), self.declared.registry(source)
        default = predicates.parse(registry.select) if registry.select else None
        info = {key: value for key, value in symbol.info.items() if key in registry.fields and key in there.fields}
        for key, value in info.items():
            if not TYPES[registry.fields[key]](value):
                raise Unfit(f"{key} is no {registry.fields[key]}")
        own = YES if default else None
        if symbol.predicate:
            own = Writer(symbol.info, registry, there, self.declared.named_predicates).tree(symbol.predicate)
        return dataclasses.replace(symbol, info=info, own=own, default=default, replaces=None)

    def unregister(self, name, here):
        gone = {(entry["oid"], entry["target"]) for _, entry in self.declared.unregistered if entry["registry"] == name}
        return [symbol for symbol in here if (symbol.oid, symbol.target) not in gone]

    def replace(self, name, here):
        replaced = collections.defaultdict(set)
        for symbol in here:
            if symbol.replaces:
                replaced[symbol.target].add(symbol.replaces)
        for symbol in here:
            if symbol.replaces == symbol.target:
                self.problem(symbol.declaration, f"in {name}: replaces itself", unclear=symbol.displaces)
            elif symbol.replaces and in_circle(symbol.target, replaced):
                self.problem(symbol.declaration, f"in {name}: replaces in a circle", unclear=True)
        gone = set().union(*replaced.values())
        return [symbol for symbol in here if symbol.target not in gone]

    def check_oids(self, name, here):
        """What is left once the later of two that clash is out."""
        kept = []
        for symbol in here:
            if any(clash(symbol, other) for other in kept):
                self.problem((*symbol.declaration, name), f"clashes in {name}", unclear=symbol.acts)
            else:
                kept.append(symbol)
        return kept


def sources_of(merge):
    names = merge["from"]
    return [names] if isinstance(names, str) else names


def without(merge, place, wrong):
    return {**merge, "from": [name for name in sources_of(merge) if (place, name) not in wrong]}


def declared_symbol(place, entry, default, fields):
    own = predicates.parse(entry["select"]) if "select" in entry else None
    info = {key: text_of(value) if fields.get(key) == "version" else value
            for key, value in entry.get("info", {}).items() if value is not None}
    displaces = bool(entry.get("force") or entry.get("clear"))
    return Symbol(oid_of(entry), entry["target"], info, own, default, entry.get("doc", ""), place,
                  entry.get("replaces"), displaces or "replaces" in entry, displaces)


def clash(symbol, other):
    """Whether the two cannot be in one registry."""
    both_unconditional = symbol.predicate is None and other.predicate is None
    return symbol.oid == other.oid and (symbol.target == other.target or both_unconditional)


def placed(here, symbol, force):
    displaced = [position for position, other in enumerate(here) if clash(symbol, other)] if force else []
    if not displaced:
        return [*here, symbol]
    first = displaced[0]
    kept = [other for position, other in enumerate(here) if position not in displaced]
    return [*kept[:first], symbol, *kept[first:]]


def in_circle(target, replaced):
    seen, waiting = set(), [target]
    while waiting:
        for following in replaced.get(waiting.pop(), ()):
            if following == target:
                return True
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False

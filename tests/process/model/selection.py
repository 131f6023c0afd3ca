"""What `reg select --all` is to say (DESIGN §5 and §6): every implementation that applies, best first."""

import json

from .predicates import Scorer
from .sources import CONFIG, parsed
from .views import settled

CONTEXTS = [{}, {"a": 1}, {"a": 2, "device": "cuda"}, {"a": 80, "b": 3, "device": "rocm"}, {"c": None, "device": "x y"},
            {"group": ["x"], "a": 3}, {"group": "y", "b": 2, "device": "é"}, {"a": 7, "device": "cpu", "driver": "12.10"}]


def applicable(view, registry, oid, context):
    """(target, score) of each; a tie is won by the first, and what is pinned wins wherever it applies."""
    found = settled(view)
    base = (parsed(CONFIG, dict(view.sources)[CONFIG]) or {}).get("context", {}) if CONFIG in dict(view.sources) else {}
    facts = {**base, **context}
    scored = [(symbol.target, score_of(found, registry, symbol, facts)) for symbol in found.registries[registry]
              if symbol.oid == oid]
    pinned = found.declared.pins.get((registry, oid), (None,))[0]
    return sorted(((target, score) for target, score in scored if score > 0), key=lambda pair: (pair[0] != pinned, -pair[1]))


def score_of(found, registry, symbol, facts):
    if symbol.predicate is None:
        return 0.5
    fields, context = found.declared.registry(registry).fields, found.context(registry)
    versions = {("self", (name,)) for name, kind in fields.items() if kind == "version"}
    versions |= {("path", tuple(name.split("."))) for name, kind in context.items() if kind == "version"}
    return Scorer(facts, symbol.info, found.declared.named_predicates, versions).score(symbol.predicate)


def as_declared(text, kind):
    """A value of the command line; what is no text as JSON is one where the fact is declared to be one."""
    value = json.loads(text)
    return value if isinstance(value, str) or kind not in ("string", "version") else text


def question(view, registry, oid, context):
    """The context as far as the registry declares it, and the command that asks for it."""
    declared = settled(view).context(registry)
    given = {name: json.dumps(value) for name, value in context.items() if not declared or name in declared}
    known = {name: as_declared(text, declared.get(name)) for name, text in given.items()}
    options = [word for name, text in given.items() for word in ("--ctx", f"{name}={text}")]
    return known, ("select", oid, "--registry", registry, "--all", "-o", "json", *options)

"""Answers selections over CubicWeb's selectors with logilab.common.registry, where is_instance grades.

The entities are of types that specialize others, and `is_instance` scores how near the asked class is, by CubicWeb's
rule (the documentation of its cubicweb.predicates: "the score will reflect class proximity so the most specific object
will be selected"): with n ancestors, the entity's own class scores n + 4, its ancestors n + 2, n + 1, … from the nearest
to the farthest, which scores 3, and Any scores 1; the scores of several asked classes are added up. The parameters of
match_kwargs and match_form_params must all be there, and each scores 1. All other predicates are what they are in
cubicweb.reg.json: tests of the fact of their name.

In the contexts, the rule has been applied already: the fact `is_instance` has the score of every class that scores.

    cubicweb_grades.py write   writes ../data/vectors/cubicweb_graded.jsonl
    cubicweb_grades.py check   fails if another answer is in that file
"""

import json
import pathlib
import re
import sys

from logilab.common.registry import Predicate, Registry, yes

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
VECTORS = DATA / "vectors" / "cubicweb_graded.jsonl"
MANIFEST = json.loads((DATA / "real" / "cubicweb.reg.json").read_text())
ALL = ("match_kwargs", "match_form_params")

# Entity types with their ancestors, nearest first. Those of the workflow are CubicWeb's own; the others are as an
# application would add them.
ANCESTORS = {
    "BaseTransition": [],
    "Transition": ["BaseTransition"],
    "WorkflowTransition": ["BaseTransition"],
    "State": [],
    "SubWorkflowExitPoint": [],
    "TrInfo": [],
    "Workflow": [],
    "CWUser": [],
    "Employee": ["CWUser"],
    "Manager": ["Employee", "CWUser"],
    "Director": ["Manager", "Employee", "CWUser"],
    "CWGroup": [],
    "Team": ["CWGroup"],
    "EmailAddress": [],
    "PrivateAddress": ["EmailAddress"],
    "Bookmark": [],
    "SharedBookmark": ["Bookmark"],
    "CWProperty": [],
    "CWSource": [],
    "CWDataImport": [],
    "CWEType": [],
    "CWRType": [],
    "CWRelation": [],
    "CWAttribute": [],
    "CWConstraint": [],
    "RQLExpression": [],
    "Card": [],
}


def proximity(etype, asked):
    """How near the asked class is to that of the entities; 0: they are no instances of it."""
    ancestors = ANCESTORS[etype]
    if asked == etype:
        return len(ancestors) + 4
    if asked == "Any":
        return 1
    if asked in ancestors:
        return len(ancestors) - ancestors.index(asked) + 2
    return 0


class Asked(Predicate):
    """A predicate of the manifest, called with arguments."""

    def __init__(self, name, arguments):
        self.name, self.arguments = name, arguments

    def __call__(self, cls, etype=None, facts=None):
        if self.name == "is_instance":
            return sum(proximity(etype, asked) for asked in self.arguments) if etype else 0
        fact = facts.get(self.name)
        if not self.arguments:
            return int(bool(fact))
        found = [asked for asked in self.arguments if asked == fact or (isinstance(fact, list) and asked in fact)]
        if self.name in ALL:
            return len(found) if len(found) == len(self.arguments) else 0
        return int(bool(found))


def predicates():
    names = {name: (lambda *arguments, name=name: Asked(name, arguments)) for name in MANIFEST["predicates"]}
    return {**names, "yes": yes}


def registries():
    """CubicWeb's registries, filled with a class for each symbol, in order."""
    filled, named = {}, predicates()
    for symbol in MANIFEST["symbols"]:
        select = eval(symbol["select"].strip(), {}, named) if "select" in symbol else yes()
        members = {"__select__": select, "__regid__": symbol["oid"], "__init__": lambda self, **context: None}
        implementation = type(symbol["target"], (), members)
        filled.setdefault(symbol["registry"], Registry(False)).setdefault(symbol["oid"], []).append(implementation)
    for registry in filled.values():
        registry.error = lambda *arguments, **options: None  # which is where it reports ties
    return filled


def answer(filled, registry, oid, etype, facts):
    objects = filled[registry][oid]
    scores = [implementation.__select__(implementation, etype=etype, facts=facts) for implementation in objects]
    context = dict(facts)
    if etype:
        classes = ["Any", etype, *ANCESTORS[etype]]
        context["is_instance"] = {asked: proximity(etype, asked) for asked in classes}
    vector = {"registry": registry, "oid": oid, "context": context}
    chosen = filled[registry].select_or_none(oid, etype=etype, facts=facts)
    if chosen is None:
        return {**vector, "exit": 1, "target": None, "score": None, "ties": []}
    ties = [one.__name__ for one, score in zip(objects, scores) if score == max(scores)]
    return {**vector, "exit": 0, "target": type(chosen).__name__, "score": float(max(scores)), "ties": ties}


def situations():
    """What else is known, besides the entities' type."""
    entity = {"non_final_entity": True, "nonempty_rset": True, "any_rset": True, "one_etype_rset": True}
    yield {}
    yield {**entity, "one_line_rset": True, "authenticated_user": True}
    yield {**entity, "multi_lines_rset": True, "match_user_groups": ["managers"], "adaptable": ["IDownloadable", "ITree"]}


def asked_classes(registry, oid):
    """What the implementations of an oid ask is_instance for."""
    selects = [s.get("select", "") for s in MANIFEST["symbols"] if (s["registry"], s["oid"]) == (registry, oid)]
    calls = re.findall(r"is_instance\(([^)]*)\)", " ".join(selects))
    return {asked.strip(" '") for call in calls for asked in call.split(",")}


def places(word):
    """The oids of which some implementation's predicate has that word."""
    return sorted({(s["registry"], s["oid"]) for s in MANIFEST["symbols"] if word in s.get("select", "")})


def vectors():
    filled = registries()
    for registry, oid in places("is_instance"):
        asked = asked_classes(registry, oid)
        near = [etype for etype in ANCESTORS if asked & {etype, *ANCESTORS[etype]}]
        for situation in situations():
            for etype in [None, "Card", *near]:
                yield answer(filled, registry, oid, etype, situation)
    for registry, oid in places("match_kwargs"):
        for given in (["rtype"], ["rtype", "target", "peid", "petype"], ["login", "password", "id", "klass"]):
            yield answer(filled, registry, oid, "CWUser", {"match_kwargs": given, "non_final_entity": True})


def main():
    lines = "".join(json.dumps(vector) + "\n" for vector in vectors())
    if sys.argv[1:] == ["write"]:
        VECTORS.write_text(lines)
    elif sys.argv[1:] != ["check"]:
        sys.exit(__doc__)
    elif VECTORS.read_text() != lines:
        sys.exit(f"{VECTORS} has other answers than logilab.common gives")


if __name__ == "__main__":
    main()

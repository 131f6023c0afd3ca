"""Answers the differential test's cases with logilab.common.registry.

Reads one case a line (JSON) from stdin, writes one answer a line to stdout; the shapes of both are
described in logilab_case.h.
"""

import json
import logging
import sys

from logilab.common.registry import (
    AndPredicate,
    NoSelectableObject,
    NotPredicate,
    ObjectNotFound,
    OrPredicate,
    RegistryNotFound,
    RegistryStore,
    SelectAmbiguity,
    objectify_predicate,
    yes,
)

MISSING = object()


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def json_equal(a, b):
    """JSON's equality: true is not 1."""
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def fact_predicate(function):
    """An instance of the predicate class that logilab makes of a function."""
    return objectify_predicate(function)()


def leaf(kind, fact, value):
    if kind == "eq":
        return fact_predicate(lambda cls, **ctx: int(json_equal(ctx.get(fact, MISSING), value)))
    if kind == "has":
        return fact_predicate(lambda cls, **ctx: int(fact in ctx))
    if kind == "truthy":
        return fact_predicate(lambda cls, **ctx: int(bool(ctx.get(fact))))
    if kind == "ge":
        return fact_predicate(
            lambda cls, **ctx: int(is_number(ctx.get(fact)) and ctx[fact] >= value)
        )
    assert kind == "score", kind
    return fact_predicate(lambda cls, **ctx: ctx[fact] if is_number(ctx.get(fact)) else 0)


def predicate(tree):
    kind, *rest = tree
    if kind == "and":
        return AndPredicate(*map(predicate, rest))
    if kind == "or":
        return OrPredicate(*map(predicate, rest))
    if kind == "not":
        return NotPredicate(predicate(rest[0]))
    if kind == "yes":
        return yes(*rest)
    return leaf(kind, rest[0], rest[1] if len(rest) > 1 else None)


class Store:
    """A store, with its warnings counted and its selections listened to."""

    def __init__(self, case):
        self.store = RegistryStore(debugmode=case["debug"])
        self.warnings = 0
        self.reports = []
        self.registered = []
        for name in case["registries"]:
            registry = self.store.setdefault(name)
            registry.warning = self.count_warning
            registry.error = lambda *args, **kwargs: None
            registry.add_select_best_listener(self.listen)
        self.classes = {}

    def count_warning(self, *args, **kwargs):
        self.warnings += 1

    def listen(self, report):
        self.reports.append(
            {
                "scores": sorted(
                    [entry["object"].__name__, entry["score"]] for entry in report["all_objects"]
                ),
                "winners": [winner.__name__ for winner in report["winners"]],
            }
        )

    def class_of(self, step):
        """The class of that target, made once."""
        key = (step["registry"], step["target"])
        if key not in self.classes:
            self.classes[key] = type(
                step["target"],
                (),
                {
                    "__module__": "m",
                    "__regid__": step["oid"],
                    "__registries__": (step["registry"],),
                    "__select__": predicate(step["select"]) if step["select"] else yes(),
                    "__init__": lambda self, **kwargs: None,
                    "__registered__": classmethod(
                        lambda cls, registry: self.registered.append(cls.__name__)
                    ),
                },
            )
        return self.classes[key]

    def run_step(self, step):
        cls = self.class_of(step)
        try:
            if step["do"] == "register":
                self.store.register(cls, clear=step["clear"])
            elif step["do"] == "unregister":
                self.store.unregister(cls)
            else:
                self.store.register_and_replace(cls, "m." + step["replaced"])
        except AssertionError:
            return "refused"
        finally:
            # The documentation: an oid without objects is not found.
            registry = self.store[step["registry"]]
            if not registry.get(step["oid"], True):
                del registry[step["oid"]]
        return "done"

    def outcome(self, query):
        try:
            return query()
        except RegistryNotFound:
            return "RegistryNotFound"
        except ObjectNotFound:
            return "ObjectNotFound"
        except NoSelectableObject:
            return "NoSelectableObject"
        except (SelectAmbiguity, AssertionError):
            return "SelectAmbiguity"

    def ask(self, registry, oid, context):
        def name(instance):
            return None if instance is None else [type(instance).__name__]

        def names(instances):
            return sorted(type(instance).__name__ for instance in instances)

        return {
            "select": self.outcome(lambda: name(self.store[registry].select(oid, **context))),
            "select_or_none": self.outcome(
                lambda: name(self.store[registry].select_or_none(oid, **context))
            ),
            "object_by_id": self.outcome(lambda: name(self.store[registry].object_by_id(oid))),
            "possible_objects": self.outcome(
                lambda: names(list(self.store[registry].possible_objects(**context)))
            ),
            "all_objects": self.outcome(
                lambda: sorted(cls.__name__ for cls in self.store[registry].all_objects())
            ),
        }


def answer(case):
    predicates = [predicate(tree) for tree in case["predicates"]]
    store = Store(case)
    steps = [store.run_step(step) for step in case["steps"]]
    warnings = store.warnings
    asked = [
        store.ask(registry, oid, context)
        for registry, oid in case["asked"]
        for context in case["contexts"]
    ]
    # In debug mode, logilab's end of initialisation patches every predicate class of the process.
    if not case["debug"]:
        store.store.initialization_completed()
    return {
        "scores": [[p(None, **context) for context in case["contexts"]] for p in predicates],
        "selectors": [len(getattr(p, "selectors", [p])) for p in predicates],
        "steps": steps,
        "warnings": warnings,
        "asked": asked,
        "reports": store.reports if not case["debug"] else [],
        "registered": sorted(store.registered),
    }


def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))


if __name__ == "__main__":
    main()

"""Predicates written out for a copy in another registry (DESIGN, "How a registry is settled")."""

import json

from .predicates import FALSE, MISSING, TRUE, calls, follow, is_number, literal, operands, rebuilt, replaced, version


class Unwritable(Exception):
    """A value has no place in the text of a predicate."""


class Writer:
    """Writes a candidate's own info into its predicate, for a registry that has only some of its fields, and versions as
    such where a fact is one only in the registry that it comes from."""

    def __init__(self, info, here, there, named):
        self.info, self.here, self.there, self.named = info, here, there, named

    def lost(self, operand):
        return operand[0] == "self" and operand[1][0] not in self.here.fields

    def loses_version(self, operand):
        name = ".".join(operand[1]) if operand[0] == "path" else None
        return self.there.context.get(name) == "version" != self.here.context.get(name)

    def must_be_written(self, definition):
        """Whether what a named predicate reads is not there, or another thing."""
        if definition.tree is None:
            return False
        called = [self.named[name] for name in calls(definition.tree)]
        return any(self.lost(operand) or self.loses_version(operand) for operand in operands(definition.tree)) or any(
            map(self.must_be_written, called))

    def value(self, operand):
        found = follow(self.info, operand[1])
        return None if found is MISSING else found

    def operand(self, operand):
        if not self.lost(operand):
            return operand
        value = self.value(operand)
        if value is not None and self.there.fields.get(operand[1][0]) == "version":
            return "version", str(value).lstrip("v")
        if not writable(value):
            raise Unwritable(f"self.{operand[1][0]} is {json.dumps(value)}")
        return literal(value)

    def tree(self, tree):
        kind = tree[0]
        if kind in ("any", "all"):
            return kind, tuple(map(self.tree, tree[1]))
        if kind == "not":
            return kind, self.tree(tree[1])
        if kind == "compare":
            return self.comparison(*tree[1:])
        return self.call(tree) if kind == "call" else rebuilt(tree, self.operand)

    def call(self, tree):
        _, name, arguments = tree
        if name in ("has", "yes"):
            return self.question(name, self.value(arguments[0])) if arguments and self.lost(arguments[0]) else tree
        definition = self.named[name]
        if self.must_be_written(definition):
            return self.tree(replaced(definition.tree, dict(zip(definition.params, arguments))))
        if any(self.lost(operand) and self.value(operand) is None for operand in arguments):
            raise Unwritable(f"{name}() is called with a null")
        written = rebuilt(tree, self.operand)
        if definition.fact and self.loses_version(("path", (name,))):
            return "call", name, tuple(map(as_version, written[2]))
        return written

    def question(self, name, value):
        if name == "has":
            return FALSE if value is None else TRUE
        return "call", "yes", (literal(value if is_number(value) else 0),)

    def comparison(self, sign, left, right):
        if self.has_no_value(left, right):
            return TRUE if sign == "!=" else FALSE
        here, there = self.operand(left), self.operand(right)
        if sign != "glob" and (self.loses_version(left) or self.loses_version(right)):
            here, there = as_version(here), as_version(there)
        return "compare", sign, here, there

    def has_no_value(self, *both):
        """Whether two paths are compared of which one is null: a literal null would compare otherwise."""
        paths = all(operand[0] in ("path", "self") for operand in both)
        return paths and any(self.lost(operand) and self.value(operand) is None for operand in both)


def as_version(operand):
    """A literal that reads as a version, or a list of such, as one."""
    if operand[0] != "literal":
        return operand
    value = json.loads(operand[1])
    if isinstance(value, list) and value and all(version(one) for one in value):
        return "versions", tuple(str(one).lstrip("v") for one in value)
    return ("version", str(value).lstrip("v")) if version(value) else operand


def writable(value):
    if isinstance(value, list):
        return all(writable(one) for one in value)
    return not isinstance(value, dict)

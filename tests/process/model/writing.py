"""Predicates written out for a copy in another registry (DESIGN, "How a registry is settled")."""

import json

from .predicates import FALSE, MISSING, TRUE, calls, follow, is_number, literal, operands, replaced, truth, version


class Unwritable(Exception):
    """A value has no place in the text of a predicate."""


class Writer:
    """Writes a candidate's own info into its predicate, for a registry that has only some of its fields. What is a version
    among the facts where it comes from is one there, too: it joins them, or the copy is an error. That a written out call
    stays one summand needs nothing here: no random predicate scores less than 0."""

    def __init__(self, info, here, there, named):
        self.info, self.here, self.there, self.named = info, here, there, named

    def lost(self, operand):
        return operand[0] == "self" and operand[1][0] not in self.here.fields

    def must_be_written(self, definition):
        """Whether a named predicate, or one that it calls, reads what is not there."""
        if definition.tree is None:
            return False
        called = [self.named[name] for name in calls(definition.tree)]
        return any(map(self.lost, operands(definition.tree))) or any(map(self.must_be_written, called))

    def value(self, operand):
        found = follow(self.info, operand[1])
        return None if found is MISSING else found

    def is_null(self, operand):
        return self.lost(operand) and self.value(operand) is None

    def is_version(self, operand):
        """Whether it stands as a version, and as a text where it is none."""
        declared = self.lost(operand) and len(operand[1]) == 1 and self.there.fields.get(operand[1][0])
        return declared == "version" and version(self.value(operand)) is not None

    def operand(self, operand):
        if not self.lost(operand):
            return operand
        if self.is_version(operand):
            return "version", self.value(operand).removeprefix("v")
        return self.text(operand)

    def text(self, operand):
        """As it stands where versions are texts."""
        if not self.lost(operand):
            return operand
        if not writable(self.value(operand)):
            raise Unwritable(f"self.{operand[1][0]} is {json.dumps(self.value(operand))}")
        return literal(self.value(operand))

    def tree(self, tree):
        kind = tree[0]
        if kind in ("any", "all"):
            return joined(kind, map(self.tree, tree[1]))
        if kind == "not":
            return kind, self.tree(tree[1])
        if kind == "truth":
            return truth(literal(self.value(tree[1]))) if self.lost(tree[1]) else tree
        return self.comparison(*tree[1:]) if kind == "compare" else self.call(*tree[1:])

    def call(self, name, arguments):
        if name in ("has", "yes"):
            lost = arguments and self.lost(arguments[0])
            return self.question(name, self.value(arguments[0])) if lost else ("call", name, arguments)
        definition = self.named[name]
        if definition.fact:
            return self.test(name, arguments)
        if self.must_be_written(definition) or any(map(self.is_no_argument, arguments)):
            return self.tree(replaced(definition.tree, dict(zip(definition.params, arguments))))
        return "call", name, tuple(map(self.operand, arguments))

    def is_no_argument(self, operand):
        """Whether it cannot stand as one literal wherever the named predicate reads it."""
        structured = self.lost(operand) and isinstance(self.value(operand), (list, dict))
        return structured or self.is_null(operand) or self.is_version(operand)

    def test(self, name, arguments):
        """The test of a fact: what is null equals nothing, and a version equals texts as well."""
        given = [operand for operand in arguments if not self.is_null(operand)]
        if arguments and not given:
            return FALSE
        texts = [self.text(operand) for operand in given if self.is_version(operand)]
        return "call", name, (*map(self.operand, given), *texts)

    def question(self, name, value):
        if name == "has":
            return FALSE if value is None else TRUE
        return "call", "yes", (literal(value if is_number(value) else 0),)

    def comparison(self, sign, left, right):
        if self.has_no_value(left, right):
            return TRUE if sign == "!=" else FALSE
        if sign == "glob":
            return "compare", sign, self.text(left), self.text(right)
        if sign == "in":
            return self.element(left, right)
        return "compare", sign, self.operand(left), self.operand(right)

    def element(self, left, right):
        """In lists there are versions, in texts and objects texts."""
        whole = self.value(right) if self.lost(right) else None
        if isinstance(whole, list) and is_path(left):
            self.text(right)
            return "compare", "in", self.operand(left), literal([one for one in whole if one is not None])
        if right[0] == "versions" or isinstance(whole, list) or right[0] == "literal" and right[1][0] == "[":
            return "compare", "in", self.operand(left), self.text(right)
        ways = ("compare", "in", self.operand(left), self.text(right)), ("compare", "in", self.text(left), self.text(right))
        unknown = is_path(right) and not self.lost(right)
        return joined("any", ways) if unknown and self.is_version(left) else ways[1]

    def has_no_value(self, *both):
        """Whether two paths are compared of which one is null: a literal null would compare otherwise."""
        return all(map(is_path, both)) and any(map(self.is_null, both))


def is_path(operand):
    return operand[0] in ("path", "self")


def joined(kind, trees):
    """Parts that are of the same kind are parts of the whole."""
    return kind, tuple(part for tree in trees for part in (tree[1] if tree[0] == kind else (tree,)))


def writable(value):
    if isinstance(value, list):
        return all(writable(one) for one in value)
    return not isinstance(value, dict)

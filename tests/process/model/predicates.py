"""The predicate language, read and scored.

A tree is nested tuples, so that equal predicates are equal values. A literal is kept as its JSON text, because Python
takes True for 1."""

import fnmatch
import functools
import json
import re

TOKEN = re.compile(r"""\s*(?:
    (?P<version>v\d[\w.+-]*) | (?P<number>-?\d+(?:\.\d+)?) | (?P<text>"(?:[^"\\]|\\.)*"|'[^']*') |
    (?P<name>[A-Za-z_]\w*) | `(?P<quoted>[^`]+)` | (?P<sign>==|!=|<=|>=|[<>&|~()\[\],.]))""", re.VERBOSE)
OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "in", "glob")
MISSING = object()
FALSE = ("truth", ("literal", "false"))
TRUE = ("truth", ("literal", "true"))


class Unparsable(Exception):
    """The text is no predicate."""


def literal(value):
    return "literal", json.dumps(value, sort_keys=True)


def truth(operand):
    """A literal's truth is written in more than one way."""
    if operand[0] == "literal":
        return TRUE if json.loads(operand[1]) else FALSE
    return "truth", operand


def tokens(text):
    position, found = 0, []
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise Unparsable(text)
        found.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return found + [("end", "")]


class Parser:
    def __init__(self, text):
        self.tokens = tokens(text)
        self.position = 0

    def peek(self):
        return self.tokens[self.position]

    def take(self):
        self.position += 1
        return self.tokens[self.position - 1]

    def taken(self, sign):
        found = self.peek() == ("sign", sign)
        self.position += found
        return found

    def expect(self, sign):
        if not self.taken(sign):
            raise Unparsable(f"no {sign}")

    def series(self, kind, sign, part):
        parts = [part()]
        while self.taken(sign):
            parts.append(part())
        return parts[0] if len(parts) == 1 else (kind, tuple(parts))

    def expression(self):
        return self.series("any", "|", self.conjunction)

    def conjunction(self):
        return self.series("all", "&", self.unary)

    def unary(self):
        if self.taken("~"):
            return "not", self.unary()
        if self.taken("("):
            inner = self.expression()
            self.expect(")")
            return inner
        return self.call() or self.comparison()

    def call(self):
        if self.peek()[0] != "name" or self.tokens[self.position + 1] != ("sign", "("):
            return None
        name = self.take()[1]
        self.take()
        return "call", name, tuple(self.until(")", self.operand))

    def until(self, end, part):
        parts = []
        while not self.taken(end):
            if parts:
                self.expect(",")
            parts.append(part())
        return parts

    def comparison(self):
        left = self.operand()
        if self.peek()[1] in OPERATORS and self.peek()[0] in ("sign", "name"):
            return "compare", self.take()[1], left, self.operand()
        return truth(left)

    def operand(self):
        kind, text = self.take()
        if kind == "version":
            return "version", text.lstrip("v")
        if kind == "number" or text in ("true", "false", "null"):
            return literal(json.loads(text))
        if kind == "text":
            return literal(json.loads(text) if text[0] == '"' else text[1:-1])
        if (kind, text) == ("sign", "["):
            elements = self.until("]", self.operand)
            if any(kind == "version" for kind, _ in elements):
                return "versions", tuple(text for _, text in elements)
            return literal([json.loads(value) for _, value in elements])
        if kind not in ("name", "quoted"):
            raise Unparsable(text)
        return self.path(kind, text)

    def path(self, kind, text):
        names = [text]
        while self.taken("."):
            following, name = self.take()
            if following not in ("name", "quoted", "version"):
                raise Unparsable(name)
            names.append(name)
        if kind == "name" and text == "self" and len(names) > 1:
            return "self", tuple(names[1:])
        return "path", tuple(names)


@functools.lru_cache(maxsize=None)
def parse(text):
    parser = Parser(text)
    tree = parser.expression()
    if parser.peek()[0] != "end":
        raise Unparsable(text)
    return tree


def nodes(tree):
    """The tree and all trees in it."""
    yield tree
    inner = tree[1] if tree[0] in ("any", "all") else tree[1:] if tree[0] == "not" else ()
    for part in inner:
        yield from nodes(part)


def operands(tree):
    for node in nodes(tree):
        if node[0] in ("truth", "compare", "call"):
            yield from {"truth": node[1:], "compare": node[2:], "call": node[-1]}[node[0]]


def calls(tree):
    return {node[1] for node in nodes(tree) if node[0] == "call"} - {"yes", "has"}


def argument_counts(tree):
    return {(node[1], len(node[2])) for node in nodes(tree) if node[0] == "call"}


def own_fields(tree):
    return {names[0] for kind, names in operands(tree) if kind == "self"}


def facts_read(tree):
    return {".".join(names) for kind, names in operands(tree) if kind == "path"}


def same_value(left, right):
    """JSON equality: 1 is 1.0, and true is not 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def follow(value, names):
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return MISSING
        value = value[name]
    return value


class Scorer:
    """Scores trees for one context, one candidate's info and the workspace's named predicates (`Definition`s).
    `versions` are the operands that are declared to be of that type."""

    def __init__(self, facts, info, named, versions=frozenset()):
        self.facts, self.info, self.named, self.versions = facts, info, named, versions

    def value(self, operand):
        kind, what = operand
        if kind in ("version", "versions"):
            return what
        if kind == "literal":
            return json.loads(what)
        if kind == "self":
            found = follow(self.info, what)
            return None if found is MISSING else found
        return follow(self.facts, what)

    def score(self, tree):
        return getattr(self, "score_" + tree[0])(*tree[1:])

    def score_any(self, parts_of_it):
        return next((score for score in map(self.score, parts_of_it) if score != 0), 0)

    def score_all(self, parts_of_it):
        total = 0
        for part in parts_of_it:
            score = self.score(part)
            if score == 0:
                return 0
            total += score
        return total

    def score_not(self, part):
        return int(self.score(part) == 0)

    def score_truth(self, operand):
        value = self.value(operand)
        return int(value is not MISSING and bool(value))

    def score_compare(self, sign, left, right):
        if sign == "!=":
            return 1 - self.score_compare("==", left, right)
        values = self.value(left), self.value(right)
        if MISSING in values:
            return 0
        if None in values and left[0] in ("path", "self") and right[0] in ("path", "self"):
            return 0
        if sign != "glob" and any(map(self.is_version, (left, right))):
            if sign == "in" and isinstance(values[1], (list, tuple)):
                return int(any(same_version(values[0], one) for one in values[1]))
            values = version(values[0]), version(values[1])
            return int(None not in values and COMPARISONS[sign](*values))
        return int(COMPARISONS[sign](*values))

    def score_call(self, name, arguments):
        if name == "yes":
            value = self.value(arguments[0]) if arguments else 0.5
            return value if is_number(value) else 0
        if name == "has":
            value = self.value(arguments[0])
            return int(value is not MISSING and (arguments[0][0] == "path" or value is not None))
        definition = self.named[name]
        if definition.fact:
            return self.score_fact(name, arguments)
        return self.score(replaced(definition.tree, dict(zip(definition.params, arguments))))

    def is_version(self, operand):
        return operand[0] in ("version", "versions") or operand in self.versions

    def score_fact(self, name, arguments):
        fact = self.facts.get(name)
        if not arguments:
            return int(bool(fact))
        among = fact if isinstance(fact, list) else [fact]
        return int(name in self.facts and any(self.meets(name, argument, one) for argument in arguments for one in among))

    def meets(self, name, argument, one):
        same = same_version if self.is_version(argument) or ("path", (name,)) in self.versions else same_value
        return same(self.value(argument), one)


def version(value):
    """What compares as the version does, of a text or a number; None if it is none. No JSON value is a tuple."""
    text = str(value) if is_number(value) or isinstance(value, str) else ""
    found = re.fullmatch(r"v?(\d+(?:\.\d+)*)(?:\+.*)?", text)
    parts = [int(part) for part in found.group(1).split(".")] if found else []
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts) if found else None


def same_version(left, right):
    return version(left) is not None and version(left) == version(right)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def ordered(compare):
    def holds(left, right):
        alike = type(left) is type(right) and isinstance(left, (str, tuple))
        return (alike or is_number(left) and is_number(right)) and compare(left, right)
    return holds


def contains(element, whole):
    if isinstance(whole, list):
        return any(same_value(element, one) for one in whole)
    return isinstance(element, str) and isinstance(whole, (str, dict)) and element in whole


def globs(text, pattern):
    return isinstance(text, str) and isinstance(pattern, str) and fnmatch.fnmatchcase(text, pattern)


COMPARISONS = {
    "==": same_value, "in": contains, "glob": globs,
    "<": ordered(lambda a, b: a < b), "<=": ordered(lambda a, b: a <= b),
    ">": ordered(lambda a, b: a > b), ">=": ordered(lambda a, b: a >= b),
}


def rebuilt(tree, change):
    """The tree with `change` of every operand in place of it."""
    kind = tree[0]
    if kind in ("any", "all"):
        return kind, tuple(rebuilt(part, change) for part in tree[1])
    if kind == "not":
        return kind, rebuilt(tree[1], change)
    if kind == "truth":
        return truth(change(tree[1]))
    if kind == "compare":
        return kind, tree[1], change(tree[2]), change(tree[3])
    return kind, tree[1], tuple(map(change, tree[2]))


def replaced(tree, arguments):
    """The tree with arguments in place of the parameters, which are paths of one name."""
    return rebuilt(tree, lambda operand: arguments.get(operand[1][0], operand)
                   if operand[0] == "path" and len(operand[1]) == 1 else operand)

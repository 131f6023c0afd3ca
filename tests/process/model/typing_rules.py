"""Which comparisons can never hold for values of the declared types (DESIGN, "What is checked")."""

import json

from . import predicates

KINDS = {"string": {"null", "string"}, "int": {"null", "number"}, "number": {"null", "number"}, "bool": {"null", "bool"},
         "list": {"null", "list"}, "object": {"null", "object"}, "version": {"null", "version"},
         "any": {"null", "string", "number", "bool", "list", "object"}}
ORDERING = ("<", "<=", ">", ">=")
PATHS = ("path", "self")


def never_holds(tree, fields, context):
    """A part of the tree that can never hold; None: there is none. A named predicate that it calls may be called elsewhere
    with other types: what can never hold there is no error."""
    for node in predicates.nodes(tree):
        if node[0] == "compare" and not may_hold(*node[1:], fields, context):
            return node
        if node[0] == "call" and node[1] == "yes" and node[2] and node[2][0][0] in PATHS:
            if "number" not in kinds(node[2][0], fields, context):
                return node
    return None


def written_out(tree, named):
    """The tree with the expressions of the named predicates in place of their calls."""
    kind = tree[0]
    if kind in ("any", "all"):
        return kind, tuple(written_out(part, named) for part in tree[1])
    if kind == "not":
        return kind, written_out(tree[1], named)
    definition = named.get(tree[1]) if kind == "call" else None
    if definition is None or definition.tree is None:
        return tree
    return written_out(predicates.replaced(definition.tree, dict(zip(definition.params, tree[2]))), named)


def disagreement(facts, here, there):
    """A fact of these that both contexts declare with types that do not agree; None: there is none."""
    for fact in sorted(facts & here.keys() & there.keys()):
        both = {"number" if kind == "int" else kind for kind in (here[fact], there[fact])}
        if len(both) > 1 and "any" not in both:
            return fact
    return None


def kinds(operand, fields, context):
    """The kinds of values that an operand may have. A version of a declared type is a text as well."""
    kind, what = operand
    if kind == "literal":
        return {{"t": "bool", "f": "bool", "n": "null", '"': "string", "[": "list"}.get(what[0], "number")}
    if kind == "version":
        return {"version"}
    return KINDS[(fields if kind == "self" else context).get(".".join(what), "any")]


def may_hold(sign, left, right, fields, context):
    """Whether values of the declared types can ever compare so."""
    if sign == "!=" or left[0] not in PATHS and right[0] not in PATHS:
        return True
    if right[0] == "versions":
        return any(may_hold("==", left, ("version", one), fields, context) for one in right[1])
    elements = json.loads(right[1]) if sign == "in" and right[0] == "literal" else None
    if isinstance(elements, list):
        each = [may_hold("==", left, predicates.literal(one), fields, context) for one in elements]
        return any(each) or not elements
    here, there = kinds(left, fields, context), kinds(right, fields, context)
    if sign in ("in", "glob"):
        texts = [texts_too(kinds_of_it, operand) for kinds_of_it, operand in ((here, left), (there, right))]
        return sign == "in" and "list" in there or "string" in texts[0] and bool(texts[1] & containers(sign))
    if sign == "==" and "null" in here & there and not (left[0] in PATHS and right[0] in PATHS):
        return True
    if "version" in here | there:
        return reads_as_version(left, here) and reads_as_version(right, there)
    return bool((here & there) & ({"number", "string"} if sign in ORDERING else KINDS["any"] - {"null"}))


def containers(sign):
    return {"string", "object"} if sign == "in" else {"string"}


def texts_too(found, operand):
    return found | {"string"} if "version" in found and operand[0] in PATHS else found


def reads_as_version(operand, found):
    if operand[0] == "literal":
        return predicates.version(json.loads(operand[1])) is not None
    return bool(found & {"version", "string", "number"})

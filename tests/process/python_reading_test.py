"""What reg reads in Python files is what Python's own `ast` says of them: of every fifth file of the standard library and
of Debian's packages, or of all of them if REG_READ_ALL is set."""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import unittest
import warnings
from pathlib import Path

WORDS = ("register", "append", "field", "get", "dataclass", "add_argument", "partial", "compile", "namedtuple", "Enum")
# Text, elements, depth and tables, as lib/src/scan/python_values.h and python_walk.cpp keep them.
MODULE, CLASS, FUNCTION, CALL = (1024, 4096, 200, 0), (1024, 4096, 200, 1), (1024, 64, 4, 0), (65536, 4096, 200, 1)


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return base and f"{base}.{node.attr}"
    return ""


def innermost(call):
    while isinstance(call, ast.Call):
        call = call.func
    return call


def last_name(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def is_main(test):
    while isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        test = test.values[0]
    return ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


class Reading(ast.NodeVisitor):
    """The statements that an account should have, from the tree of `ast`."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.statements, self.formatted = [], []
        self.kept_calls = set()
        self.scope, self.kinds = (), ("Module",)
        self.elsewhere = {}
        self.functions = ()  # around
        self.flags = (False, False, False)
        self.visit(ast.parse(text))

    # --- places and contexts

    def at(self, node):
        return self.place(node.lineno, node.col_offset)

    def place(self, line, offset):
        return [line, len(self.lines[line - 1].encode()[:offset].decode()) + 1]

    def under(self, nodes, guarded=False, repeated=False, script=False):
        before = self.flags
        self.flags = (before[0] or guarded, before[1] or repeated, before[2] or script)
        for node in nodes:
            self.visit(node)
        self.flags = before

    def inside(self, kind, name, nodes):
        before = self.scope, self.kinds, self.flags, self.functions
        self.scope, self.kinds = (*self.scope, name), (*self.kinds, kind)
        self.flags = (False, *self.flags[1:])
        self.functions = (*self.functions, name) if kind == "Function" else self.functions
        for node in nodes:
            self.visit(node)
        self.scope, self.kinds, self.flags, self.functions = before

    def add(self, kind, at, name="", **more):
        scope, guarded = self.scope, self.flags[0]
        if "." not in name and name in self.elsewhere.get(scope, {}):
            scope, guarded = self.elsewhere[scope][name], True
        self.statements.append(
            {"kind": kind, "at": at, "name": name, "scope": scope, "guarded": guarded}
            | {"repeated": self.flags[1], "script_only": self.flags[2]}
            | more
        )

    # --- expressions

    def kept(self):
        return {"Module": MODULE, "Class": CLASS, "Function": FUNCTION}[self.kinds[-1]]

    def value(self, node, kept=None, depth=0):
        kept = kept or self.kept()
        out = self.filled(node, kept, depth) if depth <= kept[2] else None
        return {"kind": "Other", **(out or {}), "at": self.at(node)}

    def filled(self, node, kept, depth):
        def go(each):
            return self.value(each, kept, depth + 1)

        if isinstance(node, ast.Constant):
            return self.constant(node, kept)
        if dotted(node):
            return {"kind": "Name", "text": dotted(node)}
        if isinstance(node, ast.Call):
            kept = CALL if self.has_word(node) else kept
            return {"kind": "Call", "items": [go(node.func)], "arguments": self.arguments(node, kept, depth + 1)}
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return {"kind": "List", "items": [go(e) for e in node.elts]} if len(node.elts) <= kept[1] else None
        if isinstance(node, ast.Dict):
            return self.table(node, kept, depth) if kept[3] else None
        if isinstance(node, ast.UnaryOp):
            return self.unary(node, go)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            kind = "And" if isinstance(node.op, ast.BitAnd) else "Or"
            return {"kind": kind, "items": [go(e) for e in self.operands(node)]}
        return None

    def has_word(self, call):
        """Whether a call calls one of the words, or is given it: by name, or as a text."""
        if last_name(innermost(call)) in WORDS:
            return True
        while isinstance(call, ast.Call):
            if any(self.is_word(argument) for argument in call.args):
                return True
            call = call.func
        return False

    def is_word(self, node):
        if isinstance(node, ast.GeneratorExp):
            return last_name(node.elt) in WORDS
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and node.lineno == node.end_lineno:
            line = self.lines[node.lineno - 1].encode()
            written = line[node.col_offset : node.end_col_offset].decode()
            return re.fullmatch(r"[A-Za-z]*(['\"])(\w+)\1", written, re.ASCII) and written.split(written[-1])[1] in WORDS
        return last_name(node) in WORDS

    def operands(self, node):
        items, left = [], node
        while isinstance(left, ast.BinOp) and type(left.op) is type(node.op) and (left is node or self.is_bare(left, node)):
            items.insert(0, left.right)
            left = left.left
        return [left, *items]

    def is_bare(self, left, node):
        """Whether it has no parentheses: it then begins where the whole expression does."""
        return (left.lineno, left.col_offset) == (node.lineno, node.col_offset)

    def constant(self, node, kept):
        value = node.value
        if isinstance(value, (bytes, complex)) or value is ...:
            return None
        if isinstance(value, float) and abs(value) == float("inf"):
            return None
        if isinstance(value, int) and abs(value) >= 2**64:
            return None
        if isinstance(value, str):
            written = "\n".join(self.lines[node.lineno - 1 : node.end_lineno])
            if len(value.encode(errors="replace")) > kept[0] or "\\N{" in written:
                return None
            if any(0xD800 <= ord(c) < 0xE000 for c in value):
                return None
        return {"kind": "Literal", "value": value}

    def unary(self, node, go):
        if isinstance(node.op, (ast.Invert, ast.Not)):
            return {"kind": "Not", "items": [go(node.operand)]}
        number = getattr(node.operand, "value", None)
        if not isinstance(node.op, ast.USub) or type(number) not in (int, float) or number > 2**63:
            return None
        return {"kind": "Literal", "value": -number}

    def table(self, node, kept, depth):
        table = {}
        for key, value in zip(node.keys, node.values):
            read = self.value(value, kept, depth + 1)
            plain = self.plain(read)
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or plain is None:
                return None
            table[key.value] = plain[0]
        return {"kind": "Literal", "value": table}

    def plain(self, read):
        if read["kind"] == "Literal":
            return (read["value"],)
        items = [self.plain(item) for item in read.get("items", [])]
        return ([i[0] for i in items],) if read["kind"] == "List" and None not in items else None

    def arguments(self, node, kept, depth=0):
        given = getattr(node, "args", None) or getattr(node, "bases", None) or []
        found = []
        for each in given:
            inner, name = (each.value, "*") if isinstance(each, ast.Starred) else (each, "")
            found.append((self.at(each), [name, self.value(inner, kept, depth)]))
        for each in node.keywords:
            found.append((self.at(each), [each.arg or "**", self.value(each.value, kept, depth)]))
        return [argument for _, argument in sorted(found, key=lambda pair: pair[0])]

    # --- statements

    def visit_Import(self, node):
        for name in node.names:
            bound = name.asname or name.name.split(".")[0]
            self.add("Import", self.at(node), bound, module=name.name, renamed=bool(name.asname))

    def visit_ImportFrom(self, node):
        names = [[n.name, "" if n.name == "*" else n.asname or n.name] for n in node.names]
        self.add("ImportFrom", self.at(node), module=node.module or "", level=node.level, imported=names)

    def visit_Assign(self, node):
        for target in node.targets:
            self.assign(target, node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if node.value:
            self.assign(node.target, node.value)
        self.generic_visit(node)

    def visit_NamedExpr(self, node):
        self.assign(node.target, node.value)
        self.generic_visit(node)

    def assign(self, target, value):
        pairs = [(target, value)]
        sequence = (ast.Tuple, ast.List)
        if isinstance(target, sequence) and isinstance(value, sequence) and len(target.elts) == len(value.elts):
            if not any(isinstance(e, ast.Starred) for e in target.elts + value.elts):
                pairs = list(zip(target.elts, value.elts))
                if {dotted(e) for e in target.elts} & {dotted(e) for e in value.elts} - {""}:
                    return self.exchange(pairs)
        for to, what in pairs:
            if dotted(to) == "__all__":
                *parts, first = self.sum_of(what)
                self.assign_name(to, first)
                for part in reversed(parts):
                    self.add("Extend", self.at(to), "__all__", value=self.value(part))
            elif dotted(to):
                self.assign_name(to, what)
            else:
                self.bind(to)

    def exchange(self, pairs):
        """`a, b = b, a`: all values wait under names of their own."""
        for number, (to, what) in enumerate(pairs):
            self.assign_name(to, what, f"_={number}")
        for number, (to, _) in enumerate(pairs):
            at = self.at(to)
            if dotted(to):
                waiting = {"kind": "Name", "text": f"_={number}", "at": at}
                self.add("Assign", at, dotted(to), value=waiting)
            else:
                self.bind(to)

    def sum_of(self, node):
        parts = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts.append(node.right)
            node = node.left
        return [*parts, node]

    def assign_name(self, target, value, name=""):
        read = self.value(value)
        if read["kind"] == "Call":
            self.keep(value)
        self.add("Assign", self.at(target), name or dotted(target), value=read)

    def keep(self, call):
        while isinstance(call, ast.Call):
            self.kept_calls.add(call)
            call = call.func

    def bind(self, target, kind="Bind"):
        if dotted(target):
            self.add(kind, self.at(target), dotted(target))
        elif isinstance(target, (ast.Tuple, ast.List)):
            for each in target.elts:
                self.bind(each, kind)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, kind)

    def visit_AugAssign(self, node):
        if not dotted(node.target):
            pass
        elif isinstance(node.op, ast.Add):
            self.add("Extend", self.at(node.target), dotted(node.target), value=self.value(node.value))
        elif isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            kind = "And" if isinstance(node.op, ast.BitAnd) else "Or"
            at = self.at(node.target)
            before = {"kind": "Name", "text": dotted(node.target), "at": at}
            joined = {"kind": kind, "items": [before, self.value(node.value)], "at": at}
            self.add("Assign", at, dotted(node.target), value=joined)
        else:
            self.bind(node.target)
        self.generic_visit(node)

    def visit_Delete(self, node):
        for target in node.targets:
            self.bind(target, "Unbind")
        self.generic_visit(node)

    def visit_Global(self, node):
        for name in node.names:
            if len(self.kinds) > 1:
                self.elsewhere.setdefault(self.scope, {})[name] = ()

    def visit_Nonlocal(self, node):
        depth = max(d for d in range(len(self.kinds) - 1) if self.kinds[d] != "Class")
        outer = self.scope[:depth]
        for name in node.names:
            self.elsewhere.setdefault(self.scope, {})[name] = self.elsewhere.get(outer, {}).get(name, outer)

    def visit_For(self, node):
        before = self.flags
        self.flags = (True, True, before[2])
        self.bind(node.target)
        self.flags = before
        self.under([node.target, node.iter])
        self.under(node.body, guarded=True, repeated=True)
        self.under(node.orelse, guarded=True)

    visit_AsyncFor = visit_For

    def visit_While(self, node):
        self.under([node.test], repeated=True)
        self.under(node.body, guarded=True, repeated=True)
        self.under(node.orelse, guarded=True)

    def visit_If(self, node):
        self.visit(node.test)
        self.under(node.body, guarded=True, script=is_main(node.test))
        self.under(node.orelse, guarded=True)

    def visit_IfExp(self, node):
        self.visit(node.test)
        self.under([node.body, node.orelse], guarded=True)

    def visit_BoolOp(self, node):
        self.visit(node.values[0])
        self.under(node.values[1:], guarded=True)

    def visit_Try(self, node):
        self.under([*node.body, *node.handlers, *node.orelse, *node.finalbody], guarded=True)

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node):
        if node.name:
            self.add("Bind", None, node.name)
        self.generic_visit(node)

    def visit_withitem(self, node):
        if node.optional_vars:
            self.bind(node.optional_vars)
        self.generic_visit(node)

    def visit_Match(self, node):
        self.visit(node.subject)
        self.under(node.cases, guarded=True)

    def capture(self, node):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            self.add("Bind", None, name)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_MatchMapping = capture

    def comprehension(self, node):
        first = node.generators[0]
        self.visit(first.iter)
        rest = [getattr(node, name) for name in ("elt", "key", "value") if hasattr(node, name)]
        for generator in node.generators:
            rest += [generator.target, *generator.ifs]
        rest += [generator.iter for generator in node.generators[1:]]
        self.under(rest, guarded=True, repeated=True)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension

    # --- classes, functions, calls

    def define(self, node, kind, **more):
        for decorator in node.decorator_list:
            self.keep(decorator)
            self.visit(decorator)
        doc = (ast.get_docstring(node, clean=False) or "").strip().split("\n")[0].strip()
        decorators = [self.value(d, CALL) for d in node.decorator_list]
        self.add(kind, self.at(node), node.name, doc=doc, decorators=decorators, **more)

    def visit_ClassDef(self, node):
        self.define(node, "Class", arguments=self.arguments(node, CLASS))
        for each in [*node.bases, *node.keywords]:
            self.visit(each)
        self.inside("Class", node.name, node.body)

    def visit_FunctionDef(self, node):
        self.define(node, "Function")
        self.parameters(node, node.name)
        self.visit(node.args)
        if node.returns:
            self.visit(node.returns)
        self.inside("Function", node.name, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.parameters(node, "<lambda>")
        self.visit(node.args)
        self.inside("Function", "<lambda>", [node.body])

    def parameters(self, node, name):
        before = self.scope, self.flags
        self.scope, self.flags = (*self.scope, name), (False, *self.flags[1:])
        for each in ast.walk(node.args):
            if isinstance(each, ast.arg) and self.is_own(each, node.args):
                self.add("Bind", self.at(each), each.arg)
        self.scope, self.flags = before

    def is_own(self, arg, args):
        return arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]

    def visit_JoinedStr(self, node):
        """Python 3.11 gives wrong places in them."""
        self.formatted.append((self.at(node), self.place(node.end_lineno, node.end_col_offset)))

    def visit_Call(self, node):
        method = getattr(node.func, "attr", "")
        name = dotted(node.func.value) if method in ("extend", "append") else ""
        if name and len(node.args) + len(node.keywords) == 1 and node not in self.kept_calls:
            self.grow(node, method, name)
        wanted = self.has_word(node) or any(name in WORDS for name in self.functions)
        if wanted and node not in self.kept_calls:
            self.add("Call", self.at(node), value=self.value(node, CALL))
            self.keep(node)
        self.generic_visit(node)

    def grow(self, node, method, name):
        argument = (node.args or node.keywords)[0]
        if not isinstance(argument, (ast.keyword, ast.Starred)):
            value = self.value(argument)
            if method == "append":
                value = {"kind": "List", "items": [value], "at": value["at"]}
            self.add("Extend", self.at(node), name, value=value)


def path_of(account, scope):
    path = []
    while scope:
        _, name, scope_above = account["scopes"][scope]
        path.insert(0, name)
        scope = scope_above
    return tuple(path)


def comparable(statement, keys):
    """Without what the other side does not say."""

    def plain(value):
        if isinstance(value, dict):
            if value.get("kind") == "Name":
                # Where a name is one of a function that the statement was moved out of.
                value = {**value, "text": re.sub("[<>]", "", value["text"])}
            return {k: plain(v) for k, v in value.items() if not (k == "text" and value.get("kind") == "Other")}
        return [plain(v) for v in value] if isinstance(value, (list, tuple)) else value

    return json.dumps({key: plain(statement.get(key)) for key in keys}, sort_keys=True)


KEYS = {
    "Import": ("module", "renamed"),
    "ImportFrom": ("module", "level", "imported"),
    "Assign": ("value",),
    "Extend": ("value",),
    "Class": ("arguments", "decorators", "doc"),
    "Function": ("decorators", "doc"),
    "Call": ("value",),
}
COMMON = ("kind", "name", "scope", "guarded", "repeated", "script_only")


class PythonReading(unittest.TestCase):
    def test_the_standard_library_is_read_as_ast_reads_it(self):
        library = Path(sysconfig.get_path("stdlib"))
        files = sorted(library.rglob("*.py")) + sorted(Path("/usr/lib/python3/dist-packages").rglob("*.py"))
        files = files if os.environ.get("REG_READ_ALL") else files[::5]
        files = [Path(name) for name in sys.argv[1:]] or files
        compared = sum(self.check(file, account) for file, account in self.accounts(files))
        self.assertGreater(compared, len(files) // 2)

    def accounts(self, files):
        program = os.environ.get("REG_PRINT_ACCOUNT", "build/release/tests/scan/print_account")
        for begin in range(0, len(files), 200):
            some = files[begin : begin + 200]
            done = subprocess.run([program, ",".join(WORDS), *some], capture_output=True, check=True)
            yield from zip(some, map(json.loads, done.stdout.splitlines()))

    def check(self, file, account):
        text = file.read_bytes()
        try:
            text = text.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                reading = Reading(text)
        except (SyntaxError, ValueError, RecursionError):
            return False
        with self.subTest(file=str(file)):
            self.assertEqual(account["problems"], [])
            expected, actual = self.expected(reading), self.actual(account, reading)
            self.assertEqual(expected - actual, set(), "only ast has these")
            self.assertEqual(actual - expected, set(), "only reg has these")
            # Those that wait stand where they are taken.
            places = [s["at"] for s in account["statements"] if not s["name"].startswith("_=")]
            self.assertEqual([p for p, q in zip(places, places[1:]) if p > q], [])
        return True

    def expected(self, reading):
        return {self.key(statement, statement["at"]) for statement in reading.statements}

    def actual(self, account, reading):
        keys, expected = set(), self.expected(reading)
        for statement in account["statements"]:
            at = statement["at"]
            statement["scope"] = path_of(account, statement["scope"])
            if any(begin <= at < end for begin, end in reading.formatted):
                continue
            key = self.key(statement, at)
            # Of some names `ast` does not say where they stand.
            placeless = self.key(statement, None)
            if key not in expected and placeless in expected:
                key = placeless
            keys.add(key)
        return keys

    def key(self, statement, at):
        return json.dumps(at) + comparable(statement, COMMON + KEYS.get(statement["kind"], ()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

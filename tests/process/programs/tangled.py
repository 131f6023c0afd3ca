"""Random programs about names alone: statements over few names, in whatever order. What they register is known by
importing them only; many of them cannot be imported."""

from programs.values import Module, Program

NAMES = ["A", "B", "C", "D"]
HEAD = "from mmengine.registry import Registry\nimport parts\n"


def places(program, module):
    """The modules that come before this one."""
    return program.modules[:program.modules.index(module)]


def binding(program, module, depth=0):
    """A statement that binds one of the names."""
    rng = program.rng
    a, b, c = rng.choice(NAMES), rng.choice(NAMES), rng.choice(NAMES)
    before = places(program, module)
    number = program.number()
    forms = [f"{a} = Registry('r{number}')", f"{a} = {b}", f"{a} = {b} = {c}", f"{a}, {b} = {b}, {a}", f"{a}, {b} = {c}, {a}",
             f"({a} := {b})", f"[{a}, {b}] = [{c}, Registry('r{number}')]", f"class {a}:\n    {b} = {b}\n    {c} = Registry('r{number}')",
             f"class {a}:\n    {a} = {a}\n    {b} = {a}", f"{a} = {b}.{c}", f"{a}.{b} = {c}", f"del {a}",
             f"{a}: object = {b}", f"{a}: object", f"def {a}(): pass", f"{a} = 1",
             f"def f{number}({a}={b}):\n    {b} = {a}\n    return {a}\nf{number}()"]
    if before:
        source = rng.choice(before).name
        forms += [f"from {source} import {a}", f"from {source} import {a} as {b}", f"from {source} import *",
                  f"import {source}\n{a} = {source}.{b}", f"import {source} as {a}", f"from {source} import {a}, {b} as {c}",
                  f"from {source} import *"] * 2
    text = rng.choice(forms)
    if depth < 1 and rng.random() < 0.25:
        inner = "\n".join("    " + line for line in text.split("\n"))
        text = rng.choice([f"try:\n{inner}\nfinally:\n    pass", f"if True:\n{inner}", f"with open('/dev/null'):\n{inner}"])
    return text


def use(program):
    rng = program.rng
    name = rng.choice(NAMES) + (f".{rng.choice(NAMES)}" if rng.random() < 0.3 else "")
    number = program.number()
    return rng.choice([f"@{name}.register_module()\nclass K{number}: pass",
                       f"{name}.register_module(name='k{number}', module=parts.Wheel)",
                       f"class In{number}:\n    {rng.choice(NAMES)} = {rng.choice(NAMES)}\n"
                       f"    @{name}.register_module()\n    class K{number}: pass"])


def export(program):
    names = program.rng.sample(NAMES, program.rng.randrange(5))
    return program.rng.choice([f"__all__ = {names}", f"__all__ = [*{names}]", f"__all__ = {names}\n__all__ += {tuple(NAMES[:1])}",
                               f"__all__ = []\nfor name in {names}:\n    __all__.append(name)"])


def put(module, text):
    module.blocks.append((module.write(text), text))


def generate(rng):
    program = Program(rng)
    program.folder, program.roots = "", None
    for number in range(rng.randrange(1, 4)):
        program.modules.append(Module(f"pkg.m{number}", f"pkg/m{number}.py", False))
    program.modules.insert(rng.randrange(len(program.modules) + 1), Module("pkg", "pkg/__init__.py", True))
    for module in program.modules:
        module.blocks = []
        module.write(HEAD + f"A = Registry('r{program.number()}')")
        for _ in range(rng.randrange(1, 7)):
            put(module, binding(program, module) if rng.random() < 0.7 else use(program))
        put(module, use(program))
        if rng.random() < 0.2:
            put(module, export(program))
    return program


def without(program, path, line):
    """Takes out the statement that stands there; false: there is none."""
    for module in program.modules:
        for first, text in module.blocks if module.path == path else []:
            if text and first <= line < first + text.count("\n") + 1:
                for number in range(text.count("\n") + 1):
                    module.lines[first - 1 + number] = "#"
                module.blocks.remove((first, text))
                return True
    return False

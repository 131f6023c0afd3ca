"""The statements of a random program that make registries, bind names anew, or have nothing to do with registrations."""

from programs import imports
from programs.registering import expect, qualified, registry_here
from programs.forms import Form
from programs.values import Function, Maker, Method, Other, Registry, Thing

VARIABLES = ["MODELS", "HOOKS", "R", "registry", "models", "МОДЕЛИ", "_PRIVATE", "Größen"]
MAKERS = [("excore", "excore", "Registry"), ("mmengine", "mmengine", "Registry"), ("mmengine", "mmengine.registry", "Registry"),
          ("fvcore", "fvcore.common.registry", "Registry")]


def maker_here(program, module):
    """A name of a class of registries."""
    rng = program.rng
    if rng.random() < 0.35:
        found = imports.name_of(program, module, Maker)
        if found:
            return found[0], found[1].kind
    kind, library, name = rng.choice(MAKERS)
    form = rng.randrange(4)
    if form == 0:
        module.write(f"import {library}")
        module.names[library.split(".")[0]] = Other()
        return f"{library}.{name}", kind
    if form == 1:
        alias = f"lib_{program.number()}"
        module.write(f"import {library} as {alias}")
        return f"{alias}.{name}", kind
    alias = name if form == 2 else f"Base{program.number()}"
    module.write(f"from {library} import {name}" + ("" if alias == name else f" as {alias}"))
    module.names[alias] = Maker(kind)
    return alias, kind


def new_registry(program, module):
    """A registry, and the call that makes it."""
    rng = program.rng
    maker, kind = maker_here(program, module)
    name = f"{rng.choice(['model', 'loss', 'Hook'])}{program.number()}"
    if rng.random() < 0.1 and kind == "mmengine":
        name = name.replace("model", "my model")
    fields, given, shown = (), [], name.replace(" ", "_")
    written = repr(name)
    if rng.random() < 0.15:
        module.write(f"NAME_{program.number()} = {written}")
        written = f"NAME_{program.count}"
    if kind == "excore" and rng.random() < 0.6:
        fields = tuple(rng.sample(["size", "deep", "größe"], rng.randrange(1, 4)))
        given.append(f"extra_field={list(fields)!r}" if len(fields) > 1 else f"extra_field={fields[0]!r}")
    if kind == "mmengine" and rng.random() < 0.3:
        given.append("scope='own'")
        shown = f"own.{shown}"
    text = f"{maker}({', '.join([rng.choice(['', 'name=']) if kind != 'excore' else ''][0:1]) + written}{''.join(', ' + each for each in given)})"
    return Registry(kind, shown, fields), text


def make_registry(program, module):
    variable = program.rng.choice(VARIABLES)
    registry, text = new_registry(program, module)
    annotation = ": object" if program.rng.random() < 0.1 else ""
    module.write(f"{variable}{annotation} = {text}")
    module.names[variable] = registry


def subclass_registry(program, module):
    base, kind = maker_here(program, module)
    name = f"Own{program.number()}Registry"
    module.write(f"class {name}({base}):\n    '''Registry('not one')'''")
    module.names[name] = Maker(kind)


def hub(program, module):
    """Registries in the body of a class."""
    registry, text = new_registry(program, module)
    name = f"Hub{program.number()}"
    attributes = {"MAIN": registry}
    module.write(f"class {name}:\n    MAIN = {text}")
    other = registry_here_without_import(program, module)
    if other:
        module.write(f"    OTHER = {other[0]}")
        attributes["OTHER"] = other[1]
    module.names[name] = Thing(qualified(module, name), attributes=attributes)


def registry_here_without_import(program, module):
    here = list(module.found(Registry))
    return program.rng.choice(here) if here else None


def alias(program, module):
    found = registry_here(program, module)
    if found is None:
        return
    variable = program.rng.choice(VARIABLES)
    form = program.rng.randrange(5)
    if form == 0:
        module.write(f"{variable} = other_{program.number()} = {found[0]}")
        module.names[f"other_{program.count}"] = found[1]
    elif form == 1:
        module.write(f"{variable}, other_{program.number()} = {found[0]}, 1")
    elif form == 2:
        module.write(f"({variable} := {found[0]})")
    else:
        module.write(f"{variable} = {found[0]}")
    module.names[variable] = found[1]


def swap(program, module):
    """`A, B = B, A`"""
    here = [(name, value) for name, value in module.names.items() if isinstance(value, Registry)]
    if len(here) < 2:
        return
    (a, first), (b, second) = program.rng.sample(here, 2)
    module.write(f"{a}, {b} = {b}, {a}")
    module.names.update({a: second, b: first})


def delete(program, module):
    here = [name for name, value in module.names.items() if isinstance(value, (Registry, Method))]
    if here and (module.exported is None):
        name = program.rng.choice(here)
        module.write(f"del {name}")
        del module.names[name]


def by_global(program, module):
    """A function that is called, and binds a name of the module."""
    registry, text = new_registry(program, module)
    number = program.number()
    module.write(f"def set_{number}():\n    global SET_{number}\n    SET_{number} = {text}\nset_{number}()")
    module.names[f"SET_{number}"] = registry


def taken_back(program, module):
    """A name that no longer means a registry registers nothing."""
    here = [name for name, value in module.names.items() if isinstance(value, Registry)]
    if not here or module.exported is not None:
        return
    name = program.rng.choice(here)
    module.write(f"class Fake{program.number()}:\n    def register(self, *given, **more):\n        return lambda thing: thing\n"
                 f"    register_module = register\n{name} = Fake{program.count}()\n"
                 f"@{name}.register()\nclass Not{program.number()}: pass")
    module.names[name] = Other()
    module.names[f"Not{program.count}"] = Thing(qualified(module, f"Not{program.count}"))


NOISE = [
    "import atexit\n@atexit.register\ndef at_end_{n}(): pass",
    "import atexit\natexit.register(print)\natexit.unregister(print)",
    "import abc\nclass Abstract{n}(abc.ABC): pass\n@Abstract{n}.register\nclass Virtual{n}: pass",
    "import functools\n@functools.singledispatch\ndef shown_{n}(value): pass\n@shown_{n}.register\ndef _(value: int): pass\n"
    "@shown_{n}.register(str)\ndef _(value): pass",
    "from collections.abc import Sequence\n@Sequence.register\nclass Row{n}: pass",
    "text_{n} = '''\n@MODELS.register_module()\nclass InText: pass\nMODELS.register_module(module=InText)\n'''",
    "# @MODELS.register_module()\n# class Commented: pass\nr'\\@R.register()'",
    "value_{n} = 1 if True else 2\nassert value_{n}",
    "def plain_{n}(MODELS, *, R=1):\n    MODELS = R\n    return [MODELS for MODELS in [1]]",
    "class Machine{n}:\n    def register(self, thing):\n        return thing\n    def use(self):\n        self.register(1)\n"
    "        return self\nMachine{n}().use()",
    "import copyreg, re\ncopyreg.pickle(re.Match, lambda m: (str, ('m',)))",
    "import re\nre.match('a', 'b')",
]


def noise(program, module):
    module.write(program.rng.choice(NOISE).replace("{n}", str(program.number())))


def grow_all(program, module):
    """An `__all__` of some of the names, written in one of many ways."""
    rng = program.rng
    names = [name for name in module.names if name != "_"]
    if not names or module.exported is not None:
        return
    chosen = rng.sample(names, rng.randrange(0, len(names) + 1))
    first, rest = chosen[:len(chosen) // 2], chosen[len(chosen) // 2:]
    module.write(f"__all__ = {rng.choice([list, tuple])(chosen)!r}" if not rest or rng.random() < 0.4 else
                 f"__all__ = {first!r}\n" + rng.choice([
                     f"__all__ += {rest!r}", f"__all__.extend({rest!r})", f"__all__ = __all__ + {rest!r}",
                     "\n".join(f"__all__.append({each!r})" for each in rest)]) if rng.random() < 0.8 else
                 f"__all__ = {first!r} + {rest!r}")
    module.exported = chosen


def plugin(program, module):
    """A class that derives from the framework's base, directly or through others."""
    rng = program.rng
    found = imports.name_of(program, module, Thing, lambda value: "kind" in value.attributes) if rng.random() < 0.6 else None
    name = f"Plug{program.number()}"
    if found is None:
        module.write("from plugkit import Plugin")
        module.names["Plugin"] = Function("Plugin")
        base, kind = "Plugin", None
    else:
        base, kind = found[0], found[1].attributes["kind"]
    is_set = kind is None or rng.random() < 0.3
    kind = f"plug{rng.randrange(4)}" if is_set else kind
    line = module.write(f"class {name}({base}):\n    " + (f"kind = {kind!r}" if is_set else "pass"))
    module.names[name] = Thing(qualified(module, name), attributes={"kind": kind})
    expect(program, module, kind, Form(""), qualified(module, name), line)

"""The forms in which the three kinds of registry are registered in: what is written, and what comes of it."""

import ast
import dataclasses


@dataclasses.dataclass
class Form:
    text: str
    oids: list = dataclasses.field(default_factory=list)  # none: as the target is called
    info: dict = dataclasses.field(default_factory=dict)


VALUES = ["1", "-2", "'a b'", "True", "[1, 2]", "{'k': 1}", "None", "2.5", "'x' 'y'"]


def some_info(program, registry):
    """Keyword arguments, and the info that they give."""
    written, info = [], {}
    for field in registry.fields:
        if program.rng.random() < 0.4:
            value = program.rng.choice(VALUES)
            written.append(f"{field}={value}")
            if ast.literal_eval(value) is not None:
                info[field] = ast.literal_eval(value)
    return written, info


def some_names(program):
    """How a name is written, and which it gives."""
    names = [f"n{program.number()}" for _ in range(program.rng.choice([1, 1, 2, 3]))]
    if len(names) == 1:
        return repr(names[0]), names
    return repr(program.rng.choice([list, tuple])(names)), names


def arguments(program, given):
    """A list of arguments, on one line or several."""
    if program.rng.random() < 0.8:
        return f"({', '.join(given)})"
    lines = "".join(f"\n    {each},  # ), @other.register()" for each in given)
    return f"({lines}\n)"


def decorator(program, registry, name):
    """What makes a decorator, called."""
    rng = program.rng
    given, oids, info = [], [], {}
    if registry.kind == "excore":
        given, info = some_info(program, registry)
        if rng.random() < 0.2:
            given.insert(0, rng.choice(["force=False", "True"]))
        method = "register"
    elif registry.kind == "mmengine":
        method = "register_module"
        if rng.random() < 0.6:
            text, oids = some_names(program)
            given.append(rng.choice(["", "name="]) + text)
        elif rng.random() < 0.2:
            given.append(rng.choice(["None", "name=None"]))
        if rng.random() < 0.2:
            given.append("force=" + rng.choice(["True", "False"]))
    else:
        method = "register"
    return Form(f"{name}.{method}" + arguments(program, given), oids, info)


def bare_decorator(program, registry, name):
    """What is a decorator as it is, if this kind has one."""
    return Form(f"{name}.register_module") if registry.kind == "excore" else None


def call(program, registry, name, thing):
    """What registers `thing` where it stands."""
    rng = program.rng
    if rng.random() < 0.35:
        made = decorator(program, registry, name)
        return Form(f"{made.text}({thing})", made.oids, made.info)
    if registry.kind == "excore":
        given, info = some_info(program, registry)
        if rng.random() < 0.2:
            given.append("force=False")
        return Form(f"{name}.register_module" +
                    arguments(program, [rng.choice(["", "module="]) + thing] + given), [], info)
    if registry.kind == "mmengine":
        text, oids = some_names(program)
        given = rng.choice([[f"name={text}", f"module={thing}"], [text, "False", thing], [f"module={thing}", f"name={text}"],
                            [text, f"module={thing}"]])
        if rng.random() < 0.2:
            given, oids = [f"module={thing}"], []
        return Form(f"{name}.register_module" + arguments(program, given), oids)
    return Form(f"{name}.register" + arguments(program, [rng.choice(["", "", "obj="]) + thing]))


def method_of(registry):
    return "register" if registry.kind == "fvcore" else "register_module"

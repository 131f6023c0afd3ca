"""Random programs: packages of modules that import each other, and register."""

import pathlib

from programs import imports, making, registering, running
from programs.values import Module, Program, Registry

STATEMENTS = [
    (3, making.make_registry), (1, making.subclass_registry), (1, making.hub), (2, making.alias), (1, making.swap),
    (0.5, making.delete), (0.5, making.by_global), (0.7, making.taken_back), (2, making.noise), (1, making.grow_all),
    (1, making.plugin), (6, registering.decorated), (4, registering.called), (1.5, registering.all_at_once),
    (1, registering.match), (1.5, registering.by_method), (1, registering.by_curried), (1.5, registering.nested),
    (2, registering.in_function), (2, registering.guarded), (1, registering.of_timm), (1, registering.component),
    (2, running.registers_by_running),
]

# Those that bind names that no other statement knows of.
UNLISTED = {making.noise, making.by_global, making.taken_back, registering.guarded, registering.in_function,
            running.registers_by_running}

CONFIG = """[workspace]
name = "program"
sources = ["."]
[registries]
kit0 = {{ fields = ["weight"] }}
kit1 = {{ fields = ["weight"] }}
kit2 = {{ fields = ["weight"] }}
{scans}
[[scan]]
language  = "python"
decorator = "plugkit.component"
registry  = {{ argument = 0 }}
oid       = {{ argument = "name" }}
info      = {{ "*" = true }}

[[scan]]
language  = "python"
call      = "plugkit.add"
registry  = {{ argument = 0 }}
target    = {{ argument = 1 }}
oid       = {{ argument = "name" }}

[[scan]]
language  = "python"
class     = "plugkit.Plugin"
registry  = {{ attribute = "kind" }}
"""


def layout(rng):
    """The folder in which module names begin, whether packages have an `__init__`, and the modules' names."""
    names = [f"mod{number}" for number in range(rng.randrange(2, 6))]
    packages = ["pkg"] + (["pkg.sub"] if rng.random() < 0.5 else []) + (["pkg.sub.deep"] if rng.random() < 0.2 else [])
    kind = rng.choice(["regular", "regular", "src", "namespace", "flat"])
    if kind == "flat":
        return "", [], names
    modules = [f"{rng.choice(packages)}.{name}" for name in names]
    if rng.random() < 0.3 and kind == "regular":
        modules.append("top")
    if kind == "namespace":
        return "", [], modules
    everything = ["pkg", "pkg.sub", "pkg.sub.deep"]
    used = [package for package in everything if any(name.startswith(package + ".") for name in modules)]
    return "src" if kind == "src" else "", used, modules


def order_of(rng, packages, modules):
    names = [(package, True) for package in packages] + [(module, False) for module in modules]
    rng.shuffle(names)
    # A module outside of all packages may import any of them.
    return sorted(names, key=lambda each: each[0] == "top")


def generate(rng):
    program = Program(rng)
    folder, packages, modules = layout(rng)
    program.folder, program.roots = folder, None if packages or not modules else ["."]
    for name, is_package in order_of(rng, packages, modules):
        path = pathlib.Path(folder, *name.split("."))
        path = path / "__init__.py" if is_package else path.with_suffix(".py")
        program.modules.append(Module(name, str(path), is_package))
    for module in program.modules:
        write_module(program, module)
    return program


def write_module(program, module):
    rng = program.rng
    if rng.random() < 0.3:
        module.write('"""A module. @R.register_module()"""')
    if rng.random() < 0.1:
        module.write("from __future__ import annotations")
    weights = [weight for weight, _ in STATEMENTS]
    if not list(imports.sources(program, module, Registry)):
        making.make_registry(program, module)
    for _ in range(rng.randrange(2, 9)):
        write_statement = rng.choices(STATEMENTS, weights)[0][1]
        write_statement(program, module)
        module.is_listed = module.is_listed and write_statement not in UNLISTED
    import_back(program, module)
    module.is_done = True


def import_back(program, module):
    """At its end it may import one of its package that imports it."""
    rng = program.rng
    after = program.modules[program.modules.index(module) + 1:][:1]
    fits = after and not after[0].is_package and after[0].package() == module.package() and not module.is_package
    if not fits or rng.random() > 0.3 or any(each.avoids_packages for each in program.modules):
        return
    other = after[0]
    other.avoids_packages = True
    last = other.name.rpartition(".")[2]
    module.write(f"from . import {last}" if "." in other.name else f"import {other.name}")


def write(program, root):
    for module in program.modules:
        path = root / module.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(module.lines) + "\n", encoding="utf-8")
    presets = ["excore", "mmengine", "fvcore", "timm"]
    program.rng.shuffle(presets)
    roots = f"roots = {program.roots}\n".replace("'", '"') if program.roots else ""
    scans = "".join(f'\n[[scan]]\npreset = "{preset}"\n{roots}' for preset in presets)
    (root / "registry.toml").write_text(CONFIG.format(scans=scans))

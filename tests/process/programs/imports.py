"""How one module of a random program comes by a name of another."""

from programs.values import Other


def relative(module, source_name):
    """`source_name` as a relative import in that module writes it, if it can."""
    package = module.package()
    if not package:
        return None
    own, other = package.split("."), source_name.split(".")
    if own[0] != other[0]:
        return None
    shared = 0
    while shared < min(len(own), len(other)) and own[shared] == other[shared]:
        shared += 1
    return "." * (len(own) - shared + 1) + ".".join(other[shared:])


def fresh(program, module, base):
    return base if program.rng.random() < 0.5 else f"{base}_{program.number()}"


def module_path(program, module, source):
    near = relative(module, source.name)
    # `from . import x` of a package that is being made by this very file has no names yet.
    return near if near and program.rng.random() < 0.5 else source.name


def by_name(program, module, source, name):
    path = module_path(program, module, source)
    alias = fresh(program, module, name)
    clause = name if alias == name else f"{name} as {alias}"
    form = program.rng.randrange(4)
    if form == 0:
        module.write(f"from {path} import (\n    {clause},  # from {name} import *\n)")
    elif form == 1:
        module.write(f"try:\n    from nowhere_at_all import {clause}\nexcept ImportError:\n    from {path} import {clause}")
    else:
        module.write(f"from {path} import {clause}")
    module.names[alias] = source.names[name]
    return alias


def by_star(program, module, source, name):
    if name not in source.public():
        return by_name(program, module, source, name)
    module.write(f"from {module_path(program, module, source)} import *")
    for each in source.public():
        module.names[each] = source.names[each]
    return name


def by_module(program, module, source, name):
    alias = f"m_{program.number()}"
    parent, _, last = source.name.rpartition(".")
    if parent and program.rng.random() < 0.5:
        near = relative(module, parent)
        path = near if near and program.rng.random() < 0.6 else parent
        module.write(f"from {path} import {last} as {alias}")
    else:
        module.write(f"import {source.name} as {alias}")
    module.names[alias] = source
    return f"{alias}.{name}"


def by_path(program, module, source, name):
    if not all(package.is_done for package in packages_of(program, source.name)[1:]):
        return by_name(program, module, source, name)  # it is no attribute of its package yet
    module.write(f"import {source.name}")
    top = source.name.split(".")[0]
    packages = [each for each in program.modules if each.name == top]
    module.names[top] = packages[0] if packages else Other()
    return f"{source.name}.{name}"


def in_type_checking(program, module, source, name):
    module.write(f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {source.name} import {name} as Typed")
    module.names["TYPE_CHECKING"] = Other()
    return by_name(program, module, source, name)


FORMS = [by_name, by_name, by_star, by_module, by_path, in_type_checking]


def sources(program, module, kind):
    """The modules that this one may import, and their names of that kind."""
    for source in program.modules:
        if source.is_done and may_import(program, module, source):
            for name, value in source.names.items():
                if isinstance(value, kind):
                    yield source, name, value


def packages_of(program, name):
    return [each for each in program.modules if each.is_package and (name + ".").startswith(each.name + ".")]


def may_import(program, module, source):
    """No package that is not complete is entered from outside, so that imports never meet in a circle."""
    around = packages_of(program, module.name)
    if source.is_package and module.avoids_packages:
        return False
    return all(package.is_done or package in around for package in packages_of(program, source.name))


def import_one(program, module, kind):
    """Imports some name of that kind; its dotted name here, and its value. Nothing if there is none."""
    found = list(sources(program, module, kind))
    if not found:
        return None
    source, name, value = program.rng.choice(found)
    return program.rng.choice(FORMS)(program, module, source, name), value


def name_of(program, module, kind, fits=lambda value: True):
    """A dotted name of that kind of value, imported if need be."""
    here = [(name, value) for name, value in module.found(kind) if fits(value)]
    if not here or program.rng.random() < 0.3:
        for _ in range(3):
            imported = import_one(program, module, kind)
            if imported and fits(imported[1]):
                return imported
        here = [(name, value) for name, value in module.found(kind) if fits(value)]
    return program.rng.choice(here) if here else None


def module_here(program, module):
    """The name of a module that is done, imported under a name of its own."""
    found = [each for each in program.modules
             if each.is_done and not each.is_package and may_import(program, module, each)]
    if not found:
        return None
    source = program.rng.choice(found)
    alias = f"m_{program.number()}"
    module.write(f"import {source.name} as {alias}")
    module.names[alias] = source
    return alias, source



"""The statements of a random program that register."""

from programs import forms, imports
from programs.values import Expected, Function, Method, Registry, Thing

UNICODE = ["Größe", "Ωmega", "模型", "Ünit"]


def qualified(module, name, inside=""):
    return f"{module.name}.{inside}{name}"


def expect(program, module, registry, form, target, line, how="static"):
    name = registry if isinstance(registry, str) else registry.name
    program.claim(name, form.oids or [target.rpartition(".")[2]])
    for oid in form.oids or [target.rpartition(".")[2]]:
        program.expected.append(Expected(name, oid, target, form.info, module.path, line, how))


def definition(program, indent="", is_class=None):
    """A class or function with nothing in it; its name."""
    rng = program.rng
    is_class = rng.random() < 0.7 if is_class is None else is_class
    name = f"{rng.choice(UNICODE) if rng.random() < 0.08 else 'C'}{program.number()}"
    if is_class:
        head = rng.choice([f"class {name}:", f"class {name}(object):", f"class {name}(\n{indent}        object):"])
    else:
        head = rng.choice([f"def {name}(*given, **more):", f"async def {name}():", f"def {name}(R=None):"])
    body = rng.choice(["pass", '"""Its own @R.register() and\n' + indent + '    R.register_module(module=X)."""',
                       "# @R.register_module()\n" + indent + "    text = 'R.register(X)'"])
    return name, is_class, f"{head}\n{indent}    {body}"


def some_decorator(program, registry, name):
    form = forms.bare_decorator(program, registry, name) if program.rng.random() < 0.2 else None
    form = form or forms.decorator(program, registry, name)
    if program.rng.random() < 0.05:
        form.text = f"({form.text})"
    elif program.rng.random() < 0.05 and "\n" not in form.text:
        head, dot, tail = form.text.rpartition(".register")
        form.text = f"{head}.\\\n    {dot[1:]}{tail}" if head else form.text
    return form


def registry_here(program, module, fits=lambda value: True):
    return imports.name_of(program, module, Registry, fits)


def decorated(program, module, indent="", inside="", how="static", registries=None):
    """A class or function under one or several decorators. In a body, `registries` are the names that are good there."""
    rng = program.rng
    above = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        found = rng.choice(registries) if registries else registry_here(program, module)
        if found is None:
            return
        above.append(found)
    name, is_class, text = definition(program, indent)
    target = qualified(module, name, inside)
    for variable, registry in above:
        if not registries and not resolves_to(module, variable, registry):
            continue  # an import for the next one has bound the name anew
        form = some_decorator(program, registry, variable)
        if not program.claim(registry.name, form.oids or [name]):
            continue
        line = module.write("\n".join(indent + each if each and i == 0 else each
                                      for i, each in enumerate(("@" + form.text).split("\n"))))
        expect(program, module, registry, form, target, line, how)
        if rng.random() < 0.1:
            module.write(indent + "# @R.register()")
    module.write(indent + text)
    if not indent:
        module.names[name] = Thing(target, is_class)


def resolves_to(module, dotted, value):
    if any(name == dotted and found is value for name, found in module.found(type(value))):
        return True
    # The whole path of a module, which is not followed through packages.
    top = dotted.split(".")[0]
    return top in module.names and not isinstance(module.names[top], type(value)) and dotted.count(".") > 0


def something(program, module):
    """A name of a thing that can be registered, and its path."""
    rng = program.rng
    if rng.random() < 0.15:
        name = rng.choice(["Gear", "Wheel", "Gear.Tooth", "turn"])
        if rng.random() < 0.5:
            module.write("import parts")
            return f"parts.{name}", f"parts.{name}"
        top = name.split(".")[0]
        module.write(f"from parts import {top} as Outside{top}")
        return f"Outside{name}", f"parts.{name}"
    found = imports.name_of(program, module, Thing, lambda value: value.path) if rng.random() < 0.6 else None
    if found:
        return found[0], found[1].path
    name, is_class, text = definition(program)
    module.write(text)
    module.names[name] = Thing(qualified(module, name), is_class)
    return name, module.names[name].path


def called(program, module):
    """A registration in the form of a call."""
    thing, target = something(program, module)
    found = registry_here(program, module)
    if found is None or not known(module, thing, target):
        return
    variable, registry = found
    form = forms.call(program, registry, variable, thing)
    if not known(module, thing, target) or not program.claim(registry.name, form.oids or [target.rpartition(".")[2]]):
        return
    bound = f"K{program.number()} = " if program.rng.random() < 0.2 else ""
    expect(program, module, registry, form, target, module.write(bound + form.text))


def known(module, dotted, path):
    """Whether the name still means the thing."""
    if path.startswith("parts."):
        return True
    values = [value for name, value in module.found(Thing) if name == dotted]
    return values[0].path == path if values else dotted.count(".") > 0 and dotted.split(".")[0] in module.names


def all_at_once(program, module):
    """register_all, with a list that stands there or has a name."""
    rng = program.rng
    found = registry_here(program, module, lambda value: value.kind == "excore")
    if found is None:
        return
    variable, registry = found
    names, infos, written = [], [], []
    for _ in range(rng.randrange(1, 4)):
        name, is_class, text = definition(program)
        module.write(text)
        module.names[name] = Thing(qualified(module, name), is_class)
        names.append(name)
        given, info = forms.some_info(program, registry)
        infos.append(info)
        written.append("{" + ", ".join(f"'{each.replace('=', chr(39) + ': ', 1)}" for each in given) + "}")
    text = f"[{', '.join(names)}]" if rng.random() < 0.7 else f"({', '.join(names)},)"
    if rng.random() < 0.3:
        module.write(f"listed_{program.number()} = {text}")
        text = module.lines[-1].split(" = ")[0]
    has_info = rng.random() < 0.6
    more = [rng.choice(["extra_info=", ""]) + f"[{', '.join(written)}]"] if has_info else []
    line = module.write(f"{variable}.register_all" + forms.arguments(program, [text] + more))
    for name, info in zip(names, infos):
        form = forms.Form("", [], info if has_info else {})
        expect(program, module, registry, form, qualified(module, name), line)


def match(program, module):
    found = registry_here(program, module, lambda value: value.kind == "excore")
    other = imports.module_here(program, module) if found else None
    if other is None or not resolves_to(module, *found):
        return
    variable, registry = found
    alias, source = other
    known = (Thing, Registry, Method)
    if not all(isinstance(source.names[name], known) for name in source.public()):
        return
    if source.exported is None and not source.is_listed:
        return
    package = source.name.split(".")[0]
    targets = {}
    for name in source.public():
        value = source.names[name]
        if isinstance(value, Thing) and value.path:
            if source.exported is not None or value.path.split(".")[0] == package:
                targets[value.path] = name
    oids = [path.rpartition(".")[2] for path in targets]
    if len(set(oids)) != len(oids) or not program.claim(registry.name, oids):
        return
    line = module.write(f"{variable}.match({alias})")
    for path in targets:
        expect(program, module, registry, forms.Form(""), path, line)


def by_method(program, module):
    """`add = R.register_module`, and later `@add(…)`."""
    found = imports.name_of(program, module, Method) if program.rng.random() < 0.7 else None
    if found is None:
        base = registry_here(program, module)
        if base is None:
            return
        alias = program.rng.choice(["add", "put", f"add_{program.number()}"])
        module.write(f"{alias} = {base[0]}.{forms.method_of(base[1])}")
        module.names[alias] = Method(base[1], forms.method_of(base[1]))
        found = alias, module.names[alias]
    variable, method = found
    registry = method.registry
    if registry.kind == "excore":
        form = forms.Form(variable)
    else:
        form = forms.decorator(program, registry, "X")
        form.text = variable + form.text.removeprefix(f"X.{forms.method_of(registry)}")
    name, is_class, text = definition(program)
    line = module.write("@" + form.text)
    module.write(text)
    module.names[name] = Thing(qualified(module, name), is_class)
    expect(program, module, registry, form, qualified(module, name), line)


def by_curried(program, module):
    """`add = R.register_module(name='n')`, and later `@add`, or add(C)."""
    found = registry_here(program, module)
    if found is None:
        return
    form = forms.decorator(program, found[1], found[0])
    alias = f"curried_{program.number()}"
    module.write(f"{alias} = {form.text}")
    name, is_class, text = definition(program)
    if program.rng.random() < 0.5:
        line = module.write(f"@{alias}")
        module.write(text)
    else:
        module.write(text)
        line = module.write(f"{alias}({name})")
    module.names[name] = Thing(qualified(module, name), is_class)
    expect(program, module, found[1], form, qualified(module, name), line)


def nested(program, module):
    """Registrations in the body of a class."""
    rng = program.rng
    registries = [found for found in (registry_here(program, module) for _ in range(2)) if found]
    registries = [found for found in registries if resolves_to(module, *found)]
    if not registries:
        return
    outer = f"Outer{program.number()}"
    module.write(f"class {outer}:\n    size = 1")
    if rng.random() < 0.4:
        module.write(f"    own = {registries[0][0]}")
        registries.append(("own", registries[0][1]))
    for _ in range(rng.randrange(1, 3)):
        decorated(program, module, "    ", f"{outer}.", registries=registries)
    if rng.random() < 0.3:
        module.write("    class Deeper:\n        pass")
        decorated(program, module, "        ", f"{outer}.Deeper.", registries=[r for r in registries if r[0] != "own"])
    module.names[outer] = Thing(qualified(module, outer))


def in_function(program, module):
    """Registrations in a function that is called once, or never. It has its registry under a name of its own, since
    a function sees what names mean in the end."""
    rng = program.rng
    found = registry_here(program, module)
    if found is None:
        return
    number = program.number()
    is_called = rng.random() < 0.6
    parameter = rng.choice(["", "R=None", "*names"])
    if rng.random() < 0.5:
        module.write(f"own_{number} = {found[0]}\ndef make_{number}({parameter}):")
    else:
        module.write(f"def make_{number}({parameter}):\n    own_{number} = own_2_{number}")
        module.lines.insert(len(module.lines) - 2, f"own_2_{number} = {found[0]}")
    decorated(program, module, "    ", f"make_{number}.<locals>.", "static" if is_called else "kept",
              [(f"own_{number}", found[1])])
    if is_called:
        module.write(f"make_{number}()")


def guarded(program, module):
    """Under an `if`, a `try` or a `with`, which is run or not."""
    rng = program.rng
    found = registry_here(program, module)
    if found is None:
        return
    head, how, tail = rng.choice([
        ("if True:", "static", ""), ("if False:", "kept", ""), ("if not True:", "kept", "else:\n    pass"),
        ("if True:\n    pass\nelse:", "kept", ""), ("try:", "static", "except ValueError:\n    pass"),
        ("try:", "static", "finally:\n    pass"), ("try:\n    import nowhere_at_all\nexcept ImportError:", "static", ""),
        ("try:\n    pass\nexcept ImportError:", "kept", ""), ("with open('/dev/null'):", "static", "")])
    module.write(head)
    decorated(program, module, "    ", "", how, [found])
    if tail:
        module.write(tail)


def of_timm(program, module):
    found = imports.name_of(program, module, Function, lambda value: value.name == "register_model")
    if found is None:
        line = program.rng.choice([("from timm.models import register_model", "register_model"),
                                   ("from timm.models import register_model as model", "model"),
                                   ("import timm.models as tm", "tm.register_model")])
        module.write(line[0])
        if "." not in line[1]:
            module.names[line[1]] = Function("register_model")
        found = line[1], None
    name, _, text = definition(program, is_class=False)
    target = qualified(module, name)
    expect(program, module, "timm.models", forms.Form(""), target, module.write("@" + found[0]))
    module.write(text)
    module.names[name] = Thing(target, False)


def component(program, module):
    """The framework's own decorator and call."""
    rng = program.rng
    alias = rng.choice(["component", "comp"])
    module.write(f"from plugkit import component as {alias}, add as plug_in")
    kind = f"kit{rng.randrange(3)}"
    name, is_class, text = definition(program)
    target = qualified(module, name)
    if rng.random() < 0.5:
        written, oids = (f", name='n{program.number()}'", [f"n{program.count}"]) if rng.random() < 0.5 else ("", [])
        form = forms.Form(f"{alias}('{kind}'{written}, weight=3)", oids, {"weight": 3})
        line = module.write("@" + form.text)
        module.write(text)
    else:
        module.write(text)
        form = forms.Form(f"plug_in('{kind}', {name}, name='n{program.number()}')", [f"n{program.count}"])
        line = module.write(form.text)
    module.names.update({alias: Function("component"), "plug_in": Function("add"), name: Thing(target, is_class)})
    expect(program, module, kind, form, target, line)

"""The statements of a random program that register only by being run: they are to be reported, and not registered."""

from programs import forms
from programs.registering import definition, registry_here

# Each with `{r}` for the registry, `{m}` for its method, `{x}` for a class, `{n}` for a number; the line with `#!` is
# the one that is reported.
STATEMENTS = [
    "for each_{n} in [{x}]:\n    {call:each_{n}}  #!",
    "[{call:each} for each in [{x}]]  #!",
    "def put_{n}(thing):\n    return {call:thing}  #!\n@put_{n}\nclass Put{n}: pass",
    "def put_{n}(thing):\n    {call:thing}  #!\nput_{n}({x})",
    "put_{n} = lambda thing: {call:thing}  #!\nput_{n}({x})",
    "list(map({decorator}, [{x}]))  #!",
    "import functools\nadd_{n} = functools.partial({r}.{m})  #!",
    "import functools\nfunctools.partial({decorator})({x})  #!",
    "from functools import partial as part_{n}\npart_{n}({r}.{m})  #!",
    "table_{n} = {'a': {r}}\ntable_{n}['a'].{m}({given:{x}})  #!",
    "table_{n} = {'a': {r}}\n@table_{n}['a'].{m}({parentheses})  #!\nclass Tabled{n}: pass",
    "getattr({r}, '{m}')({given:{x}})  #!",
    "(lambda: {r})().{m}({given:{x}})  #!",
    "if __name__ == '__main__':\n    {call:{x}}  #!",
    "class Box{n}:\n    def __init__(self):\n        self.inside = {r}\n@Box{n}().inside.{m}({parentheses})  #!\nclass Boxed{n}: pass",
    "class Held{n}:\n    def __init__(self):\n        self.REGISTRY = {r}\nheld_{n} = Held{n}()\n"
    "@held_{n}.REGISTRY.{m}({parentheses})  #!\nclass Boxed{n}: pass",
    "while True:\n    @{decorator}  #!\n    class Looped{n}: pass\n    break",
    "def use_{n}(REGISTRY):\n    REGISTRY.{m}({given:{x}})  #!\nuse_{n}({r})",
    "{call:type('Made{n}', (), {})}  #!",
    "{call:(lambda thing: thing)({x})}  #!",
    "given_{n} = [{x}]\n{call:*given_{n}}  #!",
    "given_{n} = [{x}]\n{call:given_{n}[0]}  #!",
]


def registers_by_running(program, module):
    found = registry_here(program, module)
    if found is None:
        return
    # Functions see what a name means in the end; this one is not bound again.
    variable, registry = f"OWN_{program.number()}", found[1]
    module.write(f"{variable} = {found[0]}")
    name, _, text = definition(program, is_class=True)
    program.claim(registry.name, [name])
    method = forms.method_of(registry)
    given = {"excore": "{}", "mmengine": "module={}", "fvcore": "{}"}[registry.kind]
    makes = f"{variable}.register()" if registry.kind == "excore" else f"{variable}.{method}()"
    statement = program.rng.choice(STATEMENTS).replace("{n}", str(program.number())).replace("{r}", variable)
    statement = statement.replace("{decorator}", makes).replace("{x}", name)
    if registry.kind == "excore":
        statement = statement.replace("{m}({parentheses})", "register()")
    statement = statement.replace("{m}", method).replace("{parentheses}", "")
    while "{call:" in statement or "{given:" in statement:
        begin = max(statement.find("{call:"), statement.find("{given:"))
        end, depth = begin, 0
        while True:
            depth += {"{": 1, "}": -1}.get(statement[end], 0)
            end += 1
            if depth == 0:
                break
        is_call = statement.startswith("{call:", begin)
        inner = statement[begin + (6 if is_call else 7):end - 1]
        if inner.startswith("*"):
            argument = f"*[None, False], {inner}" if registry.kind == "mmengine" else inner
        else:
            argument = given.format(inner)
        text_of_call = f"{variable}.{method}({argument})" if is_call else argument
        statement = statement[:begin] + text_of_call + statement[end:]
    module.write(text)
    first = module.write(statement)
    for i, line in enumerate(statement.split("\n")):
        if line.endswith("#!"):
            program.seen.add((module.path, first + i))

"""What names are bound to in a program that is being written."""

import dataclasses


@dataclasses.dataclass(eq=False)
class Registry:
    kind: str  # excore, mmengine, fvcore
    name: str
    fields: tuple = ()


@dataclasses.dataclass(eq=False)
class Maker:
    """The class Registry, or one that derives from it."""
    kind: str


@dataclasses.dataclass(eq=False)
class Method:
    """`R.register_module`, bound to a name."""
    registry: Registry
    name: str


@dataclasses.dataclass(eq=False)
class Thing:
    """A class or function."""
    path: str
    is_class: bool = True
    attributes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(eq=False)
class Function:
    """One of a library's that registers."""
    name: str


@dataclasses.dataclass(eq=False)
class Other:
    """Something that has nothing to do with registrations."""


@dataclasses.dataclass
class Expected:
    """One registration. `how`: "static": read, and made by importing; "kept": read, and not made."""
    registry: str
    oid: str
    target: str
    info: dict
    path: str
    line: int
    how: str = "static"


class Module:
    """A file that is being written: its lines, and what its names are bound to at this point."""

    def __init__(self, name, path, is_package):
        self.name, self.path, self.is_package = name, path, is_package
        self.lines, self.names, self.exported = [], {}, None
        self.is_done = False
        self.is_listed = True  # `names` has all that is bound
        self.avoids_packages = False  # since one of its modules imports it at its end

    def write(self, text):
        """Adds lines, and returns the number of the first."""
        first = len(self.lines) + 1
        self.lines += text.split("\n")
        return first

    def public(self):
        """The names that `from module import *` brings."""
        names = self.names if self.exported is None else self.exported
        return [name for name in names if self.exported is not None or not name.startswith("_")]

    def package(self):
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def found(self, kind, prefix="", names=None, depth=0):
        """The dotted names that mean a value of that class here."""
        for name, value in (self.names if names is None else names).items():
            if isinstance(value, kind):
                yield prefix + name, value
            if depth > 3:
                continue
            if isinstance(value, Module) and value.is_done:
                yield from self.found(kind, f"{prefix}{name}.", value.names, depth + 1)
            elif isinstance(value, Thing) and value.attributes:
                yield from self.found(kind, f"{prefix}{name}.", value.attributes, depth + 1)


class Program:
    def __init__(self, rng):
        self.rng = rng
        self.modules = []
        self.expected = []
        self.seen = set()  # (path, line): what must be reported there, and not registered
        self.count = 0
        self.taken = set()

    def number(self):
        self.count += 1
        return self.count

    def claim(self, registry, oids):
        """Whether these are new there, and from now on not."""
        wanted = {(registry, oid) for oid in oids}
        if wanted & self.taken:
            return False
        self.taken |= wanted
        return True

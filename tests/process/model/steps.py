"""What can happen to a workspace. A step says all about itself, so that a sequence without some of its steps is one too:
what it finds missing, it leaves alone. It tells the world what it did, as a shell would."""

import dataclasses
import os
import shutil

from . import text
from .world import shell


def set_time(world, path, nanoseconds):
    os.utime(world.root / path, ns=(nanoseconds, nanoseconds))
    world.did(f"touch -d @{nanoseconds // 10**9}.{nanoseconds % 10**9:09} {path}")


@dataclasses.dataclass(frozen=True)
class Write:
    """Writes a document: `in place`, with the `same time` as the one before (as rsync does), or beside it and `renamed`
    (as most editors do)."""
    path: str
    document: dict
    how: str = "in place"

    def apply(self, world):
        file = world.root / self.path
        old = os.stat(file).st_mtime_ns if file.is_file() else None
        content = text.written(self.path, self.document)
        if self.how == "renamed":
            world.put(f"{self.path}~", content)
            os.replace(f"{file}~", file)
            world.did(f"mv {self.path}~ {self.path}")
        else:
            world.put(self.path, content)
        if self.how == "same time" and old is not None:
            set_time(world, self.path, old)


@dataclasses.dataclass(frozen=True)
class WriteText:
    """Writes what is no document."""
    path: str
    content: str

    def apply(self, world):
        world.put(self.path, self.content)


@dataclasses.dataclass(frozen=True)
class Append:
    """Adds white space, which changes nothing that a source says."""
    path: str

    def apply(self, world):
        file = world.root / self.path
        if file.is_file():
            world.put(self.path, file.read_text() + "\n")


@dataclasses.dataclass(frozen=True)
class Delete:
    path: str

    def apply(self, world):
        if os.path.lexists(world.root / self.path):
            world.remove(self.path)


@dataclasses.dataclass(frozen=True)
class Rename:
    path: str
    to: str

    def apply(self, world):
        if os.path.lexists(world.root / self.path) and not os.path.lexists(world.root / self.to):
            (world.root / self.to).parent.mkdir(parents=True, exist_ok=True)
            os.rename(world.root / self.path, world.root / self.to)
            world.did(f"mkdir -p $(dirname {self.to}); mv {self.path} {self.to}")


@dataclasses.dataclass(frozen=True)
class Touch:
    path: str
    seconds: int

    def apply(self, world):
        if (world.root / self.path).is_file():
            os.utime(world.root / self.path, (self.seconds, self.seconds))
            world.did(f"touch -d @{self.seconds} {self.path}")


@dataclasses.dataclass(frozen=True)
class MakeUnreadable:
    """Puts a link to itself in the place of a file: not even root can read that."""
    path: str

    def apply(self, world):
        if (world.root / self.path).is_file():
            world.remove(self.path)
            os.symlink(os.path.basename(self.path), world.root / self.path)
            world.did(f"ln -s {os.path.basename(self.path)} {self.path}")


@dataclasses.dataclass(frozen=True)
class Damage:
    """Does something to the `cache`, to its sidecar, the `state`, or to its `stamps`; `where` is a part of its length, from 0 to 1. With the
    `same time` its size alone may tell."""
    what: str
    how: str
    where: float
    same_time: bool = False

    def apply(self, world):
        path = getattr(world, self.what)
        if not (world.root / path).is_file():
            return
        before = os.stat(world.root / path)
        getattr(self, self.how)(world, path, int(self.where * before.st_size))
        if self.same_time and (world.root / path).is_file():
            set_time(world, path, before.st_mtime_ns)

    def remove(self, world, path, _):
        world.remove(path)

    def empty(self, world, path, _):
        self.cut(world, path, 0)

    def cut(self, world, path, length):
        os.truncate(world.root / path, length)
        world.did(f"truncate -s {length} {path}")

    def swap_lines(self, world, path, position):
        """The line there and the one after it change places, but for the comma that may end them."""
        lines = (world.root / path).read_bytes().split(b"\n")
        number = (world.root / path).read_bytes()[:position].count(b"\n")
        if number + 1 >= len(lines) or not (lines[number].endswith(b",") and lines[number + 1].endswith(b",")):
            return self.flip(world, path, position)
        lines[number:number + 2] = lines[number + 1], lines[number]
        (world.root / path).write_bytes(b"\n".join(lines))
        world.did(f"sed -i '{number + 1}{{h;d}};{number + 2}{{G}}' {path}")

    def append(self, world, path, _):
        with open(world.root / path, "ab") as stream:
            stream.write(b"x")
        world.did(f"printf x >>{path}")

    def flip(self, world, path, position):
        content = (world.root / path).read_bytes()
        if content:
            flipped = bytes([content[position] ^ 1])
            with open(world.root / path, "r+b") as stream:
                stream.seek(position)
                stream.write(flipped)
            world.did(f"printf '\\x{flipped.hex()}' | dd of={path} bs=1 seek={position} conv=notrunc status=none")


@dataclasses.dataclass(frozen=True)
class Keep:
    """Keeps a copy of the cache and its sidecar, for later."""

    def apply(self, world):
        for path in (world.cache, world.state):
            if (world.root / path).is_file():
                shutil.copy2(world.root / path, world.kept / os.path.basename(path))
                world.did(f"cp -p {path} ../kept/")


@dataclasses.dataclass(frozen=True)
class SwapIn:
    """Puts an old copy in the place of the cache, of its sidecar or of both."""
    what: tuple

    def apply(self, world):
        for path in (getattr(world, what) for what in self.what):
            old = world.kept / os.path.basename(path)
            if old.is_file() and (world.root / path).parent.is_dir():
                shutil.copyfile(old, world.root / path)
                world.did(f"cp ../kept/{os.path.basename(path)} {path}")


@dataclasses.dataclass(frozen=True)
class GoOnIn:
    """Goes on in a copy of the workspace (`cp -r`, `cp -a`), or in the workspace under another name (`mv`)."""
    how: str

    def apply(self, world):
        old, new = world.root, world.next_root()
        if self.how == "mv":
            os.rename(old, new)
        else:
            copy = shutil.copy2 if self.how == "cp -a" else shutil.copyfile
            shutil.copytree(old, new, symlinks=True, copy_function=copy)
            shutil.rmtree(old)
        world.root = new
        world.did(f"cd ..; {self.how} {old.name} {new.name}; cd {new.name}")


@dataclasses.dataclass(frozen=True)
class Command:
    arguments: tuple
    environment: tuple = ()

    def apply(self, world):
        world.did(shell((*self.arguments, *world.options), self.environment))
        world.results = world.run(self.arguments, environment=self.environment)


@dataclasses.dataclass(frozen=True)
class Together:
    """Two commands at once."""
    first: tuple
    second: tuple

    def apply(self, world):
        world.did(" & ".join(shell((*command, *world.options)) for command in (self.first, self.second)) + " & wait")
        world.results = world.run(self.first, self.second)

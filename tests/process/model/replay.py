"""Takes a sequence of steps, and makes one that fails as small as it can."""

import copy
import dataclasses
import shutil

from .checks import Broken, Checker
from .steps import Command, Together, Write
from .world import World

VALUED = ("--define", "--oid", "--info", "--select", "--replaces", "--doc", "--ctx", "--registry", "--where")


@dataclasses.dataclass
class Failure:
    kind: str
    text: str
    log: list  # the steps that led there, as shell commands


def replay(steps, cache=None, keep=None):
    """The failure of a sequence of steps, or None, and what was counted; leaves the workspace in the folder `keep`."""
    with World(cache) as world:
        checker = Checker(world)
        try:
            for step in steps:
                checker.take(step)
        except Broken as broken:
            if keep:
                shutil.copytree(world.base, keep, symlinks=True)
            return Failure(broken.kind, str(broken), world.log), checker.count
        return None, checker.count


class Shrinking:
    """Drops what a failure does not need: steps, then entries and keys of documents, then words of commands."""

    def __init__(self, steps, cache, kind, tries=1500):
        self.steps, self.cache, self.kind, self.tries = steps, cache, kind, tries

    def still_fails(self, steps):
        self.tries -= 1
        failure, _ = replay(steps, self.cache)
        return failure is not None and failure.kind == self.kind

    def run(self):
        size = None
        while size != (size := self.size()) and self.tries > 0:
            self.drop_steps()
            for position in reversed(range(len(self.steps))):
                self.simplify(position)
        return self.steps

    def size(self):
        return sum(len(repr(step)) for step in self.steps)

    def attempt(self, steps):
        if self.tries > 0 and self.still_fails(steps):
            self.steps = steps
            return True
        return False

    def drop_steps(self):
        length = max(1, len(self.steps) // 2)
        while length:
            end = len(self.steps)
            while end > 0:
                start = max(0, end - length)
                self.attempt(self.steps[:start] + self.steps[end:])
                end = start
            length //= 2

    def simplify(self, position):
        """Tries smaller steps in the place of one, again after each that will do."""
        while any(self.attempt([*self.steps[:position], *smaller, *self.steps[position + 1:]])
                  for smaller in smaller_steps(self.steps[position])):
            if len(self.steps) <= position:
                return


def smaller_steps(step):
    """What could stand in the place of a step: lists of steps."""
    if isinstance(step, Write):
        for document in smaller_documents(step.document):
            yield [dataclasses.replace(step, document=document)]
        if step.how != "in place":
            yield [dataclasses.replace(step, how="in place")]
    elif isinstance(step, Together):
        yield [Command(step.first), Command(step.second)]
    elif isinstance(step, Command):
        yield from ([Command(arguments)] for arguments in smaller_commands(step.arguments))


def smaller_commands(arguments):
    """The command without one of its options or, where it takes any number of them, one of its words."""
    least = {"auto-register": 1, "merge": 3}.get(arguments[0], len(arguments))
    for start, word in enumerate(arguments):
        valued = word in VALUED
        if word.startswith("--") or start >= least and arguments[start - 1] not in VALUED:
            yield arguments[:start] + arguments[start + 1 + valued:]


def smaller_documents(document, depth=4):
    """The document without one of its parts, the largest parts first."""
    keys = list(document) if isinstance(document, dict) else range(len(document))
    for key in keys:
        smaller = copy.copy(document)
        del smaller[key]
        yield smaller
    for key in keys:
        if depth and isinstance(document[key], (dict, list)):
            for part in smaller_documents(document[key], depth - 1):
                smaller = copy.copy(document)
                smaller[key] = part
                yield smaller

"""What the stand-ins' registries were asked to register while a project was imported."""

import os
import sys

root = ""
records = []


def place():
    """The file and line of the project's code that is nearest to the registration."""
    frame = sys._getframe(1)
    while frame is not None:
        path = os.path.abspath(frame.f_code.co_filename)
        if root and path.startswith(root + os.sep):
            return os.path.relpath(path, root), frame.f_lineno
        frame = frame.f_back
    return "", 0


def target_of(thing):
    if isinstance(thing, str):
        return thing
    if hasattr(thing, "__qualname__"):
        return f"{thing.__module__}.{thing.__qualname__}"
    return thing.__name__


def record(registry, oid, thing, info=None):
    target = target_of(thing)
    # reg says `Inner` where ExCore says `Outer.Inner`: an oid that is not given is the target's last part.
    oid = oid if oid is not None else target.rsplit(".", 1)[-1]
    path, line = place()
    given = {key: value for key, value in (info or {}).items() if value is not None}
    records.append([registry.replace(" ", "_"), oid, target, given, path, line])

"""Which sources a workspace has, and what they say: the discovery and the reading of manifests."""

import fnmatch
import functools
import json
import os
import re
import tomllib

CONFIG = "registry.toml"
MANUAL = "manual.reg.json"
KINDS = (".reg.toml", ".reg.json")
NEVER_WALKED = ("node_modules", "__pycache__")


UNREADABLE = "unreadable"


class WrittenNumber(float):
    """A number with its text, which counts where it meets a version."""

    def __init__(self, text):
        self.text = text


@functools.lru_cache(maxsize=4096)
def parsed(name, content):
    """The document, or None where its syntax is broken. Never changed by anybody, since it is kept."""
    try:
        text = content.decode()
        return (tomllib if name.endswith(".toml") else json).loads(text, parse_float=WrittenNumber)
    except ValueError:
        return None


def read(root, path):
    """A file's bytes; None where it is not there, UNREADABLE where they are not to be had."""
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return UNREADABLE


class Settings:
    """What registry.toml says of where sources are."""

    def __init__(self, config):
        workspace = config.get("workspace", {})
        self.sources = workspace.get("sources", [])
        self.excluded = workspace.get("exclude", [])

    def skips(self, path):
        """Whether a walk that comes to this file or folder leaves it out."""
        name = os.path.basename(path)
        return name.startswith(".") or name in NEVER_WALKED or any(
            fnmatch.fnmatchcase(path if "/" in pattern else name, pattern) for pattern in self.excluded)


def walk(root, folder, settings):
    for entry in sorted(os.listdir(root / folder)):
        path = os.path.normpath(os.path.join(folder, entry))
        if settings.skips(path):
            continue
        if (root / path).is_dir():
            yield from walk(root, path, settings)
        elif path.endswith(KINDS):
            yield path


def expression(pattern):
    """A glob over paths as a regular expression: * stays within a folder, ** does not."""
    parts = re.split(r"(\*\*/|\*|\?)", pattern)
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts) + r"\Z")


def found_by(root, entry, settings):
    if (root / entry).is_dir():
        return walk(root, entry, settings)
    matches = expression(entry).match
    return (path for path in walk(root, ".", settings) if matches(path))


def discover(root, config):
    """The paths of all sources."""
    settings = Settings(config)
    return {CONFIG, MANUAL, *(path for entry in settings.sources for path in found_by(root, entry, settings))}


def ordered(sources):
    """The items of {path: bytes}, in the order in which sources are taken."""
    return tuple(sorted(sources.items(), key=lambda item: (item[0] == MANUAL, item[0].encode())))


def contents(root):
    """{path: bytes or UNREADABLE} of all sources; None where registry.toml itself cannot be understood."""
    config = read(root, CONFIG)
    document = parsed(CONFIG, config) if isinstance(config, bytes) else None
    if document is None or not isinstance(document.get("workspace", {}), dict):
        return None
    found = {path: read(root, path) for path in discover(root, document)}
    return {path: content for path, content in found.items() if content is not None}


def files_in(root):
    """The paths of all files, sources or not."""
    return {os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names}

"""What a command line says."""

import json

from .declarations import oid_of

BY_HAND = ("register", "unregister", "merge", "pin", "unpin")
WRITERS = ("auto-register", *BY_HAND)
REFUSING_WHEN_FROZEN = (*WRITERS, "cache")
EXIT_CODES = {
    "auto-register": {0, 2}, "register": {0, 2}, "unregister": {0, 2, 3}, "merge": {0, 2}, "pin": {0, 2, 3}, "unpin": {0, 2, 3}, "list": {0, 1, 3}, "find": {0, 1},
    "select": {0, 1, 2, 3}, "show": {0, 3}, "possible": {0, 1, 3}, "lock": {0}, "unlock": {0}, "cache": {0},
}


def values_of(arguments, option):
    return [value for word, value in zip(arguments, arguments[1:]) if word == option]


def as_value(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def defines_of(arguments):
    """The --define's as a view has them."""
    found = dict(define.split("=", 1) for define in values_of(arguments, "--define"))
    return tuple((name, json.dumps(as_value(value))) for name, value in sorted(found.items()))


def define_options(defines):
    return [word for name, value in defines for word in ("--define", f"{name}={value}")]


def targets_of(arguments):
    given = {*values_of(arguments, "--define"), *values_of(arguments, "--cache")}
    return [word for word in arguments[1:] if not word.startswith("-") and word not in given]


def is_rehearsal(arguments):
    return bool({"--check", "--dry-run"} & set(arguments))


def is_full_run(arguments):
    return arguments[0] == "auto-register" and not targets_of(arguments)


def is_partial_run(arguments):
    return arguments[0] == "auto-register" and bool(targets_of(arguments))


def is_refreshing(result):
    return "--fresh" in result.arguments or ("REG_REFRESH", "auto") in result.environment


def is_under(path, targets):
    return any(path == target or path.startswith(target + "/") for target in targets)


def registered(arguments):
    """The entry of manual.reg.json that `reg register` stands for."""
    _, registry, target, *options = arguments
    entry = {"registry": registry, "target": target}
    entry.update((key, value) for key in ("oid", "select", "replaces") for value in values_of(options, f"--{key}"))
    entry.update((key, True) for key in ("force", "clear") if f"--{key}" in options)
    info = dict(pair.split("=", 1) for pair in values_of(options, "--info"))
    return {**entry, "info": {key: as_value(value) for key, value in info.items()}}


def merged(arguments):
    """The entry of manual.reg.json that `reg merge` stands for."""
    names = [word for word in arguments[1:] if word != "--force"]
    return {"into": names[0], "from": names[1:], "force": "--force" in arguments}


def manual_with(document, arguments):
    """manual.reg.json with what `register` or `merge` says added at its end."""
    if arguments[0] == "merge":
        return {**document, "merge": [*document.get("merge", []), merged(arguments)]}
    entry = registered(arguments)
    undone = {"registry": entry["registry"], "oid": oid_of(entry), "target": entry["target"]}
    kept = [other for other in document.get("unregister", []) if other != undone]
    return {**document, "symbols": [*document.get("symbols", []), entry], "unregister": kept}

"""What `reg pin` and `reg unpin` are to come to."""

from .sources import MANUAL, parsed
from .views import cached_pins, cached_registries, cached_symbols, targets_in


def pinned_by(manual):
    """The registry and oid of all that is pinned."""
    return {(entry["registry"], entry["oid"]) for entry in (parsed(MANUAL, manual or b"{}") or {}).get("pins", [])}


def can_be_carried_out(arguments, before):
    """Whether what is to be pinned is registered, or what is to be unpinned is pinned."""
    command, name, *words = arguments
    registry, oid = name.split("/")
    if command == "unpin":
        return (registry, oid) in pinned_by(before.manual)
    return before.cache is not None and words[0] in targets_in(cached_symbols(before.cache), registry, oid)


def pin_problem(arguments, before, now, was_well):
    """What is wrong where one of them was carried out, or None."""
    command, name, *words = arguments
    registry, oid = name.split("/")
    pins = {pinned: (target, reason) for pinned, target, reason in cached_pins(now.cache).get(registry, [])}
    if was_well and not can_be_carried_out(arguments, before):
        return "carried out though there was nothing to do it to"
    if command == "unpin":
        return "what was unpinned is pinned" if oid in pins else None
    # Where all was read anew, the registry may have gone with all that it had.
    gone = registry not in cached_registries(now.cache)
    return None if gone or pins.get(oid) == (words[0], words[2]) else "what was pinned is not"

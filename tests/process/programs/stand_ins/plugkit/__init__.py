"""A framework with idioms of its own: a decorator, a call, and a base class."""

import recorder


def component(registry, name=None, **info):
    def decorate(thing):
        recorder.record(registry, name, thing, info)
        return thing

    return decorate


def add(registry, thing, name=None):
    recorder.record(registry, name, thing)


class Plugin:
    kind = None

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if cls.kind:
            recorder.record(cls.kind, None, cls)

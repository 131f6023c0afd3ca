"""A stand-in for fvcore: `register` with or without what it registers."""

import recorder


class Registry:
    def __init__(self, name):
        self.name = name
        self.known = {}

    def _register(self, thing):
        if thing.__name__ in self.known:
            raise AssertionError(f"{thing.__name__} exists")
        self.known[thing.__name__] = thing
        recorder.record(self.name, thing.__name__, thing)
        return thing

    def register(self, obj=None):
        return self._register if obj is None else self._register(obj)

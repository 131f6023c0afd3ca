import inspect

import recorder


class Registry:
    def __init__(self, name, build_func=None, parent=None, scope=None, locations=()):
        self.name = f"{scope}.{name}" if scope else name
        self.known = {}

    def _register(self, module, name, force):
        if not inspect.isclass(module) and not inspect.isfunction(module):
            raise TypeError(f"only functions and classes: {module!r}")
        names = [module.__name__] if name is None else [name] if isinstance(name, str) else list(name)
        for each in names:
            if each in self.known and not force:
                raise KeyError(f"{each} exists")
            self.known[each] = module
            recorder.record(self.name, each, module)

    def register_module(self, name=None, force=False, module=None):
        if not isinstance(force, bool):
            raise TypeError(f"force must be a boolean: {force!r}")
        if not (name is None or isinstance(name, (str, list, tuple))):
            raise TypeError(f"a name is a text or a list of them: {name!r}")
        if module is not None:
            self._register(module, name, force)
            return module

        def decorate(decorated):
            self._register(decorated, name, force)
            return decorated

        return decorate

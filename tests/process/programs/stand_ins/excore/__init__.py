"""A stand-in for ExCore: the forms of registration that its Registry has."""

import functools
import inspect
import types

import recorder


class Registry(dict):
    def __init__(self, name, *, extra_field=None):
        super().__init__()
        self.name = name
        self.fields = [extra_field] if isinstance(extra_field, str) else list(extra_field or [])

    def register_module(self, module, force=False, _is_str=False, **info):
        if not _is_str and not (inspect.isclass(module) or inspect.isfunction(module) or
                                isinstance(module, types.ModuleType)):
            raise TypeError(f"only functions, classes and modules: {module!r}")
        name = module.rsplit(".", 1)[-1] if _is_str else getattr(module, "__qualname__", module.__name__)
        if name in self and not force:
            raise ValueError(f"{name} exists")
        if not set(info) <= set(self.fields):
            raise ValueError(f"no such field: {info}")
        self[name] = module
        recorder.record(self.name, None, module, info)
        return module

    def register(self, force=False, **info):
        return functools.partial(self.register_module, force=force, **info)

    def register_all(self, modules, extra_info=None, force=False, _is_str=False):
        for module, info in zip(modules, extra_info or [{}] * len(modules)):
            self.register_module(module, force=force, _is_str=_is_str, **info)

    def match(self, base_module, match_func=None, force=False):
        """What is public in the sense of reg's contract, which is stricter than ExCore's own."""
        package = base_module.__name__.split(".")[0]
        exported = getattr(base_module, "__all__", None)
        found = []
        for name in exported if exported is not None else list(base_module.__dict__):
            each = getattr(base_module, name)
            if not (inspect.isclass(each) or inspect.isfunction(each)) or each in found:
                continue
            if exported is None and (name.startswith("_") or each.__module__.split(".")[0] != package):
                continue
            found.append(each)
        for each in found:
            self.register_module(each, force=force)

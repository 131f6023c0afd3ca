"""A stand-in for MMEngine: `register_module` as a decorator and as a call, with one or several names."""

from mmengine.registry import Registry  # noqa: F401

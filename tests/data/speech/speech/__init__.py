"""Turns speech into text."""

from .registry import DECODERS, KERNELS

__all__ = ["DECODERS", "KERNELS"]

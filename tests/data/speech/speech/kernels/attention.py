"""Attention over the frames of an utterance."""

from ..registry import KERNELS


@KERNELS.register("attention", device="cpu", min_sm=0, rank=1)
def attention_reference(query, key, value):
    """Plain loops; slow, and always right."""


@KERNELS.register("attention", device="cuda", min_sm=70, rank=2)
class BlockAttention:
    """In blocks that fit into shared memory."""


@KERNELS.register("attention", device="cuda", min_sm=90, rank=3)
class FlashAttention:
    """Fused, with asynchronous copies."""

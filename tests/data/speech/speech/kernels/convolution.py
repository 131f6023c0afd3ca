import speech.registry as registry


@registry.KERNELS.register(device="cpu", min_sm=0, rank=1)
class Convolution:
    """One dimension, over time."""

from speech import DECODERS as decoders


@decoders.register("beam", beams=8)
class BeamSearch:
    """Keeps the best few sentences."""


@decoders.register("beam-wide", beams=64)
class WideBeamSearch(BeamSearch):
    """Keeps more of them."""

from speech.registry import DECODERS

__all__ = ["Greedy"]


class Greedy:
    """Takes the best word each time."""


DECODERS.register("greedy", beams=1)(Greedy)

for language in ("de", "en"):
    DECODERS.register(f"greedy-{language}", beams=1)(type(f"Greedy{language}", (Greedy,), {}))

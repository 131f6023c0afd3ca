"""Where the parts of a recogniser register themselves."""


class Registry:
    """Implementations by name; several may have one."""

    def __init__(self, name, fields=()):
        self.name = name
        self.fields = fields
        self.found = {}

    def register(self, name=None, **info):
        """A decorator that adds a class or function."""
        unknown = set(info) - set(self.fields)
        if unknown:
            raise TypeError(f"{self.name} has no fields {unknown}")

        def add(implementation):
            self.found.setdefault(name or implementation.__name__, []).append((implementation, info))
            return implementation

        return add


KERNELS = Registry("Kernel", fields=["device", "min_sm", "rank"])
DECODERS = Registry("Decoder", fields=["beams"])

"""Objects of a library that is not among the files that are read."""


class Gear:
    class Tooth:
        pass


class Wheel:
    pass


def turn():
    pass

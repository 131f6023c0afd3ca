"""The rules of the contract that the program does not follow yet. Nothing random needs them; a rule that it follows is
taken out here, so that the test holds the program to it."""

NOT_YET = {
    "checks": "self.x that is no field, or in a `when`; facts that are not in a context; comparisons that never hold",
    "null": "a field that was not given is null",
    "refresh": "--fresh, and REG_REFRESH=auto",
    "types that join": "a fact that a copy brings gives its type to one that is declared as `any`",
    "versions": "fields and facts of the type version",
    "written out": "a self.x that is no field of the registry that it is copied to is written out as its value",
}

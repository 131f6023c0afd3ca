"""The rules of the contract that the program does not follow yet. Nothing random needs them; a rule that it follows is
taken out here, so that the test holds the program to it."""

NOT_YET = {}

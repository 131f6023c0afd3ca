"""A second reading of the contract: small, slow, and independent of the program that it is compared with."""

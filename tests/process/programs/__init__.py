"""Random Python programs whose registrations are known by construction, and by importing them."""

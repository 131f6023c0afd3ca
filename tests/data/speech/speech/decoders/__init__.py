from .beam import BeamSearch
from .greedy import *

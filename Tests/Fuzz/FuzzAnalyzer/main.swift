import Fuzzing

fuzz(analyse)

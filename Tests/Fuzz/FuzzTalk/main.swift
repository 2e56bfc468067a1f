import Fuzzing

fuzz(readTalk)

import Fuzzing

fuzz(readReply)

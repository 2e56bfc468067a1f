import Fuzzing

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--seeds" {
  try writeSeeds(into: CommandLine.arguments[2])
} else {
  fuzz(readThrough)
}

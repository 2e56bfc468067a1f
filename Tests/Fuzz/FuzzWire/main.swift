import Fuzzing

if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "--mutations" {
  mutate(CommandLine.arguments[2], count: Int(CommandLine.arguments[3]) ?? 0)
} else if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "--seeds" {
  writeSeeds(of: CommandLine.arguments[2], into: CommandLine.arguments[3])
} else {
  fuzz(readWire)
}

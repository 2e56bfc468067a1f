import Fuzzing

if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "--mutations" {
  mutate(CommandLine.arguments[2], count: Int(CommandLine.arguments[3]) ?? 0)
} else {
  fuzz(readDrill)
}

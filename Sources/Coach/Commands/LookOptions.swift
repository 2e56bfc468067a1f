import ArgumentParser

/// Flags about how things look, the same on every command that draws.
struct LookOptions: ParsableArguments {
  @Option(help: "A theme by name: t tries them, rostrum doctor lists them.")
  var theme: String?

  @Option(help: "Colours: auto, truecolor, 256, 16, 8 or none.")
  var color: String?

  @Option(help: "Drawing characters: auto, unicode or ascii.")
  var glyphs: String?

  /// The values given, by setting key.
  var flags: [String: String] {
    var flags: [String: String] = [:]
    flags["theme"] = theme
    flags["color"] = color
    flags["glyphs"] = glyphs
    return flags
  }
}

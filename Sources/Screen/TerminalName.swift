import CNcurses
package import Terminal

/// Which entry of terminfo to draw with.
///
/// 24-bit colours need an entry for them (`*-direct`), which nobody has in `TERM`. Where there is none for the
/// terminal at hand, `alacritty-direct` stands in for everything that behaves like xterm: it differs from
/// `xterm-256color` in nothing we send but the colours, and writes those as `38;2;R;G;B`, which every emulator takes;
/// `xterm-direct` writes `38:2::R:G:B`, which many still do not.
enum TerminalName {
  /// The entry for the terminal `asked` for at a depth, and the depth it has.
  static func choose(_ asked: String, _ depth: ColourDepth, colours: (String) -> Int) throws(ScreenError) -> (
    name: String, depth: ColourDepth
  ) {
    guard let term = known(asked, colours: colours) else { throw ScreenError(.unknownTerminal(asked), "newterm") }
    guard colours(term) != -3 else { throw ScreenError(.plainTerminal(term), "newterm") }
    if depth == .truecolor, let name = direct(term).first(where: { colours($0) >= 1 << 24 }) { return (name, depth) }
    if depth == .truecolor || depth == .indexed256,
      let name = indexed(term).first(where: { (256..<1 << 24).contains(colours($0)) })
    {
      return (name, .indexed256)
    }
    let name = colours(term) >= 1 << 24 ? indexed(term).first { (8..<1 << 24).contains(colours($0)) } ?? term : term
    let count = colours(name)
    guard depth != .none, count >= 8 else { return (name, .none) }
    return (name, depth == .ansi8 || count < 16 ? .ansi8 : .ansi16)
  }

  /// The entry to begin with: the one asked for, or `xterm-256color` where a newer emulator that behaves like xterm is
  /// not known here, as is common over SSH; nil for any other name that terminfo does not know.
  static func known(_ term: String, colours: (String) -> Int) -> String? {
    guard isPlausible(term) else { return nil }
    if colours(term) != -2 { return term }
    guard stem(term).hasPrefix("xterm") || kin.contains(stem(term)), colours("xterm-256color") >= 256 else {
      return nil
    }
    return "xterm-256color"
  }

  /// Emulators that behave like xterm under a name of their own.
  private static let kin: Set = [
    "alacritty", "foot", "wezterm", "rio", "ghostty", "contour", "gnome", "vte", "konsole", "kitty", "ms-terminal",
  ]

  private static func direct(_ term: String) -> [String] {
    let stem = stem(term)
    if term.hasSuffix("-direct") { return [term] }
    if stem == "tmux" || stem == "screen" { return ["tmux-direct"] }
    if stem.hasPrefix("xterm") { return ["alacritty-direct", "xterm-direct"] }
    return [stem + "-direct"] + (kin.contains(stem) ? ["alacritty-direct"] : [])
  }

  private static func indexed(_ term: String) -> [String] {
    [term, stem(term) + "-256color"] + (term.hasSuffix("-direct") ? ["xterm-256color"] : [])
  }

  private static func stem(_ term: String) -> String {
    for suffix in ["-direct", "-256color", "-16color", "-88color", "-color"] where term.hasSuffix(suffix) {
      return String(term.dropLast(suffix.count))
    }
    return term
  }

  private static func isPlausible(_ term: String) -> Bool {
    (1...64).contains(term.utf8.count) && term.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
  }
}

extension ColourDepth {
  /// The depth of the terminal that the environment names, as far as terminfo knows it.
  package static func detect(environment: [String: String]) -> ColourDepth {
    let colours: (String) -> Int = { Int(rostrum_terminfo_colours($0)) }
    let term = TerminalName.known(environment["TERM"] ?? "", colours: colours)
    return detect(environment: environment, terminfoColours: term.map(colours) ?? -1)
  }
}

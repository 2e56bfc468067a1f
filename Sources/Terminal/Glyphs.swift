/// The drawing characters, in two sets: one for terminals that speak UTF-8 and one that is plain ASCII.
///
/// Views name what they need and never write a drawing character themselves, so a locale without UTF-8, or a reader who
/// asks for ASCII, gets the same screen. Emoji are left out on purpose, and braille but for charts, each of which has its
/// text beside it: screen readers spell them out.
package struct Glyphs: Equatable, Sendable {
  /// Whether these are the ASCII ones.
  package let isASCII: Bool
  /// What the dots of charts are made of.
  package var ink: DotInk
  /// Eight characters that fill a cell from the left by one to eight eighths.
  package let horizontalEighths: [Character]
  /// Eight characters that fill a cell from below by one to eight eighths.
  package let verticalEighths: [Character]
  package let horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight: Character
  /// The empty part of a scale, the usable part, and the dead-band.
  package let track, usable, band: Character
  /// Where a value is on a scale, and where it lies beyond its ends.
  package let marker, beyondLeft, beyondRight: Character
  package let peak, bullet, caret: Character
  package let up, down, left, right: Character
  package let dotFilled, dotEmpty, light, check, cross: Character
  /// The ends of a band across a chart.
  package let bandEnd: Character
  /// A remark, a cue, a pause, a filler on the timeline.
  package let mark, cueMark, pauseMark, fillerMark: Character
  package let ellipsis: String
  /// Put before a number that is an estimate.
  package let approximately: String
  /// Digits three rows high: the characters of the rows, for `0` to `9`, `-`, `.`, `:` and a space.
  package let bigDigits: [Character: [String]]

  /// For terminals that speak UTF-8.
  package static let unicode = Glyphs(
    isASCII: false, ink: .braille,
    horizontalEighths: Array("▏▎▍▌▋▊▉█"), verticalEighths: Array("▁▂▃▄▅▆▇█"),
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘",
    track: "─", usable: "═", band: "▒", marker: "▼", beyondLeft: "◀", beyondRight: "▶",
    peak: "│", bullet: "•", caret: ">", up: "↑", down: "↓", left: "←", right: "→",
    dotFilled: "●", dotEmpty: "○", light: "●", check: "✓", cross: "✗", bandEnd: "╌",
    mark: "◆", cueMark: "▲", pauseMark: "━", fillerMark: "x", ellipsis: "…", approximately: "≈",
    bigDigits: digits(
      """
      █▀█▀█ ▀▀█▀▀██ ██▀▀█▀▀▀▀██▀██▀█
      █ █ █ █▀▀ ▀█▀▀█▀▀██▀█  ██▀█▀▀█
      ▀▀▀▀▀▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀  ▀▀▀▀▀▀▀
      """, dash: ["   ", "▀▀▀", "   "], point: [" ", " ", "▀"], colon: ["▄", "▄", " "]))

  /// For terminals and locales that do not.
  package static let ascii = Glyphs(
    isASCII: true, ink: .ascii,
    horizontalEighths: Array("---====#"), verticalEighths: Array("__..--=#"),
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
    track: ".", usable: "-", band: "=", marker: "v", beyondLeft: "<", beyondRight: ">",
    peak: "|", bullet: "*", caret: ">", up: "^", down: "v", left: "<", right: ">",
    dotFilled: "*", dotEmpty: "o", light: "*", check: "+", cross: "x", bandEnd: "=",
    mark: "*", cueMark: "^", pauseMark: "=", fillerMark: "x", ellipsis: "...", approximately: "~",
    bigDigits: digits(
      """
       _     _  _     _  _  _  _  _\u{20}
      | |  | _| _||_||_ |_   ||_||_|
      |_|  ||_  _|  | _||_|  ||_| _|
      """, dash: ["   ", " - ", "   "], point: [" ", " ", "."], colon: [" ", ".", "."]))

  /// For terminals that speak UTF-8 with a font that has no braille, as the Linux console's.
  package static let blocks: Glyphs = {
    var glyphs = Glyphs.unicode
    glyphs.ink = .blocks
    return glyphs
  }()

  /// The set for a locale: Unicode where its character map is UTF-8.
  package static func of(utf8: Bool) -> Glyphs { utf8 ? .unicode : .ascii }

  private static func digits(
    _ drawn: String, dash: [String], point: [String], colon: [String]
  ) -> [Character: [String]] {
    var digits: [Character: [String]] = ["-": dash, ".": point, ":": colon, " ": [" ", " ", " "]]
    let rows = drawn.split(separator: "\n").map(Array.init)
    for digit in 0..<10 {
      digits[Character("\(digit)")] = rows.map { String($0.dropFirst(digit * 3).prefix(3)) }
    }
    return digits
  }
}

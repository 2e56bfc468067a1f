import CCairo

/// How a text is set.
struct Type: Equatable {
  /// In points.
  var size: Double
  var ink = Ink.text
  var isBold = false
  var isItalic = false
  /// With serifs, for what is read at length.
  var isSerif = false
  /// The height of a line, in sizes; 0 for what the font asks for.
  var spacing = 1.4
  /// Whether it stands at the right of its column.
  var isRight = false

  static let title = Type(size: 21, ink: .text, isBold: true, spacing: 1.2)
  static let subtitle = Type(size: 9, ink: .quiet)
  static let heading = Type(size: 12.5, ink: .accent, isBold: true, spacing: 1.3)
  static let caption = Type(size: 8.5, ink: .text, isBold: true)
  static let body = Type(size: 8.5)
  static let reading = Type(size: 9.5, isSerif: true, spacing: 1.5)
  static let label = Type(size: 8, ink: .quiet)
  static let note = Type(size: 7.5, ink: .quiet)
  static let strong = Type(size: 8.5, isBold: true)

  /// The same at the right of its column.
  var atRight: Type {
    var type = self
    type.isRight = true
    return type
  }
}

/// A stretch of a text that looks otherwise.
struct Stretch: Equatable {
  /// In bytes.
  var range: Range<Int>
  var ink: Ink
  var isBold = false
  var isUnderlined = false
}

/// Sets texts in the fonts of this machine: DejaVu, and whatever other ones have the letters that it lacks.
struct Typesetter: ~Copyable {
  private let fonts: OpaquePointer

  init() throws(PaperError) {
    guard let made = rostrum_fonts_new() else { throw .drawing("out of memory") }
    fonts = made
  }

  deinit { rostrum_fonts_free(fonts) }

  /// Sets `text` in lines of at most `width` points; without a width, in one line.
  func set(_ text: String, _ type: Type, width: Double = 0, _ stretches: [Stretch] = []) -> Typeset {
    let runs = stretches.map {
      rostrum_run(
        start: UInt32($0.range.lowerBound), end: UInt32($0.range.upperBound), colour: $0.ink.onPaper, bold: $0.isBold,
        underlined: $0.isUnderlined)
    }
    var text = text
    let family = type.isSerif ? "DejaVu Serif" : "DejaVu Sans"
    let made = text.withUTF8 { bytes in
      family.withCString { family in
        var style = rostrum_style(
          family: family, size: type.size, width: width, spacing: type.spacing, colour: type.ink.onPaper,
          bold: type.isBold, italic: type.isItalic, alignment: type.isRight ? 2 : 0)
        return bytes.withMemoryRebound(to: CChar.self) {
          rostrum_text_new(fonts, $0.baseAddress, Int32(clamping: $0.count), &style, runs, Int32(clamping: runs.count))
        }
      }
    }
    return Typeset(made)
  }
}

/// A text that was set, line by line.
final class Typeset {
  /// How high a line is, how far its base is below its top, and how wide its text is, in points.
  struct Line: Equatable {
    var height: Double
    var base: Double
    var width: Double
  }

  /// One at least.
  let lines: [Line]
  private let text: OpaquePointer?

  fileprivate init(_ text: OpaquePointer?) {
    self.text = text
    guard let text else {
      lines = [Line(height: 0, base: 0, width: 0)]
      return
    }
    lines = (0..<rostrum_text_lines(text)).map { index in
      var line = Line(height: 0, base: 0, width: 0)
      rostrum_text_line(text, index, &line.height, &line.base, &line.width)
      return line
    }
  }

  deinit { rostrum_text_free(text) }

  var height: Double { lines.reduce(0) { $0 + $1.height } }

  /// Letters that no font of this machine has.
  var unknown: Int { text.map { Int(rostrum_text_unknown($0)) } ?? 0 }

  func draw(line: Int, on cairo: OpaquePointer, x: Double, y: Double) {
    if let text { rostrum_text_draw(text, Int32(line), cairo, x, y) }
  }
}

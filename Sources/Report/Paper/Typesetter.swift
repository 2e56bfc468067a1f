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

  /// Bytes that are set at a time: Pango takes the square of a word's length, so what is longer goes on in a new line.
  private static let pieceBytes = 2_400

  /// Sets `text` in lines of at most `width` points; without a width, in one line.
  func set(_ text: String, _ type: Type, width: Double = 0, _ stretches: [Stretch] = []) -> Typeset {
    let bytes = Array(text.utf8)
    guard bytes.count > Self.pieceBytes else { return Typeset([lay(bytes[...], type, width, stretches)]) }
    var pieces: [OpaquePointer?] = []
    var rest = bytes[...]
    while !rest.isEmpty, width > 0 || pieces.isEmpty {
      let piece = rest.prefix(Self.length(ofPiece: rest))
      pieces.append(lay(piece, type, width, stretches))
      rest = rest[piece.endIndex...].drop { $0 == 0x20 }
    }
    return Typeset(pieces)
  }

  /// How many bytes of `rest` are set next: up to a blank if there is one in its second half, else to the end of a letter.
  private static func length(ofPiece rest: ArraySlice<UInt8>) -> Int {
    guard rest.count > pieceBytes else { return rest.count }
    let piece = rest.prefix(pieceBytes)
    if let blank = piece.lastIndex(of: 0x20), blank - rest.startIndex > pieceBytes / 2 {
      return blank - rest.startIndex
    }
    let end = piece.lastIndex { $0 & 0xC0 != 0x80 } ?? piece.endIndex
    return max(end - rest.startIndex, 1)
  }

  private func lay(
    _ piece: ArraySlice<UInt8>, _ type: Type, _ width: Double, _ stretches: [Stretch]
  ) -> OpaquePointer? {
    let whole = piece.startIndex..<piece.endIndex
    let runs = stretches.lazy.filter { $0.range.overlaps(whole) }.map { stretch in
      let range = stretch.range.clamped(to: whole)
      return rostrum_run(
        start: UInt32(range.lowerBound - whole.lowerBound), end: UInt32(range.upperBound - whole.lowerBound),
        colour: stretch.ink.onPaper, bold: stretch.isBold, underlined: stretch.isUnderlined)
    }
    return piece.withUnsafeBytes { bytes in
      (type.isSerif ? "DejaVu Serif" : "DejaVu Sans").withCString { family in
        var style = rostrum_style(
          family: family, size: type.size, width: width, spacing: type.spacing, colour: type.ink.onPaper,
          bold: type.isBold, italic: type.isItalic, alignment: type.isRight ? 2 : 0)
        return rostrum_text_new(
          fonts, bytes.baseAddress, Int32(clamping: bytes.count), &style, Array(runs), Int32(clamping: runs.count))
      }
    }
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
  /// Which of the pieces each line is in, and which of its lines it is.
  private let places: [(piece: Int, line: Int32)]
  private let pieces: [OpaquePointer?]

  fileprivate init(_ pieces: [OpaquePointer?]) {
    self.pieces = pieces
    var (lines, places) = ([Line](), [(piece: Int, line: Int32)]())
    for (index, piece) in pieces.enumerated() {
      guard let piece else { continue }
      for number in 0..<rostrum_text_lines(piece) {
        var line = Line(height: 0, base: 0, width: 0)
        rostrum_text_line(piece, number, &line.height, &line.base, &line.width)
        lines.append(line)
        places.append((index, number))
      }
    }
    self.lines = lines.isEmpty ? [Line(height: 0, base: 0, width: 0)] : lines
    self.places = places
  }

  deinit { for piece in pieces { rostrum_text_free(piece) } }

  var height: Double { lines.reduce(0) { $0 + $1.height } }

  /// Letters that no font of this machine has.
  var unknown: Int { pieces.reduce(0) { $0 + ($1.map { Int(rostrum_text_unknown($0)) } ?? 0) } }

  func draw(line: Int, on cairo: OpaquePointer, x: Double, y: Double) {
    guard places.indices.contains(line), let piece = pieces[places[line].piece] else { return }
    rostrum_text_draw(piece, places[line].line, cairo, x, y)
  }
}

/// What small dots are made of: braille has eight a cell, block elements have four, ASCII three, one above the other.
package enum DotInk: Equatable, Sendable {
  case braille, blocks, ascii

  /// Dots across and down a cell.
  var dots: (across: Int, down: Int) {
    switch self {
    case .braille: (2, 4)
    case .blocks: (2, 2)
    case .ascii: (1, 3)
    }
  }

  private static let quadrants: [Character] = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
  private static let strokes: [Character] = Array(" '-\".:-!")
  /// The bit of each dot of a braille cell, from the left and then from the top (Unicode 16, section 21.1).
  private static let brailleBits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  /// The bit of a dot that lies so far from the left and from the top of its cell.
  func bit(_ x: Int, _ y: Int) -> UInt8 {
    let place = y * dots.across + x
    return self == .braille ? Self.brailleBits[place & 7] : 1 << UInt8(place & 7)
  }

  /// The glyph with those dots.
  func glyph(_ bits: UInt8) -> Character {
    switch self {
    case .braille: Character(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " ")
    case .blocks: Self.quadrants[Int(bits & 15)]
    case .ascii: Self.strokes[Int(bits & 7)]
    }
  }
}

/// Cells that are drawn dot by dot.
///
/// Places are counted in dots from the top left; what lies outside is left out.
struct DotCanvas {
  /// What the dots are made of.
  let ink: DotInk
  /// In cells.
  let columns, rows: Int
  private var bits: [UInt8]

  /// Without a dot; at least a cell.
  init(columns: Int, rows: Int, ink: DotInk) {
    (self.columns, self.rows, self.ink) = (max(columns, 1), max(rows, 1), ink)
    bits = Array(repeating: 0, count: self.columns * self.rows)
  }

  /// In dots.
  var width: Int { columns * ink.dots.across }
  var height: Int { rows * ink.dots.down }

  /// The dots of a cell; 0 for none.
  subscript(column: Int, row: Int) -> UInt8 { bits[row * columns + column] }

  /// Sets a dot.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let (across, down) = ink.dots
    bits[y / down * columns + x / across] |= ink.bit(x % across, y % down)
  }

  /// Sets the dots of a line, one for each step along its longer side; its ends are held within the canvas.
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    func hold(_ place: (x: Int, y: Int)) -> (x: Int, y: Int) {
      (min(max(place.x, 0), width - 1), min(max(place.y, 0), height - 1))
    }
    let (start, end) = (hold(start), hold(end))
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      set(
        start.x + Self.roundedShare((end.x - start.x) * step, steps),
        start.y + Self.roundedShare((end.y - start.y) * step, steps))
    }
  }

  private static func roundedShare(_ number: Int, _ parts: Int) -> Int {
    number >= 0 ? (2 * number + parts) / (2 * parts) : -((-2 * number + parts) / (2 * parts))
  }
}

/// One cell of a screen.
///
/// A wide glyph takes two: the left one holds it, the right one is its shadow, of width 0. The glyph is kept as the
/// numbers of its scalars, and not as a `Character`: a screen is thousands of cells, built and compared with every
/// frame, and none of them then counts a reference.
package struct Cell: Equatable, Sendable {
  /// The scalars of the glyph, 21 bits each, the first one lowest: three here, two in `marks`; 0 where there are fewer.
  private let base, marks: UInt64
  /// What it means.
  package let role: Role
  /// 1, or 2 for a wide glyph, or 0 for the right half of one.
  package let width: Int8

  /// Nothing to see.
  package static let blank = Cell(" ")

  /// A cell with a glyph one cell wide; of a glyph made of more than five scalars the first five are kept.
  package init(_ glyph: Character, _ role: Role = .text) {
    self.init(glyph: glyph, role: role, width: 1)
  }

  init(glyph: Character, role: Role, width: Int8) {
    var (base, marks, place) = (UInt64(0), UInt64(0), UInt64(0))
    for scalar in glyph.unicodeScalars.prefix(5) {
      if place < 3 {
        base |= UInt64(scalar.value) << (place * 21)
      } else {
        marks |= UInt64(scalar.value) << ((place - 3) * 21)
      }
      place += 1
    }
    (self.base, self.marks, self.role, self.width) = (base, marks, role, width)
  }

  private init(base: UInt64, marks: UInt64, role: Role, width: Int8) {
    (self.base, self.marks, self.role, self.width) = (base, marks, role, width)
  }

  /// The same glyph meaning something else, or taking another width.
  func with(role: Role? = nil, width: Int8? = nil) -> Cell {
    Cell(base: base, marks: marks, role: role ?? self.role, width: width ?? self.width)
  }

  /// One cluster that a terminal shows in one cell or two.
  package var glyph: Character {
    let numbers = [base, base >> 21, base >> 42, marks, marks >> 21].map { UInt32($0 & 0x1F_FFFF) }
    var text = String.UnicodeScalarView()
    for (place, number) in numbers.enumerated() where place == 0 || number != 0 {
      if let scalar = Unicode.Scalar(number) { text.append(scalar) }
    }
    return Character(String(text))
  }
}

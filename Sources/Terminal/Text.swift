import CUTF8Proc

/// What one or two cells show: a character that is safe to send to a terminal, and how many cells it takes.
///
/// Terminals agree on the width of a letter with its accents and of a single wide character, and on nothing beyond:
/// joined emoji, presentation selectors, flags and skin tones shift the rest of the line in some of them. So text is
/// cut down to what all of them agree on: a base and at most four marks. Control characters, escapes, bidirectional
/// overrides, private and unassigned characters become `?`; they could move the cursor, retitle the window, or make a
/// line read otherwise than it is.
package struct TextCell: Equatable, Sendable {
  /// A base and at most four marks.
  package let glyph: Character
  /// 1 or 2.
  package let width: Int
}

/// The cells that `text` would fill, at most `limit` of them; line breaks and tabs are spaces.
package func textCells(_ text: String, limit: Int = 100_000) -> [TextCell] {
  if isPlain(text) {
    return text.unicodeScalars.prefix(max(limit, 0)).map { TextCell(glyph: Character($0), width: 1) }
  }
  var cells: [TextCell] = []
  var pending = PendingCell()
  for scalar in text.unicodeScalars {
    if cells.count >= limit { break }
    if scalar.value >= 0x20, scalar.value < 0x7F {
      pending.flush(into: &cells)
      pending.begin(scalar, 1)
      continue
    }
    switch Kind(scalar) {
    case .base(let width):
      if pending.isJoining, scalar.properties.isEmoji {
        pending.isJoining = false
        continue
      }
      pending.flush(into: &cells)
      pending.begin(scalar, width)
    case .mark: pending.add(scalar)
    case .joiner: pending.isJoining = pending.isOpen
    case .dropped: break
    case .letter(let letter):
      pending.flush(into: &cells)
      pending.begin(letter, 1)
    case .space:
      pending.flush(into: &cells)
      pending.begin(" ", 1)
    case .replaced:
      pending.flush(into: &cells)
      pending.begin("?", 1)
    }
  }
  pending.flush(into: &cells)
  return Array(cells.prefix(max(limit, 0)))
}

/// How many cells `text` takes once drawn.
package func cellWidth(_ text: String) -> Int {
  isPlain(text) ? min(text.utf8.count, 100_000) : textCells(text).reduce(0) { $0 + $1.width }
}

/// Whether all of `text` is printable ASCII, as nearly all that is drawn: a cell a character, with nothing to judge.
private func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }

/// `text` as it would be drawn: nothing in it can move a cursor or hide what it says.
package func sanitised(_ text: String) -> String { String(textCells(text).map(\.glyph)) }

/// `text` in at most `columns` cells; where it is cut, it ends in an ellipsis.
package func clip(_ text: String, to columns: Int, glyphs: Glyphs = .unicode) -> String {
  String(clipped(textCells(text), to: columns, glyphs).map(\.glyph))
}

/// `text` broken at spaces into lines of at most `columns` cells; longer words are broken where they must be.
///
/// Line breaks in `text` are kept, empty lines too. At most 10 000 lines come back.
package func wrap(_ text: String, to columns: Int) -> [String] {
  guard columns > 0 else { return [] }
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    lines += wrapParagraph(textCells(String(paragraph)), columns)
    if lines.count >= 10_000 { return Array(lines.prefix(10_000)) }
  }
  return lines
}

func clipped(_ cells: [TextCell], to columns: Int, _ glyphs: Glyphs) -> [TextCell] {
  let width = cells.reduce(0) { $0 + $1.width }
  guard width > max(columns, 0) else { return cells }
  let ellipsis = textCells(glyphs.ellipsis)
  let tail = ellipsis.reduce(0) { $0 + $1.width }
  let room = columns >= tail ? columns - tail : max(columns, 0)
  var (kept, used): ([TextCell], Int) = ([], 0)
  for cell in cells where used + cell.width <= room {
    kept.append(cell)
    used += cell.width
    if used == room { break }
  }
  return columns >= tail ? kept + ellipsis : kept
}

private func wrapParagraph(_ cells: [TextCell], _ columns: Int) -> [String] {
  var lines: [String] = []
  var (line, width): ([TextCell], Int) = ([], 0)
  func end() {
    lines.append(String(line.map(\.glyph)))
    (line, width) = ([], 0)
  }
  for word in cells.split(separator: TextCell(glyph: " ", width: 1)) {
    let wordWidth = word.reduce(0) { $0 + $1.width }
    if width > 0, width + 1 + wordWidth > columns { end() }
    if width > 0 {
      line.append(TextCell(glyph: " ", width: 1))
      width += 1
    }
    for cell in word {
      if width > 0, width + cell.width > columns { end() }
      line.append(cell)
      width += cell.width
    }
  }
  end()
  return lines
}

/// What a scalar is to a terminal.
private enum Kind {
  case base(Int)
  case mark
  case joiner
  case dropped
  case letter(Unicode.Scalar)
  case space
  case replaced

  init(_ scalar: Unicode.Scalar) {
    let code = scalar.value
    switch code {
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      self = .space
    case 0x00..<0x20, 0x7F..<0xA0: self = .replaced
    case 0xAD, 0x200B, 0x200C, 0x2060, 0xFEFF, 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x1F3FB...0x1F3FF: self = .dropped
    case 0x200D: self = .joiner
    case 0x1160...0x11FF: self = .mark
    case 0x1F1E6...0x1F1FF: self = Unicode.Scalar(code - 0x1F1E6 + 0x41).map(Kind.letter) ?? .replaced
    default: self = Kind.byCategory(scalar)
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> Kind {
    let code = utf8proc_int32_t(bitPattern: scalar.value)
    let category = utf8proc_category(code)
    switch category {
    case UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME: return .mark
    case UTF8PROC_CATEGORY_CN, UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CF, UTF8PROC_CATEGORY_CS, UTF8PROC_CATEGORY_CO:
      return .replaced
    default:
      return .base(min(max(Int(utf8proc_charwidth(code)), 1), 2))
    }
  }
}

/// A base whose marks are still coming.
private struct PendingCell {
  private var glyph: Character = " "
  private var width = 0
  private var marks = 0
  /// Whether a joiner came last: an emoji that follows belongs to this one, and is left out.
  var isJoining = false

  var isOpen: Bool { width > 0 }

  mutating func begin(_ scalar: Unicode.Scalar, _ width: Int) {
    glyph = Character(scalar)
    self.width = width
    (marks, isJoining) = (0, false)
  }

  mutating func add(_ mark: Unicode.Scalar) {
    guard isOpen, marks < 4 else { return }
    var text = String(glyph)
    text.unicodeScalars.append(mark)
    guard text.count == 1 else { return }
    marks += 1
    glyph = Character(text)
  }

  mutating func flush(into cells: inout [TextCell]) {
    guard isOpen else { return }
    cells.append(TextCell(glyph: glyph, width: width))
    width = 0
  }
}

import CCmark

/// What a model answered, fit to be shown: lines of runs, each with its emphasis.
///
/// The text is Markdown and hostile: nothing that a run holds can move a cursor, turn the direction of reading, or hide.
/// It can be read again at any moment while the answer is still coming; marks that are not closed yet show as they are.
/// At most `byteLimit` bytes are taken. HTML shows as it is written, a link as its text and where it leads, an image as
/// its description. Lines are not wrapped.
package struct ReplyText: Equatable, Sendable {
  /// How a run is set off.
  package enum Emphasis: String, Equatable, Sendable, CaseIterable {
    case plain
    case emphasised
    case strong
    case code
    case heading
    /// The mark of an item of a list, with a blank behind it.
    case bullet
    /// Said by somebody else.
    case quoted
  }

  /// Neighbouring characters of one emphasis; never empty, without a line break.
  package struct Run: Equatable, Sendable {
    package var text: String
    package var emphasis: Emphasis

    /// Makes a run.
    package init(_ text: String, _ emphasis: Emphasis = .plain) {
      self.text = text
      self.emphasis = emphasis
    }
  }

  /// One line, as long as it may be; one without runs is empty.
  package struct Line: Equatable, Sendable {
    /// Columns before its first run.
    package var indent: Int
    /// Columns before what is wrapped off it: behind an item's mark.
    package var hang: Int
    package var runs: [Run]

    /// Makes a line.
    package init(indent: Int = 0, hang: Int = 0, _ runs: [Run] = []) {
      self.indent = indent
      self.hang = max(hang, indent)
      self.runs = runs
    }

    /// What it says, without its indent.
    package var text: String { runs.map(\.text).joined() }
  }

  /// Bytes of an answer that are read; Rostrum's tutors say a hundredth of it.
  package static let byteLimit = 64 << 10
  /// Marks of Markdown beyond which a text is shown as it came: no answer has so many, and a parser could be held up.
  package static let markLimit = 4_000

  /// The lines, without empty ones at either end.
  package private(set) var lines: [Line]
  /// Whether the text was longer than `byteLimit`.
  package let isCut: Bool

  /// Reads an answer, or the part of it that has come.
  package init(markdown: String) {
    let (text, isCut) = Self.bounded(markdown)
    self.isCut = isCut
    let marks = text.utf8.count { "*_[]!<>`~&".utf8.contains($0) }
    if marks > Self.markLimit {
      lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
        let safe = Self.safe(String($0))
        return Line(safe.isEmpty ? [] : [Run(safe)])
      }
    } else {
      lines = ReplyWalk.lines(of: text)
    }
    while lines.first?.runs.isEmpty == true { lines.removeFirst() }
    while lines.last?.runs.isEmpty == true { lines.removeLast() }
  }

  /// All of it without emphasis, with indents; safe to print.
  package var plain: String {
    lines.map { String(repeating: " ", count: $0.runs.isEmpty ? 0 : $0.indent) + $0.text }.joined(separator: "\n")
  }

  /// The first `byteLimit` bytes of `text`, cut between characters.
  private static func bounded(_ text: String) -> (text: String, isCut: Bool) {
    guard text.utf8.count > byteLimit else { return (text, false) }
    var end = text.utf8.index(text.startIndex, offsetBy: byteLimit)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return (String(text[..<end]), true)
  }

  /// `text` without what a terminal or a reader could be misled by; line breaks and tabs are blanks.
  ///
  /// Gone are control characters (C0, DEL, C1), marks and overrides of direction, characters without width, tags, private
  /// and unassigned ones, and all but four of the marks on one letter. A joiner stays where it joins.
  package static func safe(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      if (0x20..<0x7F).contains(scalar.value) {
        safe.append(scalar)
        marks = 0
        continue
      }
      switch scalar.value {
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: safe.append(" ")
      case 0x200C, 0x200D:
        guard let last = safe.last, !last.properties.isWhitespace, !(0x200C...0x200D).contains(last.value) else {
          break
        }
        safe.append(scalar)
      case 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0: break  // Letters that show nothing.
      case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
        // A variation is of the character before it, and of no other variation.
        guard scalar.value == 0xFE0F, let last = safe.last, last.value != 0xFE0F else { break }
        safe.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: break
        case .nonspacingMark, .enclosingMark, .spacingMark:
          marks += 1
          if marks <= 4, !safe.isEmpty { safe.append(scalar) }
        default:
          marks = 0
          safe.append(scalar)
        }
      }
    }
    return String(safe)
  }
}

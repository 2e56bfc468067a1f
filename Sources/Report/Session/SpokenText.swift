import Practice
import Terminal

/// What was said, as paragraphs to be read: fillers, corrected words and asides told apart.
///
/// `[um]` a filler and `(so to speak)` an aside stand in the text itself, so that nothing rests on colour.
struct SpokenText: Equatable {
  /// A stretch of one kind.
  struct Run: Equatable {
    enum Kind: Equatable { case said, filler, corrected }
    var kind: Kind
    var text: String
  }

  /// What was said from one time on.
  struct Paragraph: Equatable {
    var start: Double
    var runs: [Run]

    var text: String { runs.map(\.text).joined() }
  }

  /// A paragraph ends at the next pause once it has `words.enough`, at a long pause once it has `words.few`.
  private static let words = (enough: 45, few: 18)
  /// Seconds without a word that make a long pause.
  private static let longPauseSeconds = 1.5

  private(set) var paragraphs: [Paragraph] = []
  /// Whether any word in it was corrected by a person, and whether any was not in the script.
  private(set) var hasCorrections = false
  private(set) var hasAsides = false

  /// The text of `session`; nothing where its words are no account of what was said.
  init(of session: Session) {
    guard TakeReview.isReadable(session) else { return }
    let corrected = Self.corrected(session)
    var count = 0
    for line in SpokenLines(of: session).lines {
      let runs = Self.runs(of: line.pieces, corrected: corrected)
      hasCorrections = hasCorrections || runs.contains { $0.kind == .corrected }
      hasAsides = hasAsides || line.pieces.contains { $0.text.hasPrefix("(") }
      let isLong = line.pause >= Self.longPauseSeconds
      if paragraphs.isEmpty || count >= Self.words.enough || (isLong && count >= Self.words.few) {
        paragraphs.append(Paragraph(start: line.start, runs: []))
        count = 0
      }
      Self.append(runs, to: &paragraphs[paragraphs.count - 1].runs)
      count += line.pieces.count
    }
  }

  /// Where words were corrected, in order of time.
  private static func corrected(_ session: Session) -> [ClosedRange<Double>] {
    session.corrections.filter { $0.change == .word && $0.start <= $0.end }.map { $0.start...$0.end }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  private static func runs(of pieces: [SpokenLines.Piece], corrected: [ClosedRange<Double>]) -> [Run] {
    var runs: [Run] = []
    for piece in pieces {
      let middle = (piece.start + piece.end) / 2
      let isCorrected = !piece.isFiller && corrected.contains { $0.contains(middle) }
      append(
        [Run(kind: piece.isFiller ? .filler : isCorrected ? .corrected : .said, text: printed(piece.text))], to: &runs)
    }
    return runs
  }

  /// Puts runs behind others with a blank between, those of one kind into one; the blank is never part of a mark.
  private static func append(_ more: [Run], to runs: inout [Run]) {
    for var run in more {
      if let last = runs.last {
        if last.kind == .said || run.kind != .said {
          if last.kind == .said {
            runs[runs.count - 1].text += " "
          } else {
            runs.append(Run(kind: .said, text: " "))
          }
        } else {
          run.text = " " + run.text
        }
      }
      if run.kind == .said, runs.last?.kind == .said {
        runs[runs.count - 1].text += run.text
      } else {
        runs.append(run)
      }
    }
  }
}

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

  /// A paragraph ends at the next pause once it has `words.enough`, at a long pause once it has `words.few`, and where
  /// nobody paused, at `words.most`.
  private static let words = (enough: 45, few: 18, most: 140)
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
    for line in SpokenLines(spelled: session).lines {
      hasAsides = hasAsides || line.pieces.contains { $0.text.hasPrefix("(") }
      let isLong = line.pause >= Self.longPauseSeconds
      if paragraphs.isEmpty || count >= Self.words.enough || (isLong && count >= Self.words.few) {
        paragraphs.append(Paragraph(start: line.start, runs: []))
        count = 0
      }
      for piece in line.pieces {
        if count >= Self.words.most {
          paragraphs.append(Paragraph(start: piece.start, runs: []))
          count = 0
        }
        append(piece, corrected)
        count += 1
      }
    }
  }

  /// Where words were corrected, in order of time.
  private static func corrected(_ session: Session) -> [ClosedRange<Double>] {
    session.corrections.filter { $0.change == .word && $0.start <= $0.end }.map { $0.start...$0.end }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Puts a piece behind the others with a blank between, said words into one run; a blank is never part of a mark.
  private mutating func append(_ piece: SpokenLines.Piece, _ corrected: [ClosedRange<Double>]) {
    let middle = (piece.start + piece.end) / 2
    let isCorrected = !piece.isFiller && corrected.contains { $0.contains(middle) }
    hasCorrections = hasCorrections || isCorrected
    var runs = paragraphs[paragraphs.count - 1].runs
    paragraphs[paragraphs.count - 1].runs = []
    let blank = runs.isEmpty ? "" : " "
    let text = printed(piece.text)
    let isSaid = !piece.isFiller && !isCorrected
    if isCorrected, runs.last?.kind == .corrected {
      runs[runs.count - 1].text += blank + text
      paragraphs[paragraphs.count - 1].runs = runs
      return
    }
    if runs.last?.kind == .said {
      runs[runs.count - 1].text += blank + (isSaid ? text : "")
    } else if !runs.isEmpty || isSaid {
      runs.append(Run(kind: .said, text: blank + (isSaid ? text : "")))
    }
    if !isSaid { runs.append(Run(kind: piece.isFiller ? .filler : .corrected, text: text)) }
    paragraphs[paragraphs.count - 1].runs = runs
  }
}

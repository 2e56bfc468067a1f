/// What was said as it is read: lines between pauses, fillers in brackets, asides in parentheses.
package struct SpokenLines: Equatable, Sendable {
  /// A word, or a filler of one word or more, as it is read.
  package struct Piece: Equatable, Sendable {
    /// Seconds of audio time.
    package var start: Double
    package var end: Double
    /// With its bracket, and with the parenthesis where an aside begins or ends.
    package var text: String
    package var isFiller: Bool
  }

  /// What was said between two pauses.
  package struct Line: Equatable, Sendable {
    /// When it began, in seconds of audio time.
    package var start: Double
    /// Seconds without a word before it; 0 for the first line.
    package var pause: Double
    /// Never empty.
    package var pieces: [Piece]

    /// Words as they were recognised; `[um]` is a filler.
    package var text: String { pieces.map(\.text).joined(separator: " ") }
  }

  /// Seconds without a word that end a line.
  package static let pauseSeconds = 0.7
  /// How far apart a filler and its own words may begin, in seconds: sound and words are timed by different ears.
  private static let toleranceSeconds = 0.4

  package private(set) var lines: [Line] = []

  /// The lines of what was heard in `session`: `[um]` a filler, `(so to speak)` what is not in its script.
  package init(of session: Session) {
    let added = session.prompter.map { ScriptReview(of: $0).added } ?? []
    self.init(session.words, fillers: session.fillers, asides: added.map { $0.start...max($0.start, $0.end) })
  }

  /// The same, what follows the script as the script spells it: with its capitals and stops.
  package init(spelled session: Session) {
    let (added, spelled) = (session.prompter.map { ScriptReview(of: $0).added } ?? [], SpelledWords(of: session))
    self.init(
      spelled.words, heardAs: spelled.heard, fillers: session.fillers,
      asides: added.map { $0.start...max($0.start, $0.end) })
  }

  /// The lines of `words` and `fillers`, both in order of time; a filler that no word stands for is put between them.
  ///
  /// `asides`, in order of time, are put in parentheses.
  package init(_ words: [Word], fillers: [Filler] = [], asides: [ClosedRange<Double>] = []) {
    self.init(words, heardAs: words.map(\.text), fillers: fillers, asides: asides)
  }

  /// The same for words that are spelled in another way than they were heard, by which fillers are known.
  private init(_ words: [Word], heardAs heard: [String], fillers: [Filler], asides: [ClosedRange<Double>]) {
    var lengths = [Int](repeating: 1, count: words.count)
    var pieces: [Piece] = []
    for filler in fillers {
      let label = filler.label.split(separator: " ").map(String.init)
      if let place = SpokenLines.place(of: label, at: filler.start, in: words, heardAs: heard, lengths) {
        lengths[place] = -label.count
        for covered in (place + 1)..<(place + label.count) { lengths[covered] = 0 }
      } else {
        pieces.append(Piece(start: filler.start, end: filler.end, text: "[\(filler.label)]", isFiller: true))
      }
    }
    for (index, word) in words.enumerated() where lengths[index] != 0 {
      let count = abs(lengths[index])
      let text = words[index..<index + count].map(\.text).joined(separator: " ")
      let isFiller = lengths[index] < 0
      let end = words[index + count - 1].end
      pieces.append(Piece(start: word.start, end: end, text: isFiller ? "[\(text)]" : text, isFiller: isFiller))
    }
    if !fillers.isEmpty { pieces.sort { $0.start < $1.start } }
    put(pieces, asides)
  }

  /// Puts pieces, in order of time, into lines.
  private mutating func put(_ pieces: [Piece], _ asides: [ClosedRange<Double>]) {
    var (end, isAside, aside) = (-Double.infinity, false, asides[...])
    func close(_ line: inout Line) { line.pieces[line.pieces.count - 1].text += ")" }
    for var piece in pieces {
      while let first = aside.first, first.upperBound < piece.start { aside.removeFirst() }
      let entersAside = aside.first?.contains(piece.start) ?? false
      let breaks = lines.isEmpty || piece.start - end >= SpokenLines.pauseSeconds
      if isAside, breaks || !entersAside { close(&lines[lines.count - 1]) }
      if entersAside, breaks || !isAside { piece.text = "(" + piece.text }
      if breaks {
        lines.append(Line(start: piece.start, pause: lines.isEmpty ? 0 : piece.start - end, pieces: [piece]))
      } else {
        lines[lines.count - 1].pieces.append(piece)
      }
      isAside = entersAside
      end = max(end, piece.end)
    }
    if isAside { close(&lines[lines.count - 1]) }
  }

  /// Where the words of a filler are that begins at `start`: the nearest that no other filler has; nil without any.
  private static func place(
    of label: [String], at start: Double, in words: [Word], heardAs heard: [String], _ lengths: [Int]
  ) -> Int? {
    guard !label.isEmpty else { return nil }
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle].start < start - toleranceSeconds { low = middle + 1 } else { high = middle }
    }
    var best: Int?
    for index in low..<words.count {
      guard words[index].start <= start + toleranceSeconds else { break }
      guard index + label.count <= words.count,
        label.indices.allSatisfy({ heard[index + $0] == label[$0] && lengths[index + $0] == 1 })
      else { continue }
      if best.map({ abs(words[index].start - start) < abs(words[$0].start - start) }) ?? true { best = index }
    }
    return best
  }

  /// All of it, each line ended; empty without words.
  package var text: String { lines.map { $0.text + "\n" }.joined() }
}

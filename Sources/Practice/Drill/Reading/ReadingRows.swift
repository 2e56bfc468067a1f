/// What a result says beside what it measured.
extension ReadAloud {
  /// Syllables counted for one of the text beyond which something else was said: far outside the error of counting.
  private static let fits = 0.5...1.7

  /// Why nothing can be judged: what was said is not the text. Nil where it may well be.
  var refusal: String? {
    guard source == .syllables, let fit, text.syllables[path.end] >= 10 else { return nil }
    return ReadAloud.fits.contains(fit) && strangeShare < 0.5
      ? nil : "What was heard does not fit the text. Read just what is on the screen once more, from the beginning."
  }

  /// Share of the syllables that were counted where nothing of the text is.
  private var strangeShare: Double {
    let all = path.runs.reduce(0) { $0 + $1.heard }
    return Double(path.runs.reduce(0) { $0 + ($1.tokens.isEmpty ? $1.heard : 0) }) / Double(max(all, 1))
  }

  /// A row that says what the places in the text were told by.
  var sourceRow: DrillRow {
    DrillRow(
      "places told by", source == .words ? "the words heard" : "syllables counted; a word more or less is possible")
  }

  /// A row for each pause where none was asked for.
  func rows(ofExtra silences: [Silence]) -> [DrillRow] {
    silences.map {
      DrillRow(
        "after “\(text.word(before: $0.place))”", "\($0.seconds.rounded(places: 2)) s, no pause asked for",
        isHit: false,
        start: $0.start)
    }
  }
}

/// What a person says about a session afterwards: corrections, comments, a guess, judgements, a name.
///
/// Each is an event behind the end of the session it is about, so that what the machine heard stays as it was and what
/// was made of it can be told apart from it.

/// A correction of what the machine heard; the event it is about stays in the record.
package struct Correction: Equatable, Sendable {
  /// What is done to it.
  package enum Change: String, Sendable, CaseIterable {
    /// The filler is one.
    case confirmed
    /// A filler that the machine missed.
    case added
    /// The filler is one, of another kind.
    case relabelled
    /// The filler is none.
    case removed
    /// A word was another one.
    case word
  }

  package var change: Change
  /// The place, in seconds of audio time: that of the filler or the word itself.
  package var start: Double
  package var end: Double
  /// The label or the words from now on; nil where something is removed.
  package var text: String?
  /// The label or the word before; nil where something is added.
  package var was: String?
  /// How sure the machine was of it, 0 to 1; nil where something is added.
  package var confidence: Double?
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes a correction; texts lose what could move a cursor, and what is beyond `Afterwards.textBytes`.
  package init(
    _ change: Change, start: Double, end: Double, text: String? = nil, was: String? = nil, confidence: Double? = nil,
    atMilliseconds: Int = 0
  ) {
    self.change = change
    self.start = Afterwards.seconds(start)
    self.end = max(self.start, Afterwards.seconds(end))
    self.text = text.map(Afterwards.line)
    self.was = was.map(Afterwards.line)
    self.confidence = confidence.flatMap { Afterwards.number($0, within: 0...1, 2) }
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

/// A comment on a moment.
package struct Comment: Equatable, Sendable {
  /// The moment, in seconds of audio time.
  package var start: Double
  /// Empty where an earlier comment of the same moment and person is taken back.
  package var text: String
  /// Who made it; nil for the learner.
  package var by: String?
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes a comment; texts are bounded as those of a `Correction`.
  package init(_ text: String, start: Double, by: String? = nil, atMilliseconds: Int = 0) {
    self.start = Afterwards.seconds(start)
    self.text = Afterwards.line(text)
    self.by = by.map(Afterwards.name)
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

/// How many fillers the learner thought they had said, before any number was shown.
package struct Guess: Equatable, Sendable {
  package var fillers: Int
  /// What the machine had counted by then.
  package var counted: Int
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes a guess, held within 0 to 9999.
  package init(fillers: Int, counted: Int, atMilliseconds: Int = 0) {
    self.fillers = min(max(fillers, 0), 9_999)
    self.counted = min(max(counted, 0), 1_000_000)
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

/// One criterion of a rubric as a person, or the AI tutor, judged it.
package struct Assessment: Equatable, Sendable {
  /// Whose judgement it is.
  package enum Judge: String, Sendable, CaseIterable { case learner, tutor, ai }

  package var rubric: String
  package var version: Int
  package var criterion: String
  package var judge: Judge
  /// The judge's name, for the AI tutor its model; nil where there is none.
  package var name: String?
  /// The level on the rubric's own scale; nil takes an earlier one back.
  package var level: Double?
  /// Why, in a sentence.
  package var reason: String?
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes an assessment; texts are bounded as those of a `Correction`.
  package init(
    rubric: String, version: Int, criterion: String, judge: Judge, name: String? = nil, level: Double?,
    reason: String? = nil, atMilliseconds: Int = 0
  ) {
    self.rubric = Afterwards.name(rubric)
    self.version = min(max(version, 0), 1_000_000)
    self.criterion = Afterwards.name(criterion)
    self.judge = judge
    self.name = name.map(Afterwards.name)
    self.level = level.flatMap { Afterwards.number($0, within: -1_000...1_000, 2) }
    self.reason = reason.map(Afterwards.line)
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

/// Scores of a session by one version of a rubric, as they were shown: kept so that a later version stands beside it.
package struct ScoreCard: Equatable, Sendable {
  /// The score of a criterion, or why there is none.
  package struct Entry: Equatable, Sendable {
    /// The criterion's id; `overall` for all of them.
    package var criterion: String
    /// 0 to 100; nil where nothing can be said.
    package var value: Double?
    /// The ends of the 95 % interval.
    package var low: Double?
    package var high: Double?

    /// Makes an entry, rounded to what is kept.
    package init(criterion: String, value: Double?, low: Double? = nil, high: Double? = nil) {
      func score(_ value: Double?) -> Double? { value.flatMap { Afterwards.number($0, within: -1_000...1_000, 1) } }
      self.criterion = Afterwards.name(criterion)
      self.value = score(value)
      self.low = score(low)
      self.high = score(high)
    }
  }

  package var rubric: String
  package var version: Int
  /// The context whose bands were used.
  package var context: String
  package var entries: [Entry]
  /// When, in milliseconds since 1970.
  package var atMilliseconds: Int

  /// Makes a card of at most `Afterwards.entryLimit` entries.
  package init(rubric: String, version: Int, context: String, entries: [Entry], atMilliseconds: Int = 0) {
    self.rubric = Afterwards.name(rubric)
    self.version = min(max(version, 0), 1_000_000)
    self.context = Afterwards.name(context)
    self.entries = Array(entries.prefix(Afterwards.entryLimit))
    self.atMilliseconds = Afterwards.moment(atMilliseconds)
  }
}

/// What a session is called and filed under, changed afterwards. What is nil stays.
package struct Edit: Equatable, Sendable {
  /// Empty takes the title away.
  package var title: String?
  /// All tags from now on.
  package var tags: [String]?
  /// The context whose bands it is judged by.
  package var context: String?

  /// Makes an edit; tags are in lower case, without doubles, at most `Afterwards.entryLimit`.
  package init(title: String? = nil, tags: [String]? = nil, context: String? = nil) {
    self.title = title.map(Afterwards.line)
    self.tags = tags.map(Afterwards.tags)
    self.context = context.map(Afterwards.name)
  }
}

/// The bounds of what is said afterwards.
package enum Afterwards {
  /// Bytes of a text that are kept.
  package static let textBytes = 2_000
  /// Bytes of a name that are kept: of a tag, a rubric, a criterion, a label; so that a list of them fits into a line.
  package static let nameBytes = 100
  /// Entries of a list that are kept.
  package static let entryLimit = 64
  /// No moment lies beyond these seconds, as in `EventLine`.
  static let secondsLimit = 1e7

  /// `text` on one line without what could move a cursor, cut at `textBytes`.
  package static func line(_ text: String) -> String { cut(text, at: textBytes) }

  /// The same for a name, cut at `nameBytes`, without spaces around it.
  package static func name(_ text: String) -> String {
    cut(text, at: nameBytes).split(separator: " ").joined(separator: " ")
  }

  private static func cut(_ text: String, at bytes: Int) -> String {
    var (kept, count) = ("", 0)
    // What lies far beyond the cut is not looked at.
    for character in ReplyText.safe(text.prefix(4 * bytes).split(whereSeparator: \.isNewline).joined(separator: " ")) {
      count += character.utf8.count
      guard count <= bytes else { break }
      kept.append(character)
    }
    return kept
  }

  /// A moment in seconds of audio time, to a thousandth; 0 for what is none.
  package static func seconds(_ value: Double) -> Double {
    value.isNaN ? 0 : min(max(value, 0), secondsLimit).rounded(places: 3)
  }

  /// A number held within bounds; nil for what is none.
  package static func number(_ value: Double, within bounds: ClosedRange<Double>, _ places: Int) -> Double? {
    value.isNaN ? nil : min(max(value, bounds.lowerBound), bounds.upperBound).rounded(places: places)
  }

  /// Milliseconds since 1970, 0 where they are unknown.
  static func moment(_ milliseconds: Int) -> Int { min(max(milliseconds, 0), 1 << 53) }

  /// Tags as they are kept: lower case, no spaces in them, none twice, none empty.
  static func tags(_ tags: [String]) -> [String] {
    var kept: [String] = []
    for tag in tags {
      let tag = name(tag.lowercased()).split(separator: " ").joined(separator: "-")
      if !tag.isEmpty, !kept.contains(tag), kept.count < entryLimit { kept.append(tag) }
    }
    return kept
  }
}

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
    self.start = start.rounded(places: 3)
    self.end = end.rounded(places: 3)
    self.text = text.map(Afterwards.line)
    self.was = was.map(Afterwards.line)
    self.confidence = confidence?.rounded(places: 2)
    self.atMilliseconds = atMilliseconds
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
    self.start = start.rounded(places: 3)
    self.text = Afterwards.line(text)
    self.by = by.map(Afterwards.line)
    self.atMilliseconds = atMilliseconds
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
    self.counted = counted
    self.atMilliseconds = atMilliseconds
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
    self.rubric = Afterwards.line(rubric)
    self.version = version
    self.criterion = Afterwards.line(criterion)
    self.judge = judge
    self.name = name.map(Afterwards.line)
    self.level = level?.rounded(places: 2)
    self.reason = reason.map(Afterwards.line)
    self.atMilliseconds = atMilliseconds
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
      self.criterion = Afterwards.line(criterion)
      self.value = value?.rounded(places: 1)
      self.low = low?.rounded(places: 1)
      self.high = high?.rounded(places: 1)
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
    self.rubric = Afterwards.line(rubric)
    self.version = version
    self.context = Afterwards.line(context)
    self.entries = Array(entries.prefix(Afterwards.entryLimit))
    self.atMilliseconds = atMilliseconds
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
    self.context = context.map(Afterwards.line)
  }
}

/// The bounds of what is said afterwards.
package enum Afterwards {
  /// Bytes of a text that are kept.
  package static let textBytes = 2_000
  /// Entries of a list that are kept.
  package static let entryLimit = 64

  /// `text` on one line without what could move a cursor, cut at `textBytes`.
  static func line(_ text: String) -> String {
    var kept = ""
    for character in ReplyText.safe(text.split(whereSeparator: \.isNewline).joined(separator: " ")) {
      guard kept.utf8.count + character.utf8.count <= textBytes else { break }
      kept.append(character)
    }
    return kept
  }

  /// Tags as they are kept: lower case, no spaces around, none twice, none empty.
  static func tags(_ tags: [String]) -> [String] {
    var kept: [String] = []
    for tag in tags {
      let tag = line(tag).lowercased().split(separator: " ").joined(separator: "-")
      if !tag.isEmpty, !kept.contains(tag), kept.count < entryLimit { kept.append(tag) }
    }
    return kept
  }
}

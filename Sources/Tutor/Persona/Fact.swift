/// One thing that is known of a take, or the reason why it is not.
package struct Fact: Equatable, Sendable {
  /// The figure that conditions are about, in the unit that `TutorFacts` gives its name; nil where it is not known.
  package var number: Double?
  /// Where the truth lies four times in five; nil where no interval is known.
  package var likely: ClosedRange<Double>?
  /// The figure as it is said, with its unit, and "about" where it is estimated: `about 152 words a minute`.
  package var words = ""
  /// The ends of `likely` as they are said: `140 to 170`; empty without them.
  package var likelyWords = ""
  /// What to call it, in a word or two: `comfortable`; empty where there is no word for it.
  package var verdict = ""
  /// Where it comes from, as a clause: `estimated from syllables`; empty where that is plain.
  package var source = ""
  /// When it happened, in seconds of audio time; nil for what is about the whole.
  package var moment: Double?
  /// Why it is not known, as a clause; nil where it is.
  package var unknown: String?
  /// Whether its words quote the speaker, and may hold what is to be masked.
  package var isQuoted = false

  /// A fact that is known.
  package init(
    _ number: Double, _ words: String, likely: ClosedRange<Double>? = nil, likelyWords: String = "",
    verdict: String = "", source: String = "", moment: Double? = nil, isQuoted: Bool = false
  ) {
    self.number = number
    self.words = words
    self.likely = likely
    self.likelyWords = likelyWords
    self.verdict = verdict
    self.source = source
    self.moment = moment
    self.isQuoted = isQuoted
  }

  /// A fact that is not known, with the reason as a clause: `no length was planned`.
  package static func unknown(_ reason: String) -> Fact {
    var fact = Fact(0, "")
    fact.number = nil
    fact.unknown = reason
    return fact
  }

  /// Whether it is known.
  package var isKnown: Bool { unknown == nil && number != nil }
}

/// Figures as they are said aloud.
enum Said {
  /// A count and its noun: `no pauses`, `1 pause`, `3 pauses`.
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    (count == 0 ? "no" : "\(count)") + " " + (count == 1 ? one : many ?? one + "s")
  }

  /// How often: `once`, `twice`, `3 times`.
  static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  /// A time that lasts: `2 minutes 14 seconds`, `1 second`; below ten seconds with a decimal where it has one.
  static func lasting(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e6 else { return "an unknown time" }
    let tenths = Int((seconds * 10).rounded())
    if tenths < 100, tenths % 10 != 0 { return "\(tenths / 10).\(tenths % 10) seconds" }
    let whole = Int(seconds.rounded())
    let (minutes, rest) = (whole / 60, whole % 60)
    if minutes == 0 { return rest == 0 ? "0 seconds" : count(rest, "second") }
    return count(minutes, "minute") + (rest == 0 ? "" : " " + count(rest, "second"))
  }
}

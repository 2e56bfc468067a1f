package import Practice
import Terminal

/// All there is to say of a session, as a value: what every form of a report is made from.
///
/// The session has taken in all its events, those from afterwards too: fillers and words are as corrected. Nothing here
/// is read or written; a form is text or bytes, and whoever asked for it keeps it.
package struct SessionReport: Sendable {
  package let session: Session
  package let facts: SessionFacts
  package var figures: [ReportFigure]
  /// The probability with which the intervals of the figures are meant to hold the truth.
  package var figureLevel: Double
  /// A rubric each, in the order in which they are shown.
  package var scores: [ReportScores]
  /// The one next step, a paragraph each: what was found, and what to do about it.
  package var nextSteps: [String]
  /// What came of the drill that the session is an attempt at; nil where it is none.
  package var drill: ReportDrill?
  /// What the review says beyond figures.
  package let review: TakeReview
  /// The version that made the report.
  package var version: String

  /// Puts a report together; `figures` are those of the session where none are given.
  package init(
    session: Session, facts: SessionFacts, figures: [ReportFigure]? = nil, figureLevel: Double = Estimate.level,
    scores: [ReportScores] = [], nextSteps: [String] = [], rules: FillerRules? = nil,
    version: String = Beginning.currentVersion
  ) {
    self.session = session
    self.facts = facts
    self.figures = figures ?? ReportFigure.all(of: session)
    self.figureLevel = figureLevel
    self.scores = scores
    self.nextSteps = nextSteps
    self.version = version
    review = TakeReview(of: session, rules: rules)
  }

  /// What the session is called: by a person, by its talk, or else by what was listened to, as in lists.
  package var title: String {
    let names = [session.title, facts.title, facts.source].map { printed($0 ?? "", limit: 400) }
    return names.first { !$0.isEmpty } ?? "Untitled session"
  }

  /// When it was, how long, and what it is filed under, each in a few words.
  var subtitle: [String] {
    let length = session.beginning?.length.map { length in
      let most = clockTime(Double(length.maximumSeconds))
      return length.minimumSeconds < length.maximumSeconds
        ? " of \(clockTime(Double(length.minimumSeconds)))–\(most) planned" : " of \(most) planned"
    }
    let tags = session.tags.map { printed($0, limit: 200) }.joined(separator: ", ")
    return [
      facts.when, clockTime(session.seconds) + (length ?? ""),
      session.context.map { "context: " + printed($0, limit: 200) } ?? "", tags.isEmpty ? "" : "tags: " + tags,
      facts.state == "finished" ? "" : facts.state == "live" ? "still going on" : "cut off",
    ].filter { !$0.isEmpty }
  }

  /// The last words of every report.
  var madeBy: String { "Made by Rostrum; not for clinical use." }

  /// What was measured how, for the foot of a report, a sentence each.
  var methods: [String] {
    let share = figureLevel == 0.8 ? "four times in five" : "in \(decimal(figureLevel * 100, 0)) of 100 cases"
    var methods = ["A likely range is one in which the true value lies \(share)."]
    if let level = scores.first?.level {
      methods.append(
        "The interval of a score would hold \(decimal(level * 100, 0)) of 100 scores of such talks by this speaker.")
    }
    methods.append(
      "Pace is of the whole talk, pauses included; articulation leaves them out. Pitch variety is a standard deviation in "
        + "semitones. Loudness is EBU R128. Fillers are found by sound and, where words were heard, by words.")
    let corrections = session.corrections.count
    if corrections > 0 {
      methods.append(
        "\(corrections) \(corrections == 1 ? "correction" : "corrections") by a person: what the machine heard is kept."
      )
    }
    return methods
  }

  /// Session, source and versions, for who wants to find it again.
  var origin: String {
    let heard = session.beginning.map(\.version).flatMap {
      $0.isEmpty ? nil : ", heard by version \(printed($0, limit: 40))"
    }
    let source = printed(facts.source, limit: 200)
    return "Session \(facts.id)" + (source.isEmpty ? "" : ", from \(source)") + (heard ?? "")
      + ", written by version \(printed(version, limit: 40))."
  }
}

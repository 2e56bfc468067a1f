import Glibc
import History
import Practice

/// Makes an attempt at a drill ready: a topic, the learner's own figures, the words to hold apart, the lines to be spoken.
struct DrillStarts {
  let surroundings: Surroundings
  /// Nil where there is no history that can be read: then the attempt begins without one.
  let history: History?

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    history = try? History(reading: surroundings.places.data)
  }

  /// Sessions that a learner's own figure is the median of.
  private static let ownSessions = 10
  /// Figures that kinds of drills hold an attempt against.
  private static let ownFigures = ["pace", "articulation", "pitch-spread", "loudness", "fillers-per-minute"]

  /// The attempt at `drill` that begins now, on `topic` where the learner has one; `folder` is where its file lies, where
  /// that is not among the drills.
  func take(
    _ drill: Drill, topic: String? = nil, folder: String? = nil, seed asked: Int? = nil
  ) throws(Failure) -> DrillTake {
    var generator = SystemRandomNumberGenerator()
    let seed = asked ?? Int.random(in: 0..<1_000_000, using: &generator)
    let (written, attempt) = (surroundings.settings.firstLanguage, attempt(drill))
    let language = written.isEmpty ? nil : written
    let whole = surroundings.contrasts(language: drill.language).contrasts.resolved(
      drill, firstLanguage: language, turn: attempt - 1)
    let start = DrillStart(
      drill: whole, seed: seed, topic: topic ?? chosenTopic(drill, seed: seed), firstLanguage: language, own: own(),
      attempt: attempt)
    var take = DrillTake(start)
    if let words = take.words, Recognisers.choosing(surroundings, words: words) == nil {
      throw Failure(.unavailable, Messages.noChooser)
    }
    if drill.kind == .shadowing { take.models = try ModelMaker.make(drill, folder: folder ?? self.folder(of: drill)) }
    return take
  }

  /// Where the file of a drill lies; nil where it has gone.
  private func folder(of drill: Drill) -> String? {
    surroundings.promptFolders.map { $0 + "/drills" }.first { access("\($0)/\(drill.id).md", R_OK) == 0 }
  }

  private func chosenTopic(_ drill: Drill, seed: Int) -> String? {
    guard drill.kind.exercise.parameters.contains(where: { $0.name == "topics" }) else { return nil }
    return TopicList.draw(for: drill, from: surroundings.topicLists(), seed: seed)
  }

  /// The learner's usual figures, each the median of the latest sessions that have it.
  private func own() -> [String: Double] {
    guard let history else { return [:] }
    var own: [String: Double] = [:]
    for name in Self.ownFigures {
      let values = (try? history.series(figure: name, latest: Self.ownSessions).map(\.value).sorted()) ?? []
      if !values.isEmpty { own[name] = values[values.count / 2] }
    }
    return own
  }

  /// Which attempt at this drill it is, from 1.
  private func attempt(_ drill: Drill) -> Int {
    let counts = try? history?.attemptCounts()
    return (counts?[drill.id] ?? 0) + 1
  }
}

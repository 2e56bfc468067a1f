import Foundation
import History
import Support

/// A history of many sessions, made from a few real ones.
struct MadeHistory {
  /// What it is made of, the same for every size.
  struct Material {
    let templates: [SessionTemplate]
    let vocabulary = Vocabulary()

    /// Rehearses recordings of people with the program under test.
    init(_ scratch: Scratch) throws {
      var outputs: [String] = []
      let reading = try scratch.write(Speech.reading().file, to: "reading.wav")
      let others = ["jfk", "ami_trn03", "ljspeech_a"].compactMap { name in
        Speech.shared.map { "\($0)/human/\(name).wav" }
      }
      for path in [reading] + others where FileManager.default.fileExists(atPath: path) {
        let done = try run(
          [RostrumBinary.path, "rehearse", "--input", path, "--fast", "--json"],
          environment: ["ROSTRUM_HOME": scratch.path("rehearsed"), "ROSTRUM_RECOGNISER": "pocketsphinx"])
        outputs.append(done.output)
      }
      templates = outputs.map(SessionTemplate.init).filter { $0.words > 0 }
    }
  }

  let folder: String
  let sessions: Int
  private(set) var words = 0
  private(set) var events = 0
  private(set) var hours = 0.0
  /// A session of one hour.
  private(set) var hourLong = ""
  /// Pairs and triples of words that were said one after another.
  private(set) var phrases: [String] = []
  /// What it took to make, in seconds.
  private(set) var madeInSeconds = 0.0

  /// Makes a history of `sessions`, 3.3 minutes long in the mean: many short ones, and one of an hour.
  init(sessions: Int, of material: Material, in folder: String) throws {
    (self.sessions, self.folder) = (sessions, folder)
    let began = now()
    var dice = Dice(UInt64(sessions))
    let history = try History(folder: folder)
    for number in 0..<sessions {
      // Exponential, as lengths of takes are, about: 195 s in the mean.
      let chance = Double(dice.next() >> 11) / 9_007_199_254_740_992
      let seconds = number == sessions / 2 ? 3_600 : min(15 - 183 * log(1 - chance), 3_600)
      let template = material.templates[number % material.templates.count]
      let made = template.session(seconds: seconds) { material.vocabulary.word(using: &dice) }
      let row = SessionRow(
        id: newSessionID(using: &dice), startedAt: 1_500_000_000_000 + Int64(number) * 20_000_000,
        utcOffsetSeconds: 0, source: "made", state: .finished, endedSeconds: seconds, summary: Self.summary)
      try history.insert(row, made.events)
      try history.replaceIndex(
        of: row.id, with: Self.index(number, made.texts, of: seconds, &dice), summary: Self.summary)
      words += made.texts.count
      events += made.events.count
      hours += seconds / 3_600
      if number == sessions / 2 { hourLong = row.id }
      if number % max(1, sessions / 40) == 0, made.texts.count > 9 {
        phrases.append(made.texts[4..<6 + number % 2].map(\.text).joined(separator: " "))
      }
    }
    madeInSeconds = now() - began
  }

  private static let figureNames = [
    "pace", "articulation", "fillers-per-minute", "fillers", "pause-share", "longest-run", "pitch-spread", "loudness",
    "talk-seconds", "awareness-gap", "score.rostrum.overall", "score.rostrum.pace", "score.rostrum.fluency",
  ]

  private static func index(
    _ number: Int, _ texts: [IndexedText], of seconds: Double, _ dice: inout Dice
  ) -> SessionIndex {
    let figures = figureNames.map { name in
      let value = Double.random(in: 20...80, using: &dice)
      return SessionFigure(name: name, value: value, low: value - 5, high: value + 5)
    }
    let comments = (0..<number % 4).map {
      IndexedText(seconds: Double($0), kind: .comment, text: "look up here, number \(number)")
    }
    return SessionIndex(
      version: 1_000_000, title: "Talk \(number % 200)", talk: "talk-\(number % 200).md", context: "talk",
      tags: ["tag-\(number % 17)", "tag-\(number % 5)"], score: Double.random(in: 20...95, using: &dice),
      figures: figures, texts: texts + comments)
  }

  /// As long as a real one.
  private static let summary = "{\"speech_seconds\":150.2,\"pad\":\"" + String(repeating: "0", count: 400) + "\"}"

  /// The size of the database and its log, in bytes.
  var bytes: Int {
    ["history.sqlite", "history.sqlite-wal"].reduce(0) { sum, name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }
}

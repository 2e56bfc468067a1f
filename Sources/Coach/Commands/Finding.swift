import Practice

/// What a check came to.
struct Finding {
  enum Verdict: Int, Comparable {
    case good, fair, bad
    var word: String {
      switch self {
      case .good: "ok  "
      case .fair: "note"
      case .bad: "BAD "
      }
    }
    static func < (a: Verdict, b: Verdict) -> Bool { a.rawValue < b.rawValue }
  }
  var name: String
  var verdict: Verdict
  var sentence: String
  var nextStep: String?

  init(_ name: String, _ verdict: Verdict, _ sentence: String, nextStep: String? = nil) {
    self.name = name
    self.verdict = verdict
    self.sentence = sentence
    self.nextStep = nextStep
  }

  var fields: [JSON.Field] {
    let word = verdict.word.lowercased()
    return [
      .init("check", .string(name)), .init("verdict", .string(String(word.prefix { $0 != " " }))),
      .init("found", .string(sentence)), .init("next_step", .text(nextStep)),
    ]
  }
}

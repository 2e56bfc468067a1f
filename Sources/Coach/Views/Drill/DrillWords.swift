import Practice
import Terminal

/// How drills are named and their figures written: screens and plain lines say the same.
enum DrillWords {
  /// A length: `2 min`, `2.5 min`, `90 s`.
  static func length(_ seconds: Double) -> String {
    let whole = Int(max(seconds, 0).rounded())
    if whole % 60 == 0, whole > 0 { return "\(whole / 60) min" }
    if whole < 100 { return "\(whole) s" }
    return whole % 30 == 0 ? "\(whole / 60).5 min" : clockTime(Double(whole)) + " min"
  }

  /// What a kind is called.
  static func name(_ kind: DrillKind) -> String {
    switch kind {
    case .silence: "silence instead"
    case .markedReading: "marked reading"
    case .powerPause: "power pause"
    case .metronome: "metronome"
    case .fourThreeTwo: "4/3/2"
    case .shadowing: "shadowing"
    case .minimalPairs: "minimal pairs"
    case .tongueTwister: "tongue twister"
    case .impromptu: "impromptu"
    case .vocalVariety: "vocal variety"
    case .projection: "projection"
    case .breath: "breath"
    case .contest: "contest"
    }
  }

  /// What a drill trains, in a clause.
  static func trains(_ skill: DrillSkill) -> String {
    switch skill {
    case .fillers: "a silence where an \"um\" would be"
    case .pauses: "pauses, where and how long"
    case .pace: "a pace that you choose"
    case .fluency: "saying it without a hitch"
    case .articulation: "clear sounds"
    case .pitch: "the melody of your voice"
    case .loudness: "a voice that carries"
    case .structure: "a shape that listeners can follow"
    case .timing: "ending on time"
    case .calm: "calm before a talk"
    }
  }

  /// The measure called `name`; what a kind does not list is named as it is written.
  /// That of one contrast of minimal pairs is called `error-` and its name.
  static func measure(_ name: String, among measures: [DrillMeasure]) -> DrillMeasure {
    if name.hasPrefix("error-") {
      return DrillMeasure(name, name.dropFirst(6) + ", heard as the other word", "%", better: .less)
    }
    return measures.first { $0.name == name }
      ?? DrillMeasure(name, name.replacing("-", with: " "), better: .neither, places: 2)
  }

  /// A figure with its unit: `86 %`, `142 words a minute`.
  static func value(_ value: Double, of measure: DrillMeasure) -> String {
    let number = number(value, of: measure)
    return measure.unit.isEmpty ? number : number + " " + measure.unit
  }

  /// A figure without its unit; shares in per cent.
  static func number(_ value: Double, of measure: DrillMeasure) -> String {
    let shown = measure.unit == "%" ? value * 100 : value
    return Figures.decimal(shown, min(max(measure.places, 0), 3))
  }

  /// A bound with its unit: `at least 80 %`.
  static func bound(_ rule: DrillRule, of measure: DrillMeasure) -> String {
    let isShare = measure.unit == "%"
    let text = rule.text(isShare: isShare)
    return isShare || measure.unit.isEmpty ? text : text + " " + measure.unit
  }

  /// When `drill` is passed, in a clause: `marks hit: at least 80 %`; nil for what is never graded.
  static func pass(_ drill: Drill, among measures: [DrillMeasure]) -> String? {
    guard !drill.pass.isEmpty else { return nil }
    let rules = drill.pass.map { rule in
      let measure = measure(rule.measure, among: measures)
      return measure.label + ": " + bound(rule, of: measure)
    }
    return rules.joined(separator: "; ")
  }

  /// The paragraphs of a body that are for the eyes: its `>` lines.
  static func instructions(_ body: String) -> [String] {
    var paragraphs: [String] = []
    var isOpen = false
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix(">") else {
        isOpen = false
        continue
      }
      let words = text.dropFirst().drop { $0 == " " }
      if words.isEmpty {
        isOpen = false
      } else if isOpen {
        paragraphs[paragraphs.count - 1] += " " + words
      } else {
        paragraphs.append(String(words))
        isOpen = true
      }
    }
    return paragraphs.map(withoutMarkup)
  }

  /// Markdown without the signs around words: `**word**`, `*word*`, and those of code.
  private static func withoutMarkup(_ text: String) -> String {
    text.replacing(/(\*{1,2}|`)([^*`\s](?:[^*`]*[^*`\s])?)\1/) { $0.output.2 }
  }

  /// The paragraphs of a drill whose pauses lie around a line, with the marks that its scene has there; nil for others.
  private static func marked(_ drill: Drill) -> [String]? {
    guard drill.kind == .powerPause else { return nil }
    var session = Session()
    for kind in [.drill(DrillStart(drill: drill)), .step(0)] as [SessionEvent.Kind] {
      _ = session.apply(SessionEvent(at: 0, kind))
    }
    guard case .reading(let reading) = drill.kind.exercise.scene(session) else { return nil }
    var paragraphs: [String] = []
    for word in reading.words {
      let text = word.text + (word.mark.map { " " + $0.sign } ?? "")
      if word.startsParagraph || paragraphs.isEmpty {
        paragraphs.append(text)
      } else {
        paragraphs[paragraphs.count - 1] += " " + text
      }
    }
    return paragraphs
  }

  /// The paragraphs of `drill` that are read aloud, with their pause marks; empty in kinds that read nothing.
  static func readAloud(_ drill: Drill) -> [String] {
    if let marked = marked(drill) { return marked }
    guard let markdown = drill.kind.exercise.script(drill) else { return [] }
    let script = Script(markdown: markdown)
    var paragraphs: [String] = []
    for sentence in script.sentences {
      let words = sentence.tokens.map { place in
        let token = script.tokens[place]
        return token.text + (token.pauseAfter.map { $0 == .long ? " //" : " /" } ?? "")
      }
      let text = words.joined(separator: " ")
      if sentence.startsParagraph || paragraphs.isEmpty {
        paragraphs.append(text)
      } else {
        paragraphs[paragraphs.count - 1] += " " + text
      }
    }
    return paragraphs
  }
}

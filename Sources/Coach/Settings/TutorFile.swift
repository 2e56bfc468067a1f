package import Tutor

/// Reads a tutor, `Prompts/tutors/NAME.md`: front matter on who it is, and below it what it is told, in Mustache.
///
/// A tutor is taken whole or not at all: what a learner is told should not come from half a file. So every complaint is
/// given at once, each with its line.
package enum TutorFile {
  private static let keys = [
    "name", "summary", "language", "voice", "words-per-minute", "pitch", "temperature", "longest-tokens",
    "reasoning-effort", "longest-sentences", "traits",
  ]

  /// The tutor in `text`, whose commands call it `id`, or what is wrong with it.
  package static func parse(text: String, id: String, file: String) -> Result<TutorProfile, TutorRefusal> {
    var reader = TutorReader(file: file)
    guard text.utf8.count <= MarkedYAML.limitBytes else {
      return .failure(
        TutorRefusal([Complaint(file: file, problem: "is larger than \(MarkedYAML.limitBytes / 1024) KiB")]))
    }
    let (front, body) = FrontMatter.split(text)
    guard let front, front.isClosed else {
      let problem = front == nil ? "has no front matter" : "the front matter that starts here is never closed"
      return .failure(
        TutorRefusal([
          Complaint(
            file: file, line: 1, problem: problem,
            nextStep: "Put what the tutor is called between two lines of three dashes.")
        ]))
    }
    let (document, problems) = MarkedYAML.parse(front.text, file: file, firstLine: 2)
    reader.complaints = problems + document.unknown(known: keys, file: file, what: "key of a tutor")
    let template = reader.template(body, above: front.lines + 2)
    let name = reader.line(document, "name", limit: 40)
    let summary = reader.line(document, "summary", limit: 120)
    guard let template, let name, let summary else { return .failure(TutorRefusal(reader.complaints)) }
    var profile = TutorProfile(id: id, name: name, summary: summary, body: template)
    reader.take(document, into: &profile)
    return reader.complaints.isEmpty ? .success(profile) : .failure(TutorRefusal(reader.complaints))
  }
}

/// Why a tutor is left out; never empty.
package struct TutorRefusal: Error, Equatable, Sendable {
  package var complaints: [Complaint]

  /// Makes a refusal.
  package init(_ complaints: [Complaint]) { self.complaints = complaints }
}

/// Turns marked values into a tutor's and gathers complaints on the way.
private struct TutorReader {
  let file: String
  var complaints: [Complaint] = []

  mutating func complain(_ entry: MarkedYAML.Entry, _ problem: String, key: String? = nil, _ next: String? = nil) {
    complaints.append(
      Complaint(
        file: file, line: entry.line, column: entry.column, key: key ?? entry.key, problem: problem, nextStep: next))
  }

  /// What the tutor is told, checked; `above` lines stand before it in the file.
  mutating func template(_ body: String, above: Int) -> TutorTemplate? {
    guard body.contains(where: { !$0.isWhitespace }) else {
      complaints.append(
        Complaint(
          file: file, line: above + 1, problem: "says nothing below its front matter",
          nextStep: "Write there what the tutor is told about its job."))
      return nil
    }
    do throws(TemplateProblem) { return try TutorTemplate(body, names: TutorProfile.templateNames) } catch {
      complaints.append(Complaint(error, file: file, above: above, names: TutorProfile.templateNames))
      return nil
    }
  }

  /// The line of text that must stand behind `key`.
  mutating func line(_ document: MarkedYAML, _ key: String, limit: Int) -> String? {
    guard let entry = document[key] else {
      complaints.append(Complaint(file: file, line: 1, key: key, problem: "is missing"))
      return nil
    }
    return line(entry, limit: limit)
  }

  private mutating func line(_ entry: MarkedYAML.Entry, limit: Int) -> String? {
    guard case .scalar(let text) = entry.value else {
      complain(entry, entry.value == .none ? "has no value" : "is not a single line of text")
      return nil
    }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !line.isEmpty, line.count <= limit else {
      complain(entry, line.isEmpty ? "has no value" : "is longer than \(limit) characters")
      return nil
    }
    return line
  }

  private mutating func number(_ entry: MarkedYAML.Entry, _ range: ClosedRange<Double>, key: String? = nil) -> Double? {
    guard case .scalar(let text) = entry.value, let value = Double(text), range.contains(value) else {
      let (low, high) = (Self.shown(range.lowerBound), Self.shown(range.upperBound))
      complain(entry, "is not a number from \(low) to \(high)", key: key)
      return nil
    }
    return value
  }

  private mutating func whole(_ entry: MarkedYAML.Entry, _ range: ClosedRange<Int>) -> Int? {
    guard case .scalar(let text) = entry.value, let value = Int(text), range.contains(value) else {
      complain(entry, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  private static func shown(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

  mutating func take(_ document: MarkedYAML, into profile: inout TutorProfile) {
    for entry in document.entries {
      switch entry.key {
      case "language": profile.language = line(entry, limit: 20) ?? profile.language
      case "voice": profile.voice = line(entry, limit: 60) ?? profile.voice
      case "words-per-minute":
        profile.wordsPerMinute = whole(entry, TutorProfile.wordsPerMinuteRange) ?? profile.wordsPerMinute
      case "pitch": profile.pitch = whole(entry, TutorProfile.pitchRange) ?? profile.pitch
      case "temperature": profile.settings.temperature = number(entry, TutorProfile.temperatureRange)
      case "longest-tokens": profile.settings.longestTokens = whole(entry, TutorProfile.tokensRange)
      case "reasoning-effort": profile.settings.reasoningEffort = effort(entry)
      case "longest-sentences":
        profile.longestSentences = whole(entry, TutorProfile.sentencesRange) ?? profile.longestSentences
      case "traits": takeTraits(entry, into: &profile)
      default: break
      }
    }
  }

  private mutating func effort(_ entry: MarkedYAML.Entry) -> String? {
    if case .scalar(let text) = entry.value, TutorProfile.efforts.contains(text) { return text }
    complain(entry, "is not one of \(TutorProfile.efforts.joined(separator: ", "))")
    return nil
  }

  private mutating func takeTraits(_ entry: MarkedYAML.Entry, into profile: inout TutorProfile) {
    guard case .mapping(let traits) = entry.value else {
      return complain(entry, "is not a list of traits", "Write one `warmth: 0.8` on each line.")
    }
    complaints += MarkedYAML.unknown(
      traits, known: TutorProfile.traitNames, file: file, what: "trait", prefix: "traits.")
    for trait in traits where TutorProfile.traitNames.contains(trait.key) {
      profile.traits[trait.key] = number(trait, 0...1, key: "traits.\(trait.key)")
    }
  }
}

extension Complaint {
  /// What is wrong with a template that stands in `file` below so many lines; guesses at a name among `names`.
  init(_ problem: TemplateProblem, file: String, above: Int = 0, key: String? = nil, names: Set<String>) {
    let near = problem.unknownName.flatMap { nearest(to: $0, among: names.sorted()) }
    self.init(
      file: file, line: problem.line + above, key: key, problem: problem.problem,
      nextStep: near.map { "Did you mean {{\($0)}}?" })
  }
}

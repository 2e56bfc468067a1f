package import Practice

/// The tutor without a model: it speaks from what was measured, by the table in Prompts/findings.
///
/// It names the strongest point, the one thing to work on with the moment it happened, an exercise, and asks one question
/// back. What it said before is known from the turns, so that it never gives the same answer to two questions in a row.
/// A question is understood by its words; what it does not understand, it says so of.
package enum OfflineTutor {
  /// The source that turns of this tutor carry.
  package static let source = "offline"

  /// The answer to `question`, which may be empty to begin with; `turns` are those before it, the oldest first.
  package static func answer(
    question: String, facts: TutorFacts, findings: Findings, turns: [Turn] = []
  ) -> String {
    var answer = OfflineAnswer(facts, findings, turns)
    return answer.make(question)
  }
}

/// An answer while it is put together.
struct OfflineAnswer {
  let facts: TutorFacts
  let findings: Findings
  /// What the tutor said before, the oldest first.
  let said: [String]
  /// Whether the offline tutor has said who it is.
  let isKnown: Bool
  /// The question as it arrived, in one short line.
  private var heard = ""
  /// What the answer says so far, a paragraph's sentences each.
  private(set) var parts: [String] = []

  init(_ facts: TutorFacts, _ findings: Findings, _ turns: [Turn]) {
    self.facts = facts
    self.findings = findings
    let own = turns.filter { $0.who == .tutor }
    said = own.map { spoken($0.text) }
    // What comforts somebody is said without an introduction, so a turn of its own is not enough.
    let introductions = (findings.phrases[Findings.Phrase.introduction.rawValue] ?? []).map {
      spoken($0.render(facts.values))
    }
    isKnown = own.contains { turn in
      turn.source == OfflineTutor.source && introductions.contains { spoken(turn.text).contains($0) }
    }
  }

  /// What is said where the table has nothing to say.
  private static let nothing = "I have nothing to say to that."

  mutating func make(_ question: String) -> String {
    let asked = Asked(question, of: findings)
    if asked.role == .crisis { return comfort(asked.topics) }
    heard = TutorFacts.plain(question, limit: 80)
    if !isKnown, asked.topics.first?.isKind != true { add(phrase(.introduction)) }
    if !facts.isEnough, !asked.isSmallTalk, !asked.isBesideTheTake {
      add(phrase(facts["speech"].number ?? 0 > 0.2 ? .littleSpeech : .noSpeech))
    } else {
      respond(asked)
    }
    return parts.isEmpty ? Self.nothing : parts.joined(separator: " ")
  }

  /// The answer to somebody who is in danger or hurt: of its ways the one that was said longest ago.
  private func comfort(_ topics: [Findings.Topic]) -> String {
    let ways = topics.flatMap(\.answers).map { spoken($0.say.render(facts.values)) }
    return oldest(ways) ?? Self.nothing
  }

  private mutating func respond(_ asked: Asked) {
    switch asked.role {
    case .crisis: add(comfort(asked.topics))
    case .hello: asked.topics.isEmpty ? greet() : tell(asked.topics)
    case .thanks where asked.topics.isEmpty && asked.isQuestion: review()
    case .thanks: asked.topics.isEmpty ? add(phrase(.thanks)) : tell(asked.topics)
    case .why: explain(asked.topics.first)
    case .advice: advise(asked.topics.first)
    case .strength: praise()
    case .figure: asked.topics.isEmpty ? add(phrase(.cannot)) : tell(asked.topics, figuresFirst: true)
    case .again: add(said.last ?? phrase(.hello))
    case .more: asked.topics.isEmpty ? goOn() : tell(asked.topics)
    case .overview: asked.topics.isEmpty ? review() : tell(asked.topics)
    case nil:
      if asked.isWeak, let topic = asked.topics.first {
        add(phrase(.unclear, about: topic.name))
      } else if !asked.topics.isEmpty {
        tell(asked.topics)
      } else if asked.isEmpty {
        review()
      } else if !asked.isQuestion {
        add(phrase(.reply))
      } else {
        add(phrase(.cannot))
      }
    }
  }

  // MARK: What is said

  /// How it went: what was strongest, what to work on, what to do, a question.
  private mutating func review() {
    let (best, work) = (findings.holding(in: facts, .praise).first, findings.holding(in: facts, .workOn).first)
    guard [best, work].contains(where: { $0.map { !isTold($0) } ?? false }) else { return goOn() }
    if let best, !isTold(best) { add(text(best.say, best)) }
    guard let work else { return add(phrase(.nothingToWorkOn)) }
    if isTold(work) { return remind(of: work) }
    add(text(work.say, work))
    finish(work)
  }

  /// The one thing to work on once more, with its exercise.
  private mutating func remind(of work: TakeFinding) {
    add(phrase(.still))
    add(text(work.say, work))
    add(text(work.exercise, work))
  }

  /// The next thing, whatever it is about.
  private mutating func goOn() {
    let kinds: [TakeFinding.Kind] = [.workOn, .praise, .neutral]
    let all = kinds.flatMap { findings.holding(in: facts, $0) }.filter { $0.priority >= TakeFinding.leastPriority }
    guard let next = all.first(where: { !isTold($0) }) else {
      add(phrase(.nothingMore))
      // The exercise alone: what it is for has been said.
      guard let work = all.first(where: { $0.kind == .workOn && $0.exercise != nil }) else { return }
      add(phrase(.still))
      return add(text(work.exercise, work))
    }
    if all.contains(where: isTold) { add(phrase(.besides)) }
    add(text(next.say, next))
    finish(next)
  }

  private mutating func greet() {
    add(phrase(.hello))
  }

  private mutating func praise() {
    let all = findings.holding(in: facts, .praise)
    guard let next = all.first(where: { !isTold($0) }) ?? all.first else { return add(phrase(.nothingMore)) }
    if isTold(next) { add(phrase(.again)) }
    add(text(next.say, next))
  }

  /// What to do, about `topic` where it is given.
  private mutating func advise(_ topic: Findings.Topic?) {
    let work = findings.holding(in: facts, .workOn, topic: topic?.name)
    // What was told without its exercise comes first: the question is about that.
    if let begun = work.first(where: { isTold($0) && !isSaid($0.exercise, $0) }) { return finish(begun) }
    guard let next = work.first(where: { !isTold($0) }) else {
      guard let topic else { return work.first.map { remind(of: $0) } ?? add(phrase(.nothingToWorkOn)) }
      guard let known = work.first(where: { $0.exercise != nil }) else { return tell([topic]) }
      add(phrase(.again))
      return add(text(known.exercise, known))
    }
    add(text(next.say, next))
    finish(next)
  }

  /// Why something matters: what was asked about, else what was spoken of last.
  private mutating func explain(_ topic: Findings.Topic?) {
    let holding = findings.holding(in: facts, topic: topic?.name)
    func told(in text: String) -> [TakeFinding] { holding.filter { isSaid($0.say, $0, in: text) } }
    let latest = said.last { !told(in: $0).isEmpty }.map(told) ?? []
    let last = latest.last { $0.kind == .workOn } ?? latest.first
    if latest.isEmpty, topic == nil { return review() }
    guard let finding = last ?? (topic == nil ? nil : holding.first) else {
      if let topic { return tell([topic]) }
      return add(phrase(.noReason))
    }
    guard finding.why != nil, !isSaid(finding.why, finding) else { return add(phrase(.noReason)) }
    if last == nil { add(text(finding.say, finding)) }
    add(text(finding.why, finding))
  }

  /// What is known of `topics`, two at most: the finding about each, else its figures; or the figures alone.
  private mutating func tell(_ topics: [Findings.Topic], figuresFirst: Bool = false) {
    for topic in topics.prefix(2) {
      if topic.isKind {
        add(comfort([topic]))
        continue
      }
      let holding = findings.holding(in: facts, topic: topic.name).filter { $0.priority >= TakeFinding.leastPriority }
      if !figuresFirst, let finding = holding.first(where: { !isTold($0) }) {
        add(text(finding.say, finding))
        if topics.count == 1 { finish(finding) }
        continue
      }
      let answers = topic.answers.filter { $0.when.allSatisfy { $0.holds(in: facts) } }
      // Who asks for a figure is given it, also once more.
      let fresh = figuresFirst ? answers.prefix(1) : answers[...]
      if let answer = fresh.first(where: { !isSaid(spoken($0.say.render(facts.values))) }) {
        add(spoken(answer.say.render(facts.values)))
      } else if let first = answers.first {
        add(phrase(.again))
        add(spoken(first.say.render(facts.values)))
      } else {
        add(phrase(.cannot))
      }
    }
  }

  /// The exercise of a finding, and its question back.
  private mutating func finish(_ finding: TakeFinding) {
    if !isSaid(finding.exercise, finding) { add(text(finding.exercise, finding)) }
    if !isSaid(finding.ask, finding) { add(text(finding.ask, finding)) }
  }

  // MARK: What was said before

  private func isTold(_ finding: TakeFinding) -> Bool { isSaid(finding.say, finding) }

  private func isSaid(_ template: TutorTemplate?, _ finding: TakeFinding, in text: String? = nil) -> Bool {
    guard template != nil else { return false }
    let own = self.text(template, of: finding)
    return text.map { $0.contains(own) } ?? isSaid(own)
  }

  private func isSaid(_ text: String) -> Bool { !text.isEmpty && (said + parts).contains { $0.contains(text) } }

  private func text(_ template: TutorTemplate?, of finding: TakeFinding) -> String {
    findings.text(template, of: finding, facts)
  }
  private func text(_ template: TutorTemplate?, _ finding: TakeFinding) -> String { text(template, of: finding) }

  /// One way of a phrase: the first that was not used, else the one used longest ago.
  private func phrase(_ phrase: Findings.Phrase, about topic: String? = nil) -> String {
    var values = facts.values
    let topics = findings.topics.filter { !$0.answers.isEmpty && $0.isListed }.map(\.name)
    values.set("topics", Self.list(topics))
    values.set("heard", heard)
    values.set("topic", topic)
    let ways = (findings.phrases[phrase.rawValue] ?? []).map { spoken($0.render(values)) }
    return oldest(ways) ?? ""
  }

  /// Of several ways the first that was not said, else the one said longest ago.
  private func oldest(_ ways: [String]) -> String? {
    let used = ways.map { way in said.lastIndex { $0.contains(way) } ?? -1 }
    return zip(ways, used).min { $0.1 < $1.1 }?.0
  }

  private static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  private mutating func add(_ text: String) {
    if !text.isEmpty { parts.append(text) }
  }
}

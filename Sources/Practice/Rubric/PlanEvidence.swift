/// How a session kept to its plan: what a clock tells, which has no interval.
struct PlanEvidence {
  /// A section with a time of its own.
  struct Section: Equatable {
    let title: String
    let seconds: Double
    let budget: Double
    /// When it was come to, in seconds of audio time; nil where that is not known.
    let start: Double?
    /// How far it was from its time.
    var off: Double { abs(seconds - budget) }
  }

  /// Seconds beyond the longest planned length, or short of the shortest, below 0; 0 within it.
  private(set) var offSeconds = 0.0
  private(set) var length: Measure
  private(set) var sections: [Section] = []
  private(set) var sectionsOff: Measure

  /// Looks at the whole and, with `sections`, at each section that has a time of its own.
  init(_ session: Session, sections: Bool = true) {
    length = .failure(.noPlan)
    sectionsOff = .failure(.noSectionTimes)
    if let plan = session.beginning?.length {
      let (least, most) = (Double(plan.minimumSeconds), Double(plan.maximumSeconds))
      offSeconds = session.seconds > most ? session.seconds - most : min(0, session.seconds - least)
      let planned = offSeconds < 0 ? least : most
      length = Self.known(session) ?? .plain(planned > 0 ? 100 * abs(offSeconds) / planned : nil)
    }
    if sections { addSections(session) }
  }

  /// The reason why the end of a session says nothing; nil where it does.
  private static func known(_ session: Session) -> Measure? {
    if case .over = session.phase {
      return session.talkSeconds == nil ? .failure(.littleSpeech(seconds: session.tally.phonationSeconds)) : nil
    }
    return .failure(.notOver)
  }

  private mutating func addSections(_ session: Session) {
    guard let prompter = session.prompter,
      prompter.script.sections.contains(where: { $0.budgetSeconds ?? 0 > 0 })
    else { return }
    if let unknown = Self.known(session) { return sectionsOff = unknown }
    guard !session.words.isEmpty else { return sectionsOff = .failure(.noWords) }
    let review = ScriptReview(of: prompter)
    guard !review.isUnsure else { return sectionsOff = .failure(.unsureWords) }
    sections = review.sections.compactMap { time in
      guard let budget = time.budgetSeconds, budget > 0, time.isComplete || time.seconds > budget else { return nil }
      let start = session.sections.first { $0.start.index == time.section }?.start.start
      return Section(
        title: prompter.script.sections[time.section].title, seconds: time.seconds, budget: budget, start: start)
    }
    sectionsOff = Self.share(sections).map { .plain($0) } ?? .failure(.noSectionTimes)
  }

  /// How far sections were from their times, in per cent of these; nil without any.
  static func share(_ sections: [Section]) -> Double? {
    let budget = sections.reduce(0) { $0 + $1.budget }
    return budget > 0 ? 100 * sections.reduce(0) { $0 + $1.off } / budget : nil
  }

  /// The figure of a measure about the plan; nil for every other one.
  func figure(_ name: MeasureName) -> Measure? {
    switch name {
    case .lengthOff: length
    case .sectionsOff: sectionsOff
    default: nil
    }
  }
}

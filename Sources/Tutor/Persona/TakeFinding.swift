/// Something to say about a take, and when: a row of the table in Prompts/findings.
package struct TakeFinding: Equatable, Sendable {
  /// What saying it is for.
  package enum Kind: String, Sendable, CaseIterable {
    /// Something that went well.
    case praise
    /// Something worth an exercise.
    case workOn = "work-on"
    /// Something to know.
    case neutral
  }

  /// A fact and what must be true of it.
  package struct Condition: Equatable, Sendable {
    /// What the fact is held against.
    package enum Test: String, Sendable, CaseIterable {
      /// The figure is beyond the number.
      case above, below
      /// The whole interval in which the truth lies four times in five is; a figure without one is taken as it stands.
      case surelyAbove = "surely-above"
      case surelyBelow = "surely-below"
      /// The figure is beyond the number, and the truth may lie on this side of it.
      case perhapsAbove = "perhaps-above"
      case perhapsBelow = "perhaps-below"
    }

    package var fact: String
    /// Tests that must all hold; none asks only that the fact is known, or that it is not.
    package var tests: [Test: Double]
    /// Whether the fact must be known.
    package var isKnown: Bool

    /// Makes a condition.
    package init(_ fact: String, _ tests: [Test: Double] = [:], isKnown: Bool = true) {
      self.fact = fact
      self.tests = tests
      self.isKnown = isKnown
    }

    /// Whether it is so.
    package func holds(in facts: TutorFacts) -> Bool {
      let fact = facts[fact]
      guard let number = fact.number, fact.isKnown else { return !isKnown }
      guard isKnown else { return false }
      return tests.allSatisfy { test, limit in
        switch test {
        case .above: number > limit
        case .below: number < limit
        case .surelyAbove: (fact.likely?.lowerBound ?? number) > limit
        case .surelyBelow: (fact.likely?.upperBound ?? number) < limit
        case .perhapsAbove: number > limit && (fact.likely?.lowerBound ?? number) <= limit
        case .perhapsBelow: number < limit && (fact.likely?.upperBound ?? number) >= limit
        }
      }
    }
  }

  /// Its name in the file.
  package var name: String
  package var kind: Kind
  /// The topic it belongs to.
  package var topic: String
  /// What must all be so; empty for what is always so.
  package var when: [Condition]
  /// The larger goes first, among findings of its kind.
  package var priority: Double
  /// What is below this is said only where nothing else is to be.
  package static let leastPriority = 10.0
  /// The fact whose moment `{{moment}}` is; nil for what is about the whole.
  package var moment: String?
  /// What to say, in a sentence or two.
  package var say: TutorTemplate
  /// Why it matters.
  package var why: TutorTemplate?
  /// What to do about it, in one sentence.
  package var exercise: TutorTemplate?
  /// A question back.
  package var ask: TutorTemplate?

  /// Makes a finding.
  package init(
    name: String, kind: Kind, topic: String, when: [Condition], priority: Double, moment: String? = nil,
    say: TutorTemplate, why: TutorTemplate? = nil, exercise: TutorTemplate? = nil, ask: TutorTemplate? = nil
  ) {
    self.name = name
    self.kind = kind
    self.topic = topic
    self.when = when
    self.priority = priority
    self.moment = moment
    self.say = say
    self.why = why
    self.exercise = exercise
    self.ask = ask
  }

  /// Whether it is so of these facts.
  package func holds(in facts: TutorFacts) -> Bool { when.allSatisfy { $0.holds(in: facts) } }

  /// When it happened, in seconds of audio time; nil for what is about the whole.
  package func momentSeconds(in facts: TutorFacts) -> Double? { moment.flatMap { facts[$0].moment } }
}

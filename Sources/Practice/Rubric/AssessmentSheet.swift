/// A rubric with what everybody makes of it: the measures, the learner, each tutor and the AI tutor side by side.
package struct AssessmentSheet: Equatable, Sendable {
  /// Whose judgement a column holds.
  package struct Judge: Hashable, Sendable {
    /// Nil for what was measured.
    package var kind: Assessment.Judge?
    package var name: String?

    /// What the column is called: `measured`, `you`, `Ana, tutor`, `AI tutor (llama3.2)`.
    package var words: String {
      switch kind {
      case nil: "measured"
      case .learner: "you"
      case .tutor: name.map { "\($0), tutor" } ?? "tutor"
      case .ai: name.map { "AI tutor (\($0))" } ?? "AI tutor"
      }
    }
  }

  /// A judgement of one criterion.
  package struct Mark: Equatable, Sendable {
    package var judge: Judge
    /// The level on the rubric's scale; between two levels for what was measured.
    package var level: Double
    /// The ends of its interval, for what was measured.
    package var low: Double?
    package var high: Double?
    package var reason: String?
  }

  /// A criterion and all that was made of it.
  package struct Row: Equatable, Sendable {
    package var criterion: Criterion
    /// In the order of `judges`; those that did not judge it are not there.
    package var marks: [Mark]

    /// The largest difference between two judges, in levels; nil for fewer than two.
    package var disagreement: Double? {
      guard let least = marks.map(\.level).min(), let most = marks.map(\.level).max(), marks.count > 1 else {
        return nil
      }
      return most - least
    }

    /// The disagreement in words: `you 4, Ana, tutor 2: two levels apart`; nil for fewer than two judges.
    package var words: String? {
      guard let disagreement, let least = marks.min(by: { $0.level < $1.level }),
        let most = marks.max(by: { $0.level < $1.level })
      else { return nil }
      if disagreement < 0.25 { return "all agree" }
      let ends = "\(most.judge.words) \(Self.level(most.level)), \(least.judge.words) \(Self.level(least.level))"
      return ends + ": " + Self.apart(disagreement)
    }

    private static func level(_ level: Double) -> String {
      decimal(level, abs(level - level.rounded()) < 0.05 ? 0 : 1)
    }

    private static func apart(_ levels: Double) -> String {
      switch levels {
      case ..<0.75: "less than a level apart"
      case ..<1.25: "a level apart"
      case ..<1.75: "a level and a half apart"
      default: "\(decimal(levels, abs(levels - levels.rounded()) < 0.25 ? 0 : 1)) levels apart"
      }
    }
  }

  package var rubric: Rubric
  /// Everybody who judged anything, what was measured first, then the learner, the tutors by name, the AI tutor.
  package var judges: [Judge]
  package var rows: [Row]

  /// Puts together what is there: `scores` of the rubric, and judgements of the same version of it.
  package init(_ rubric: Rubric, scores: Scores?, assessments: [Assessment]) {
    self.rubric = rubric
    let own = assessments.filter { $0.rubric == rubric.id && $0.version == rubric.version }
    let people = Assessment.Judge.allCases.flatMap { kind in
      Set(own.filter { $0.judge == kind }.map { Judge(kind: kind, name: $0.name) })
        .sorted { $0.name ?? "" < $1.name ?? "" }
    }
    let measured = Judge()
    rows = rubric.criteria.map { criterion in
      var marks: [Mark] = []
      if scores?.rubric == rubric.id, let score = scores?[criterion.id]?.score {
        marks.append(
          Mark(
            judge: measured, level: rubric.level(ofScore: score.value), low: rubric.level(ofScore: score.low),
            high: rubric.level(ofScore: score.high)))
      }
      for judge in people {
        let found = own.last { $0.criterion == criterion.id && Judge(kind: $0.judge, name: $0.name) == judge }
        if let found, let level = found.level {
          marks.append(Mark(judge: judge, level: level, reason: found.reason))
        }
      }
      return Row(criterion: criterion, marks: marks)
    }
    let judging = Set(rows.flatMap(\.marks).map(\.judge))
    judges = ([measured] + people).filter(judging.contains)
  }

  /// The criteria on which two judges are a level or more apart, the widest apart first.
  package var disputed: [Row] {
    rows.filter { $0.disagreement ?? 0 >= 1 }.sorted { $0.disagreement ?? 0 > $1.disagreement ?? 0 }
  }
}

/// Scores in words: everything a person needs to check them.
extension ScoreEvidence {
  /// What went into a figure, a clause each.
  func inputs(of name: MeasureName, _ plan: PlanEvidence) -> [String] {
    let talk = "\(clock(talkSeconds ?? 0)) of talk"
    func count(_ key: ScoreSums.Key, _ one: String, _ many: String) -> String {
      let count = Int(total[key].rounded())
      return count == 1 ? "1 \(one)" : "\(count) \(many)"
    }
    switch name {
    case .pace: return [talk, paceWords]
    case .offPace:
      return [
        "\(Int(total[.offPace])) of \(Int(total[.paced])) seconds outside "
          + "\(decimal(flagged.lowerBound, 0)) to \(decimal(flagged.upperBound, 0)) words a minute", paceWords,
      ]
    case .articulation, .paceVariation:
      return ["\(session.tally.syllables) syllables", "\(clock(session.tally.phonationSeconds)) of speech"]
    case .pauseShare:
      return ["\(session.pauses.count) pauses", "\(decimal(session.tally.pauseSeconds, 1)) seconds of them", talk]
    case .usefulPauses: return [count(.usefulPauses, "pause", "pauses"), talk]
    case .longPauses: return [count(.longPauses, "pause", "pauses"), talk]
    case .breathless:
      return ["\(decimal(total[.breathless], 0)) seconds", "\(clock(session.tally.phonationSeconds)) of speech"]
    case .fillers:
      let confirmed = session.fillers.count { $0.isConfirmed }
      return [count(.fillers, "filler", "fillers"), talk] + (confirmed > 0 ? ["\(confirmed) of them confirmed"] : [])
    case .clusters: return [count(.clusters, "burst", "bursts"), talk]
    case .restarts: return [count(.restarts, "word", "words"), talk]
    case .pitchSpread: return ["\(session.voicedFrames) voiced frames of a hundredth of a second"]
    case .loudness, .levelFall: return ["\(clock(session.tally.phonationSeconds)) of speech"]
    case .phraseFade: return [count(.fades, "run of speech", "runs of speech")]
    case .clipped: return [count(.clipped, "second", "seconds"), talk]
    case .lengthOff:
      return ["\(clock(session.seconds)) long"]
        + (session.beginning?.length.map {
          ["\(clock(Double($0.minimumSeconds))) to \(clock(Double($0.maximumSeconds))) planned"]
        } ?? [])
    case .sectionsOff: return ["\(plan.sections.count) sections with a time of their own"]
    }
  }

  private var paceWords: String {
    switch pace?.source {
    case .words: "counted from the words heard"
    case .both: "put together from words and syllables"
    case .syllables, nil: "estimated from syllables"
    }
  }
}

extension BandSource {
  /// Where the band comes from, as a clause.
  package func words(_ kind: MeasureKind) -> String {
    switch self {
    case .rubric: "the rubric's band"
    case .context(let context): "the rubric's band for \(context.words)"
    case .settings: "the band of your settings"
    case .wider(let sessions, let usual):
      "the rubric's band, made wider by your own: in your last \(sessions) sessions "
        + "\(decimal(usual.lowerBound, kind.places)) to \(kind.said(usual.upperBound)) was usual"
    case .own(let sessions, let middle):
      "your own band: the middle of your last \(sessions) sessions is \(kind.said(middle))"
    }
  }
}

extension ScoreMoment {
  /// The moment in words: `1:20–1:30: 201 words a minute, −3`.
  package var words: String {
    let (from, to) = (clock(start), clock(end))
    let place = from == to ? from : "\(from)–\(to)"
    return "\(place): \(what), \(Self.signed(delta))"
  }

  private static func signed(_ points: Double) -> String {
    let size = abs(points)
    return (points < 0 ? "−" : "+") + decimal(size, size < 0.95 ? 1 : 0)
  }
}

/// A score opened: what came out, and what it was made of.
package struct ScoreExplanation: Equatable, Sendable {
  /// The figure with its interval and its score; or the reason why there is no score.
  package var head: String
  /// The formula and whose band it is, then what went into it and how much it counts; empty where there is no score.
  package var details: [String]

  /// Makes an explanation.
  package init(_ head: String, details: [String] = []) {
    self.head = head
    self.details = details
  }

  /// The same in lines, the details indented by two blanks.
  package var lines: [String] { [head] + details.map { "  " + $0 } }
}

extension MeasureScore {
  /// The score opened: figure and interval, formula, band, inputs; or the reason why there is no score.
  package var opened: ScoreExplanation {
    let kind = kind
    guard let figure = figure.estimate, let score else {
      return ScoreExplanation("\(kind.label): not known, because \(self.figure.reason ?? Unknown.notMeasured.words)")
    }
    var line = "\(kind.label): \(kind.said(figure.value))"
    if let low = figure.low, let high = figure.high, low < high {
      line += ", \(decimal(low, kind.places)) to \(decimal(high, kind.places)) (19 in 20)"
    }
    return ScoreExplanation(
      line + "; score \(score.words)",
      details: ["\(formula); \(heldBy.words(kind))", "from " + inputs.joined(separator: ", ")])
  }

  /// The same, a line each.
  package var explanation: [String] { opened.lines }
}

extension CriterionScore {
  /// Its parts opened, each with its weight among those that are known where there is more than one.
  package var openedParts: [ScoreExplanation] {
    let known = parts.filter { $0.score != nil }
    let share = known.reduce(0) { $0 + $1.weight }
    return parts.map { part in
      var opened = part.opened
      if part.score != nil, known.count > 1, share > 0 {
        opened.details[opened.details.count - 1] += "; counts \(decimal(100 * part.weight / share, 0)) percent"
      }
      return opened
    }
  }

  /// The score opened, a line each.
  package var explanation: [String] {
    let whole = score.map { "\(name): \($0.words)" } ?? "\(name): no score, because \(reasonWords)"
    var lines = [whole] + openedParts.flatMap(\.lines)
    if !moments.isEmpty { lines += ["What moved it, in points of this score:"] + moments.map { "  " + $0.words } }
    return lines
  }

  private var reasonWords: String { reason?.words ?? Unknown.notMeasured.words }
}

extension Scores {
  /// All of it opened, a line each.
  package var explanation: [String] {
    let whole = overall.map(\.words) ?? "no score, because \((reason ?? .notMeasured).words)"
    return ["\(name), version \(version), for \(context.words): \(whole)"] + criteria.flatMap { [""] + $0.explanation }
  }
}

import SpeechSignals

/// What a replay can be stepped by.
package enum ReplayUnit: String, CaseIterable, Sendable {
  case second, fiveSeconds, sentence, pause, filler, mark, comment

  /// What a person calls one.
  package var name: String { self == .fiveSeconds ? "five seconds" : rawValue }
}

/// The moments of a session that a replay stops at, by unit: each list in order of time, in seconds of audio time.
package struct ReplayStops: Equatable, Sendable {
  /// Where sentences of the script begin as they were said; where there is no script, or the words hardly fit it, the
  /// runs of speech between pauses.
  package private(set) var sentences: [Double]
  package private(set) var pauses: [Double]
  package private(set) var fillers: [Double]
  package private(set) var marks: [Double]
  package private(set) var comments: [Double]
  private let duration: Double

  /// The stops of `session`.
  package init(of session: Session) {
    duration = session.seconds
    sentences = ReplayStops.sentences(session) ?? session.phrases.map(\.start)
    pauses = session.pauses.map(\.start)
    fillers = session.fillers.map(\.start)
    marks = session.marks.map(\.seconds)
    comments = session.comments.map(\.start)
    for list in [\ReplayStops.sentences, \.pauses, \.fillers, \.marks, \.comments] { self[keyPath: list].sort() }
  }

  /// Where the speaker was first heard in another sentence; nil without a script that was followed.
  private static func sentences(_ session: Session) -> [Double]? {
    guard let prompter = session.prompter, !ScriptReview(of: prompter).isLost else { return nil }
    let sentences = prompter.settled.words.sentences
    var (starts, last) = ([Double](), Int32(-1))
    for (word, place) in zip(prompter.heard, prompter.settled.places) {
      guard let place, sentences[place] != last else { continue }
      last = sentences[place]
      starts.append(word.start)
    }
    return starts.isEmpty ? nil : starts
  }

  /// The next stop after `seconds`, or the one before; nil where there is none.
  ///
  /// - Parameter grace: Seconds behind a stop within which the one before it is meant: while a replay plays, it has always
  ///   gone on a little.
  package func next(_ unit: ReplayUnit, from seconds: Double, forward: Bool, grace: Double = 0) -> Double? {
    guard seconds.isFinite else { return nil }
    switch unit {
    case .second: return step(1, from: seconds, forward)
    case .fiveSeconds: return step(5, from: seconds, forward)
    case .sentence: return stop(in: sentences, seconds, forward, grace)
    case .pause: return stop(in: pauses, seconds, forward, grace)
    case .filler: return stop(in: fillers, seconds, forward, grace)
    case .mark: return stop(in: marks, seconds, forward, grace)
    case .comment: return stop(in: comments, seconds, forward, grace)
    }
  }

  private func step(_ size: Double, from seconds: Double, _ forward: Bool) -> Double? {
    let next = min(max(seconds + (forward ? size : -size), 0), duration)
    return (forward ? next > seconds : next < seconds) ? next : nil
  }

  /// Two moments nearer to each other than this, in seconds, are one.
  private static let same = 0.001

  private func stop(in list: [Double], _ seconds: Double, _ forward: Bool, _ grace: Double) -> Double? {
    let limit = forward ? seconds + ReplayStops.same : seconds - max(grace, ReplayStops.same)
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if forward ? list[middle] <= limit : list[middle] < limit { low = middle + 1 } else { high = middle }
    }
    let index = forward ? low : low - 1
    return list.indices.contains(index) ? min(max(list[index], 0), duration) : nil
  }
}

import Practice
import SpeechSignals
import Terminal

/// Facts about words: fillers, habits, and the script.
extension FactReader {
  private static let timeLimit = 12, passageLimit = 5, passageWords = 16

  // MARK: Fillers

  var fillers: Fact {
    guard summary.heardSpeech else { return .unknown(littleTalk) }
    return Fact(
      Double(summary.fillers), Said.count(summary.fillers, "filler"),
      source: session.words.isEmpty ? "likely, by sound" : "likely, by sound and words")
  }

  var fillersPerMinute: Fact {
    guard let rate = summary.fillersPerMinute else {
      return .unknown(summary.wordsPerMinute == nil ? littleTalk : "it takes half a minute to tell a rate")
    }
    let estimate = Measures.fillersPerMinute(count: summary.fillers, seconds: session.seconds)
    let likely = estimate.flatMap { estimate in estimate.low.flatMap { low in estimate.high.map { low...$0 } } }
    return Fact(
      rate, "\(decimal(rate, rate < 9.95 ? 1 : 0)) a minute", likely: likely,
      likelyWords: likely.map { "\(decimal($0.lowerBound, 0)) to \(decimal($0.upperBound, 0))" } ?? "")
  }

  /// Fillers by what was said, the most frequent first.
  private var kinds: [(label: String, found: [Filler])] {
    Dictionary(grouping: session.fillers, by: \.label).map { ($0.key, $0.value) }
      .sorted { ($1.found.count, $0.label) < ($0.found.count, $1.label) }
  }

  var commonestFiller: Fact {
    guard let first = kinds.first else { return .unknown("there was no filler") }
    return Fact(
      Double(first.found.count), "\"\(first.label)\"", verdict: Said.times(first.found.count),
      moment: first.found.first?.start)
  }

  /// Each filler with its times, the commonest first.
  var fillerTimes: Fact {
    guard !kinds.isEmpty else { return .unknown(summary.heardSpeech ? "no filler was heard" : littleTalk) }
    let told = kinds.prefix(3).map { "\"\($0.label)\" at \(Self.times($0.found.map(\.start)))" }
    return Fact(Double(session.fillers.count), told.joined(separator: "; "), moment: session.fillers.first?.start)
  }

  /// Bursts; the verdict is what the first of them was.
  var clusters: Fact {
    guard let first = session.clusters.first else { return Fact(0, Said.count(0, "burst")) }
    // A cluster is told as soon as it is one; what follows within its time belongs to it.
    let all = session.fillers.count {
      $0.label == first.label && $0.start >= first.start && $0.start < first.start + Cluster.spanSeconds
    }
    return Fact(
      Double(session.clusters.count), Said.count(session.clusters.count, "burst"),
      verdict: "\"\(first.label)\" \(Said.times(max(all, first.count)))", moment: first.start)
  }

  var restarts: Fact {
    Fact(
      Double(session.restarts.count), Said.times(session.restarts.count),
      moment: session.restarts.first?.start)
  }

  // MARK: Habits

  var hedges: Fact { habit(habits?.hedges, "hedge") }
  var overused: Fact { habit(habits?.overused, "word") }

  private func habit(_ found: [WordHabits.Habit]?, _ noun: String) -> Fact {
    guard let found else {
      return .unknown(session.words.isEmpty ? "no words were listened for" : "free speech is misheard too often")
    }
    let total = noun == "hedge" ? found.reduce(0) { $0 + $1.count } : found.count
    let told = found.prefix(3).map { "\"\(Self.asWritten($0.text))\" \(Said.times($0.count))" }.joined(separator: ", ")
    return Fact(
      Double(total), told.isEmpty ? Said.count(0, noun) : told, isQuoted: true)
  }

  /// A phrase of recognised words with its "I" as people write it.
  private static func asWritten(_ text: String) -> String {
    text.split(separator: " ").map { $0 == "i" || $0.hasPrefix("i'") ? "I" + $0.dropFirst() : String($0) }
      .joined(separator: " ")
  }

  // MARK: The script

  private var noScript: String {
    session.prompter == nil ? "there was no script" : "no words were listened for"
  }

  var scriptCoverage: Fact {
    guard let coverage = review?.coverage else { return .unknown(noScript) }
    return Fact(
      coverage * 100, "\(decimal(coverage * 100, 0)) percent",
      verdict: review?.isUnsure == true ? "the words came through badly" : "")
  }

  var leftOut: Fact {
    guard let review, let script = session.script else { return .unknown(noScript) }
    if review.isUnsure { return .unknown("the words came through badly") }
    guard let first = review.skipped.first else { return Fact(0, "no passage") }
    return Fact(
      Double(review.skipped.count), Self.quoted(script.text(of: first.tokens)), moment: first.afterSeconds,
      isQuoted: true)
  }

  var unreached: Fact {
    guard let review else { return .unknown(noScript) }
    if isGoingOn { return .unknown(Self.notOver) }
    if review.isUnsure { return .unknown("the words came through badly") }
    let count = review.unreached?.count ?? 0
    return Fact(Double(count), "the last " + Said.count(count, "word"))
  }

  var putIn: Fact {
    guard let review else { return .unknown(noScript) }
    return Fact(
      Double(review.added.count), Said.count(review.added.count, "passage"), moment: review.added.first?.start)
  }

  var sectionOver: Fact {
    guard let review, let script = session.script else { return .unknown(noScript) }
    let worst = review.sections.compactMap { time -> (over: Double, section: Int)? in
      time.budgetSeconds.map { (time.seconds - $0, time.section) }
    }.max { $0.over < $1.over }
    guard let worst else { return .unknown("no section has a time of its own") }
    let over = max(0, worst.over.rounded())
    let start = session.sections.first { $0.start.index == worst.section }?.start.start
    return Fact(over, "\(Said.lasting(over)) in \(name(worst.section, script))", moment: start, isQuoted: true)
  }

  private func name(_ section: Int, _ script: Script) -> String {
    let title = script.sections[section].title
    return title.isEmpty ? "the beginning" : "\"\(TutorFacts.plain(title, limit: 80))\""
  }

  // MARK: One by one

  /// Lines for what is counted one by one.
  var remarks: [String] {
    kinds.prefix(8).map { label, found in
      "filler \"\(label)\": \(Said.times(found.count)), at \(Self.times(found.map(\.start)))"
    }
      + session.restarts.prefix(Self.passageLimit).map {
        "said twice: \"\($0.words.joined(separator: " "))\" at \(clockTime($0.start))"
      } + passages
  }

  private var passages: [String] {
    guard let review, let script = session.script, !review.isUnsure else { return [] }
    let skipped = review.skipped.prefix(Self.passageLimit).map { passage in
      "left out of the script, in \(name(passage.section, script)): \(Self.quoted(script.text(of: passage.tokens)))"
    }
    let sections = review.sections.prefix(20).compactMap { time -> String? in
      guard time.seconds > 0 else { return nil }
      let budget = time.budgetSeconds.map { " of \(clockTime($0)) planned" } ?? ""
      return "section \(name(time.section, script)): \(clockTime(time.seconds.rounded()))\(budget)"
    }
    return skipped + sections
  }

  private static func times(_ seconds: [Double]) -> String {
    let rest = seconds.count - timeLimit
    return seconds.prefix(timeLimit).map(clockTime).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func quoted(_ text: String) -> String {
    let words = TutorFacts.plain(text, limit: 2_000).split(separator: " ")
    let more = words.count > passageWords ? " ..." : ""
    var text = words.prefix(passageWords).joined(separator: " ")
    while let last = text.last, ".,;:".contains(last) { text.removeLast() }
    return "\"" + text + more + "\""
  }
}

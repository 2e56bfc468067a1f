/// What a trend says: plain sentences, about the speaker's own sessions only, without praise and without blame.
struct TrendWords {
  let figure: TrendFigure
  let points: [TrendPoint]
  /// How many of the last points level and band are about.
  let recentCount: Int
  let level: Double?
  let band: ClosedRange<Double>?
  let changes: [ChangePoint]
  let slope: TrendSlope?
  let rise: ExpectedRise?
  let utcOffset: Int

  /// All that can be said, the most recent first.
  var sentences: [String] {
    guard points.count >= Trend.leastForBand else { return [missing] }
    let told = [levelNow] + [expected, lastChange, drift, earlierChanges].compactMap(\.self)
    return told.count > 1 ? told : told + ["Nothing stands out from the usual spread of your sessions."]
  }

  private var missing: String {
    let (count, band) = (points.count, Trend.leastForBand)
    let more = "a band of your own, and words about change, need \(Self.count(band)): \(Self.count(band - count)) more"
    switch count {
    case 0: return "No session has this figure yet; a line needs \(Self.count(Trend.leastForSmooth)), \(more)."
    case 1: return "One session so far; a line needs \(Self.count(Trend.leastForSmooth)), \(more)."
    case 2: return "Two sessions so far; a line needs \(Self.count(Trend.leastForSmooth)), \(more)."
    default: return "\(count == 3 ? "Three" : "Four") sessions so far; \(more)."
    }
  }

  private static func count(_ number: Int) -> String {
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][min(max(number, 0), 9)]
  }

  private var levelNow: String {
    guard let level, let band else { return missing }
    let isGuess = figure.better == .nearZero
    let now = isGuess ? "your guess is \(off(level))" : "about \(figure.level(level))"
    let noun = isGuess ? "guesses" : "sessions"
    // Of few sessions there is no tenth to leave out: all of them lie in the band.
    let isFew = recentCount < 10
    if rounded(band.lowerBound) == rounded(band.upperBound) {
      return
        "Lately \(now), in \(isFew ? "each of your last \(Self.count(recentCount)) \(noun)" : "nearly every session")."
    }
    let who =
      isFew ? "your last \(Self.count(recentCount)) \(noun)" : "four in five of your last \(recentCount) \(noun)"
    return "Lately \(now); \(who) lie between \(side(band.lowerBound)) and \(side(band.upperBound))."
  }

  private var lastChange: String? {
    guard let change = changes.last, !change.isExpected else { return nil }
    let since = "Since \(date(change.at))"
    if figure.better == .nearZero {
      return "\(since) your guess is \(off(change.after)); before it was \(off(change.before))"
        + "\(closer(change.before, change.after))."
    }
    return "\(since) \(clause(change.after - change.before, rounded(change.after) - rounded(change.before))): "
      + "\(figure.number(change.before)) before, \(figure.number(change.after)) since."
  }

  private var earlierChanges: String? {
    let earlier = changes.dropLast().filter { !$0.isExpected }.suffix(3)
    guard !earlier.isEmpty else { return nil }
    let told = earlier.map { "\(date($0.at)) (\(side($0.before)) to \(side($0.after)))" }
    return "Earlier changes: \(told.joined(separator: ", "))."
  }

  private var drift: String? {
    // A rise that is expected is explained once, and not said again as a drift.
    guard let slope, slope.perMonth < 0 || rise?.isOver != false else { return nil }
    let ends = [slope.interval.lowerBound, slope.interval.upperBound].map { abs($0) }.sorted()
    let read = ends.map(figure.number)
    let between = read[0] == read[1] ? "" : ", somewhere between \(read[0]) and \(read[1])"
    if figure.better == .nearZero {
      // Said only of a line that keeps to one side of nought: else it would be closer first and farther then.
      guard slope.first * slope.last > 0 else { return nil }
      let way = slope.first * slope.perMonth < 0 ? "closer to the count" : "farther from the count"
      return "\(span(slope)) your guess moves about \(figure.amount(slope.perMonth)) \(way) with each month\(between)."
    }
    return "\(span(slope)) \(clause(slope.perMonth, slope.perMonth)) with each month\(between)."
  }

  private var expected: String? {
    guard let rise else { return nil }
    let (before, during) = (figure.number(rise.before), figure.number(rise.during))
    guard rise.isOver else {
      return "Up from \(before) in your first week to \(during): that is expected. Who begins to listen often hears "
        + "and says more of them in the second week, and fewer from the third on: hold your course."
    }
    let since = rise.since.map { ", \(figure.number($0)) since" } ?? ""
    return "The rise of your first three weeks was expected of somebody who begins to listen: \(before) in the first, "
      + "\(during) in the two after\(since)."
  }

  private func span(_ slope: TrendSlope) -> String {
    let weeks = Int((slope.days / 7).rounded())
    let length = weeks < 9 ? "\(weeks) weeks" : "\(Int((slope.days / 30.44).rounded())) months"
    return "Over the last \(length)"
  }

  /// A clause of the figure for an amount, which is said as `said`.
  private func clause(_ amount: Double, _ said: Double) -> String {
    let template = amount > 0 ? figure.more : figure.less
    guard let place = template.firstIndex(where: { "#*".contains($0) }) else { return template }
    let text = template[place] == "#" ? figure.amount(said) : figure.number(abs(said))
    return template[..<place] + "about " + text + template[template.index(after: place)...]
  }

  /// How far a guess is off, in words for both signs.
  private func off(_ gap: Double) -> String {
    guard rounded(gap) != 0 else { return "what was counted" }
    return "about \(figure.amount(gap)) \(gap < 0 ? "below" : "above") the count"
  }

  private func closer(_ before: Double, _ after: Double) -> String {
    let (before, after) = (abs(rounded(before)), abs(rounded(after)))
    return before == after ? "" : after < before ? ": closer to the count" : ": farther from the count"
  }

  /// A number as it is said among others, with its side in words where both sides of nought mean something.
  private func side(_ value: Double) -> String {
    guard figure.better == .nearZero, rounded(value) != 0 else { return figure.number(value) }
    return "\(figure.number(abs(value))) \(value < 0 ? "below" : "above")"
  }

  private func rounded(_ value: Double) -> Double { figure.rounded(value) }

  private func date(_ at: Double) -> String {
    let now = CivilDate(secondsSince1970: points.last?.at ?? at, utcOffset: utcOffset)
    return CivilDate(secondsSince1970: at, utcOffset: utcOffset).words(withYearUnless: now.year)
  }
}

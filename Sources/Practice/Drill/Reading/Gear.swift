/// A stretch of text that is read at one rate, and the rates that it was read at.
struct Gear: Equatable, Sendable {
  /// A stretch of time and the rate in it.
  struct Window: Equatable, Sendable {
    /// Words a minute.
    var rate: Double
    /// Whether it lies in the band.
    var isHeld: Bool
    /// Whether the beat was gone when it began.
    var isUnaided: Bool
  }

  /// Words a minute that are asked for, and those that count as held.
  let rate: Double
  let band: ClosedRange<Double>
  let syllablesPerWord: Double
  /// Rates of the stretch before each second, from the first full one on.
  let windows: [Window]
  /// The rate of all of it, pauses with it; nil before a tenth of it was read.
  let whole: Double?
  /// When its reading began, in seconds of audio time; nil where it has not.
  let start: Double?
  /// Seconds from the beginning after which the beat is gone.
  private let fadeSeconds: Double

  /// Whether the rate of all of it lies in the band.
  var isHeld: Bool { whole.map(band.contains) ?? false }

  /// The gears of the steps in `run`, as far as they were read.
  static func all(_ run: DrillRun, _ read: ReadAloud) -> [Gear] { run.steps.map { Gear($0, run.drill, read) } }

  private init(_ step: DrillStep, _ drill: Drill, _ read: ReadAloud) {
    let text = read.text
    let tokens = text.script.tokens(ofSentences: step.sentences ?? 0..<0)
    let rate = step.rate ?? 140
    let share = drill.number("band") / 100
    let perWord = text.syllablesPerWord(in: tokens)
    let band = rate * (1 - share)...rate * (1 + share)
    let words = Double(text.words[tokens.upperBound] - text.words[tokens.lowerBound])
    let fade = words / rate * 60 * drill.number("fade") / 100
    (self.rate, self.band, syllablesPerWord, fadeSeconds) = (rate, band, perWord, fade)
    guard let start = read.beginning(of: tokens.lowerBound), read.place > tokens.lowerBound else {
      (windows, whole, self.start) = ([], nil, nil)
      return
    }
    self.start = start
    let end = read.time(of: tokens.upperBound) ?? read.now
    let (first, last) = (text.syllables[tokens.lowerBound], text.syllables[tokens.upperBound])
    func said(by moment: Double) -> Double { min(max(read.syllables(at: moment), first), last) }
    let done = said(by: end) - first
    whole = end > start && done >= (last - first) / 10 ? done / perWord / (end - start) * 60 : nil
    let length = min(drill.number("window"), max(end - start, 1))
    windows = stride(from: start + length, through: end + 0.001, by: 1).map { moment in
      let rate = (said(by: moment) - said(by: moment - length)) / perWord / length * 60
      return Window(
        rate: rate.rounded(places: 1), isHeld: band.contains(rate), isUnaided: moment - length >= start + fade)
    }
  }

  /// How strong the beat is so many seconds into the gear: whole for the first half of its time, then less and less.
  func strength(after seconds: Double) -> Double {
    fadeSeconds > 0 ? min(max(2 * (1 - seconds / fadeSeconds), 0), 1) : 0
  }

  /// What became of it.
  var row: DrillRow {
    let label = "\(Int(rate)) words a minute"
    guard let whole else { return DrillRow(label, "not read", isHit: false) }
    let share = Int((100 * Double(windows.count(where: \.isHeld)) / Double(max(windows.count, 1))).rounded())
    return DrillRow(
      label, "\(Int(whole.rounded())), within the band \(share) % of the time", isHit: isHeld, start: start)
  }
}

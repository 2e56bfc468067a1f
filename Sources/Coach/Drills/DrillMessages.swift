import Practice

/// What is said around drills: short and kind, for somebody who has just stumbled.
enum DrillMessages {
  // MARK: Under way

  static let over = "That was all of it."
  static let noBeat = "on your own now"
  static let beat = "the beat"
  static let paused = "Paused"
  static func stepOf(_ place: Int, _ count: Int, brief: Bool) -> String {
    brief ? "\(place)/\(count)" : "step \(place) of \(count)"
  }

  /// Where an attempt is beside the best one, as shares of the whole; nil without a best one.
  static func beside(_ own: Double, best: Double?) -> String? {
    guard let best else { return nil }
    let lead = own - best
    return abs(lead) < 0.02 ? "level with your best" : lead > 0 ? "ahead of your best" : "behind your best"
  }

  /// What to do about a value outside its band, by its unit; nil where it is inside, or is none.
  static func advice(_ band: DrillScene.Band) -> String? {
    guard let value = band.value, value.isFinite, value < band.low || value > max(band.low, band.high) else {
      return nil
    }
    return advice(band.unit, value, low: band.low, high: band.high)
  }

  /// How many times too fast or too slow a rate is more than a little off.
  private static let farOff = 1.5

  private static func advice(_ unit: String, _ value: Double, low: Double, high: Double) -> String {
    let isBelow = value < low
    let words: (below: String, above: String)
    switch unit {
    case "words a minute", "syllables a second":
      let much = value * farOff < low || value > high * farOff ? "much" : "a little"
      words = ("\(much) faster", "\(much) slower")
    case "dB", "decibels", "LUFS", "dBFS": words = ("a little louder", "a little softer")
    case "semitones": words = ("a little livelier", "a little calmer")
    default: words = ("a little more", "a little less")
    }
    return isBelow ? words.below : words.above
  }

  /// What the recogniser made of a word; it judges nobody's accent.
  static func outcome(_ word: String, _ outcome: DrillScene.Pair.Outcome, brief: Bool = false) -> String {
    let who = brief ? "it" : "the recogniser"
    return switch outcome {
    case .right: "\(word): \(who) heard it".replacing("it heard it", with: "heard")
    case .other: "\(word): \(who) heard the other one"
    case .unsure: "\(word): \(who) was not sure"
    }
  }

  /// A phase of a breath, from 0.
  static func breath(_ phase: Int) -> String {
    let phases = ["In", "Hold", "Out", "Rest"]
    return phases[min(max(phase, 0), 3)]
  }

  // MARK: Afterwards

  /// A result in one calm word and a sentence.
  static func verdict(_ result: DrillResult, isGraded: Bool) -> (word: String, sentence: String) {
    if let refusal = result.refusal { return ("Not judged", refusal) }
    guard isGraded else {
      return result.isComplete
        ? ("Done", "Nothing is graded here.") : ("Ended early", "That is fine. Nothing is graded here.")
    }
    switch (result.isPassed, result.isComplete, result.grade) {
    case (true?, _, .easy?): return ("Passed", "With room to spare.")
    case (true?, _, .hard?): return ("Passed", "Just inside. Once more makes it safe.")
    case (true?, _, _): return ("Passed", "That holds.")
    case (false?, false, _): return ("Not yet", "It ended before all of it was done. What was done is below.")
    case (false?, true, _): return ("Not yet", notYet(result.rows))
    case (nil, _, _): return ("Not judged", "Too little was heard. Try it once more, a little louder.")
    }
  }

  /// What went well of what did not pass, and the way on.
  private static func notYet(_ rows: [DrillRow]) -> String {
    let known = rows.compactMap(\.isHit)
    let right = known.count(where: \.self)
    guard known.count > 1, right > 0 else { return "This one takes a few goes. Once more?" }
    return right == known.count
      ? "Each of them was right; the figure above is what is left. Once more?"
      : "\(right) of \(known.count) were right; the others are marked below. Once more?"
  }

  static let stillReading = "Working out the result"
  /// When it is due again: `today`, `3 days over`, `tomorrow`, `Sat 28 Nov, in 6 days`.
  static func again(_ due: String, brief: Bool = false) -> String {
    if due == "today" || due.hasSuffix(" over") { return (brief ? "Due: " : "It is due: ") + due + "." }
    let isDay = due.first?.isUppercase == true
    return (brief ? "Back " : "It comes back ") + (isDay ? "on " : "") + due + "."
  }
  static let newBest = "A new best."
  static func next(_ name: String) -> String { "Next: \(name)." }

  // MARK: Lists

  static let noDrills = "No drills were found. Install Rostrum again, or put drill files into Prompts/drills."
  static let noneHere = "No drill is like that."
  static let nothingDue = "Nothing is due today. Any drill may be done at any time."
  static let noPlan = "Nothing to plan yet: rehearse once, and drills for what shows will stand here."
  static let rest = "rest"
  static let neverDone = "You have not done it yet."
  static let neverGraded = "Nothing is graded: it is done when it is done."
  static func told(by name: String?, _ note: String) -> String { name.map { "\($0): \(note)" } ?? note }

  // MARK: On a summary

  /// The offer of a drill, and how it is taken.
  static func offer(_ offer: DrillState.Offer) -> String {
    let drill = "\(offer.name), \(DrillWords.length(offer.seconds))"
    let why = offer.why.isEmpty ? "" : " " + capitalised(offer.why) + "."
    if let due = offer.scheduled { return "\(drill), is on the schedule: \(due). d starts it now." }
    return "A drill for it: \(drill).\(why) d starts it, s puts it on the schedule."
  }

  /// `text` with a capital first letter.
  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

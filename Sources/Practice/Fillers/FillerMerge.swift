/// One filler heard twice, by its sound and as a word, is one filler with both pieces of evidence.
package enum FillerMerge {
  /// How far apart the two may lie, in seconds: recognisers place words within a tenth of a second.
  package static let toleranceSeconds = 0.2

  /// Puts `filler` among `fillers`, which are in order of time: joined with the one that it is the same as, or in its
  /// place. Returns the one that now stands there.
  ///
  /// The label is that of the words, which tell "um" from "like"; a sound that turns out to be a whole word of another
  /// kind is none. Two witnesses err independently: P = 1 − (1 − p)(1 − q).
  @discardableResult
  package static func put(_ filler: Filler, into fillers: inout [Filler]) -> Filler {
    var place = fillers.count
    while place > 0, fillers[place - 1].start > filler.start { place -= 1 }
    for index in max(0, place - 2)..<min(fillers.count, place + 2) where isSame(fillers[index], filler) {
      fillers[index] = joined(fillers[index], filler)
      return fillers[index]
    }
    fillers.insert(filler, at: place)
    return filler
  }

  /// How much of a filler a word must cover to be what was heard there.
  static let coveredShare = 0.8
  /// The odds that a sound is a filler where a word of the script was followed over it, as a factor: most such sounds
  /// are words drawn out, "and", though sometimes a word next to an "um" is stretched over it.
  static let oddsInScript = 0.5
  /// A sound is a filler when that is likelier than not.
  static let leastConfidence = 0.5

  /// Takes into account that `word` was followed in the script: a sound that fills and lies in it is less likely one, and
  /// is none below even odds. Call once for each word. A sound that was heard as an "um" too stays as it is.
  static func weigh(against word: Word, in fillers: inout [Filler]) {
    var index = fillers.count - 1
    while index >= 0, fillers[index].end > word.start {
      if let weighed = weighed(fillers[index], against: word) {
        fillers[index] = weighed
      } else {
        fillers.remove(at: index)
      }
      index -= 1
    }
  }

  /// `filler` with the confidence that is left of it beside a word of the script; nil where it is none.
  static func weighed(_ filler: Filler, against word: Word) -> Filler? {
    let overlap = min(filler.end, word.end) - max(filler.start, word.start)
    guard filler.evidence == ["sound"], overlap >= coveredShare * (filler.end - filler.start) else { return filler }
    let odds = filler.confidence / max(1 - filler.confidence, 0.001) * oddsInScript
    guard odds / (1 + odds) >= leastConfidence else { return nil }
    var weighed = filler
    weighed.confidence = (odds / (1 + odds)).rounded(places: 2)
    return weighed
  }

  private static func isSame(_ one: Filler, _ other: Filler) -> Bool {
    guard one.evidence != other.evidence || one.start == other.start else { return false }
    let overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > -toleranceSeconds / 2
      || (abs(one.start - other.start) <= toleranceSeconds && abs(one.end - other.end) <= toleranceSeconds)
  }

  private static func joined(_ one: Filler, _ other: Filler) -> Filler {
    let words = [one, other].first { $0.evidence.contains("words") } ?? one
    let sound = [one, other].first { $0.evidence.contains("sound") } ?? one
    var joined = words
    joined.evidence = (Set(one.evidence).union(other.evidence)).sorted()
    guard one.evidence != other.evidence else {
      joined.confidence = max(one.confidence, other.confidence)
      return joined
    }
    // The ear's times are good to 15 ms, a recogniser's to 100.
    (joined.start, joined.end) = (sound.start, sound.end)
    joined.confidence = (1 - (1 - one.confidence) * (1 - other.confidence)).rounded(places: 2)
    return joined
  }
}

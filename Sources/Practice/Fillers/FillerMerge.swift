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

/// How well the words that are heard fit the script.
///
/// A recogniser that listens for a script makes pieces of it of anything: noise and foreign speech come out as two or
/// three words in a row. So only words that match in a longer run count as words of the script.
struct ScriptFit: Equatable, Sendable {
  /// Words in a row that match: so many are enough where a hand pointed or words were missing, so many are no chance, and
  /// so many bring the script back from where it was put or left to the pace.
  static let leastRun = 2, sureRun = 5, longRun = 8
  /// The share of the words heard, 0 to 1, that must have fitted for progress to be told from them.
  static let leastShare = 0.35

  /// Seconds in which words came, or should have come, since any fitted.
  private(set) var secondsWithout = 0.0
  private var fitted = 0

  /// Takes in a word that ends a run of `run` matched ones in a script of `count` words.
  mutating func hear(run: Int, of count: Int) {
    let least = min(ScriptFit.sureRun, max(count, 1))
    guard run >= least else { return }
    fitted += run == least ? run : 1
    secondsWithout = 0
  }

  /// Lets time pass in which somebody spoke.
  mutating func pass(_ seconds: Double) { secondsWithout += seconds }

  /// Share of `count` words that fitted, 0 to 1; 0 before there are any.
  func share(of count: Int) -> Double { count > 0 ? min(1, Double(fitted) / Double(count)) : 0 }

  /// The run of matched words that reaches up to the last of `words`, which `follower` heard last, in order; one word in
  /// five may have come out otherwise, and as many at the end.
  static func run(in follower: Follower, of words: ArraySlice<Word>) -> [(word: Word, place: Int)] {
    let (places, script) = (follower.latestPlaces, follower.words)
    var run: [(word: Word, place: Int)] = []
    var misses = 0
    for (word, place) in zip(words.suffix(places.count).reversed(), places.suffix(words.count).reversed()) {
      if let place, script.vocabulary[Int(script.ids[place])] == word.text,
        run.last.map({ (1...3).contains($0.place - place) }) ?? true
      {
        run.append((word, place))
      } else {
        misses += 1
        if misses > 1 + run.count / 5 { break }
      }
    }
    return run.reversed()
  }
}

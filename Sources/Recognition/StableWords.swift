/// Tells which words of a growing hypothesis hold still.
///
/// A search without its end takes back its last words again and again. A word is stable once some successive
/// ones had it at the same place with the same beginning, and another follows it, or silence does; from then on it is
/// said once and counts as said.
struct StableWords {
  /// A word of a hypothesis; frames of 10 ms from the start of the utterance.
  struct Guess: Equatable {
    var text: String
    var first: Int
    var last: Int
  }

  /// Successive hypotheses that have to agree: with four, ten a second, eight in ten words that are said stay (of read
  /// speech with a script nearly all); with three fewer, and five would come 0.1 s later.
  private let hypotheses: Int
  /// Frames by which a beginning may move and be the same.
  private static let tolerance = 5
  /// Frames after the last word from which it counts as followed.
  private static let silence = 25

  private var guesses: [Guess] = []
  private var counts: [Int] = []
  private(set) var said = 0

  /// Nothing was said yet.
  init(hypotheses: Int = 4) { self.hypotheses = hypotheses }

  /// A new utterance: nothing of it was said.
  mutating func reset() {
    guesses.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    said = 0
  }

  /// Takes in the next hypothesis, of an utterance that is `frames` long by now; returns what became stable.
  mutating func update(_ now: [Guess], frames: Int) -> [Guess] {
    counts = now.indices.map { index in
      let isSame =
        index < guesses.count && guesses[index].text == now[index].text
        && abs(guesses[index].first - now[index].first) <= Self.tolerance
      return isSame ? counts[index] + 1 : 1
    }
    guesses = now
    let from = said
    while said < now.count, counts[said] >= hypotheses,
      said + 1 < now.count || frames - now[said].last > Self.silence
    {
      said += 1
    }
    return said > from ? Array(now[from..<said]) : []
  }
}

/// Finds a speaker's place in the script from the words that are heard.
///
/// A hidden Markov model over places, decoded as it goes (Viterbi 1967): each heard word is the next of the script, or
/// another in its place, or one put in, or the start of a jump, to the beginning of a sentence far likelier than
/// elsewhere; or the speaker is away from the script, where words prove nothing. Weights are natural logarithms of odds
/// against chance. The choice is made over all places at once, so a jump is believed as soon as the words after it
/// outweigh its price, and a path once held wrong is left again by itself.
package struct Follower: Equatable, Sendable {
  /// The prices of what speakers do, log-odds a word.
  enum Price {
    /// A word put in between two of the script.
    static let inserted: Float = -2
    /// A word of the script passed over.
    static let passed: Float = -2.5
    /// Leaving the script, and coming back to where it was left.
    static let leave: Float = -3
    static let comeBack: Float = -1.5
    /// A jump to a sentence near by: one repeated, or the next.
    static let jumpNear: Float = -4.5
    /// A jump to where the speaker's own hand put the script.
    static let jumpToHand: Float = -3
    /// What a jump into the middle of a sentence costs more than one to its beginning.
    static let midSentence: Float = -3
    /// How much better a far place must be before the prompter leaves the one it shows.
    static let doubt: Float = 2
  }
  /// How many sentences back and forth count as near.
  private static let nearSentences = 3
  /// How many words of the script may be passed over in one step without a jump.
  static let longestPass = 3

  package let words: ScriptWords
  private var likeness: Likeness
  /// The best path that ends with place p − 1 just said (0: nothing said yet), and with the speaker away after it.
  private var onScript: [Float]
  private var away: [Float]
  private var nextOnScript: [Float]
  private var nextAway: [Float]
  private let jumpPrices: [Float]
  /// What the word heard last proves at each place.
  private var evidence: [Float]
  /// The best state of all, below `words.count + 1` on the script, from there on away; its score is 0.
  private var best = 0
  private var trace: FollowerTrace
  /// Sentences at which the speaker is likely to go on, because the hand put the script there.
  package var likelySentences = 0..<0

  /// How many words of the script lie behind the speaker: the place of the word to be said next, 0 to `words.count`.
  package private(set) var place = 0
  /// Whether the speaker is saying what is not in the script.
  package private(set) var isAway = false
  /// Words heard so far.
  package private(set) var heardWords = 0

  /// What became of each word of the script, by place.
  package var marks: [WordMark] { trace.marks }

  /// For each word heard, in order, the place in the script it was taken for; nil for what is not in it.
  package var places: [Int?] { trace.places }

  /// The same for the latest words alone, as far as they may still change.
  var latestPlaces: [Int?] { trace.recentPlaces }

  /// Starts before the first word of `script`.
  package init(_ script: Script) {
    words = ScriptWords(script)
    likeness = Likeness(words)
    let count = words.count
    onScript = Array(repeating: -60, count: count + 1)
    onScript[0] = 0
    away = Array(repeating: -60, count: count + 1)
    nextOnScript = onScript
    nextAway = away
    let sentences = Double(max(words.sentenceStarts.count, 1))
    let start = Float(max(-9, min(-6, -4.6 - logarithm(of: sentences))))
    var prices = Array(repeating: start + Price.midSentence, count: count)
    for place in words.sentenceStarts where Int(place) < count { prices[Int(place)] = start }
    jumpPrices = prices
    evidence = Array(repeating: 0, count: count)
    trace = FollowerTrace(count: count)
  }

  /// Moves on by one heard word; costs a few operations a word of the script.
  package mutating func hear(_ word: Word) {
    guard words.count > 0 else { return }
    heardWords += 1
    likeness.hear(word.text, number: words.number(ofKnown: word.text), confidence: word.confidence)
    weigh()
    trace.begin(best: best)
    advance()
    jump(to: nearSentences(best), price: Price.jumpNear)
    jump(to: likelySentences.clamped(to: words.sentenceStarts.indices), price: Price.jumpToHand)
    swap(&onScript, &nextOnScript)
    swap(&away, &nextAway)
    normalise()
    choose()
    trace.settle(at: isAway ? words.count + 1 + place : place)
  }

  /// Works out what the word heard last proves at each place.
  private mutating func weigh() {
    for (place, id) in words.ids.enumerated() { evidence[place] = likeness.scores[Int(id)] }
    for place in words.otherPlaces(of: likeness.heard) where evidence[Int(place)] < 0 {
      evidence[Int(place)] = likeness.otherReading
    }
  }

  private mutating func advance() {
    // In the hands of this function alone, so that they are changed in place.
    var (on, off) = ([Float](), [Float]())
    swap(&on, &nextOnScript)
    swap(&off, &nextAway)
    onScript.withUnsafeBufferPointer { onScript in
      away.withUnsafeBufferPointer { away in
        evidence.withUnsafeBufferPointer { evidence in
          jumpPrices.withUnsafeBufferPointer { jumpPrices in
            on.withUnsafeMutableBufferPointer { on in
              off.withUnsafeMutableBufferPointer { off in
                trace.withRow { origins in
                  FollowerStep(
                    onScript: onScript, away: away, evidence: evidence, jumpPrices: jumpPrices,
                    nextOnScript: on, nextAway: off, origins: origins
                  ).run()
                }
              }
            }
          }
        }
      }
    }
    swap(&on, &nextOnScript)
    swap(&off, &nextAway)
  }

  /// The sentences around a state, to which a jump is cheaper than to those further off.
  private func nearSentences(_ state: Int) -> Range<Int> {
    let sentence = Int(words.sentences[min(state % (words.count + 1), words.count - 1)])
    let last = min(words.sentenceStarts.count, sentence + Follower.nearSentences + 1)
    return max(0, sentence - Follower.nearSentences)..<last
  }

  /// Jumps to the beginnings of `sentences` at a price.
  private mutating func jump(to sentences: Range<Int>, price: Float) {
    for sentence in sentences {
      let start = Int(words.sentenceStarts[sentence])
      guard start < words.count else { continue }
      let score = price + evidence[start]
      guard score > nextOnScript[start + 1] else { continue }
      nextOnScript[start + 1] = score
      trace.noteJump(to: start + 1, asWritten: evidence[start] > 0)
    }
  }

  /// Makes the best score 0, and holds the others above what could ever win again; finds the best state.
  private mutating func normalise() {
    let highest = max(Follower.maximum(of: onScript), Follower.maximum(of: away))
    Follower.lower(&onScript, by: highest)
    Follower.lower(&away, by: highest)
    best = onScript.firstIndex(of: 0) ?? (words.count + 1 + (away.firstIndex(of: 0) ?? 0))
  }

  private static func maximum(of scores: [Float]) -> Float {
    scores.withUnsafeBufferPointer { scores in
      var highest = SIMD8<Float>(repeating: -.infinity)
      let blocks = scores.count / 8
      for block in 0..<blocks {
        let next = UnsafeRawBufferPointer(scores).loadUnaligned(fromByteOffset: block * 32, as: SIMD8<Float>.self)
        highest.replace(with: next, where: next .> highest)
      }
      return scores[(blocks * 8)...].reduce(highest.max()) { max($0, $1) }
    }
  }

  private static func lower(_ scores: inout [Float], by highest: Float) {
    scores.withUnsafeMutableBufferPointer { scores in
      for index in scores.indices {
        let score = scores[index] - highest
        scores[index] = score > -60 ? score : -60
      }
    }
  }

  /// Takes the best place, but stays near the one on show while nothing is much better.
  private mutating func choose() {
    var (near, score) = (best, -Float.infinity)
    for index in max(0, place - 1)...min(words.count, place + Follower.longestPass + 1) {
      if onScript[index] > score { (near, score) = (index, onScript[index]) }
      if away[index] > score { (near, score) = (words.count + 1 + index, away[index]) }
    }
    let chosen = -score > Price.doubt ? best : near
    isAway = chosen > words.count
    place = chosen % (words.count + 1)
  }
}

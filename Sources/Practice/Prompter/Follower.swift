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
  private static let longestPass = 3

  package let words: ScriptWords
  private var likeness: Likeness
  /// The best path that ends with place p − 1 just said (0: nothing said yet), and with the speaker away after it.
  private var onScript: [Float]
  private var away: [Float]
  private var nextOnScript: [Float]
  private var nextAway: [Float]
  private let jumpPrices: [Float]
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
    trace = FollowerTrace(count: count)
  }

  /// Moves on by one heard word; costs a few operations a word of the script.
  package mutating func hear(_ word: Word) {
    guard words.count > 0 else { return }
    heardWords += 1
    likeness.hear(word.text, number: words.number(ofKnown: word.text), confidence: word.confidence)
    let best = bestState()
    trace.begin()
    advance(from: best)
    jump(to: nearSentences(best.state), price: Price.jumpNear, from: best)
    jump(to: likelySentences.clamped(to: words.sentenceStarts.indices), price: Price.jumpToHand, from: best)
    swap(&onScript, &nextOnScript)
    swap(&away, &nextAway)
    normalise()
    choose()
    trace.settle(at: isAway ? words.count + 1 + place : place)
  }

  /// The best state of all: below `words.count + 1` on the script, from there on away.
  private func bestState() -> (state: Int, score: Float) {
    var (state, score) = (0, -Float.infinity)
    for index in onScript.indices where onScript[index] > score { (state, score) = (index, onScript[index]) }
    for index in away.indices where away[index] > score { (state, score) = (words.count + 1 + index, away[index]) }
    return (state, score)
  }

  private mutating func advance(from best: (state: Int, score: Float)) {
    let offset = words.count + 1
    let ids = words.ids
    for place in 0...words.count {
      var (score, from) = (onScript[place] + Price.inserted, place)
      if place > 0 {
        let evidence = evidence(at: place - 1, id: ids[place - 1])
        var (way, wayFrom) = (best.score + jumpPrices[place - 1], best.state)
        for passed in 0...min(Follower.longestPass, place - 1) {
          let cost = Float(passed) * Price.passed
          let before = place - 1 - passed
          if onScript[before] + cost > way { (way, wayFrom) = (onScript[before] + cost, before) }
          let back = away[before] + Price.comeBack + cost
          if back > way { (way, wayFrom) = (back, offset + before) }
        }
        if way + evidence > score {
          (score, from) = (way + evidence, FollowerTrace.said(wayFrom, asWritten: evidence > 0))
        }
      }
      nextOnScript[place] = score
      trace.note(place, from: from)
      let leaving = onScript[place] + Price.leave
      let stays = away[place] >= leaving
      nextAway[place] = stays ? away[place] : leaving
      trace.note(offset + place, from: stays ? offset + place : place)
    }
  }

  private func evidence(at place: Int, id: Int32) -> Float {
    let score = likeness.scores[Int(id)]
    guard score < 0, likeness.heard >= 0, words.hasOtherReadings else { return score }
    return words.isOtherReading(likeness.heard, at: place) ? likeness.otherReading : score
  }

  /// The sentences around a state, to which a jump is cheaper than to those further off.
  private func nearSentences(_ state: Int) -> Range<Int> {
    let sentence = Int(words.sentences[min(state % (words.count + 1), words.count - 1)])
    let last = min(words.sentenceStarts.count, sentence + Follower.nearSentences + 1)
    return max(0, sentence - Follower.nearSentences)..<last
  }

  /// Jumps to the beginnings of `sentences` at a price.
  private mutating func jump(to sentences: Range<Int>, price: Float, from best: (state: Int, score: Float)) {
    for sentence in sentences {
      let start = Int(words.sentenceStarts[sentence])
      guard start < words.count else { continue }
      let evidence = evidence(at: start, id: words.ids[start])
      let score = best.score + price + evidence
      guard score > nextOnScript[start + 1] else { continue }
      nextOnScript[start + 1] = score
      trace.note(start + 1, from: FollowerTrace.said(best.state, asWritten: evidence > 0))
    }
  }

  private mutating func normalise() {
    let best = max(onScript.max() ?? 0, away.max() ?? 0)
    for index in onScript.indices {
      onScript[index] = max(onScript[index] - best, -60)
      away[index] = max(away[index] - best, -60)
    }
  }

  /// Takes the best place, but stays near the one on show while nothing is much better.
  private mutating func choose() {
    let best = bestState()
    var (near, score) = (best.state, -Float.infinity)
    for index in max(0, place - 1)...min(words.count, place + Follower.longestPass + 1) {
      if onScript[index] > score { (near, score) = (index, onScript[index]) }
      if away[index] > score { (near, score) = (words.count + 1 + index, away[index]) }
    }
    let chosen = best.score - score > Price.doubt ? best.state : near
    isAway = chosen > words.count
    place = chosen % (words.count + 1)
  }
}

/// How much better a heard word is explained by a word of the script than by chance: natural logarithms of odds.
///
/// A rare word heard where it stands proves much, "the" little: the evidence of a match is log(P(heard | said) / P(heard
/// by chance)), chance being the word's share of the script. Words that sound alike (an ending swallowed, a plural) prove
/// a little.
struct Likeness: Equatable, Sendable {
  /// For a word heard where another stands in the script.
  static let mismatch: Float = -2.5
  /// For a heard word that is nearly the one in the script.
  static let near: Float = 1
  /// Share of words that come out as said, with a script at hand.
  private static let hitRate = 0.85
  /// No word is so rare that one hearing of it proves more than this share: recognisers make words up.
  private static let leastShare = 0.004

  /// What each word of the vocabulary is worth when it is heard.
  private let worths: [Float]
  private let letters: [[UInt8]]
  /// The words that begin with each letter: no other can be near.
  private let initials: [UInt8: [Int]]
  /// The evidence for each word of the vocabulary, for the word heard last.
  private(set) var scores: [Float]
  /// The number of the word heard last, -1 for one that is not in the script.
  private(set) var heard: Int32 = -1

  init(_ words: ScriptWords) {
    let total = Double(max(words.count, 1))
    worths = words.counts.map {
      Float(logarithm(of: Likeness.hitRate / max(Double($0) / total, Likeness.leastShare)))
    }
    letters = words.vocabulary.map { Array($0.utf8) }
    initials = Dictionary(grouping: words.vocabulary.indices) { words.vocabulary[$0].utf8.first ?? 0 }
    scores = Array(repeating: Likeness.mismatch, count: words.vocabulary.count)
  }

  /// Sets `scores` for `word`, known to be sure by `confidence` from 0 to 1; low confidence weakens a match.
  mutating func hear(_ word: String, number: Int32?, confidence: Double) {
    let trust = Float(0.5 + 0.5 * min(max(confidence, 0), 1))
    heard = number ?? -1
    let spelling = Array(word.utf8)
    for id in scores.indices { scores[id] = Likeness.mismatch }
    for id in spelling.first.flatMap({ initials[$0] }) ?? [] where Likeness.isNear(spelling, letters[id]) {
      scores[id] = Likeness.near
    }
    if let number { scores[Int(number)] = worths[Int(number)] * trust }
  }

  /// What the word heard last proves as another reading of what stands in the script.
  var otherReading: Float { heard >= 0 ? max(2, worths[Int(heard)] / 2) : Likeness.mismatch }

  /// Whether two words of four letters and more share so long a beginning that one may be a form of the other.
  static func isNear(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let (short, long) = (min(one.count, other.count), max(one.count, other.count))
    guard short >= 4, long - short <= 3, one[0] == other[0] else { return false }
    var same = 0
    while same < short, one[same] == other[same] { same += 1 }
    return same * 4 >= long * 3 || (same >= 4 && long - same <= 3 && same * 3 >= long * 2)
  }
}

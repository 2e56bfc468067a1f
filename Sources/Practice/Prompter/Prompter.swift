package import SpeechSignals

/// The script beside the speaker: which sentence is at eye height, and what became of every word so far.
///
/// It listens where it can and says how it knows its place: words are followed; in an aside the place is held; where no
/// words come, the script moves at the pace that is heard. The speaker's hand comes before all of them.
package struct Prompter: Equatable, Sendable {
  /// What moves the script.
  package enum Mode: Equatable, Sendable {
    /// The words that are heard.
    case following
    /// Nothing: the speaker is saying what is not in the script.
    case holding
    /// The pace, for the reason given.
    case pacing(Reason)
  }

  /// Why words do not move the script.
  package enum Reason: String, Sendable {
    /// No words are recognised in this session.
    case noRecogniser
    /// The recogniser's model is not installed.
    case noModel
    /// The script is written in letters that the recogniser cannot say.
    case otherLanguage
    /// Somebody speaks and no words come.
    case noWords
  }

  /// Seconds of speech without a word after which the pace takes over.
  package static let patienceSeconds = 8.0

  package let script: Script
  /// What was decided from words that are final: the same in a replay.
  package private(set) var settled: Follower
  /// The same with the words that may still change.
  package private(set) var follower: Follower
  package private(set) var mode: Mode
  /// The place by pace, in words of the script.
  private var pacedPlace = 0.0
  private var speechSinceWord = 0.0
  /// When the hand moved the script last, in seconds of audio time: words said before that no longer move it.
  private var movedSeconds = -Double.infinity
  /// The words that `follower` has heard beyond `settled`.
  private var foreseen: [Word] = []
  /// The words heard so far, final ones.
  package private(set) var heard: [Word] = []

  /// Words kept of one session: some four hours of speech.
  package static let heardLimit = 50_000

  /// Starts before the first word; `reason` where it is known that no words will come.
  package init(_ script: Script, withoutWords reason: Reason? = nil) {
    self.script = script
    settled = Follower(script)
    follower = settled
    mode = reason.map(Mode.pacing) ?? .following
  }

  /// Finds the place anew in a script that was changed while it was spoken, by the `words` heard so far: all of them,
  /// or as many of the last as take no longer than a blink. Where words did not move the script `before` it, its place
  /// is kept.
  init(_ script: Script, hearing words: [Word], after before: Prompter? = nil) {
    self.init(script)
    if let before, case .pacing(let reason) = before.mode {
      mode = .pacing(reason)
      pacedPlace = min(before.pacedPlace, Double(follower.words.count))
    }
    let affordable = Prompter.renewalSteps / max(settled.words.count, 1)
    for word in words.suffix(affordable) { hear(word) }
  }

  /// Words times places that are gone through at once.
  private static let renewalSteps = 4_000_000

  /// The places among `words` that end a sentence of `script`: after each of them the speaker is in another one, or has
  /// said the last word of this.
  package static func sentenceEnds(in words: [Word], of script: Script) -> Set<Int> {
    var follower = Follower(script)
    for word in words { follower.hear(word) }
    return sentenceEnds(followed: follower)
  }

  /// The same for the words that `follower` has heard.
  static func sentenceEnds(followed follower: Follower) -> Set<Int> {
    let sentences = follower.words.sentences
    var ends: Set<Int> = []
    var last: (word: Int, sentence: Int32)?
    for (index, place) in follower.places.enumerated() {
      guard let place else { continue }
      if let last, last.sentence != sentences[place] { ends.insert(last.word) }
      last = (index, sentences[place])
      if place + 1 == sentences.count || sentences[place + 1] != sentences[place] { ends.insert(index) }
    }
    return ends
  }

  /// The place of the word to be said next, 0 to the number of words.
  package var place: Int {
    if case .pacing = mode { return min(Int(pacedPlace), follower.words.count) }
    return follower.place
  }

  /// The sentence at eye height; 0 for a script without any.
  package var sentence: Int {
    let words = follower.words
    guard words.count > 0 else { return 0 }
    return Int(words.sentences[min(place, words.count - 1)])
  }

  /// The section that this sentence is in.
  package var section: Int { script.sentences.isEmpty ? 0 : script.sentences[sentence].section }

  /// The section that the last final word was in, or the first; nil for a script without sentences.
  package var settledSection: Int? {
    guard settled.words.count > 0 else { return nil }
    return script.sentences[Int(settled.words.sentences[max(0, min(settled.place, settled.words.count) - 1)])].section
  }

  /// Says that no words will come: the pace moves the script from now on.
  package mutating func expectNoWords(_ reason: Reason) {
    pacedPlace = Double(follower.place)
    mode = .pacing(reason)
  }

  /// Words of the script that lie behind and before the speaker.
  package var wordsBehind: Int { place }
  package var wordsAhead: Int { max(0, follower.words.count - place) }

  /// Hears a final word.
  package mutating func hear(_ word: Word) {
    if word.start < movedSeconds { settled.ignore() } else { settled.hear(word) }
    follower = settled
    foreseen = []
    if heard.count < Prompter.heardLimit { heard.append(word) }
    speechSinceWord = 0
    arrive()
  }

  /// How many of the latest words `followedWord` can tell about.
  var traceableWords: Int { max(0, min(settled.latestPlaces.count, heard.count) - 2) }

  /// The final word with `back` words after it, where it was taken for a word of the script and stands between the
  /// words before and after it as in the script, one left out at most; nil for any other.
  func followedWord(back: Int) -> Word? {
    let places = settled.latestPlaces
    let index = places.count - 1 - back
    guard index >= 1, back >= 1, back < heard.count, let before = places[index - 1], let place = places[index],
      let after = places[index + 1], (1...2).contains(place - before), (1...2).contains(after - place)
    else { return nil }
    return heard[heard.count - 1 - back]
  }

  /// Takes `words` as what may be heard next: shown, and forgotten with the next call of this or `hear`.
  package mutating func foresee(_ words: [Word]) {
    let words = words.filter { $0.start >= movedSeconds }
    if !words.starts(with: foreseen) {
      follower = settled
      foreseen = []
    }
    for word in words.dropFirst(foreseen.count) { follower.hear(word) }
    foreseen = words
    if !words.isEmpty {
      speechSinceWord = 0
      arrive()
    }
  }

  private mutating func arrive() {
    if case .pacing(let reason) = mode, reason != .noWords { return }
    mode = follower.isAway ? .holding : .following
    pacedPlace = Double(follower.place)
  }

  /// Moves the script on by a second of sound in which no words may have come.
  ///
  /// - Parameter syllablesPerWord: Above 0.
  package mutating func pass(_ second: SecondSummary, syllablesPerWord: Double) {
    if case .pacing = mode {
      let said = Double(second.syllables) / max(syllablesPerWord, 0.5)
      pacedPlace = min(pacedPlace + said, Double(follower.words.count))
      return
    }
    speechSinceWord += second.speechSeconds
    guard speechSinceWord > Prompter.patienceSeconds else { return }
    mode = .pacing(.noWords)
    pacedPlace = Double(follower.place)
  }

  /// Goes to `sentence` because the speaker says so, at an audio time in seconds: what was said before that is passed
  /// over, however late its words come.
  package mutating func move(toSentence sentence: Int, at seconds: Double) {
    guard script.sentences.indices.contains(sentence) else { return }
    movedSeconds = seconds
    settled.move(toSentence: sentence)
    follower = settled
    foreseen = []
    pacedPlace = Double(follower.place)
    if mode == .holding { mode = .following }
  }
}

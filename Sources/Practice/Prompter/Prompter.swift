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
    /// Words come, and for long none of them were those of the script.
    case noFit
  }

  /// Seconds of speech without a word after which the pace takes over.
  package static let patienceSeconds = 8.0
  /// Seconds in which somebody speaks and nothing fits the script after which the pace takes over: in general, and where
  /// words were followed well before, when it may be an aside, whose place is held.
  package static let fitPatienceSeconds = 20.0, asidePatienceSeconds = 45.0
  /// Seconds for which the hand's place is kept whatever is said elsewhere: as long as a look ahead takes.
  package static let handSeconds = 8.0

  package let script: Script
  /// What was decided from words that are final: the same in a replay.
  package private(set) var settled: Follower
  /// The same with the words that may still change.
  package var follower: Follower { ahead ?? settled }
  /// The follower with words that may still change; nil while there are none, so that the other is alone and is changed
  /// in place.
  private var ahead: Follower?
  package private(set) var mode: Mode
  /// The place by pace, in words of the script.
  private var pacedPlace = 0.0
  private var speechSinceWord = 0.0
  /// Where the speaker's hand put the script, until words are followed again.
  private var hand: Hand?
  private(set) var fit = ScriptFit()
  /// The words that `follower` has heard beyond `settled`.
  private var foreseen: [Word] = []
  /// The words heard so far, final ones.
  package private(set) var heard: [Word] = []

  /// Words kept of one session: some four hours of speech.
  package static let heardLimit = 50_000

  /// A move by hand.
  private struct Hand: Equatable {
    /// The sentence that it put at eye height, and the place that it begins at.
    var sentence: Int
    var place: Int
    /// Where the speaker may go on from there, in places of the script.
    var zone: Range<Int>
    /// Audio time of the move: what was said before it no longer moves the script.
    var seconds: Double
  }

  /// Starts before the first word; `reason` where it is known that no words will come.
  package init(_ script: Script, withoutWords reason: Reason? = nil) {
    self.script = script
    settled = Follower(script)
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

  /// The place of the word to be said next, 0 to the number of words.
  package var place: Int {
    if case .pacing = mode { return min(Int(pacedPlace), follower.words.count) }
    return hand?.place ?? follower.place
  }

  /// The sentence at eye height; 0 for a script without any.
  package var sentence: Int {
    let words = follower.words
    guard words.count > 0 else { return 0 }
    return Int(words.sentences[min(place, words.count - 1)])
  }

  /// The section that this sentence is in.
  package var section: Int { script.sentences.isEmpty ? 0 : script.sentences[sentence].section }

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
    ahead = nil
    settled.hear(word)
    foreseen = []
    if heard.count < Prompter.heardLimit { heard.append(word) }
    speechSinceWord = 0
    fit.hear(run: ScriptFit.run(in: settled, of: heard.suffix(FollowerTrace.depth)).count, of: settled.words.count)
    arrive()
  }

  /// Whether the words fit the script well enough, all in all, to tell from them how far the speaker has come.
  var tellsProgress: Bool {
    if case .pacing(let reason) = mode { return reason != .noFit && reason != .noWords }
    return isFitting || heard.isEmpty
  }

  /// Whether most words so far were those of the script.
  var isFitting: Bool { fit.share(of: heard.count) >= ScriptFit.leastShare }

  /// The section that final words were last heard of, and when its first one began, as far as that is known; nil while
  /// they do not fit the script, for words out of place would begin a section each.
  var startedSection: SectionStart? {
    if case .pacing = mode { return nil }
    let run = ScriptFit.run(in: settled, of: heard.suffix(FollowerTrace.depth))
    guard run.count >= min(ScriptFit.leastRun + 1, settled.words.count), !run.isEmpty else { return nil }
    let sections = run.map { script.sentences[Int(settled.words.sentences[$0.place])].section }
    let section = sections[sections.count - 1]
    let first = (sections.lastIndex { $0 != section } ?? -1) + 1
    return SectionStart(index: section, title: script.sections[section].title, start: run[first].word.start)
  }

  /// Whether the latest words between two audio times, in seconds, stand in the script just so where they were said.
  func isWritten(from start: Double, to end: Double) -> Bool {
    let places = settled.latestPlaces
    let said = zip(heard.suffix(places.count), places).filter { $0.0.start >= start - 0.001 && $0.0.end <= end + 0.001 }
    return !said.isEmpty
      && said.allSatisfy { word, place in
        place.map { settled.words.vocabulary[Int(settled.words.ids[$0])] == word.text } ?? false
      }
  }

  /// When the first of the words that may still change was said that is of the section at eye height, in seconds of
  /// audio time; nil without any, and where the hand put the script.
  var foreseenSectionStart: Double? {
    guard hand == nil else { return nil }
    return zip(foreseen, follower.latestPlaces.suffix(foreseen.count)).first { _, place in
      place.map { script.sentences[Int(follower.words.sentences[$0])].section == section } ?? false
    }?.0.start
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
    if !words.starts(with: foreseen) {
      ahead = nil
      foreseen = []
    }
    if words.count > foreseen.count {
      var next = follower
      ahead = nil
      for word in words.dropFirst(foreseen.count) { next.hear(word) }
      ahead = next
    }
    foreseen = words
    if !words.isEmpty {
      speechSinceWord = 0
      arrive()
    }
  }

  /// The run of matched words, of those that may change too, that began at `seconds` or later.
  private func matchedRun(since seconds: Double) -> [(word: Word, place: Int)] {
    let recent = heard.suffix(FollowerTrace.depth) + foreseen
    return ScriptFit.run(in: follower, of: recent[...]).filter { $0.word.start >= seconds }
  }

  private mutating func arrive() {
    if case .pacing(let reason) = mode {
      guard reason == .noWords || reason == .noFit else { return }
      let needed = reason == .noFit ? ScriptFit.longRun : ScriptFit.leastRun
      guard matchedRun(since: hand?.seconds ?? -.infinity).count >= min(needed, follower.words.count) else { return }
      hand = nil
    }
    letGo()
    mode = follower.isAway && hand == nil ? .holding : .following
    pacedPlace = Double(place)
  }

  /// Lets go of the place that the hand chose: words are heard that stand there, or for long others that do elsewhere.
  private mutating func letGo() {
    guard let hand else { return }
    let run = matchedRun(since: hand.seconds)
    let isThere =
      run.last.map { hand.zone.contains($0.place) } ?? false
      && run.count { hand.zone.contains($0.place) } >= ScriptFit.leastRun
    let isElsewhere =
      run.count >= ScriptFit.longRun && run.last.map { $0.word.end >= hand.seconds + Prompter.handSeconds } ?? false
    guard isThere || isElsewhere else { return }
    self.hand = nil
    settled.likelySentences = 0..<0
    ahead?.likelySentences = 0..<0
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
    let isSpoken = second.speechSeconds >= 0.1 || heard.last.map { $0.end > second.start } ?? false
    if isSpoken { fit.pass(second.end - second.start) }
    if speechSinceWord > Prompter.patienceSeconds {
      fall(back: .noWords)
    } else if fit.secondsWithout > (isFitting ? Prompter.asidePatienceSeconds : Prompter.fitPatienceSeconds) {
      fall(back: .noFit)
    }
  }

  private mutating func fall(back reason: Reason) {
    pacedPlace = Double(place)
    mode = .pacing(reason)
  }

  /// Goes to `sentence` because the speaker says so, at an audio time in seconds. It stays there until words are heard
  /// that stand there, or for long ones that stand elsewhere; what becomes of the words is told by themselves.
  package mutating func move(toSentence sentence: Int, at seconds: Double) {
    guard script.sentences.indices.contains(sentence), follower.words.count > 0 else { return }
    let starts = follower.words.sentenceStarts
    let here = Int(follower.words.sentences[min(follower.place, follower.words.count - 1)])
    var end = min(sentence + Prompter.handSentences, starts.count)
    if here > sentence { end = min(end, here) }
    let place = min(Int(starts[sentence]), follower.words.count)
    hand = Hand(
      sentence: sentence, place: place,
      zone: place..<max(place, end < starts.count ? Int(starts[end]) : follower.words.count), seconds: seconds)
    settled.likelySentences = sentence..<end
    ahead?.likelySentences = sentence..<end
    pacedPlace = Double(place)
    if mode == .holding { mode = .following }
  }

  /// Sentences from the one that the hand chose on in which the speaker may go on.
  private static let handSentences = 3
}

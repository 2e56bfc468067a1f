import SpeechSignals
import Testing

@testable import Practice

/// What words say of sounds that the ear took for fillers.
@Suite struct FillerEvidenceTests {
  /// "and" of `word` is drawn out from 1 s to 1.8 s; the words beside it stand in the script.
  private func session(heard: [String] = ["we", "came", "and", "saw", "it"], before: Bool = true, sound: Filler)
    -> Session
  {
    var session = Session()
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "", source: "", rate: 16_000, channels: 1))))
    for part in ScriptPart.parts(of: "We came and saw it.") { _ = session.apply(SessionEvent(at: 0, .script(part))) }
    if before { _ = session.apply(SessionEvent(at: 1.9, .filler(sound))) }
    var start = 0.2
    for text in heard {
      let length = text == heard[2] ? 0.8 : 0.4
      _ = session.apply(SessionEvent(at: 4, .word(Word(text, start: start, end: start + length, confidence: 0.6))))
      start += length
    }
    if !before { _ = session.apply(SessionEvent(at: 5, .filler(sound))) }
    return session
  }

  /// Confidence of the sound, what is heard, and what is left.
  @Test(arguments: [
    (0.54, ["we", "came", "and", "saw", "it"], [Double]()), (0.6, ["we", "came", "and", "saw", "it"], []),
    (0.74, ["we", "came", "and", "saw", "it"], [0.59]), (0.98, ["we", "came", "and", "saw", "it"], [0.96]),
    (0.54, ["we", "came", "where", "nobody", "is"], [0.54]),
  ])
  func `a sound in a word of the script is a word drawn out, unless it is sure`(
    confidence: Double, heard: [String], left: [Double]
  ) {
    let sound = Filler(start: 1.05, end: 1.75, label: "um", confidence: confidence)
    for before in [true, false] {
      #expect(session(heard: heard, before: before, sound: sound).fillers.map(\.confidence) == left)
    }
  }

  @Test func `a sound beside the word stays`() {
    let sound = Filler(start: 0.6, end: 1.3, label: "um", confidence: 0.54)
    #expect(session(sound: sound).fillers == [sound])
  }

  /// Confidence of a word, whether the ear heard it too, and how many fillers it makes.
  @Test(arguments: [(0.3, false, 0), (0.6, false, 1), (0.3, true, 1)])
  func `a recogniser's ah is one when it is sure or the ear agrees`(confidence: Double, heard: Bool, count: Int) {
    var session = Session()
    _ = session.apply(SessionEvent(at: 0, .began(Beginning(id: "", source: "", rate: 16_000, channels: 1))))
    if heard {
      _ = session.apply(SessionEvent(at: 2, .filler(Filler(start: 1, end: 1.5, label: "uh", confidence: 0.6))))
    }
    let word = Filler(start: 1, end: 1.5, label: "ah", evidence: ["words"], confidence: confidence)
    _ = session.apply(SessionEvent(at: 3, .filler(word)))
    #expect(session.fillers.count == count)
  }
}

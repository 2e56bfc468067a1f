import Practice
import Support
import Testing

@testable import Recognition

@Suite(
  .enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"),
  .enabled(if: Machine.has("espeak-ng"), "needs espeak-ng"))
struct WordChooserTests {
  private let words = ["light", "right", "see", "she", "walk", "work"]

  /// The words as espeak-ng says them, 0.8 s of a quiet room around each, at 16 kHz.
  private func spoken(_ words: [String]) throws -> [Float] {
    let scratch = try Scratch()
    var sound = Speech.room(seconds: 0.8)
    for word in words {
      let path = scratch.path("\(word).wav")
      _ = try run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", path, word])
      let wave = try Wave(path: path)
      let ratio = Double(wave.rate) / 16_000
      let samples = (0..<Int(Double(wave.samples.count - 1) / ratio)).map { place in
        let at = Double(place) * ratio
        let (left, share) = (Int(at), at - at.rounded(.down))
        return Int16(Double(wave.samples[left]) * (1 - share) + Double(wave.samples[left + 1]) * share)
      }
      sound = sound + Wave(samples: samples) + Speech.room(seconds: 0.8)
    }
    return sound.samples.map { Float($0) / 32_768 }
  }

  private func choices(_ sound: [Float], by chooser: WordChooser, pieces: Int = 160) throws -> [Choice] {
    var heard: [Heard] = []
    for start in stride(from: 0, to: sound.count, by: pieces) {
      try chooser.hear(Array(sound[start..<min(start + pieces, sound.count)]).span, into: &heard)
    }
    try chooser.finish(into: &heard)
    return heard.compactMap { if case .choice(let choice) = $0 { choice } else { nil } }
  }

  @Test func `each word that is said becomes a choice with the scores of all`() throws {
    let chooser = try WordChooser(words: words)
    let said = ["light", "right", "see", "she"]
    let choices = try choices(spoken(said), by: chooser)
    #expect(choices.count == said.count)
    for (choice, word) in zip(choices, said) {
      #expect(Set(words).isSubset(of: choice.candidates.map(\.word)))
      let best = choice.candidates.filter { words.contains($0.word) }.max { $0.score < $1.score }
      #expect(best?.word == word)
      #expect(choice.end - choice.start > 0.15 && choice.end - choice.start < 1)
    }
    #expect(zip(choices, choices.dropFirst()).allSatisfy { $0.end < $1.start })
  }

  @Test func `the same sound in other pieces gives the same choices`() throws {
    let sound = try spoken(["see", "light"])
    let one = try choices(sound, by: WordChooser(words: words))
    #expect(try choices(sound, by: WordChooser(words: words), pieces: 7_777) == one)
  }

  @Test func `silence, a click and a long talk are no words`() throws {
    let chooser = try WordChooser(words: words)
    var quiet = Speech.room(seconds: 3).samples.map { Float($0) / 32_768 }
    quiet[20_000] = 0.9
    #expect(try choices(quiet, by: chooser).isEmpty)
    let talk = (0..<64_000).map { Float($0 % 160) / 400 }
    #expect(try choices(quiet + talk + quiet, by: chooser).isEmpty)
  }

  @Test func `words that the dictionary lacks are said as espeak-ng would, and one word is no choice`() throws {
    #expect(try WordChooser(words: ["blorf", "florb"]).words.starts(with: ["blorf", "florb"]))
    #expect(throws: RecognitionError.self) { try WordChooser(words: ["ship"]) }
    #expect(throws: RecognitionError.self) {
      try WordChooser(words: words, model: SphinxModel(folder: "/nowhere"))
    }
  }
}

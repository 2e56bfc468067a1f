import Practice
import Support
import Testing

@testable import Recognition

/// A real voice, heard through the model of its script; the bounds are wide, for the figures are those of benches.
@Suite(
  .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
  .enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"))
struct ScriptHearingTests {
  @Test func `what is written short is heard in full, in a script of other sentences`() throws {
    let script = Self.script(
      "No early application was made. He survived his uncle no longer than 12 months, and £10,000 was all that remained.",
      "And Mr. John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.",
      "He was not an ill-disposed young man, unless to be rather cold-hearted and rather selfish is to be ill-disposed."
    )
    let dictionary = try PronouncingDictionary()
    let general = try GeneralLanguage(dictionary: dictionary, wordLimit: 300, pairLimit: 3_000)
    let model = ScriptModel.make(script: script, dictionary: dictionary, general: general)
    #expect(model.unknown.isEmpty)
    let words = try words(in: clip("0870"), PocketSphinx(language: model.language))
    #expect(words.starts(with: ["and", "mister", "john", "dashwood"]), "\(words)")
    let wanted = "and mister john dashwood had then leisure to consider how much there might be prudently in his power"
    let found = wanted.split(separator: " ").filter { words.contains(String($0)) }
    #expect(found.count >= 16 && (18...26).contains(words.count), "\(words)")
  }

  private func clip(_ number: String) throws -> [Float] {
    let path = try #require(Speech.paths.first { $0.contains(number) })
    let wave = Speech.room(seconds: 0.3) + (try Wave(path: path)) + Speech.room(seconds: 0.5)
    return wave.samples.map { Float($0) / 32_768 }
  }

  private func words(in sound: [Float], _ recogniser: PocketSphinx) throws -> [String] {
    var heard: [Heard] = []
    for start in stride(from: 0, to: sound.count, by: 1_600) {
      try recogniser.hear(sound[start..<min(start + 1_600, sound.count)].span, into: &heard)
    }
    try recogniser.finish(into: &heard)
    return heard.compactMap { if case .final(let word) = $0 { word.text } else { nil } }
  }

  private static func script(_ sentences: String...) -> Script {
    var script = Script()
    for sentence in sentences {
      let start = script.tokens.count
      let tokens = sentence.split(separator: " ").map(String.init)
      for (index, token) in tokens.enumerated() {
        let readings = SpokenForms.readings(
          of: token, before: index > 0 ? tokens[index - 1] : nil,
          after: index + 1 < tokens.count ? tokens[index + 1] : nil)
        if !readings.isEmpty { script.tokens.append(.init(token, readings: readings)) }
      }
      script.sentences.append(.init(tokens: start..<script.tokens.count, section: 0))
    }
    return script
  }
}

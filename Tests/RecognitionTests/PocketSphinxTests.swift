import Practice
import Support
import Testing

@testable import Recognition

/// Real decoding of a real voice; the bounds are wide, for the figures are those of `make bench-words`.
@Suite(
  .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
  .enabled(if: SphinxModel.installed.missing() == nil, "needs Debian's package pocketsphinx-en-us"))
struct PocketSphinxTests {
  @Test func `a sentence is heard, in order and in time`() throws {
    let heard = try words(in: clip("0880"), PocketSphinx())
    let texts = heard.final.map(\.text)
    // "He was not an ill disposed young man."
    #expect(texts.contains("he") && texts.contains("was") && texts.contains("not"), "\(texts)")
    #expect((6...10).contains(texts.count))
    #expect(heard.final.allSatisfy { $0.start < $0.end && (0...1).contains($0.confidence) && $0.source == .stock })
    #expect(zip(heard.final, heard.final.dropFirst()).allSatisfy { $0.end <= $1.start + 0.001 })
    #expect(heard.final.allSatisfy { $0.start >= 0 && $0.end <= 3.1 })
  }

  @Test func `with a model of its own it hears the script and partial words that stay`() throws {
    let recogniser = try PocketSphinx(language: .script(arpa: bigrams(sentence), entries: []))
    let heard = try words(in: clip("0920"), recogniser)
    #expect(heard.final.map(\.text).joined(separator: " ").contains("might have been made still more respectable"))
    #expect(heard.partial.count >= 10 && heard.final.allSatisfy { $0.source == .script })
    let kept = heard.partial.filter { word in
      heard.final.contains { $0.text == word.text && abs($0.start - word.start) < 0.2 }
    }
    #expect(kept.count * 10 >= heard.partial.count * 8)
    // The second time nothing of the first is left, and the clock goes on.
    let again = try words(in: clip("0920"), recogniser)
    #expect(again.final.count > 12 && again.final.allSatisfy { $0.start > 6 })
  }

  @Test func `words do not depend on how sound comes in pieces`() throws {
    let (sound, language) = (try clip("0920"), SphinxLanguage.script(arpa: bigrams(sentence), entries: []))
    let all = try [160, 1_600, 7_777].map { try words(in: sound, PocketSphinx(language: language), piece: $0).final }
    #expect(all[0] == all[1] && all[1] == all[2])
  }

  @Test func `a word over the cut is not lost`() throws {
    let sound = try clip("0920")
    for seconds in [1.5, 2.45, 3.3] {
      let recogniser = try PocketSphinx(language: .script(arpa: bigrams(sentence), entries: []))
      var heard: [Heard] = []
      for start in stride(from: 0, to: sound.count, by: 1_600) {
        try recogniser.hear(sound[start..<min(start + 1_600, sound.count)].span, into: &heard)
        if start == Int(seconds * 10) * 1_600 { try recogniser.cut(at: seconds, into: &heard) }
      }
      try recogniser.finish(into: &heard)
      let found = heard.compactMap { if case .final(let word) = $0 { word } else { nil } }
      #expect((17...22).contains(found.count), "cut at \(seconds): \(found.map(\.text))")
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.end <= $1.start + 0.011 })
    }
  }

  @Test func `silence, noise and gaps are no words`() throws {
    let recogniser = try PocketSphinx()
    var heard: [Heard] = []
    try recogniser.hear([Float](repeating: 0, count: 48_000).span, into: &heard)
    try recogniser.hear([.nan, .infinity, -.infinity, 1e9].span, into: &heard)
    try recogniser.skip(seconds: 5, into: &heard)
    try recogniser.cut(at: .nan, into: &heard)
    try recogniser.finish(into: &heard)
    #expect(heard.isEmpty)
    #expect(abs(recogniser.secondsHeard - 8) < 0.02 && recogniser.secondsBehind(9) > 0.9)
  }

  @Test func `a model of a script that is none is refused`() throws {
    for text in ["", "no model", "\\data\\\nngram 1=3\n\n\\1-grams:\n"] {
      #expect { try PocketSphinx(language: .script(arpa: text, entries: [])) } throws: {
        ($0 as? RecognitionError)?.kind == .scriptRefused
      }
    }
  }

  @Test func `an entry that clashes or has unknown phones breaks nothing`() throws {
    let entries: [SphinxLanguage.Entry] = [
      .init(word: "hello", phones: "HH AH L OW"), .init(word: "<s>", phones: "AH"), .init(word: "x(2)", phones: "AH"),
      .init(word: "zzz", phones: "QQ"), .init(word: "", phones: ""), .init(word: "empty", phones: " "),
      .init(word: "rostrum", phones: "R AA S T R AH M"), .init(word: "rostrum", phones: "R OW S T R AH M"),
      .init(word: "++um++", phones: "AH M"), .init(word: "two words", phones: "T UW"),
    ]
    let arpa = bigrams("rostrum hello x(2) zzz ++um++ [NOISE] empty (2) #x words")
    let recogniser = try PocketSphinx(language: .script(arpa: arpa, entries: entries))
    #expect(recogniser.knows("rostrum") && recogniser.knows("hello") && !recogniser.knows("zzz"))
    #expect(try !words(in: clip("0880"), recogniser).final.isEmpty)
  }

  private let sentence =
    "had he married a more a amiable woman he might have been made still more respectable than he was"

  private func clip(_ number: String) throws -> [Float] {
    let path = try #require(Speech.paths.first { $0.contains(number) })
    let wave = Speech.room(seconds: 0.3) + (try Wave(path: path)) + Speech.room(seconds: 0.5)
    return wave.samples.map { Float($0) / 32_768 }
  }

  private func words(in sound: [Float], _ recogniser: PocketSphinx, piece: Int = 1_600) throws -> (
    partial: [Word], final: [Word]
  ) {
    var heard: [Heard] = []
    for start in stride(from: 0, to: sound.count, by: piece) {
      try recogniser.hear(sound[start..<min(start + piece, sound.count)].span, into: &heard)
    }
    try recogniser.finish(into: &heard)
    return (
      heard.compactMap { if case .partial(let word) = $0 { word } else { nil } },
      heard.compactMap { if case .final(let word) = $0 { word } else { nil } }
    )
  }

  /// A language model in which each word is followed by its next one, or by any.
  private func bigrams(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    let all = Array(Set(words)).sorted()
    let pairs = Array(Set(zip(words, words.dropFirst()).map { "\($0) \($1)" })).sorted()
    let single = all.map { "-1.5 \($0) -0.3" }.joined(separator: "\n")
    return """
      \\data\\
      ngram 1=\(all.count + 2)
      ngram 2=\(pairs.count)

      \\1-grams:
      -99 <s> -0.3
      -1.5 </s> 0
      \(single)

      \\2-grams:
      \(pairs.map { "-0.3 \($0)" }.joined(separator: "\n"))

      \\end\\

      """
  }
}

struct ModelTests {
  @Test func `a missing model is named, and the package that has it`() {
    #expect { try PocketSphinx(model: SphinxModel(folder: "/nonexistent")) } throws: {
      let error = $0 as? RecognitionError
      return error?.kind == .modelMissing && error?.detail == "/nonexistent/en-us/feat.params"
    }
    #expect(RecognitionError.package == "pocketsphinx-en-us")
  }

  @Test(arguments: [
    ("a", "a"), ("a(2)", "a"), ("don't", "don't"), ("<s>", nil), ("</s>", nil), ("<sil>", nil), ("[NOISE]", nil),
    ("++um++", nil), ("", nil), ("(2)", "(2)"),
  ])
  func `a dictionary's word is plain`(word: String, expected: String?) {
    #expect(SphinxDecoder.plain(word) == expected)
  }
}

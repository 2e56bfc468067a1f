import CSphinxBase
import Glibc
import Practice
import Testing

@testable import Recognition

/// A model as sphinxbase reads it from its ARPA text.
private final class ReadModel {
  let model: OpaquePointer

  init?(_ arpa: String) {
    var path = Array("/tmp/rostrum-model-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else { return nil }
    defer {
      close(file)
      unlink(path)
    }
    var bytes = arpa[...].utf8.map { $0 }
    while !bytes.isEmpty {
      let written = write(file, bytes, bytes.count)
      guard written > 0 else { return nil }
      bytes.removeFirst(written)
    }
    guard let model = rostrum_ngrams_open(path) else { return nil }
    self.model = model
  }

  deinit { rostrum_ngrams_close(model) }

  func count(_ order: Int) -> Int { Int(rostrum_ngrams_count(model, Int32(order))) }

  /// The probability of `word` after `history`, its words as they are said, and the order that knew it.
  func probability(_ word: String, after history: [String] = []) -> (value: Double, order: Int) {
    let number = rostrum_ngrams_number(model, word)
    guard number >= 0 else { return (0, 0) }
    let past = history.reversed().map { rostrum_ngrams_number(model, $0) }
    var order: Int32 = 0
    let log = rostrum_ngrams_log10(model, number, past, Int32(past.count), &order)
    return (pow(10, log), Int(order))
  }

  /// The sum over all words, which is 1 for a model that is one.
  func sum(of words: [String], after history: [String]) -> Double {
    words.filter { $0 != "<s>" }.reduce(0) { $0 + probability($1, after: history).value }
  }
}

@Suite struct ScriptModelTests {
  static let dictionary = PronouncingDictionary(
    text: [
      "a", "and", "bridge", "bridges", "look", "of", "people", "the", "trust", "we", "who", "um", "uh", "er",
      "hmm", "so", "well", "like", "you", "know", "okay", "twenty", "six", "two", "thousand", "today", "is", "it",
    ]
    .sorted().map { "\($0) AH" }.joined(separator: "\n"))
  static let general = GeneralLanguage(
    words: ["the", "you", "it", "is", "today"], weights: [5, 4, 3, 2, 1],
    pairs: [
      .init(2, 3, probability: 0.5), .init(0, 4, probability: 0.25), .init(3, 0, probability: 0.5),
      .init(1, 3, probability: 0.4),
    ])

  /// A script of sentences; each token as its readings, parted by `|`.
  static func script(_ sentences: String...) -> Script {
    var script = Script()
    for sentence in sentences {
      let start = script.tokens.count
      for token in sentence.split(separator: " ") {
        let readings = token.split(separator: "|").map { $0.split(separator: "_").map(String.init) }
        script.tokens.append(.init(String(token), readings: readings))
      }
      script.sentences.append(.init(tokens: start..<script.tokens.count, section: 0))
    }
    script.sections = [.init(sentences: 0..<script.sentences.count)]
    return script
  }

  static func make(_ script: Script, general: GeneralLanguage = general) -> ScriptModel {
    ScriptModel.make(script: script, dictionary: dictionary, general: general) { words in
      words.map { $0 == "mute" ? nil : "K AE T" }
    }
  }

  static let bridges = make(
    script(
      "we trust the bridge and the people who look", "we look and we trust the people",
      "today is twenty_twenty_six|two_thousand_twenty_six"))

  @Test(arguments: [
    [], ["the"], ["we"], ["it"], ["um"], ["know"], ["<s>"], ["we", "trust"], ["trust", "the"], ["the", "um"],
    ["people", "today"], ["it", "is"], ["<s>", "we"], ["is", "twenty"], ["hmm", "okay"], ["twenty", "six"],
  ])
  func `what may follow a history adds up to one, as sphinxbase reads it`(history: [String]) throws {
    let read = try #require(ReadModel(Self.bridges.arpa))
    #expect(abs(read.sum(of: Self.bridges.words, after: history) - 1) < 0.003)
  }

  @Test func `the header counts what is there`() throws {
    let read = try #require(ReadModel(Self.bridges.arpa))
    #expect(read.count(1) == Self.bridges.words.count)
    for order in 1...3 { #expect(Self.bridges.arpa.contains("ngram \(order)=\(read.count(order))\n")) }
  }

  @Test func `the script goes on as it is written, across the ends of sentences too`() throws {
    let read = try #require(ReadModel(Self.bridges.arpa))
    #expect(read.probability("bridge", after: ["trust", "the"]).order == 3)
    #expect(read.probability("the", after: ["we", "trust"]).value > 0.8)
    #expect(read.probability("we", after: ["who", "look"]).order == 3)
    #expect(read.probability("we", after: ["<s>"]).value > read.probability("bridge", after: ["<s>"]).value)
    #expect(read.probability("bridge", after: ["<s>"]).value > 0.005, "an utterance is cut anywhere")
  }

  @Test func `behind a filler the script goes on`() throws {
    let read = try #require(ReadModel(Self.bridges.arpa))
    for filler in ["um", "uh"] {
      #expect(read.probability(filler, after: ["we", "trust"]).value > 1e-4)
      #expect(read.probability("the", after: ["trust", filler]).value > 0.5)
    }
  }

  @Test func `another reading is a way through the text, and rarer`() throws {
    let read = try #require(ReadModel(Self.bridges.arpa))
    let (usual, other) = (
      read.probability("twenty", after: ["today", "is"]), read.probability("two", after: ["today", "is"])
    )
    #expect(usual.order == 3 && other.order == 3)
    #expect(usual.value > other.value && other.value > 0.1)
    #expect(read.probability("six", after: ["thousand", "twenty"]).order == 3)
  }

  @Test func `what the script does not say is still English`() throws {
    let (with, without) = (Self.bridges, Self.make(Self.script("we trust the bridge"), general: .none))
    let read = try #require(ReadModel(with.arpa))
    #expect(read.probability("is", after: ["it"]).order == 2)
    #expect(read.probability("is", after: ["it"]).value > 0.3)
    #expect(with.words.contains("you") && !without.words.contains("today"))
    let alone = try #require(ReadModel(without.arpa))
    #expect(abs(alone.sum(of: without.words, after: ["trust", "the"]) - 1) < 0.003)
  }

  @Test func `a word without pronunciation is left out and said so; one that can be guessed has its phones`() throws {
    let model = Self.make(Self.script("we trust kubernetes and mute people's bridge's"))
    #expect(model.unknown == ["mute"])
    #expect(Set(model.entries.map(\.word)) == ["kubernetes", "people's", "bridge's"])
    #expect(model.entries.first { $0.word == "people's" }?.phones == "AH Z")
    let read = try #require(ReadModel(model.arpa))
    #expect(read.probability("mute").order == 0)
    #expect(read.probability("people's", after: ["and"]).order == 1, "what is left out parts its neighbours")
  }

  @Test(arguments: [
    "<s>", "</s>", "we(2)", "++um++", "[NOISE]", "\\data\\", "ngram 1=4", "-1.5", "ΩΩ", "'", "#x", "<sil>",
  ])
  func `no word can break the model or the dictionary`(word: String) throws {
    var script = Self.script("we trust the bridge")
    script.tokens[1].readings = [[word]]
    let model = Self.make(script)
    #expect(model.unknown == [word])
    #expect(ReadModel(model.arpa) != nil)
    #expect(!model.entries.contains { $0.word == word })
  }

  @Test func `a word of a thousand letters is left out`() {
    let long = String(repeating: "a", count: 1000)
    #expect(Self.make(Self.script("we \(long) trust")).unknown == [long])
  }

  @Test func `an empty script is general English, or fillers alone`() throws {
    for general in [Self.general, .none] {
      let model = Self.make(Script(), general: general)
      let read = try #require(ReadModel(model.arpa))
      #expect(abs(read.sum(of: model.words, after: []) - 1) < 0.003)
      #expect(model.words.contains("um") && model.unknown.isEmpty)
    }
  }

  @Test func `a script without end is cut, and stays sound`() throws {
    let long = Self.script(Array(repeating: "we trust the bridge and the people", count: 20_000).joined(separator: " "))
    let model = Self.make(long)
    let read = try #require(ReadModel(model.arpa))
    #expect(read.probability("the", after: ["we", "trust"]).value > 0.95)
    #expect(model.arpa.utf8.count < 20_000)
  }
}

@Suite struct GeneralLanguageTests {
  @Test func `the installed model gives common words that the dictionary has, and pairs of them`() throws {
    guard let dictionary = PronunciationTests.dictionary,
      let general = try? GeneralLanguage(dictionary: dictionary, wordLimit: 60, pairLimit: 300)
    else { return print("skipped: pocketsphinx-en-us is not installed") }
    #expect(general.words.count == 60 && general.words.starts(with: ["the", "to", "i"]))
    #expect(abs(general.probabilities.reduce(0, +) - 1) < 1e-9)
    #expect(general.pairs.count == 300)
    var behind = Array(repeating: Float(0), count: 60)
    for pair in general.pairs { behind[Int(pair.first)] += pair.probability }
    #expect(behind.allSatisfy { $0 < 1 })
    #expect(zip(general.pairs, general.pairs.dropFirst()).allSatisfy { ($0.first, $0.second) < ($1.first, $1.second) })
  }

  @Test func `a missing model is an error with its name`() {
    #expect(throws: GeneralLanguage.LoadError(path: "/nowhere")) {
      try GeneralLanguage(path: "/nowhere", dictionary: PronouncingDictionary(text: ""))
    }
  }
}

import Espeak
import Testing

@Suite struct `The synthesiser` {
  @Test func `speaks, without a sound card`() throws {
    let (samples, rate) = try Espeak.speak("The quick brown fox.", voice: "en-us", wordsPerMinute: 150)
    #expect(rate == 22050)
    #expect((0.6...4).contains(Double(samples.count) / Double(rate)))
    #expect(samples.contains { abs(Int($0)) > 3000 })
    // The voice flutters a little, and from one text to the next it goes on fluttering: not the same samples twice.
    let again = try Espeak.speak("The quick brown fox.", voice: "en-us", wordsPerMinute: 150).samples.count
    #expect(abs(again - samples.count) < samples.count / 10)
  }

  @Test func `speaks faster when asked to, within its bounds`() throws {
    let lengths = try [80, 160, 320, 450, 100_000].map {
      try Espeak.speak("One two three four five six.", voice: "en", wordsPerMinute: $0).samples.count
    }
    #expect(lengths[0] > lengths[1] && lengths[1] > lengths[2] && lengths[2] > lengths[3])
    #expect(abs(lengths[3] - lengths[4]) < lengths[3] / 10)
    let slow = try Espeak.speak("One two three four five six.", voice: "en", wordsPerMinute: -5).samples.count
    #expect(abs(slow - lengths[0]) < lengths[0] / 10)
  }

  @Test func `says when each word begins`() throws {
    let text = "Silence is golden."
    let utterance = try Espeak.utter(text, voice: "en-us", wordsPerMinute: 120)
    let words = utterance.words.map { word in
      String(Array(text)[word.position..<min(text.count, word.position + word.length)])
    }
    #expect(words == ["Silence", "is", "golden"])
    #expect(utterance.words.map(\.startSeconds) == utterance.words.map(\.startSeconds).sorted())
    #expect(utterance.words.allSatisfy { $0.startSeconds < utterance.seconds })
  }

  @Test func `obeys markup, and lets it name no files`() throws {
    let plain = try Espeak.speak("one two", voice: "en", wordsPerMinute: 160).samples.count
    let pause = "<speak>one <break time=\"1500ms\"/> two</speak>"
    #expect(try Espeak.speak(pause, voice: "en", wordsPerMinute: 160).samples.count > plain + 20000)
    let file = "<speak>one <audio src=\"/etc/passwd\"/> two</speak>"
    #expect(try Espeak.speak(file, voice: "en", wordsPerMinute: 160).samples.count < plain + 20000)
  }

  @Test(arguments: [
    "", " \n", "\u{1}80S\u{0}\u{7F}", "🎤🎤", "<speak", "<speak><<<&&", "[[x", String(repeating: "<", count: 5000),
  ])
  func `makes something or nothing of odd text, and lives`(text: String) throws {
    let utterance = try Espeak.utter(text, voice: "en", wordsPerMinute: 300)
    #expect(utterance.rate == 22050)
  }

  @Test(arguments: ["", "klingon-nowhere", "../../etc/passwd", "en\n", String(repeating: "e", count: 1000)])
  func `knows which voices there are not`(voice: String) {
    let error = #expect(throws: EspeakError.self) { try Espeak.speak("x", voice: voice, wordsPerMinute: 160) }
    #expect(error?.kind == .noSuchVoice)
  }

  @Test func `refuses a book`() {
    let error = #expect(throws: EspeakError.self) {
      try Espeak.speak(String(repeating: "a", count: Espeak.textLimit + 1), voice: "en", wordsPerMinute: 160)
    }
    #expect(error?.kind == .tooLong)
  }

  @Test func `tells the sounds of words, and its languages`() throws {
    let sounds = try Espeak.phonemes("hello world", voice: "en-us")
    #expect(sounds.contains("h") && sounds.contains("_") && sounds.split(separator: " ").count == 2)
    #expect(try Espeak.phonemes("", voice: "en-us") == "")
    let languages = try Espeak.languages()
    #expect(languages.contains("en-us") && languages.contains("de") && languages == languages.sorted())
  }
}

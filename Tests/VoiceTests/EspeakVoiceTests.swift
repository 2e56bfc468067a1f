import Testing

@testable import Voice

@Suite struct EspeakVoiceTests {
  private func make(_ text: String, _ settings: VoiceSettings = VoiceSettings()) throws -> SpokenSound {
    try EspeakVoice(settings).make(text, isCancelled: { false })
  }

  @Test func `a sentence becomes sound that begins at once`() throws {
    let sound = try make("Good morning everyone.")
    #expect(sound.rate == 22_050 && (0.7...3).contains(sound.seconds))
    #expect(sound.samples.allSatisfy { abs($0) <= 1 })
    let start = sound.samples.firstIndex { abs($0) > 0.01 } ?? 0
    #expect(start < 22_050 / 20, "\(start) quiet samples first")
  }

  @Test func `pace and pitch are what was asked for`() throws {
    let text = "Silence is golden, and so is this long sentence about it."
    let lengths = try [100, 165, 300].map { try make(text, VoiceSettings(wordsPerMinute: $0)).seconds }
    #expect(lengths[0] > lengths[1] * 1.2 && lengths[1] > lengths[2] * 1.2)
    let crossings = try [5, 50, 95].map { pitch in
      let samples = try make("aaaaaah", VoiceSettings(pitch: pitch)).samples
      return zip(samples, samples.dropFirst()).count { $0 < 0 && $1 >= 0 }
    }
    #expect(crossings[0] < crossings[2], "\(crossings)")
  }

  @Test(arguments: [
    "<speak>one <break time=\"9s\"/> two</speak>", "<speak", "", "🎤", "\u{1}\u{1b}[31m", "[[h@loU]]",
    String(repeating: "word ", count: 200),
  ])
  func `any text is words, never markup`(text: String) throws {
    let sound = try make(text)
    #expect(sound.seconds < 120)
    if text.hasPrefix("<speak>") { #expect(sound.seconds < 8) }
  }

  @Test func `a long text is left off where it is told to`() {
    var asked = 0
    let error = #expect(throws: VoiceError.self) {
      try EspeakVoice(VoiceSettings()).make(String(repeating: "This is a sentence. ", count: 200)) {
        asked += 1
        return asked > 3
      }
    }
    #expect(error?.kind == .cancelled && asked == 4)
  }

  @Test func `a voice that is not there is named`() {
    let error = #expect(throws: VoiceError.self) { try make("x", VoiceSettings(voice: "klingon-nowhere")) }
    #expect(error?.kind == .noSuchVoice && error?.detail == "klingon-nowhere")
  }
}

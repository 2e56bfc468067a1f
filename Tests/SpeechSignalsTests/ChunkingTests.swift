import Testing

@testable import SpeechSignals

@Suite struct ChunkingTests {
  private func check(_ samples: [Float], chunk: Int) {
    let whole = Analysis(samples)
    let parts = Analysis(samples, chunk: chunk)
    #expect(parts.found == whole.found)
    #expect(parts.readings == whole.readings)
    #expect(parts.pitch == whole.pitch && whole.pitch.count == whole.readings.count)
    #expect(!whole.phrases.isEmpty)
  }

  @Test(arguments: [1, 160, 1000]) func `chunks do not change what is found in made speech`(chunk: Int) {
    check(Sound.picture("...sssss....ssssssss..ssss......sss.|"), chunk: chunk)
  }

  @Test(.enabled(if: Sound.reader != nil, "pocketsphinx-testdata is not installed"), arguments: [1, 160, 1000])
  func `chunks do not change what is found in a reader's speech`(chunk: Int) throws {
    check(try #require(Sound.reader), chunk: chunk)
  }

  @Test(.enabled(if: Sound.shared("human/mfa_acoustic_corpus.wav") != nil, "../shared/speech is absent"))
  func `chunks do not change what is found in free speech`() throws {
    check(try #require(Sound.shared("human/mfa_acoustic_corpus.wav")), chunk: 777)
  }

  @Test func `findings come in order, and soon after what completes them`() {
    let analysis = Analysis(Sound.picture("..ssssssss....ssss...sssssss...|"))
    var last = 0.0
    for found in analysis.found {
      #expect(found.at >= last)
      last = found.at
      switch found.finding {
      case .syllable(let time): #expect(found.at - time <= 0.35)
      case .pause(let pause): #expect(found.at - pause.end <= 0.35)
      case .phrase(let phrase): #expect(found.at - phrase.end <= 0.25 + 0.35)
      case .filledPause(let filler): #expect(found.at - filler.end <= 0.35)
      case .second(let second): #expect(found.at - second.end <= 0.35)
      }
    }
    #expect(last > 0)
  }
}

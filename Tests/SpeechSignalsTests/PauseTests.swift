import Testing

@testable import SpeechSignals

@Suite struct PauseTests {
  /// Where the picture has silence between speech, in seconds.
  private func silences(_ picture: String) -> [(Double, Double)] {
    let letters = Array(picture.filter { $0 != "|" })
    var silences: [(Double, Double)] = []
    var end: Int?
    for (place, letter) in letters.enumerated() where letter == "s" {
      if let end, place > end { silences.append((Double(end) / 10, Double(place) / 10)) }
      end = place + 1
    }
    return silences
  }

  @Test(arguments: [
    "...ssss....ssss....|",
    "..ssssss...ssssssss.....ssss..........ssssss..|",
    "ssssssssss...ssss|",
    "....ssssssss.....|",
    "..ssss...............ssss...ssss...ssss..|",
  ])
  func `a pause lies where the picture has one`(picture: String) {
    let expected = silences(picture)
    let pauses = Analysis(Sound.picture(picture)).pauses
    #expect(pauses.count == expected.count)
    for (pause, truth) in zip(pauses, expected) {
      #expect(abs(pause.start - truth.0) <= 0.06, "\(pause) for \(truth)")
      #expect(abs(pause.end - truth.1) <= 0.06, "\(pause) for \(truth)")
    }
  }

  @Test func `a silence under the minimum belongs to the phrase around it`() {
    let analysis = Analysis(Sound.picture("...ssss.ssss..ssss....|"))
    #expect(analysis.pauses.isEmpty)
    #expect(analysis.phrases.count == 1)
  }

  @Test(arguments: zip([0.1, 0.25, 0.6, 2.0], [4, 3, 2, 1]))
  func `the minimum is a setting`(minimum: Double, count: Int) {
    var settings = AnalyzerSettings()
    settings.minimumPauseSeconds = minimum
    let sound = Sound.picture("...ssss..ssss....ssss........ssss.....................ssss...|")
    #expect(Analysis(sound, settings: settings).pauses.count == count)
  }

  @Test(arguments: [-1, 0, .nan, .infinity, 1e9])
  func `a senseless minimum is moved to a sensible one`(minimum: Double) {
    var settings = AnalyzerSettings()
    settings.minimumPauseSeconds = minimum
    settings.paceWindowSeconds = minimum
    #expect(Analysis(Sound.picture("...ssss..ssss...|"), settings: settings).phrases.count >= 1)
  }

  @Test func `a louder or softer recording, or one with an offset, has the same events`() {
    let sound = Sound.picture("...sssss....ssssssss...ssss......sss...|")
    let plain = Analysis(sound)
    for (scale, offset): (Float, Float) in [(0.25, 0), (2, 0), (1, 0.1), (0.5, -0.2)] {
      let other = Analysis(sound.map { $0 * scale + offset })
      #expect(other.pauses.count == plain.pauses.count)
      #expect(other.syllables.count == plain.syllables.count)
      for (one, two) in zip(other.pauses, plain.pauses) {
        #expect(abs(one.start - two.start) < 0.011 && abs(one.end - two.end) < 0.011)
      }
      for (one, two) in zip(other.syllables, plain.syllables) { #expect(abs(one - two) < 0.011) }
    }
  }

  @Test func `live silence is counted from where speech ended`() throws {
    let readings = Analysis(Sound.picture("...ssssssss..........|")).readings
    let decided = try #require(readings.firstIndex { !$0.isSpeech && $0.seconds > 1 })
    #expect(readings[decided].silenceSeconds >= 0.15 && readings[decided].silenceSeconds <= 0.3)
    #expect(readings[decided].seconds <= 1.1 + 0.35)
    let last = try #require(readings.last)
    #expect(abs(last.silenceSeconds - 1) <= 0.06)
    #expect(last.runSeconds == 0)
    let speaking = try #require(readings.first { $0.isSpeech && $0.seconds > 0.9 })
    #expect(speaking.silenceSeconds == 0)
    #expect(abs(Double(speaking.runSeconds) - (speaking.seconds - 0.3)) <= 0.06)
  }
}

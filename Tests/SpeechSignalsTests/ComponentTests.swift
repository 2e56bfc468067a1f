import Foundation
import Testing

@testable import SpeechSignals

/// The parts by themselves.
@Suite struct ComponentTests {
  @Test(arguments: [16, 512, 1280]) func `the fast transform agrees with the sum it stands for`(count: Int) {
    let transform = FourierTransform(count: count)
    let sound = Array(Sound.noise(seconds: 0.1, amplitude: 1).prefix(count))
    var power = [Float](repeating: 0, count: transform.bins)
    transform.powerSpectrum(of: sound, from: 0, window: [Float](repeating: 1, count: count), into: &power)
    for bin in stride(from: 0, to: transform.bins, by: max(1, transform.bins / 9)) {
      var (real, imaginary) = (0.0, 0.0)
      for (index, sample) in sound.enumerated() {
        let angle = 2 * Double.pi * Double(bin * index) / Double(count)
        real += Double(sample) * cos(angle)
        imaginary -= Double(sample) * sin(angle)
      }
      let truth = real * real + imaginary * imaginary
      #expect(abs(Double(power[bin]) - truth) < 1e-3 * max(1, truth))
    }
  }

  @Test func `a transform refuses what does not fit`() {
    let transform = FourierTransform(count: 16)
    var power = [Float](repeating: -1, count: transform.bins)
    transform.powerSpectrum(of: [1, 2], from: 0, window: [1, 1, 1], into: &power)
    transform.powerSpectrum(of: [1, 2, 3], from: -1, window: [1, 1], into: &power)
    #expect(power.allSatisfy { $0 == -1 })
  }

  @Test func `the bands of a sine hold its power`() {
    var spectrum = Spectrum()
    let sound = Sound.sine(1000, seconds: 0.03, amplitude: 0.5)
    spectrum.measure(sound, from: 0)
    #expect(abs(10 * log10(spectrum.bands.reduce(0, +)) - 10 * log10(0.125)) < 0.2)
    #expect(spectrum.bands.firstIndex(of: spectrum.bands.max() ?? 0) == 7)
  }

  /// A picture of final frames, a letter each: `s` speech, `n` speech with a nucleus, `.` silence.
  @Test(arguments: [
    ("..sns..sns.....|", ["2-5 n1", "pause 5-7", "7-10 n1"], 2),
    ("sssss|", ["0-5 n0"], 3),
    ("..nnn.nn...nn..|", ["2-8 n5", "pause 8-11", "11-13 n2"], 3),
    (".......|", [], 1),
  ])
  func `phrases and pauses follow from frames`(picture: String, expected: [String], minimum: Int) {
    var tracker = PhraseTracker(minimumFrames: minimum)
    var told: [String] = []
    func tell(_ phrase: PhraseTracker.Outcome.Phrase?, _ pause: PhraseTracker.Outcome.Pause? = nil) {
      if let phrase { told.append("\(Int(phrase.start))-\(Int(phrase.end)) n\(phrase.syllables)") }
      if let pause { told.append("pause \(Int(pause.start))-\(Int(pause.end))") }
    }
    for (frame, letter) in picture.filter({ $0 != "|" }).enumerated() {
      let outcome = tracker.update(frame: frame, isSpeech: letter != ".", isNucleus: letter == "n")
      tell(outcome.phrase, outcome.pause)
    }
    tell(tracker.close())
    #expect(told == expected)
  }

  /// A picture as above; at `!` everything from the last `(` on is taken back, at `=` what lies from the last `[` to the
  /// last `]` is known to be speech; none of them is a frame.
  @Test(arguments: [
    (2, "..ss...(ns.!.....ns...|", ["2-4 n0", "pause 4-7", "pause 7-15", "15-17 n1"]),
    (2, "..(ns!...ns...|", ["7-9 n1"]), (2, "..ns(n.s!....s...|", ["2-4 n1", "pause 4-11", "11-12 n0"]),
    (2, "..ns.(.n!....s...|", ["2-4 n1", "pause 4-6", "pause 6-11", "11-12 n0"]),
    (2, "..ns...(.!..s..|", ["2-4 n1", "pause 4-10", "10-11 n0"]),
    (5, "..s[s.]=.....s..|", ["held 3-5", "2-5 n0", "pause 5-10", "10-11 n0"]),
    (5, "..s[s.]=...s..|", ["held 3-5", "2-9 n0"]),
    (5, "..s[s.]=....s..|", ["held 3-5", "2-5 n0", "pause 5-10", "10-10 n0"]),
    (5, "..s[sss.].....=..s..|", ["2-6 n0", "held 3-6", "pause 6-14", "14-15 n0"]),
    (5, "..ss......[...]=.s..|", ["2-4 n0", "pause 4-14", "14-15 n0"]),
    (5, "..ss.......[.ssss]=......|", ["2-4 n0", "pause 4-12", "held 12-16", "12-16 n0"]),
    (5, "......[..sss]......=..s..|", ["8-11 n0", "held 8-11", "pause 11-19", "19-20 n0"]),
    (5, "..[...]=..s..|", ["7-8 n0"]),
    (5, "..ss[.s]=.(.s!.......s..|", ["held 4-6", "2-6 n0", "pause 6-16", "16-17 n0"]),
    (5, "..ss(.s[.s.]=.!......s..|", ["held 6-9", "2-4 n0", "pause 4-16", "16-17 n0"]),
  ])
  func `laughter is taken out of the open phrase, and what is speech is in no pause`(
    minimum: Int, picture: String, expected: [String]
  ) {
    var tracker = PhraseTracker(minimumFrames: minimum)
    var (told, frame, first, start, end): ([String], Int, Int, Int, Int) = ([], 0, 0, 0, 0)
    func tell(_ phrase: PhraseTracker.Outcome.Phrase?, _ pause: PhraseTracker.Outcome.Pause? = nil) {
      if let phrase { told.append("\(Int(phrase.start))-\(Int(phrase.end)) n\(phrase.syllables)") }
      if let pause { told.append("pause \(Int(pause.start))-\(Int(pause.end))") }
    }
    for letter in picture where letter != "|" {
      switch letter {
      case "(": first = frame
      case "!": tracker.takeBack(from: first)
      case "[": start = frame
      case "]": end = frame
      case "=":
        if let held = tracker.hold(Double(start)...Double(end)) {
          told.append("held \(Int(held.lowerBound))-\(Int(held.upperBound))")
        }
      default:
        let outcome = tracker.update(frame: frame, isSpeech: letter != ".", isNucleus: letter == "n")
        tell(outcome.phrase, outcome.pause)
        frame += 1
      }
    }
    tell(tracker.close())
    #expect(told == expected)
  }

  /// Speech for ten frames, silence for `silence`, and speech again, with edges so much later than the frames'.
  @Test(arguments: [
    (25, Float(0), Float(0), Optional(25.0)), (25, 0.4, -0.4, nil), (25, 0.2, 0, 25), (25, -0.3, 0.4, 25.7),
    (24, -0.3, 0.1, nil), (24, -0.3, 0.3, 25), (26, 0.5, -0.5, 25),
  ])
  func `a pause is as long as lies between its edges`(
    silence: Int, end: Float, start: Float, expected: Double?
  ) throws {
    var tracker = PhraseTracker(minimumFrames: 25)
    var pauses: [PhraseTracker.Outcome.Pause] = []
    for frame in 0..<(20 + silence) {
      let isSpeech = frame < 10 || frame >= 10 + silence
      let edges = (start: frame == 10 + silence ? start : 0, end: frame == 9 ? end : 0)
      let outcome = tracker.update(frame: frame, isSpeech: isSpeech, edges: edges, isNucleus: false)
      if let pause = outcome.pause { pauses.append(pause) }
    }
    #expect(pauses.count == (expected == nil ? 0 : 1))
    if let expected, let pause = pauses.first { #expect(abs(pause.end - pause.start - expected) < 1e-5) }
  }

  /// Digital silence is `.`, sound `s`, a letter each 5 ms; the middles of frames whose windows are whole. Frames begin
  /// with the sound.
  @Test(arguments: [
    ("ssssssssssssssss", [2, 3, 4, 5]), ("...sssssssssssssss", [3, 4, 5]), ("..ssssssssssssssss", [3, 4, 5, 6]),
    ("ssssssssss....ssssssssssssss", [2, 9, 10, 11]),
  ])
  func `a window that reaches into digital silence is not whole`(picture: String, expected: [Int]) {
    var (framer, cover) = (Framer(), WindowCover())
    var (frame, whole) = (0, [Int]())
    for (place, letter) in picture.enumerated() {
      for index in 0..<80 where framer.push(letter == "." ? 0 : sinf(Float(place * 80 + index) * 0.3 + 1)) {
        cover.note(isFlat: framer.isFlat)
        if cover.isWhole { whole.append(frame - 2) }
        frame += 1
      }
    }
    #expect(whole == expected)
  }

  /// A voice 20 dB over a background at -60 dB, and the background since.
  @Test(
    arguments: [([-60], 20), ([-56], 20), ([-53], 20), ([-50], 14), ([-40], 0), ([-46, -60], 20)] as [([Float], Float)])
  func `a background that rises takes from the distance of the voice`(since: [Float], expected: Float) {
    var distance = VoiceDistance(before: nil)
    distance.note(20, over: -60)
    for level in since { distance.follow(background: level) }
    #expect(distance.decibels == expected)
  }

  @Test func `restlessness comes to rest at the median and its deviation`() {
    var quiet = Restlessness()
    for frame in 0..<3000 { quiet.learn(Float(frame * 7 % 11)) }
    #expect(abs(quiet.median - 5) < 0.5)
    #expect(abs(quiet.deviation - 2.7) < 0.6)
  }

  @Test func `pace forgets what leaves the window`() {
    var pace = Pace(windowFrames: 300)
    for frame in 0..<300 { pace.update(isSpeech: true, isNucleus: frame % 20 == 0) }
    #expect(pace.syllablesPerSecond == 5)
    for frame in 0..<300 { pace.update(isSpeech: true, isNucleus: frame % 50 == 0) }
    #expect(pace.syllablesPerSecond == 2)
    for _ in 0..<200 { pace.update(isSpeech: false, isNucleus: false) }
    let frozen = pace.syllablesPerSecond
    for _ in 0..<900 { pace.update(isSpeech: false, isNucleus: false) }
    #expect(pace.syllablesPerSecond == frozen)
  }

  @Test func `a noise floor falls at once and rises within three seconds`() {
    var noise = NoiseFloor()
    for _ in 0..<100 { noise.update([Float](repeating: 1e-4, count: Spectrum.bandCount)) }
    #expect(abs(noise.levels[0] + 37) < 0.5)
    for _ in 0..<30 { noise.update([Float](repeating: 1e-6, count: Spectrum.bandCount)) }
    #expect(noise.levels[0] < -55)
    for _ in 0..<340 { noise.update([Float](repeating: 1e-4, count: Spectrum.bandCount)) }
    #expect(abs(noise.levels[0] + 37) < 0.5)
    let before = noise.levels
    for _ in 0..<400 { noise.update([Float](repeating: 0, count: Spectrum.bandCount)) }
    #expect(noise.levels == before)
  }

  @Test func `a speaker's range is known after a second of voice and forgets slowly`() {
    var range = SpeakerRange()
    for _ in 0..<99 { range.note(120) }
    #expect(range.median == nil && range.cost(400) == 0)
    for _ in 0..<26 { range.note(120) }
    #expect(abs((range.median ?? 0) / 120 - 1) < 0.03)
    #expect(range.cost(400) > 0 && range.cost(70) > 0 && range.cost(240) == 0 && range.cost(90) == 0)
    for _ in 0..<6000 { range.note(220) }
    #expect(abs((range.median ?? 0) / 220 - 1) < 0.03)
  }

  @Test func `five minutes end as they began`() {
    let part = Sound.picture("..ssssssssss....sssssssssssss....ssssss.......ssssssssssss..|")
    var analyzer = Analyzer(settings: AnalyzerSettings())
    var results = Results()
    var pauses: [Int] = []
    for _ in 0..<50 {
      analyzer.process(part.span, into: &results)
      pauses.append(results.found.count { if case .pause = $0.finding { true } else { false } })
      results.removeAll()
    }
    #expect(pauses.dropFirst(2).allSatisfy { $0 == 4 })
    #expect(pauses.count == 50)
  }
}

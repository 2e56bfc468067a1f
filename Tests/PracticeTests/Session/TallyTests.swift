import SpeechSignals
import Testing

@testable import Practice

/// What the roll-ups say of a run of speech holds until the run itself is known.
@Suite struct TallyTests {
  /// A tally of 12 s of speech from 1.2 to 8.6 s with a pause before 4.1 s that was found late; `phrases` of them known.
  private func tally(phrases: Int) -> Tally {
    var tally = Tally()
    for end in 1...12 {
      let speech = max(0, min(8.6, Double(end)) - max(1.2, Double(end - 1)))
      tally.add(second(Double(end), speech: speech, run: end <= 8 ? Double(end) - min(1.2, Double(end)) : 0))
      if end == 9, phrases > 0 { tally.add(Phrase(start: 1.2, end: 3.6, syllables: 9)) }
      if end == 9, phrases > 1 { tally.add(Phrase(start: 4.1, end: 8.6, syllables: 18)) }
    }
    return tally
  }

  @Test(arguments: [(0, 6.8, 9.0), (1, 2.4, 3.6), (2, 4.5, 8.6)])
  func `the longest run and the last of speech are those of the runs`(phrases: Int, longest: Double, last: Double) {
    let tally = tally(phrases: phrases)
    #expect(abs(tally.longestRunSeconds - longest) < 1e-9, "\(tally.longestRunSeconds)")
    #expect(abs((tally.firstSpeechSeconds ?? 0) - 1.2) < 1e-9)
    #expect(abs(tally.lastSpeechSeconds - last) < 1e-9, "\(tally.lastSpeechSeconds)")
  }

  @Test func `a run that goes on counts as far as it has come`() {
    var tally = tally(phrases: 2)
    tally.add(second(13, speech: 0.7, run: 0.7))
    #expect(tally.lastSpeechSeconds == 13 && abs(tally.longestRunSeconds - 4.5) < 1e-9)
    tally.add(second(14, speech: 1, run: 6))
    #expect(tally.longestRunSeconds == 4.5, "a run that began before the last one ended is none of its own")
    tally.add(second(15, speech: 0, run: 0))
    #expect(tally.lastSpeechSeconds == 8.6, "of sound that became no run nothing is left")
  }

  @Test func `a talk begins and ends a second around its runs wherever a second begins`() {
    for shift in stride(from: 0.0, to: 1, by: 0.1) {
      var session = begun()
      for end in 1...20 {
        let speech = max(0, min(12.3 + shift, Double(end)) - max(2.3 + shift, Double(end - 1)))
        let run = speech > 0 && Double(end) < 12.3 + shift ? Double(end) - 2.3 - shift : 0
        _ = session.apply(SessionEvent(at: Double(end), .second(second(Double(end), speech: speech, run: run))))
      }
      let phrase = Phrase(start: 2.3 + shift, end: 12.3 + shift, syllables: 40)
      _ = session.apply(SessionEvent(at: 20, .phrase(phrase)))
      #expect(session.talkBounds.map { $0.upperBound - $0.lowerBound }.map { abs($0 - 12) < 1e-9 } == true)
    }
  }
}

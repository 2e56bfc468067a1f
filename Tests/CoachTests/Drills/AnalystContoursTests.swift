import Glibc
import Practice
import Sound
import SpeechSignals
import Synchronization
import Testing

@testable import Coach

@Suite struct AnalystContoursTests {
  /// Four seconds of a voice that glides from 100 to 200 Hz, half a second of it silent.
  private static let samples: [Int16] = {
    var phase = 0.0
    return (0..<16_000 * 4 + 800).map { index in
      phase += (100 + Double(index) / 640) / 16_000
      let isSilent = (16_000..<24_000).contains(index)
      return isSilent ? 0 : Int16(9_000 * (1 - 2 * phase.truncatingRemainder(dividingBy: 1)))
    }
  }()

  /// What the analyst leaves of them, in order, `chunk` samples at a time.
  private func events(chunk: Int, tellsContours: Bool) throws -> [SessionEvent] {
    let place = Mutex(0)
    let source = SourceRequest.generated(name: "glide", rate: 16_000, fast: true) {
      place.withLock { place in
        guard place < Self.samples.count else { return nil }
        defer { place += chunk }
        return Array(Self.samples[place..<min(place + chunk, Self.samples.count)])
      }
    }
    let (mailbox, capture) = (Mailbox(), try Capture(source))
    let analyst = Analyst(mailbox: mailbox, settings: AnalyzerSettings(), tellsContours: tellsContours)
    analyst.listen(to: capture)
    try analyst.start()
    capture.start()
    var events: [SessionEvent] = []
    while true {
      var waiting = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 10_000) > 0 else { break }
      let post = mailbox.take()
      events += post.events
      if post.isLast { break }
    }
    capture.stop()
    return events
  }

  @Test func `contours come with what was found, in the order of time, however the sound was chunked`() throws {
    let whole = try events(chunk: 4_000, tellsContours: true)
    let contours = whole.compactMap { if case .contour(let contour) = $0.kind { contour } else { nil } }
    #expect(contours.map(\.start) == [0, 1, 2, 3])
    // The pitch of the fourth second was still to come when the sound ended.
    #expect(contours.map(\.levels.count) == [20, 20, 20, 21])
    #expect(zip(whole, whole.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
    #expect(try events(chunk: 1_234, tellsContours: true) == whole)
  }

  @Test func `pitch stands where it was`() throws {
    let session = try events(chunk: 1_600, tellsContours: true)
    let contours = session.compactMap { if case .contour(let contour) = $0.kind { contour } else { nil } }
    let pitches = contours.flatMap(\.pitches)
    for step in [6, 12, 40, 60, 70] {
      let expected = 100 + (Double(step) + 0.5) * Contour.step * 25
      #expect(abs(pitches[step] - expected) < 1, "\(step): \(pitches[step]), \(expected)")
    }
    #expect(pitches[21..<29].allSatisfy { $0 == 0 })
  }

  @Test func `who does not ask for contours gets none, and the rest the same`() throws {
    let with = try events(chunk: 1_600, tellsContours: true)
    let without = try events(chunk: 1_600, tellsContours: false)
    #expect(without == with.filter { if case .contour = $0.kind { false } else { true } })
  }
}

import Sound
import SpeechSignals
import Support
import Synchronization
import Testing
import Voice

@testable import Coach

/// The way from loudspeaker to microphone, over a real sound server: one microphone hears the voice, one does not.
@Suite(.serialized, .enabled(if: PulseAudio.isThere, "needs pulseaudio")) struct SpeakerEchoTests {
  @Test func `playback that reaches the microphone is told from playback that does not`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    try pulse.addSink("room")
    let hiss = try scratch.write(Speech.room(seconds: 60).file, to: "hiss.wav")
    let rooms = try ["mic", "room"].map { try pulse.play(hiss, into: $0) }
    defer { rooms.forEach { $0.child.end() } }
    let ears = try ["mic.monitor", "room.monitor"].map { try EchoEar(pulse.device($0)) }
    let isOver = Atomic<Bool>(false)
    let settings = VoiceSettings()
    let speaker = Speaker(
      device: pulse.player, settings: settings, making: { EspeakVoice(settings) },
      tell: { if $0 == .finished { isOver.store(true, ordering: .releasing) } })
    #expect(eventually { ears.allSatisfy { $0.hear(playback: nil) && $0.seconds > 1 } })
    for _ in 0..<3 { speaker.say("You held your pace through the opening, and then the numbers came, and you ran.") }
    speaker.end()
    // The nearest to an analyst's thread that needs none: each look takes what has come since the last one.
    #expect(
      eventually(within: 60, everySeconds: 0.005) {
        let level = speaker.levelDecibels
        for ear in ears { _ = ear.hear(playback: level) }
        return isOver.load(ordering: .acquiring)
      })
    #expect(ears.map(\.barge.probe.verdict) == [.leaks, .isolated])
    #expect(ears.allSatisfy { !$0.hasStopped }, "nobody spoke")
    speaker.close()
  }
}

/// A microphone that asks whether the voice shall stop.
private final class EchoEar {
  private(set) var barge = BargeIn()
  private(set) var hasStopped = false
  private(set) var seconds = 0.0
  private let capture: Capture
  private let reader: SampleReader
  private var analyzer = Analyzer(settings: AnalyzerSettings())
  private var (buffer, results): ([Float], Results) = ([], Results())

  init(_ device: String) throws {
    capture = try Capture(.device(device))
    reader = capture.makeReader()
    capture.start()
  }

  deinit { capture.stop() }

  /// Takes in what has come; always true.
  func hear(playback: Float?) -> Bool {
    while case .samples = reader.next(timeoutMilliseconds: 0, into: &buffer) {
      results.removeAll()
      analyzer.process(buffer.span, into: &results)
      for reading in results.readings where barge.hear(reading, playback: playback) { hasStopped = true }
      seconds += Double(buffer.count) / 16_000
    }
    return true
  }
}

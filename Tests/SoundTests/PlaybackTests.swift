import Foundation
import Support
import Testing

@testable import Sound

/// Sound played into a sound server and recorded from behind it. What it took is printed; the bounds are loose.
@Suite(.serialized, .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
struct PlaybackTests {
  private let tone = Self.tone(1_000, seconds: 1, rate: 22_050)

  @Test func `a tone comes back as long and as loud as it was`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let playback = try Playback(device: pulse.player, rate: 22_050)
    #expect(playback.rate == 22_050 && playback.name == pulse.player)
    for volume in [Float(1), 0.25] {
      let start = tape.count
      #expect(try playback.write(tone, rate: 22_050, volume: volume))
      #expect(playback.levelDecibels > -25)
      #expect(try playback.drain())
      #expect(playback.levelDecibels == -100)
      #expect(eventually { tape.count > start && tape.isQuiet(seconds: 0.2) && tape.loud(from: start) != nil })
      let (first, last) = try #require(tape.loud(from: start))
      let heard = tape.wave.samples[first...last]
      print("a second of sound, heard for \(Double(heard.count) / 48_000) s; underruns \(playback.underruns)")
      #expect(abs(Double(heard.count) / 48_000 - 1) < 0.5)
      let peak = Double(heard.map(\.magnitude).max() ?? 0) / 32_768
      #expect(abs(peak - 0.5 * Double(volume)) < 0.05)
      #expect(abs(crossings(heard.map { Float($0) }, rate: 48_000) - 1_000) < 50)
    }
    #expect(playback.framesPlayed > 40_000)
    playback.close()
    #expect(try !playback.write(tone, rate: 22_050), "a closed device takes nothing")
  }

  @Test func `sound of another rate has the pitch it was made with`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let playback = try Playback(device: pulse.player, rate: 22_050)
    #expect(try playback.write(Self.tone(1_000, seconds: 0.5, rate: 24_000), rate: 24_000))
    try playback.drain()
    #expect(eventually { tape.loud() != nil && tape.isQuiet(seconds: 0.2) })
    let (first, last) = try #require(tape.loud())
    #expect(abs(crossings(tape.wave.samples[first...last].map { Float($0) }, rate: 48_000) - 1_000) < 50)
  }

  @Test func `a stop silences, and what comes after it is heard again`() throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let playback = try Playback(device: pulse.player, rate: 22_050)
    let sound = Self.tone(1_000, seconds: 20, rate: 22_050)
    let writer = try SoundThread(name: "writer") { _ = try? playback.write(sound, rate: 22_050) }
    #expect(eventually { tape.count > 0 && (tape.loud().map { tape.count - $0.first > 48_000 } ?? false) })
    playback.stop()
    let stopped = now()
    #expect(writer.join(milliseconds: 60_000), "the writer sees the stop")
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
    let (_, last) = try #require(tape.loud())
    let seconds = try #require(tape.arrival(of: last)) - stopped
    print("stop to silence: \(Int(seconds * 1_000)) ms")
    #expect(seconds < 0.5)
    #expect(try !playback.write(tone, rate: 22_050), "nothing is played before it is let")
    playback.resume()
    let start = tape.count
    #expect(try playback.write(tone, rate: 22_050) && playback.drain())
    #expect(eventually { tape.loud(from: start) != nil })
  }

  @Test(arguments: [SIGSTOP, SIGKILL]) func `a sound server that hangs or is gone is told, with the device`(
    signal: Int32
  ) throws {
    let pulse = try PulseAudio()
    let playback = try Playback(device: pulse.player, rate: 22_050)
    #expect(try playback.write(tone, rate: 22_050))
    pulse.daemon.send(signal)
    let began = now()
    let error = #expect(throws: SoundError.self) {
      _ = try playback.write(Self.tone(1_000, seconds: 20, rate: 22_050), rate: 22_050)
    }
    print("signal \(signal): \(String(describing: error)) after \(now() - began) s")
    #expect(error?.kind == .io && error?.name == pulse.player)
    pulse.daemon.send(SIGCONT)
  }

  @Test func `the null device takes everything`() throws {
    let playback = try Playback(device: "null", rate: 22_050)
    #expect(try playback.write(tone, rate: 22_050) && playback.drain())
  }

  @Test func `a device that is not there is named`() {
    let error = #expect(throws: SoundError.self) { try Playback(device: "nowhere", rate: 22_050) }
    #expect(error?.kind == .noSuchDevice && error?.name == "nowhere" && error?.operation == "snd_pcm_open")
  }

  @Test(arguments: [
    (Float(1), Float(0), Float(1), Float(1)), (1, -1, 1, 0), (1, 1, 0, 1), (0.5, 0.5, 0.25, 0.5), (2, 0, 1, 1),
    (-1, 0, 0, 0), (1, 9, 0, 1), (.nan, .nan, 1, 1),
  ])
  func `volume and balance are gains`(volume: Float, balance: Float, left: Float, right: Float) {
    let gains = PlaybackGains(volume: volume, balance: balance)
    #expect(gains.left == left && gains.right == right)
  }

  @Test(arguments: SampleEncoding.allCases) func `what is written reads back`(encoding: SampleEncoding) {
    let samples: [Float] = [0, 0.5, -0.5, 0.999, -1, 3, -3, .nan]
    let format = SoundFormat(rate: 8_000, channels: 1, encoding: encoding)
    var (bytes, back): ([UInt8], [Float]) = ([], [])
    SampleConversion.append(samples, PlaybackGains(volume: 1, balance: 0), as: format, to: &bytes)
    bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return }
      SampleConversion.appendMono(base, frames: samples.count, format: format, to: &back)
    }
    for (one, other) in zip(back, [0, 0.5, -0.5, 0.999, -1, 1, -1, 0] as [Float]) { #expect(abs(one - other) < 0.02) }
  }

  @Test func `each side has its own gain, and more sides are silent`() {
    let format = SoundFormat(rate: 8_000, channels: 3, encoding: .float32)
    var bytes: [UInt8] = []
    SampleConversion.append([0.5], PlaybackGains(volume: 1, balance: -0.5), as: format, to: &bytes)
    let values = stride(from: 0, to: 12, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
    #expect(values == [0.5, 0.25, 0])
  }

  private static func tone(_ hertz: Double, seconds: Double, rate: Int) -> [Float] {
    sine(hertz, rate: rate, count: Int(seconds * Double(rate))).map { Float($0) / 32_768 }
  }
}

import Coach
import Foundation
import Sound
import Support
import Synchronization
import Testing

/// How soon a replay is heard and silent, how well it says where it is, and what it costs. Runs only when asked.
@Suite(
  .serialized, .enabled(if: Machine.asks(for: "ROSTRUM_BENCH"), "asked for by ROSTRUM_BENCH=1"),
  .enabled(if: PulseAudio.isThere, "needs pulseaudio"))
struct ReplayBench {
  private static let rate = 48_000

  @Test func `from a key to the sound, and to silence`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let tape = try MonitorTape(of: pulse)
    let take = try kept(.tone(hertz: 440, seconds: 300, rate: Self.rate), in: scratch)
    var (cold, warm, silence, seek): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    for round in 0..<24 {
      let player = ReplayPlayer(parts: [take], seconds: 300, device: pulse.player) { _ in }
      player.setSpeed([1, 1.5, 0.5, 2][round % 4])
      cold.append(try delay(tape) { player.play(from: 3) })
      silence.append(try quiet(tape) { player.pause() })
      warm.append(try delay(tape) { player.play() })
      // A seek is heard by the gap before it: the sound stops at once.
      let (start, asked) = (tape.count, now())
      player.seek(to: 200)
      #expect(eventually(everySeconds: 0.002) { player.position > 200.05 })
      seek.append(try resumed(tape, from: start, to: tape.count) - asked)
      silence.append(try quiet(tape) { player.close() })
    }
    var table = Table()
    table.add("play to sound, nothing open yet, median", milliseconds(cold, 0.5))
    table.add("play to sound, device open, median", milliseconds(warm, 0.5), aim: "<= 150 ms")
    table.add("play to sound, device open, longest of \(warm.count)", milliseconds(warm, 1))
    table.add("seek to sound, median", milliseconds(seek, 0.5), aim: "<= 150 ms")
    table.add("pause to silence, median", milliseconds(silence, 0.5), aim: "<= 100 ms")
    table.add("pause to silence, longest of \(silence.count)", milliseconds(silence, 1), aim: "<= 100 ms")
    table.print()
  }

  @Test func `where it says it is, and where it is heard`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let tape = try MonitorTape(of: pulse)
    // A second of silence, a second of tone, and so on: each onset is a known second of the take.
    let pair = Wave.silence(seconds: 1, rate: Self.rate) + .tone(hertz: 440, seconds: 1, rate: Self.rate)
    let take = try kept((0..<8).reduce(Wave(rate: Self.rate)) { wave, _ in wave + pair }, in: scratch)
    var errors: [Double] = []
    for speed in [0.75, 1, 1.5, 2] {
      let player = ReplayPlayer(parts: [take], seconds: 16, device: pulse.player) { _ in }
      player.setSpeed(speed)
      for second in [1.0, 7, 3] {
        let start = tape.count
        player.play(from: second - 0.5)
        var crossed = 0.0
        #expect(
          eventually(everySeconds: 0.001) {
            if crossed == 0, player.position >= second { crossed = now() }
            return crossed > 0 && tape.loud(from: start) != nil
          })
        let first = try #require(tape.loud(from: start)).first
        errors.append(abs(crossed - (try #require(tape.arrival(of: first)))))
        player.pause()
        #expect(eventually { tape.isQuiet(seconds: 0.2) })
      }
      player.close()
    }
    var table = Table()
    table.add("position to what is heard, off by, median", milliseconds(errors, 0.5), aim: "<= 50 ms")
    table.add("position to what is heard, off by, most of \(errors.count)", milliseconds(errors, 1), aim: "<= 50 ms")
    table.print()
  }

  @Test func `what it costs`() throws {
    let (pulse, scratch) = (try PulseAudio(), try Scratch())
    let reading = try Speech.reading()
    let wave = Wave(rate: Self.rate, samples: reading.looped(seconds: 120).samples.flatMap { [$0, $0, $0] })
    let take = try kept(wave, in: scratch)
    var table = Table()
    for speed in [1, 1.5, 2, 0.5] {
      let player = ReplayPlayer(parts: [take], seconds: 120, device: pulse.player) { _ in }
      player.setSpeed(speed)
      player.play()
      #expect(eventually { player.position > 0.5 })
      let (before, began, place) = (try #require(ProcessFigures(pid: getpid())), now(), player.position)
      letRealTimePass(seconds: 8)
      let after = try #require(ProcessFigures(pid: getpid()))
      let (seconds, gone) = (now() - began, player.position - place)
      let share = ProcessFigures.percent(from: before, to: after, seconds: seconds)
      table.add("a core at \(speed) times, 48 kHz", "\(figure(share)) %", aim: "<= 10 %")
      table.add("pace of the position at \(speed) times", figure(gone / seconds, 3), aim: "\(speed)")
      player.close()
    }
    table.print()
  }

  private func kept(_ wave: Wave, in scratch: Scratch) throws -> TakePart {
    TakePart(path: try scratch.write(wave.file, to: "take.wav"))
  }

  /// Seconds from `act` to its first sound.
  private func delay(_ tape: MonitorTape, _ act: () -> Void) throws -> Double {
    let (start, asked) = (tape.count, now())
    act()
    #expect(eventually(everySeconds: 0.002) { tape.loud(from: start) != nil })
    let first = try #require(tape.loud(from: start)).first
    return try #require(tape.arrival(of: first)) - asked
  }

  /// Seconds from `act` to the last sound, after a third of a second of it.
  private func quiet(_ tape: MonitorTape, _ act: () -> Void) throws -> Double {
    letRealTimePass(seconds: 0.35)
    let (start, asked) = (tape.count, now())
    act()
    #expect(eventually { tape.isQuiet(seconds: 0.2) })
    guard let last = tape.loud(from: start)?.last else { return 0 }
    return try #require(tape.arrival(of: last)) - asked
  }

  /// When sound came back after the longest silence between two samples.
  private func resumed(_ tape: MonitorTape, from start: Int, to end: Int) throws -> Double {
    let samples = tape.wave.samples[start..<end]
    var (longest, back, last) = (0, start, start)
    for index in samples.indices where samples[index].magnitude > 200 {
      if index - last > longest { (longest, back) = (index - last, index) }
      last = index
    }
    return try #require(tape.arrival(of: back))
  }

  private func milliseconds(_ values: [Double], _ share: Double) -> String {
    "\(figure(percentile(values, share) * 1_000)) ms"
  }
}

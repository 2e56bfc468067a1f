import Foundation
import Practice
import Sound
import Support
import Synchronization
import Testing

@testable import Coach

/// A kept take played again, into a sound server where there is one.
@Suite(.serialized) struct ReplayTests {
  private static let needsPulse: Testing.Comment = "needs pulseaudio"
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(.enabled(if: PulseAudio.isThere, needsPulse)) func `at one and a half times it is shorter and as high`() throws
  {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let told = Told()
    let player = told.player([try kept(.tone(hertz: 440, seconds: 3))], seconds: 3, on: pulse.player)
    player.setSpeed(1.5)
    player.play()
    var positions: [Double] = []
    #expect(
      eventually(everySeconds: 0.005) {
        positions.append(player.position)
        return told.news.last == .ended
      })
    #expect(told.news == [.began, .ended] && player.silence == nil)
    #expect(player.position == 3 && !player.isPlaying)
    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 <= $1 }, "it never goes back")
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
    let samples = tape.wave.samples
    let rises = samples.indices.dropFirst().filter { samples[$0 - 1] < 0 && samples[$0] >= 0 }
    // Where a busy machine let the device run dry there is a hole, which is neither length nor pitch of the take.
    let periods = zip(rises, rises.dropFirst()).map { $1 - $0 }.filter { $0 < 220 }
    let seconds = Double(periods.reduce(0, +)) / 48_000
    let hertz = Double(periods.count) / seconds
    print("three seconds of 440 Hz at 1.5 times: \(seconds) s of \(hertz) Hz")
    #expect(abs(seconds / 2 - 1) < 0.02 && abs(hertz / 440 - 1) < 0.02)
  }

  @Test(.enabled(if: PulseAudio.isThere, needsPulse)) func `a pause is silent, and what follows goes on from there`()
    throws
  {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let told = Told()
    let player = told.player([try kept(.tone(hertz: 440, seconds: 30))], seconds: 30, on: pulse.player)
    player.play()
    #expect(eventually { tape.loud() != nil && player.position > 0.3 })
    let asked = now()
    player.pause()
    let stood = player.position
    #expect(!player.isPlaying)
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
    let last = try #require(tape.loud()).last
    print("pause to silence: \(Int((try #require(tape.arrival(of: last)) - asked) * 1_000)) ms")
    #expect(player.position == stood, "it stands where it was heard last")
    let start = tape.count
    player.play()
    #expect(eventually { tape.loud(from: start) != nil && player.position > stood + 0.2 })
    player.close()
    #expect(eventually { tape.isQuiet(seconds: 0.3) })
  }

  @Test(.enabled(if: PulseAudio.isThere, needsPulse), arguments: [1, 1.5])
  func `it lands where it was sent, and says where it is`(
    speed: Double
  ) throws {
    let pulse = try PulseAudio()
    let tape = try MonitorTape(of: pulse)
    let told = Told()
    // Silence but for a tone from 8 s on, and nothing before it within half a second of where it is sent.
    let take = Wave.silence(seconds: 8) + .tone(hertz: 440, seconds: 4)
    let player = told.player([try kept(take)], seconds: 12, on: pulse.player)
    player.setSpeed(speed)
    player.play(from: 1)
    #expect(eventually { player.position > 1.2 })
    let start = tape.count
    player.seek(to: 7.5)
    #expect(player.position == 7.5 && player.isPlaying)
    var crossed = 0.0
    #expect(
      eventually(everySeconds: 0.001) {
        if crossed == 0, player.position >= 8 { crossed = now() }
        return tape.loud(from: start) != nil && crossed > 0
      })
    let first = try #require(tape.loud(from: start)).first
    let heard = try #require(tape.arrival(of: first))
    print("at \(speed): position \(Int((crossed - heard) * 1_000)) ms after what is heard")
    #expect(abs(crossed - heard) < 0.25)
    player.close()
  }

  @Test(.enabled(if: PulseAudio.isThere, needsPulse)) func `a sound server that dies leaves the clock`() throws {
    let pulse = try PulseAudio()
    let told = Told()
    let player = told.player([try kept(.tone(hertz: 440, seconds: 2))], seconds: 2, on: pulse.player)
    player.play()
    #expect(eventually { player.position > 0.3 })
    pulse.daemon.send(SIGKILL)
    #expect(eventually { told.news.last == .ended })
    guard case .device(let error) = player.silence else {
      Issue.record("\(String(describing: player.silence))")
      return
    }
    #expect(error.name == pulse.player)
    #expect(told.news.contains(.silent(.device(error))))
  }

  @Test func `without sound everything moves by the clock, and it is said why`() throws {
    let part = try kept(.tone(hertz: 440, seconds: 1))
    let gone = TakePart(path: scratch.path("gone.flac"))
    let cases: [([TakePart], String, (ReplayPlayer.Silence) -> Bool)] = [
      ([], "null", { $0 == .notKept }), ([part], "none", { $0 == .turnedOff }),
      ([gone], "null", { if case .recording(let error) = $0 { error.kind == .noSuchFile } else { false } }),
      ([part], "nowhere", { if case .device(let error) = $0 { error.kind == .noSuchDevice } else { false } }),
    ]
    for (parts, device, isExpected) in cases {
      let told = Told()
      let player = told.player(parts, seconds: 0.6, on: device)
      player.setSpeed(2)
      player.play()
      let began = now()
      var positions: [Double] = []
      #expect(
        eventually(everySeconds: 0.005) {
          positions.append(player.position)
          return told.news.last == .ended
        })
      #expect(now() - began > 0.25, "at twice the speed 0.6 s take 0.3 s")
      #expect(player.silence.map(isExpected) == true, "\(String(describing: player.silence))")
      #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 <= $1 } && player.position == 0.6)
      #expect(told.news.count { if case .silent = $0 { true } else { false } } == 1)
    }
  }

  @Test func `a recording that is damaged is said, and the take goes on`() throws {
    let told = Told()
    let gone = TakePart(path: scratch.path("gone.flac"), startSeconds: 0.2)
    let player = told.player([try kept(.tone(hertz: 440, seconds: 0.2)), gone], seconds: 0.4, on: "null")
    player.play()
    #expect(eventually { told.news.last == .ended })
    #expect(told.news.contains { if case .damaged(let error) = $0 { error.name == gone.path } else { false } })
    #expect(player.silence == nil)
  }

  @Test func `what is asked for holds at once, and is held within the take`() {
    let told = Told()
    let player = told.player([], seconds: 10, on: "null")
    #expect(player.position == 0 && !player.isPlaying && player.speed == 1)
    player.seek(to: 4)
    #expect(player.position == 4)
    player.seek(to: -3)
    #expect(player.position == 0)
    player.seek(to: .nan)
    #expect(player.position == 0)
    player.seek(to: 99)
    #expect(player.position == 10)
    player.setSpeed(7)
    #expect(player.speed == 2)
    player.setSpeed(.nan)
    #expect(player.speed == 1)
    player.play()
    #expect(player.isPlaying && player.position < 5, "at its end it begins again")
    player.pause()
    player.close()
    player.play()
    #expect(!player.isPlaying || player.position < 5)
  }

  @Test func `a line of time never goes back and never beyond what is there`() {
    var line = ReplayLine()
    line.stand(at: 5)
    #expect(line.position(at: 0) == 5 && line.position(at: 9_000_000_000) == 5)
    line.follow(4.9, at: 0, speed: 1, limit: 6)
    #expect(line.position(at: 50_000_000) == 5)
    #expect(abs(line.position(at: 500_000_000) - 5.4) < 1e-9)
    line.follow(5.3, at: 500_000_000, speed: 1, limit: 6)
    #expect(abs(line.position(at: 500_000_000) - 5.4) < 1e-9)
    #expect(line.position(at: 90_000_000_000) == 6)
    line.stand(at: 1)
    #expect(line.position(at: 0) == 1)
  }

  @Test func `recordings of a session begin where their devices did`() throws {
    var session = Session()
    for (at, lost) in [(10.0, 1.0), (25, 2), (40, 0.5)] {
      _ = session.apply(SessionEvent(at: at, .gap(Gap(lostSeconds: lost, cause: "changed"))))
    }
    _ = session.apply(SessionEvent(at: 45, .gap(Gap(lostSeconds: 1, cause: "overrun"))))
    _ = session.apply(SessionEvent(at: 60, .note("end")))
    func starts(_ numbers: [Int], _ lengths: [Int: Double] = [:]) -> [Double] {
      KeptTake.starts(of: numbers, session) { lengths[$0] ?? 0 }
    }
    #expect(starts([1, 2, 3, 4]) == [0, 10, 25, 40])
    #expect(starts([1, 2, 4]) == [0, 10, 40], "one that was deleted")
    #expect(starts([1]) == [0] && starts([]) == [])
    #expect(starts([1, 2, 3], [2: 14.4, 3: 20]) == [0, 25, 40], "the second device was not recorded")
    #expect(starts([1, 2, 3], [2: 13.1, 3: 14.6]) == [0, 10, 25])
    #expect(starts([1, 2], [2: 19]) == [0, 40])
    let id = "20260101-000000-abcd"
    for name in ["", "-2", "-part2", "-2-part2", "-2-part3"] {
      _ = try scratch.write("x", to: "\(id)\(name).flac")
    }
    var once = Session()
    _ = once.apply(SessionEvent(at: 10, .gap(Gap(lostSeconds: 1, cause: "changed"))))
    let parts = KeptTake.parts(of: id, once, in: scratch.path)
    #expect(
      parts.map { String($0.path.dropFirst(scratch.path.count + 1 + id.count)) }
        == [".flac", "-part2.flac", "-2.flac", "-2-part2.flac", "-2-part3.flac"])
    #expect(parts.map(\.startSeconds) == [0, 0, 10, 10, 10])
    #expect(parts.map(\.isContinuation) == [false, true, false, true, true])
    #expect(KeptTake.parts(of: "none", once, in: scratch.path).isEmpty)
  }

  private func kept(_ wave: Wave) throws -> TakePart {
    TakePart(path: try scratch.write(wave.file, to: "take.wav"))
  }
}

/// What a player told.
private final class Told: Sendable {
  private let kept = Mutex<[ReplayPlayer.News]>([])

  var news: [ReplayPlayer.News] { kept.withLock { $0 } }

  func player(_ parts: [TakePart], seconds: Double, on device: String) -> ReplayPlayer {
    ReplayPlayer(parts: parts, seconds: seconds, device: device) { news in self.kept.withLock { $0.append(news) } }
  }
}

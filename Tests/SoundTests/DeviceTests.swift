import Espeak
import Foundation
import Testing

@testable import Sound

/// ALSA's own plugins and a real sound server. The environment is one for the process, hence one suite in order.
@Suite(.serialized, .enabled(if: PulseServer.shared != nil, "PulseAudio is not here or does not start"))
struct `A microphone` {
  private let server: PulseServer

  init() throws { server = try #require(PulseServer.shared) }

  /// Two seconds of speech in a WAV file.
  private func speech(_ folder: Folder) throws -> String {
    let (samples, rate) = try Espeak.speak(
      "Good morning everyone, and thank you all for coming here today.", voice: "en-us", wordsPerMinute: 150)
    let kept = Array((samples + [Int16](repeating: 0, count: rate * 2)).prefix(rate * 2))
    return try folder.write("speech.wav", wav(kept.flatMap { bytes($0) }, rate: rate))
  }

  /// What came out of a reader.
  private typealias Heard = (samples: [Float], gaps: [(Double, GapCause)])

  /// Reads until what came `isEnough`, or for a minute, and returns it: a busy machine takes longer, that is all.
  private func listen(_ reader: SampleReader, until isEnough: (Heard) -> Bool) -> Heard {
    var heard: Heard = ([], [])
    var buffer: [Float] = []
    let end = ContinuousClock.now + .seconds(60)
    while !isEnough(heard), ContinuousClock.now < end {
      switch reader.next(timeoutMilliseconds: 20, into: &buffer) {
      case .samples: heard.samples += buffer
      case .gap(let length, let cause): heard.gaps.append((length, cause))
      case .nothing, .ended: break
      }
    }
    return heard
  }

  /// Reads for so long, and returns what came.
  private func listen(_ reader: SampleReader, seconds: Double) -> Heard {
    let began = ContinuousClock.now
    return listen(reader) { _ in self.seconds(since: began) >= seconds }
  }

  /// Reads until the device is lost.
  private func listenUntilLost(_ capture: Capture, _ reader: SampleReader) -> Heard {
    let heard = listen(reader) { _ in isLost(capture) }
    #expect(isLost(capture), "\(capture.state) without a device")
    return heard
  }

  private func isLost(_ capture: Capture) -> Bool {
    if case .recovering = capture.state { true } else { false }
  }

  private func seconds(since began: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - began) / Duration.seconds(1)
  }

  private func isLoud(_ sample: Float) -> Bool { abs(sample) > 0.02 }

  /// Starts and waits for the first sample: a server that nobody listened to takes a while.
  private func startHearing(_ capture: Capture, _ reader: SampleReader) {
    capture.start()
    var buffer: [Float] = []
    #expect(reader.next(timeoutMilliseconds: 60_000, into: &buffer) == .samples)
  }

  /// The scheduling policies of this process's threads of that name.
  private func policies(ofThreads name: String) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap { id in
      let said = try? String(contentsOfFile: "/proc/self/task/\(id)/comm", encoding: .utf8)
      guard said == name + "\n", let thread = pid_t(id) else { return nil }
      let policy = sched_getscheduler(thread)
      // SCHED_RESET_ON_FORK is a flag beside the policy.
      return policy < 0 ? nil : policy & 0xFFFF
    }
  }

  /// Whether a thread of this process may use SCHED_FIFO, tried on one that does nothing else.
  private func mayBeRealtime() throws -> Bool {
    let granted = Counter()
    let trial = try SoundThread(name: "trial") {
      var wanted = sched_param(sched_priority: 5)
      if sched_setscheduler(0, SCHED_FIFO, &wanted) == 0 { granted.take() }
    }
    #expect(trial.join(milliseconds: 60_000))
    return granted.take(0) == 1
  }

  @Test func `hears speech through a sound server, as long as it was`() throws {
    let folder = try Folder()
    let capture = try Capture(.device("testmic"))
    let reader = capture.makeReader()
    startHearing(capture, reader)
    // The null sink is silent before anyone speaks: zeros arrive as zeros.
    #expect(listen(reader, seconds: 0.1).samples.allSatisfy { $0 == 0 })
    let path = try speech(folder)
    let played = try SoundThread(name: "paplay") { server.play(path) }
    // Until half a second has been quiet after something loud.
    let heard = listen(reader) { heard in
      heard.samples.contains(where: isLoud) && !heard.samples.suffix(8000).contains(where: isLoud)
    }
    #expect(played.join(milliseconds: 60_000))
    #expect(capture.description.isLive)
    #expect(capture.description.format == SoundFormat(rate: 48000, channels: 1, encoding: .s16))
    #expect(capture.description.hasRealtimePriority != nil)
    let policies = try self.policies(ofThreads: "ear")
    #expect(!policies.isEmpty)
    let expected = try mayBeRealtime() ? SCHED_FIFO : SCHED_OTHER
    #expect(policies.allSatisfy { $0 == expected })
    #expect(capture.description.hasRealtimePriority == (expected == SCHED_FIFO))
    #expect(capture.state == .running)
    #expect(heard.gaps.isEmpty && capture.lostFrames == 0)
    let loud = heard.samples.indices.filter { isLoud(heard.samples[$0]) }
    let span = Double((loud.last ?? 0) - (loud.first ?? 0)) / 16000
    #expect((1.5...2.1).contains(span))
    capture.stop()
    #expect(capture.state == .ended(nil))
  }

  @Test func `that vanishes and comes back is heard again, and the gap is told`() throws {
    let folder = try Folder()
    let data = sine(440, rate: 16000, count: 320_000).flatMap { bytes($0) }
    let tone = try folder.write("tone.wav", wav(data, rate: 16000))
    let capture = try Capture(.device("testmic"))
    let reader = capture.makeReader()
    startHearing(capture, reader)
    let began = ContinuousClock.now
    let before = listen(reader) { $0.samples.count > 8000 }
    let module = server.ask(["list", "short", "modules"]).split(separator: "\n")
      .first { $0.contains("module-null-sink") }?.split(separator: "\t").first.map(String.init)
    let present = ContinuousClock.now
    #expect(server.control(["unload-module", try #require(module)]) == 0)
    let gone = ContinuousClock.now
    let without = listenUntilLost(capture, reader)
    let away = seconds(since: gone)
    #expect(server.control(["load-module", "module-null-sink", "sink_name=mic", "rate=48000"]) == 0)
    let player = try server.playing(tone)
    defer { player.terminate() }
    let after = listen(reader) { $0.samples.count > 8000 && $0.samples.suffix(800).contains { abs($0) > 0.1 } }
    let (back, whole) = (seconds(since: present), seconds(since: began))
    #expect(capture.state == .running)
    #expect(after.samples.count > 8000)
    let gaps = without.gaps + after.gaps
    #expect(gaps.map(\.1) == [.vanished])
    let lost = gaps.map(\.0).reduce(0, +)
    #expect(lost > away - 0.5 && lost < back, "\(lost) s lost, \(away) s away, heard again within \(back) s")
    #expect(abs(Double(capture.lostFrames) / 48000 - lost) < 0.001)
    // Audio time and the clock agree: what was heard and what was lost are what went by.
    let heard = Double(before.samples.count + without.samples.count + after.samples.count) / 16000
    #expect(abs(heard + lost - whole) < 1.5, "\(heard) s heard and \(lost) s lost in \(whole) s")
    // Lost again, and left before it came back: that loss is told too.
    let again = server.ask(["list", "short", "modules"]).split(separator: "\n")
      .first { $0.contains("module-null-sink") }?.split(separator: "\t").first.map(String.init)
    let once = ContinuousClock.now
    #expect(server.control(["unload-module", try #require(again)]) == 0)
    let last = listenUntilLost(capture, reader)
    _ = listen(reader, seconds: 0.5)
    capture.stop()
    let over = seconds(since: once)
    let rest = drain(reader)
    #expect(server.control(["load-module", "module-null-sink", "sink_name=mic", "rate=48000"]) == 0)
    #expect(last.gaps.isEmpty && rest.ended)
    #expect(rest.gaps.map(\.1) == [.vanished])
    let left = rest.gaps.map(\.0).reduce(0, +)
    #expect(left > 0.4 && left < over + 0.1, "\(left) s lost in \(over) s")
  }

  @Test func `paused reads on and hands out nothing`() throws {
    let capture = try Capture(.device("testmic"))
    let reader = capture.makeReader()
    startHearing(capture, reader)
    capture.hold(true)
    // What was heard before may still be on its way; from then on nothing comes.
    var quiet = false
    for _ in 0..<100 where !quiet { quiet = listen(reader, seconds: 0.5).samples.isEmpty }
    #expect(quiet && capture.state == .held)
    let began = ContinuousClock.now
    capture.hold(false)
    let after = listen(reader) { $0.samples.count > 4000 }
    let most = (seconds(since: began) + 0.25) * 16000
    #expect(after.gaps.isEmpty && Double(after.samples.count) < most, "\(after.samples.count), \(most) at most")
    capture.stop()
  }

  @Test func `whose server hangs is heard again when that wakes, and can be left meanwhile`() throws {
    let capture = try Capture(.device("testmic"))
    let left = try Capture(.device("testmic"))
    let reader = capture.makeReader()
    left.start()
    startHearing(capture, reader)
    server.freeze(true)
    defer { server.freeze(false) }
    let began = ContinuousClock.now
    let during = listenUntilLost(capture, reader)
    // The server does not wake before this has returned.
    let leaving = try SoundThread(name: "leaving") { left.stop() }
    #expect(leaving.join(milliseconds: 60_000))
    guard case .ended = left.state else {
      Issue.record("\(left.state) after stop")
      return
    }
    server.freeze(false)
    let after = listen(reader) { $0.samples.count > 8000 }
    let whole = seconds(since: began)
    #expect(after.samples.count > 8000)
    #expect(capture.state == .running)
    #expect((during.gaps + after.gaps).count == 1)
    let lost = (during.gaps + after.gaps).map(\.0).reduce(0, +)
    #expect(lost > 0 && lost < whole, "\(lost) s lost in \(whole) s")
    capture.stop()
  }

  @Test(arguments: ["testnull", "testfile", "null"]) func `that gives as much as is asked for is slowed to the clock`(
    name: String
  ) throws {
    let capture = try Capture(.device(name), ringSeconds: 4)
    let reader = capture.makeReader()
    let began = ContinuousClock.now
    capture.start()
    let heard = listen(reader) { $0.samples.count > 16000 }
    // It may run half a second ahead.
    let most = (seconds(since: began) + 1) * 16000
    #expect(Double(heard.samples.count) < most, "\(heard.samples.count), \(most) at most")
    #expect(heard.gaps.isEmpty && heard.samples.allSatisfy { $0 == 0 })
    capture.stop()
  }

  @Test func `that has no clock keeps real time however long its periods are`() throws {
    let periods = [20, 50]
    let captures = try periods.map { try Capture(.device("testnull"), periodMilliseconds: $0, ringSeconds: 4) }
    let readers = captures.map { $0.makeReader() }
    for capture in captures { capture.start() }
    // It may run half a second ahead; what counts is the pace from there on.
    var heard = readers.map { listen($0, seconds: 0.1).samples.count * 0 }
    let began = ContinuousClock.now
    while ContinuousClock.now - began < .milliseconds(2000) {
      for index in readers.indices { heard[index] += listen(readers[index], seconds: 0.02).samples.count }
    }
    let took = (ContinuousClock.now - began) / Duration.seconds(1)
    for capture in captures { capture.stop() }
    for index in readers.indices {
      #expect((0.7...1.3).contains(Double(heard[index]) / 16000 / took), "\(periods[index]) ms")
    }
  }

  @Test func `that needs converting keeps the name it was asked for by`() throws {
    let microphone = try Microphone.open("testmulaw", periodMilliseconds: 10)
    #expect(microphone.name == "testmulaw")
    #expect(microphone.pcmName == "plug:'testmulaw'")
    microphone.close()
    let description = try Capture(.device("testmulaw")).description
    #expect(description.name == description.requested)
  }

  @Test(arguments: ["nonsense", "hw:99", "testdead", "plughw:CARD=Nope", "'", "", "plug:'x"])
  func `that is not there is refused`(name: String) {
    let error = #expect(throws: SoundError.self) { try Capture(.device(name)) }
    #expect(error?.kind == .noSuchDevice)
    #expect(error?.name == name)
    #expect(error?.detail.isEmpty == false)
    #expect(canPlay(device: name) != nil)
  }

  @Test func `asked for as the default may be the sound server's, and one asked for by name is that one`() {
    #expect(DeviceDoor.candidates("default") == ["default", "pulse", "pipewire"])
    #expect(DeviceDoor.candidates("hw:1") == ["hw:1"])
  }

  @Test func `is listed with what it can do`() throws {
    let devices = listDevices()
    #expect(devices.filter { $0.id == "null" }.map(\.direction) == [.input, .output])
    for null in devices where null.id == "null" {
      #expect(null.problem == nil)
      #expect(null.rates?.contains(48000) == true)
      #expect(null.channels?.contains(1) == true)
      #expect(null.formats.contains("S16_LE"))
    }
    #expect(devices.allSatisfy { $0.direction != .both })
    // Each direction is asked for itself.
    let ways = devices.filter { $0.id == "testways" }
    #expect(ways.map(\.direction) == [.input, .output])
    #expect(ways.map { $0.formats.contains("S16_LE") } == [false, true])
    #expect(ways.allSatisfy { $0.summary == "Two ways" && $0.problem == nil })
    #expect(devices.allSatisfy { !$0.summary.contains("\n") })
    #expect(canPlay(device: "null") == nil)
  }
}

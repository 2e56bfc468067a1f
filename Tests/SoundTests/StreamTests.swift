import Foundation
import Testing

@testable import Sound

@Suite struct `A raw stream` {
  @Test func `is heard to its end, split anywhere, a half sample left out`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (input, output) = (ends[0], ends[1])
    defer { close(input) }
    let samples = sine(250, rate: 16000, count: 1600)
    let data: [UInt8] = samples.flatMap { bytes($0) } + [7]
    let writer = try SoundThread(name: "writer") {
      var at = 0
      for size in [1, 2, 3, 333, 1000, 5000] where at < data.count {
        at += max(0, write(output, Array(data[at..<min(at + size, data.count)]), min(size, data.count - at)))
      }
      close(output)
    }
    let (heard, state, _) = try hear(.stream(descriptor: input, rate: 16000, fast: true))
    #expect(heard == samples.map { Float($0) / 32768 })
    #expect(state == .ended(nil))
    #expect(writer.join(milliseconds: 60_000))
    #expect(fcntl(input, F_GETFD) >= 0, "the descriptor stays the caller's")
  }

  @Test func `from a named pipe waits for its writer`() throws {
    let folder = try Folder()
    let path = folder.file("pipe")
    mkfifo(path, 0o600)
    let capture = try Capture(.fifo(path: path, rate: 48000, fast: true))
    let reader = capture.makeReader()
    capture.start()
    var buffer: [Float] = []
    #expect(reader.next(timeoutMilliseconds: 30, into: &buffer) == .nothing)
    #expect(capture.state == .running)
    let data = sine(250, rate: 48000, count: 4800).flatMap { bytes($0) }
    let output = open(path, O_WRONLY)
    #expect(write(output, data, data.count) == data.count)
    close(output)
    let heard = drain(reader)
    #expect(abs(heard.samples.count - 1600) <= 1)
    #expect(heard.ended)
  }

  @Test func `spoken while paused is not kept, nor what the pipe still held`() throws {
    for isFast in [false, true] {
      let talk = try Talk(fast: isFast)
      talk.say(1, count: 160)
      var heard = talk.hear { $0.count >= 160 }
      talk.capture.hold(true)
      // Two seconds at once: in real time most of it lies in the pipe until the pause ends.
      talk.say(2, count: 32000)
      #expect(talk.hear(milliseconds: 60) { !$0.isEmpty }.isEmpty)
      talk.capture.hold(false)
      while talk.isWaiting { usleep(1000) }
      while heard.count == 160 {
        talk.say(3, count: 160)
        heard += talk.hear(milliseconds: 20) { !$0.isEmpty }
      }
      #expect(Set(heard) == [1, 3])
      #expect(talk.capture.lostFrames == 0)
    }
  }

  @Test func `split in the middle of a sample stays whole across a pause`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let source = RawStream(descriptor: ends[0], rate: 16000, name: "x", isOurs: false, wake: -1)
    #expect(source.flowsUnasked)
    var target: [Int16] = [0, 0]
    func read() -> SourceReading {
      target.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { source.read(into: $0, frames: 2) } ?? .nothing
      }
    }
    for lost in [[1, 2, 3], [2], [2, 3, 4], [2, 3]] as [[UInt8]] {
      #expect(write(ends[1], lost, lost.count) == lost.count)
      source.skipWaiting()
    }
    // Nine bytes went by: the next is the second half of a sample.
    #expect(write(ends[1], [1, 7, 0] as [UInt8], 3) == 3)
    #expect(read() == .frames(2) && target == [0x0103, 7])
  }

  @Test func `is slowed to real time when it is ahead, and catches up at once when it was late`() throws {
    let talk = try Talk(fast: false)
    let began = ContinuousClock.now
    talk.say(1, count: 3200)
    #expect(talk.hear { $0.count >= 3200 }.count == 3200)
    #expect(ContinuousClock.now - began >= .milliseconds(190))
    // What a connection that stood still brings when it goes on.
    while ContinuousClock.now < began + .milliseconds(2200) { usleep(10_000) }
    talk.say(2, count: 32000)
    let resumed = ContinuousClock.now
    #expect(talk.hear { $0.count >= 32000 }.count == 32000)
    // Two seconds of sound: at their own pace they take two.
    #expect(ContinuousClock.now - resumed < .milliseconds(1500))
    talk.say(3, count: 3200)
    #expect(talk.hear { $0.count >= 3200 }.count == 3200)
    #expect(ContinuousClock.now - began >= .milliseconds(2390))
  }

  @Test func `that is a file waits while it is paused`() throws {
    let folder = try Folder()
    let samples = sine(700, rate: 16000, count: 1600)
    let path = try folder.write("raw", samples.flatMap { bytes($0) })
    let capture = try Capture(.fifo(path: path, rate: 16000, fast: true))
    let reader = capture.makeReader()
    capture.hold(true)
    capture.start()
    var buffer: [Float] = []
    #expect(reader.next(timeoutMilliseconds: 50, into: &buffer) == .nothing)
    capture.hold(false)
    #expect(drain(reader).samples == samples.map { Float($0) / 32768 })
  }

  @Test func `that says nothing costs nothing, however often it is paused`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let status = CaptureStatus()
    let source = RawStream(descriptor: ends[0], rate: 16000, name: "x", isOurs: false, wake: status.wake)
    var frame: Int16 = 0
    status.interrupt()
    for least in [0, 190] {
      let began = ContinuousClock.now
      #expect(
        withUnsafeMutableBytes(of: &frame) { $0.baseAddress.map { source.read(into: $0, frames: 1) } } == .nothing)
      #expect(ContinuousClock.now - began >= .milliseconds(least))
    }
  }

  @Test func `that says nothing can be stopped, and again`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let capture = try Capture(.stream(descriptor: ends[0], rate: 16000, fast: false))
    let reader = capture.makeReader()
    capture.start()
    capture.stop()
    capture.stop()
    #expect(capture.state == .ended(nil))
    #expect(drain(reader).ended)
  }

  @Test(arguments: [0, -1, 3999, 1_000_000]) func `at an absurd rate is refused`(rate: Int) {
    #expect(throws: SoundError.self) { try Capture(.stream(descriptor: 0, rate: rate, fast: true)) }
  }
}

/// A stream that is spoken into while it is heard, samples told apart by their value.
private final class Talk {
  let capture: Capture
  private let reader: SampleReader
  private var ends: [Int32] = [0, 0]

  init(fast: Bool) throws {
    #expect(pipe(&ends) == 0)
    capture = try Capture(.stream(descriptor: ends[0], rate: 16000, fast: fast))
    reader = capture.makeReader()
    capture.start()
  }

  deinit {
    capture.stop()
    ends.forEach { close($0) }
  }

  /// Whether the pipe still holds something.
  var isWaiting: Bool {
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0
  }

  func say(_ value: Int16, count: Int) {
    let data = [UInt8]([Int16](repeating: value, count: count).flatMap { bytes($0) })
    #expect(write(ends[1], data, data.count) == data.count)
  }

  /// What comes until it `isEnough` or time is over.
  func hear(milliseconds: Int = 60_000, isEnough: ([Int]) -> Bool) -> [Int] {
    var heard: [Int] = []
    var buffer: [Float] = []
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while !isEnough(heard), ContinuousClock.now < end {
      if reader.next(timeoutMilliseconds: 10, into: &buffer) == .samples { heard += buffer.map { Int($0 * 32768) } }
    }
    return heard
  }
}

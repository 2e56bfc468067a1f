import Glibc
import Synchronization
import Testing

@testable import Sound

/// A ring of mono 16-bit frames at 1 kHz.
private func ring(frames: Int, chunk: Int) -> SampleRing {
  SampleRing(
    format: SoundFormat(rate: 1000, channels: 1, encoding: .s16), seconds: Double(frames) / 1000, chunkLimit: chunk)
}

/// Writes samples that count upwards from `first`, in pieces of at most `chunk`.
private func write(_ count: Int, from first: Int, to ring: SampleRing, chunk: Int) {
  var done = 0
  while done < count {
    let room = ring.room(atMost: min(chunk, count - done))
    let target = ring.writeAddress.assumingMemoryBound(to: Int16.self)
    for index in 0..<room { target[index] = Int16(truncatingIfNeeded: first + done + index) }
    ring.commit(room)
    done += room
  }
}

/// Takes everything there is, as text: `0-99` for samples, `gap 5 overrun` for a gap, `end`.
private func take(_ cursor: RingCursor, limit: Int = 64) -> [String] {
  var found: [String] = []
  var first: Int16?
  var last: Int16 = 0
  var memory = [Int16](repeating: 0, count: limit)
  func close() {
    if let start = first { found.append("\(start)-\(last)") }
    first = nil
  }
  while true {
    let step = memory.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { cursor.take(atMost: limit, into: $0) } ?? .nothing
    }
    switch step {
    case .frames(let count):
      for value in memory[..<count] {
        if first != nil && value != last &+ 1 { close() }
        first = first ?? value
        last = value
      }
    case .gap(let frames, let cause):
      close()
      found.append("gap \(frames) \(cause)")
    case .nothing, .ended:
      close()
      return step == .ended ? found + ["end"] : found
    }
  }
}

@Suite struct `The ring` {
  @Test(arguments: [1, 7, 64, 100]) func `gives what was put in, around its end and in any pieces`(chunk: Int) {
    let ring = ring(frames: 400, chunk: 100)
    let cursor = RingCursor(ring)
    for round in 0..<20 {
      write(150, from: round * 150, to: ring, chunk: chunk)
      #expect(take(cursor, limit: 13) == ["\(round * 150)-\(round * 150 + 149)"])
    }
    ring.end()
    #expect(take(cursor) == ["end"])
  }

  @Test func `puts a gap exactly where it was, once for each reader`() {
    let ring = ring(frames: 400, chunk: 10)
    let readers = [RingCursor(ring), RingCursor(ring)]
    write(20, from: 0, to: ring, chunk: 10)
    ring.mark(lost: 5, cause: .overrun)
    write(10, from: 20, to: ring, chunk: 10)
    ring.mark(lost: 7, cause: .vanished)
    ring.mark(lost: 1, cause: .stalled)
    write(3, from: 30, to: ring, chunk: 10)
    for reader in readers {
      #expect(take(reader) == ["0-19", "gap 5 overrun", "20-29", "gap 7 vanished", "gap 1 stalled", "30-32"])
    }
    #expect(ring.lostTotal.load(ordering: .relaxed) == 13)
  }

  @Test func `tells a reader that fell behind how much it missed, gaps within included`() {
    let ring = ring(frames: 400, chunk: 10)
    let cursor = RingCursor(ring)
    write(300, from: 0, to: ring, chunk: 10)
    ring.mark(lost: 50, cause: .overrun)
    write(500, from: 300, to: ring, chunk: 10)
    #expect(take(cursor) == ["gap 650 readerBehind", "600-799"])
  }

  @Test func `loses no audio time when more gaps came than it keeps`() {
    let ring = ring(frames: 4000, chunk: 10)
    let cursor = RingCursor(ring)
    for index in 0..<1000 {
      ring.mark(lost: 2, cause: .overrun)
      write(1, from: index, to: ring, chunk: 10)
    }
    let lost = take(cursor).compactMap { Int($0.split(separator: " ").dropFirst().first ?? "") }.reduce(0, +)
    #expect(lost == 2000)
  }

  @Test func `lets a reader that comes late begin where things stand`() {
    let ring = ring(frames: 400, chunk: 10)
    write(100, from: 0, to: ring, chunk: 10)
    ring.mark(lost: 5, cause: .overrun)
    write(1, from: 100, to: ring, chunk: 10)
    let late = RingCursor(ring)
    write(10, from: 101, to: ring, chunk: 10)
    #expect(take(late) == ["101-110"])
  }

  @Test func `never hands out a frame that was being overwritten`() throws {
    let ring = ring(frames: 1000, chunk: 50)
    let cursor = RingCursor(ring)
    let writer = try SoundThread(name: "writer") {
      for round in 0..<4000 { write(50, from: round * 50, to: ring, chunk: 50) }
      ring.end()
    }
    // Frames handed out plus frames said to be missing are always the sample's own number.
    var expected = 0
    var wrong = 0
    var memory = [Int16](repeating: 0, count: 37)
    reading: while true {
      let step = memory.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { cursor.take(atMost: 37, into: $0) } ?? .ended
      }
      switch step {
      case .frames(let count):
        for value in memory[..<count] {
          if value != Int16(truncatingIfNeeded: expected) { wrong += 1 }
          expected += 1
        }
      case .gap(let frames, _): expected += Int(frames)
      case .nothing: _ = cursor.wait(milliseconds: 100)
      case .ended: break reading
      }
    }
    #expect(wrong == 0)
    #expect(expected == 200_000)
    #expect(writer.join(milliseconds: 60_000))
  }

  @Test func `counts room by the slowest reader, and forgets one that is gone`() {
    let ring = ring(frames: 400, chunk: 10)
    var slow: RingCursor? = RingCursor(ring)
    let quick = RingCursor(ring)
    write(100, from: 0, to: ring, chunk: 10)
    #expect(take(quick) == ["0-99"])
    #expect(ring.space(behindSlowest: 100) == 290)
    #expect(slow != nil)
    slow = nil
    #expect(ring.space(behindSlowest: 100) == 390)
  }
}

@Suite struct `The clock line` {
  private let second: Int64 = 1_000_000_000

  @Test(arguments: [0.0, 0.35, 12.5, 86400]) func `gives a gap the length it had, whatever the delay of each read`(
    seconds: Double
  ) {
    var line = ClockLine(rate: 48000)
    var now: Int64 = 5 * second
    for index in 0..<3000 {
      now += second / 100
      line.arrive(480, at: now + (index % 7 == 0 ? 0 : 3_000_000))
    }
    let after = now + Int64(seconds * 1e9) + second / 100
    let missing = line.missing(before: 480, at: after, lessNanoseconds: 0)
    #expect(abs(Double(missing) / 48000 - seconds) < 0.0005)
    #expect(line.missing(before: 480, at: after, lessNanoseconds: Int64(seconds * 1e9)) <= 24)
  }

  @Test func `follows a sound card that runs fast`() {
    var line = ClockLine(rate: 48000)
    var now: Int64 = 0
    for _ in 0..<360_000 {
      now += second / 100 - 1000  // 100 ppm: a third of a second in an hour
      line.arrive(480, at: now)
    }
    #expect(line.ahead(at: now) == 0)
    let missing = line.missing(before: 480, at: now + second, lessNanoseconds: 0)
    #expect(abs(Double(missing) / 48000 - 0.99) < 0.003)
  }

  @Test func `notices a device that gives as much as is asked for`() {
    var line = ClockLine(rate: 48000)
    for _ in 0..<100 { line.arrive(480, at: second) }
    #expect(line.ahead(at: second) > 900_000_000)
  }
}

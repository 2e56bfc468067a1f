import Foundation
import Testing

@testable import Sound

@Suite struct `A recording` {
  @Test(arguments: [(1, 16000), (2, 44100), (3, 48000), (8, 8000)]) func `in WAV is heard whole`(
    channels: Int, rate: Int
  ) throws {
    let folder = try Folder()
    let mono = sine(500, rate: rate, count: rate)
    let data = mono.flatMap { sample in (0..<channels).flatMap { _ in bytes(sample) } }
    let path = try folder.write("speech.wav", wav(data, rate: rate, channels: channels))
    let (samples, state, description) = try hear(.file(path: path, fast: true))
    #expect(abs(samples.count - 16000) <= 1)
    #expect(abs(crossings(samples, rate: 16000) - 500) < 3)
    #expect(state == .ended(nil))
    #expect(description.name == "speech.wav")
    #expect(description.format == SoundFormat(rate: rate, channels: channels, encoding: .s16))
    #expect(description.durationSeconds == 1)
    #expect(!description.isLive)
  }

  @Test func `in Ogg is heard`() throws {
    let folder = try Folder()
    let ogg = try #require(Data(base64Encoded: tinyOgg, options: .ignoreUnknownCharacters))
    let path = try folder.write("tone.ogg", Array(ogg))
    let (samples, state, _) = try hear(.file(path: path, fast: true))
    #expect(abs(samples.count - 4000) <= 1)
    #expect(abs(crossings(samples, rate: 16000) - 440) < 5)
    #expect(state == .ended(nil))
  }

  @Test func `sounds the same in real time as in a hurry, and takes its time`() throws {
    let folder = try Folder()
    let data = sine(300, rate: 44100, count: 17640).flatMap { bytes($0) }
    let path = try folder.write("short.wav", wav(data, rate: 44100))
    let began = ContinuousClock.now
    let paced = try hear(.file(path: path, fast: false)).samples
    let took = ContinuousClock.now - began
    #expect(paced == (try hear(.file(path: path, fast: true)).samples))
    #expect(took >= .milliseconds(395))
  }

  @Test func `of floats with holes in it is silent there`() throws {
    let folder = try Folder()
    let values: [Float] = [0.5, .nan, .infinity, -.infinity, -0.5]
    let data = values.flatMap { bytes($0.bitPattern) }
    let path = try folder.write("nan.wav", wav(data, rate: 16000, bits: 32, tag: 3))
    #expect(try hear(.file(path: path, fast: true)).samples == [0.5, 0, 0, 0, -0.5])
  }

  @Test func `cut short is heard as far as it goes, and said to be cut`() throws {
    let folder = try Folder()
    let data = [UInt8](repeating: 1, count: 3200)
    let path = try folder.write("cut.wav", wav(data, rate: 16000, claimed: 32000))
    let (samples, state, _) = try hear(.file(path: path, fast: true))
    #expect(samples.count == 1600)
    guard case .ended(let error) = state else {
      Issue.record("still \(state)")
      return
    }
    #expect(error?.kind == .truncatedFile)
  }

  @Test func `whose header says it does not know its length is whole`() throws {
    let folder = try Folder()
    let path = try folder.write("piped.wav", wav([UInt8](repeating: 1, count: 3200), rate: 16000, claimed: 0x7FFF_FFF0))
    #expect(try hear(.file(path: path, fast: true)).state == .ended(nil))
  }

  @Test(
    arguments: [
      ("empty", [], .emptyFile),
      ("text", Array("I would like to begin by thanking you".utf8), .notAudio),
      ("no samples", wav([], rate: 16000), .emptyFile),
      ("head only", Array(wav([1, 2, 3, 4], rate: 16000).prefix(30)), .notAudio),
      ("absurd rate", wav([1, 2, 3, 4], rate: 5), .notAudio),
    ] as [(String, [UInt8], SoundError.Kind)])
  func `that is none is refused`(name: String, content: [UInt8], kind: SoundError.Kind) throws {
    let folder = try Folder()
    let path = try folder.write("bad", content)
    let error = #expect(throws: SoundError.self) { try Capture(.file(path: path, fast: true)) }
    #expect(error?.kind == kind, "\(name)")
    #expect(error?.name == path)
  }

  @Test func `that is not there, a folder, or a pipe is refused`() throws {
    let folder = try Folder()
    mkfifo(folder.file("pipe"), 0o600)
    for (path, kind) in [
      (folder.file("none.wav"), SoundError.Kind.noSuchFile), (folder.path, .notAudio), (folder.file("pipe"), .notAudio),
    ] {
      let error = #expect(throws: SoundError.self) { try Capture(.file(path: path, fast: true)) }
      #expect(error?.kind == kind)
    }
  }

  @Test func `waits for the slowest reader, and loses nothing`() throws {
    let samples = sine(700, rate: 16000, count: 160_000)
    let sent = Counter()
    let capture = try Capture(
      .generated(name: "long", rate: 16000, fast: true) { sent.take() == 0 ? samples : nil }, ringSeconds: 1)
    let first = capture.makeReader()
    let second = capture.makeReader()
    capture.start()
    var buffer: [Float] = []
    #expect(first.next(timeoutMilliseconds: 60_000, into: &buffer) == .samples)
    let other = try Box(second)
    #expect(drain(first).samples.count + buffer.count == 160_000)
    #expect(other.wait() == 160_000)
  }
}

/// Counts what another reader hears, on another thread.
private final class Box {
  private let count = Counter()
  private let thread: SoundThread

  init(_ reader: SampleReader) throws {
    let count = count
    thread = try SoundThread(name: "other") { count.take(drain(reader).samples.count) }
  }

  func wait() -> Int {
    thread.join(milliseconds: 60_000)
    return count.take(0)
  }
}

@Suite struct `Pausing` {
  @Test func `stops audio time, and nothing is missing afterwards`() throws {
    let samples = sine(700, rate: 16000, count: 8000)
    let sent = Counter()
    let capture = try Capture(.generated(name: "talk", rate: 16000, fast: false) { sent.take() == 0 ? samples : nil })
    let reader = capture.makeReader()
    capture.hold(true)
    capture.start()
    var buffer: [Float] = []
    #expect(reader.next(timeoutMilliseconds: 100, into: &buffer) == .nothing)
    #expect(capture.state == .held)
    capture.hold(false)
    #expect(drain(reader).samples == samples.map { Float($0) / 32768 })
    #expect(capture.lostFrames == 0)
  }

  @Test func `a capture that never started ends when it is stopped`() throws {
    let capture = try Capture(.generated(name: "talk", rate: 16000, fast: true) { [0] })
    let reader = capture.makeReader()
    capture.stop()
    capture.start()
    #expect(drain(reader).ended)
  }
}

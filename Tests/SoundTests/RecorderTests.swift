import Foundation
import Synchronization
import Testing

@testable import Sound

@Suite struct `A kept take` {
  @Test(arguments: [16000, 44100, 48000]) func `comes back sample for sample`(rate: Int) throws {
    let folder = try Folder()
    let samples = sine(440, rate: rate, count: rate * 3 / 2 + 11)
    let sent = Counter()
    let capture = try Capture(.generated(name: "take", rate: rate, fast: true) { sent.take() == 0 ? samples : nil })
    let recorder = try TakeRecorder(capture: capture, path: folder.file("take.flac"))
    let reader = capture.makeReader()
    capture.start()
    let live = drain(reader).samples
    recorder.finish()
    recorder.finish()
    #expect(recorder.failure == nil)
    let file = try AudioFile(path: folder.file("take.flac"))
    #expect(file.format == SoundFormat(rate: rate, channels: 1, encoding: .s16))
    #expect(try hear(.file(path: folder.file("take.flac"), fast: true)).samples == live)
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("take.flac"))[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `of a live source holds silence where sound was lost`() throws {
    let folder = try Folder()
    let ring = SampleRing(format: SoundFormat(rate: 8000, channels: 1, encoding: .u8), seconds: 2, chunkLimit: 800)
    let file = try FLACFile(creating: folder.file("gap.flac"), rate: 8000)
    let writer = TakeWriter(cursor: RingCursor(ring), file: file, path: folder.file("gap.flac"))
    ring.writeAddress.initializeMemory(as: UInt8.self, repeating: 192, count: 800)
    ring.commit(800)
    ring.mark(lost: 4000, cause: .vanished)
    ring.writeAddress.initializeMemory(as: UInt8.self, repeating: 64, count: 800)
    ring.commit(800)
    ring.end()
    writer.run(TakeRecorder.Shared())
    let source = try AudioFile(path: folder.file("gap.flac"))
    var samples = [Int16](repeating: 1, count: 6000)
    let reading = samples.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { source.read(into: $0, frames: 6000) } ?? .nothing
    }
    #expect(reading == .frames(5600))
    #expect(samples[..<800].allSatisfy { $0 == 16384 })
    #expect(samples[800..<4800].allSatisfy { $0 == 0 })
    #expect(samples[4800..<5600].allSatisfy { $0 == -16384 })
  }

  @Test func `that was never finished can be heard up to the last second, and repaired`() throws {
    let folder = try Folder()
    let samples = sine(440, rate: 16000, count: 48000)
    let file = try FLACFile(creating: folder.file("live.flac"), rate: 16000)
    for start in stride(from: 0, to: samples.count, by: 160) { try file.write(Array(samples[start..<start + 160])) }
    file.sync()
    // What a power cut would leave.
    let left = folder.file("left.flac")
    try FileManager.default.copyItem(atPath: folder.file("live.flac"), toPath: left)
    let heard = try hear(.file(path: left, fast: true))
    #expect(heard.samples.count > 32000)
    #expect(heard.samples.elementsEqual(samples.prefix(heard.samples.count).map { Float($0) / 32768 }))
    #expect(heard.state == .ended(nil))
    try TakeRecorder.repair(path: left)
    let repaired = try hear(.file(path: left, fast: true))
    #expect(repaired.samples == heard.samples)
    #expect(repaired.description.durationSeconds == Double(heard.samples.count) / 16000)
    try file.close()
    try TakeRecorder.repair(path: folder.file("live.flac"))
    #expect(try hear(.file(path: folder.file("live.flac"), fast: true)).samples.count == 48000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func `is refused where it cannot be, and never written over another`() throws {
    let folder = try Folder()
    let there = try folder.write("there.flac", [1, 2, 3])
    let capture = try Capture(.generated(name: "take", rate: 16000, fast: true) { nil })
    for path in [there, folder.file("no/such/folder.flac"), folder.path] {
      let error = #expect(throws: SoundError.self) { try TakeRecorder(capture: capture, path: path) }
      #expect(error?.kind == .cannotCreate)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: there)) == Data([1, 2, 3]))
  }

  @Test func `stops when the disk is full, and the take goes on`() async {
    // In a process of its own: the limit on file sizes, which stands in for the disk, holds for all of one.
    await #expect(processExitsWith: .success) {
      let folder = try Folder()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 20000, rlim_max: 20000)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let noise = (0..<160_000).map { _ in Int16.random(in: .min ... .max) }
      let sent = Counter()
      let capture = try Capture(.generated(name: "take", rate: 16000, fast: true) { sent.take() == 0 ? noise : nil })
      let recorder = try TakeRecorder(capture: capture, path: folder.file("take.flac"))
      let reader = capture.makeReader()
      capture.start()
      #expect(drain(reader).samples.count == 160_000)
      recorder.finish()
      #expect(recorder.failure?.kind == .diskFull)
    }
  }

  @Test func `goes on in a next part when the disk has room again, and leaves no empty ones`() async {
    await #expect(processExitsWith: .success) {
      let folder = try Folder()
      signal(SIGXFSZ, SIG_IGN)
      func limit(_ bytes: rlim_t) {
        var limit = rlimit(rlim_cur: bytes, rlim_max: rlim_t.max)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      }
      let ring = SampleRing(format: SoundFormat(rate: 16000, channels: 1, encoding: .s16), seconds: 9, chunkLimit: 4000)
      let file = try FLACFile(creating: folder.file("take.flac"), rate: 16000)
      let writer = TakeWriter(cursor: RingCursor(ring), file: file, path: folder.file("take.flac"))
      let shared = TakeRecorder.Shared()
      var now: Int64 = 10_000_000_000
      // A quarter of a second of noise, which FLAC cannot make smaller.
      func speak() -> [Float] {
        let noise = (0..<4000).map { _ in Int16.random(in: .min ... .max) }
        noise.withUnsafeBytes { bytes in
          if let start = bytes.baseAddress { ring.writeAddress.copyMemory(from: start, byteCount: 8000) }
        }
        ring.commit(4000)
        now += 500_000_000
        #expect(writer.step(shared, at: now))
        return noise.map { Float($0) / 32768 }
      }
      limit(20000)
      let before = (0..<8).map { _ in speak() }
      #expect(shared.failure.withLock { $0?.kind } == .diskFull)
      limit(6000)
      for _ in 0..<8 { _ = speak() }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["take.flac"])
      limit(rlim_t.max)
      var after: [[Float]] = []
      for _ in 0..<8 { after.append(speak()) }
      ring.end()
      #expect(!writer.step(shared, at: now))
      #expect(shared.failure.withLock { $0?.kind } == .diskFull)
      let first = try hear(.file(path: folder.file("take.flac"), fast: true)).samples
      #expect(first.count > 4000 && before.joined().starts(with: first))
      let second = try hear(.file(path: folder.file("take-part2.flac"), fast: true)).samples
      #expect(second.count >= 24000 && Array(after.joined().suffix(second.count)) == second)
      let start = try AudioFile(path: folder.file("take-part2.flac")).startSeconds
      #expect(start == 6 - Double(second.count) / 16000, "it says where it begins")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  @Test func `holds at most as much silence for a gap as the analysis counts`() {
    #expect(FLACFile.silence(1234, rate: 48000) == 1234)
    #expect(FLACFile.silence(.max, rate: 48000) == 48000 * 6 * 3600)
  }

  @Test(arguments: ["", "/nowhere/x.flac"]) func `that is not there cannot be repaired`(path: String) {
    #expect(throws: SoundError.self) { try TakeRecorder.repair(path: path) }
  }
}

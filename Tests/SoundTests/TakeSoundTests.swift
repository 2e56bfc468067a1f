import Foundation
import Testing

@testable import Sound

/// Recordings put together as a take, and pieces cut out of it.
struct TakeSoundTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `any second of it reads as it was kept`() throws {
    let samples = ramp(48_000)
    let take = try TakeSound([try kept("a", samples)])
    #expect(take.rate == 16_000 && take.durationSeconds == 3)
    for second in [0, 1.5, 0.25, 2.999, 0.1] {
      let start = Int(second * 16_000)
      #expect(read(take, from: second, 700) == floats(samples[start..<min(start + 700, 48_000)]))
    }
    #expect(read(take, from: 3, 10).isEmpty && read(take, from: 1e300, 10).isEmpty)
    #expect(read(take, from: -5, 4) == floats(samples[..<4]) && read(take, from: .nan, 4) == floats(samples[..<4]))
    #expect(take.problems.isEmpty)
  }

  @Test func `recordings lie where they begin, with silence between them`() throws {
    let (first, second) = (ramp(16_000), ramp(8_000))
    let take = try TakeSound([
      try kept("b", second, start: 2.5), try kept("a", first),
      try kept("c", [Int16](repeating: 9, count: 800), start: 2.8),
    ])
    #expect(take.durationSeconds == 2.85)
    let all = read(take, from: 0, 100_000)
    #expect(all[..<16_000].elementsEqual(floats(first[...])))
    #expect(all[16_000..<40_000].allSatisfy { $0 == 0 })
    #expect(all[40_000..<44_800].elementsEqual(floats(second[..<4_800])), "a recording ends where the next begins")
    #expect(all[44_800...].allSatisfy { $0 == 9 / 32_768 } && all.count == 45_600)
  }

  @Test func `a recording of another rate is heard at its place with its pitch`() throws {
    let take = try TakeSound([
      try kept("a", sine(500, rate: 16_000, count: 16_000)),
      try kept("b", sine(500, rate: 48_000, count: 96_000), rate: 48_000, start: 1),
    ])
    #expect(take.rate == 16_000 && take.durationSeconds == 3)
    for second in [0.0, 1.2, 2] { #expect(abs(crossings(read(take, from: second, 12_800), rate: 16_000) - 500) < 5) }
    let across = read(take, from: 1.7, 1_600)
    #expect(zip(across, read(take, from: 0, 48_000)[27_200...]).allSatisfy { abs($0 - $1) < 0.02 }, "wherever begun")
  }

  @Test func `a continuation after a full disk lies where it says it does`() throws {
    _ = try kept("a", ramp(16_000))
    let file = try FLACFile(creating: folder.file("a-part2.flac"), rate: 16_000, startingAt: 1.5)
    try file.write([Int16](repeating: 100, count: 1_600))
    try file.close()
    let (first, next) = (TakePart(path: folder.file("a.flac"), startSeconds: 10), folder.file("a-part2.flac"))
    let take = try TakeSound([first, TakePart(path: next, startSeconds: 10, isContinuation: true)])
    #expect(take.durationSeconds == 11.6)
    #expect(
      read(take, from: 11.4, 3_200) == [Float](repeating: 0, count: 1_600)
        + [Float](repeating: 100 / 32_768, count: 1_600))
    let lost = TakePart(path: first.path, startSeconds: 10, isContinuation: true)
    #expect(try TakeSound([first, lost]).problems.map(\.kind) == [.notAudio], "one that does not say is left out")
  }

  @Test func `a recording that is missing leaves silence, and without any there is a reason`() throws {
    let gone = TakePart(path: folder.file("gone.flac"), startSeconds: 0)
    let take = try TakeSound([gone, try kept("b", ramp(8_000), start: 1)])
    #expect(take.problems.map(\.kind) == [.noSuchFile] && take.problems[0].name == gone.path)
    #expect(read(take, from: 0, 16_000).allSatisfy { $0 == 0 } && take.durationSeconds == 1.5)
    #expect(throws: SoundError.self) { try TakeSound([]) }
    #expect(#expect(throws: SoundError.self) { try TakeSound([gone]) }?.kind == .noSuchFile)
    let words = TakePart(path: try folder.write("words.flac", Array("no sound at all".utf8)), startSeconds: 0)
    #expect(#expect(throws: SoundError.self) { try TakeSound([words]) }?.kind == .notAudio)
    let empty = TakePart(path: try folder.write("empty.flac", []), startSeconds: 0)
    #expect(#expect(throws: SoundError.self) { try TakeSound([empty]) }?.kind == .emptyFile)
    #expect(#expect(throws: SoundError.self) { try TakeSound([TakePart(path: folder.path)]) }?.kind == .notAudio)
  }

  @Test func `a recording that was cut off is heard up to there, and said`() throws {
    let noise = (0..<64_000).map { _ in Int16.random(in: .min ... .max) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: try kept("a", noise).path))
    let path = try folder.write("cut.flac", Array(bytes.prefix(bytes.count / 2)))
    let take = try TakeSound([TakePart(path: path)])
    #expect(take.durationSeconds == 4 && take.problems.isEmpty)
    #expect(read(take, from: 0.5, 1_600) == floats(noise[8_000..<9_600]))
    #expect(read(take, from: 3, 16_000) == [Float](repeating: 0, count: 16_000))
    #expect(take.problems.map(\.kind) == [.truncatedFile])
    #expect(read(take, from: 0.25, 160) == floats(noise[4_000..<4_160]), "what is there can still be gone to")
    let (clip, part) = (folder.file("clip.flac"), TakePart(path: path))
    #expect(
      #expect(throws: SoundError.self) { try Clip.cut([part], 1...3, to: clip, as: .flac) }?.kind == .truncatedFile)
    #expect(try Clip.cut([part], 0.5...1, to: clip, as: .flac) == 0.5...1, "what is there can be cut")
  }

  @Test func `a recording whose bytes were damaged never ends the program`() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try kept("a", ramp(48_000)).path)))
    for seed in 1..<40 {
      var broken = bytes
      for step in 0..<8 {
        broken[(seed * 7_919 + step * 104_729) % bytes.count] ^= UInt8(truncatingIfNeeded: seed * 31 + 1)
      }
      guard let take = try? TakeSound([TakePart(path: try folder.write("broken.flac", broken))]) else { continue }
      for second in [0, 2.5, 1] { #expect(read(take, from: second, 4_000).allSatisfy { $0.isFinite }) }
    }
  }

  @Test func `a recording that nobody finished can be gone about in`() throws {
    let samples = sine(300, rate: 16_000, count: 64_000)
    let file = try FLACFile(creating: folder.file("live.flac"), rate: 16_000)
    try file.write(samples)
    file.sync()
    let left = folder.file("left.flac")
    try FileManager.default.copyItem(atPath: folder.file("live.flac"), toPath: left)
    let take = try TakeSound([TakePart(path: left)])
    #expect(take.durationSeconds > 3)
    for second in [1.5, 0.5, 2.5] {
      #expect(read(take, from: second, 800) == floats(samples[Int(second * 16_000)...].prefix(800)))
    }
    try file.close()
  }

  @Test(arguments: Clip.Format.allCases) func `a clip is the take's samples but for its fades`(format: Clip.Format)
    throws
  {
    let samples = sine(440, rate: 44_100, count: 132_300)
    let part = try kept("a", samples, rate: 44_100)
    let path = folder.file("clip.\(format.rawValue)")
    #expect(try Clip.cut([part], 0.5...1.25, to: path, as: format) == 0.5...1.25)
    let file = try AudioFile(path: path)
    #expect(file.format == SoundFormat(rate: 44_100, channels: 1, encoding: .s16) && file.frames == 33_075)
    let clip = read(try TakeSound([TakePart(path: path)]), from: 0, 50_000)
    let source = floats(samples[22_050..<55_125])
    #expect(clip.count == source.count && clip[441..<32_634] == source[441..<32_634])
    for index in 0..<441 {
      let share = Float(index) / 441
      #expect(abs(clip[index] - share * source[index]) <= 1 / 32_768)
      #expect(abs(clip[33_074 - index] - share * source[33_074 - index]) <= 1 / 32_768)
    }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2, "nothing is left beside it")
  }

  @Test func `a clip has the rate of its recording, and what is of another is converted`() throws {
    let parts = [
      try kept("a", sine(500, rate: 16_000, count: 16_000)),
      try kept("b", sine(500, rate: 48_000, count: 48_000), rate: 48_000, start: 1),
    ]
    try Clip.cut(parts, 1.25...1.75, to: folder.file("second.wav"), as: .wav)
    #expect(try AudioFile(path: folder.file("second.wav")).format.rate == 48_000)
    try Clip.cut(parts, 0.5...1.5, to: folder.file("both.wav"), as: .wav)
    let both = try TakeSound([TakePart(path: folder.file("both.wav"))])
    #expect(both.rate == 16_000 && both.durationSeconds == 1)
    #expect(abs(crossings(read(both, from: 0, 16_000), rate: 16_000) - 500) < 5)
  }

  @Test func `a clip that cannot be made says why, and leaves nothing and nothing overwritten`() throws {
    let part = try kept("a", ramp(16_000))
    let there = try folder.write("there.wav", [1, 2, 3])
    let places: [(String, ClosedRange<Double>, SoundError.Kind)] = [
      (there, 0...1, .cannotCreate), (folder.file("no/such/clip.wav"), 0...1, .cannotCreate),
      (folder.file("late.wav"), 5...6, .emptyFile), (folder.file("nothing.wav"), 0.5...0.5, .emptyFile),
    ]
    for (path, range, kind) in places {
      let error = #expect(throws: SoundError.self) { try Clip.cut([part], range, to: path, as: .wav) }
      #expect(error?.kind == kind, "\(path)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: there)) == Data([1, 2, 3]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.flac", "there.wav"])
    let whole = try Clip.cut([part], -3...99, to: folder.file("whole.flac"), as: .flac)
    #expect(whole == 0...1, "a stretch is held within the take")
  }

  @Test func `a clip on a full disk leaves nothing behind`() async {
    await #expect(processExitsWith: .success) {
      let folder = try Folder()
      let noise = (0..<64_000).map { _ in Int16.random(in: .min ... .max) }
      let file = try FLACFile(creating: folder.file("a.flac"), rate: 16_000)
      try file.write(noise)
      try file.close()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let error = #expect(throws: SoundError.self) {
        try Clip.cut([TakePart(path: folder.file("a.flac"))], 0...4, to: folder.file("clip.wav"), as: .wav)
      }
      #expect(error?.kind == .diskFull)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.flac"])
    }
  }

  private func kept(_ name: String, _ samples: [Int16], rate: Int = 16_000, start: Double = 0) throws -> TakePart {
    let file = try FLACFile(creating: folder.file("\(name).flac"), rate: rate)
    try file.write(samples)
    try file.close()
    return TakePart(path: folder.file("\(name).flac"), startSeconds: start)
  }

  private func read(_ take: TakeSound, from second: Double, _ count: Int) -> [Float] {
    var (buffer, all): ([Float], [Float]) = ([], [])
    take.seek(to: second)
    repeat {
      take.read(min(count - all.count, 3_001), into: &buffer)
      all += buffer
    } while !buffer.isEmpty && all.count < count
    return all
  }

  /// Samples that are all different from their neighbours.
  private func ramp(_ count: Int) -> [Int16] { (0..<count).map { Int16(truncatingIfNeeded: $0 &* 7_919) } }

  private func floats(_ samples: ArraySlice<Int16>) -> [Float] { samples.map { Float($0) / 32_768 } }
}

import Foundation
import Testing

@testable import Sound

@Suite struct `A recording pulled from its file` {
  private func pull(_ reader: RecordingReader) -> [Float] {
    var all: [Float] = []
    var buffer: [Float] = []
    while reader.next(into: &buffer) { all += buffer }
    return all
  }

  /// Interleaved 16-bit samples of sines, a different one in each channel.
  private func sines(_ channels: Int, rate: Int, seconds: Double = 0.7) -> [[Int16]] {
    (0..<channels).map { sine(200 + 90 * Double($0), rate: rate, count: Int(Double(rate) * seconds) + 3) }
  }

  private func interleaved(_ parts: [[Int16]]) -> [UInt8] {
    parts[0].indices.flatMap { frame in parts.flatMap { bytes($0[frame]) } }
  }

  @Test(
    arguments: [8000, 11025, 16000, 22050, 44100, 48000, 96000, 192_000], [1, 2, 8]
  ) func `gives the samples of the live path, bit for bit`(rate: Int, channels: Int) throws {
    let folder = try Folder()
    let path = try folder.write(
      "speech.wav", wav(interleaved(sines(channels, rate: rate)), rate: rate, channels: channels))
    let reader = try RecordingReader(path: path)
    let pulled = pull(reader)
    #expect(pulled == (try hear(.file(path: path, fast: true)).samples))
    #expect(abs(Double(pulled.count) / 16_000 - reader.secondsRead) < 0.001)
    #expect(reader.framesRead == reader.framesExpected)
    #expect(reader.truncation == nil && reader.oddSamples == nil && !reader.hasGrown)
  }

  @Test(arguments: [1, 2, 3]) func `gives one channel as if there were no other`(channel: Int) throws {
    let folder = try Folder()
    let parts = sines(3, rate: 44_100)
    let mixed = try folder.write("three.wav", wav(interleaved(parts), rate: 44_100, channels: 3))
    let alone = try folder.write("one.wav", wav(interleaved([parts[channel - 1]]), rate: 44_100))
    #expect(pull(try RecordingReader(path: mixed, channel: channel)) == pull(try RecordingReader(path: alone)))
  }

  @Test(arguments: [nil, 2]) func `brings along what it was made of, as it lies in the file`(channel: Int?) throws {
    let folder = try Folder()
    let parts = sines(2, rate: 44_100)
    let path = try folder.write("two.wav", wav(interleaved(parts), rate: 44_100, channels: 2))
    let reader = try RecordingReader(path: path, channel: channel)
    var (buffer, original, samples, all): ([Float], [Float], [Float], [Float]) = ([], [], [], [])
    while reader.next(into: &buffer, original: &original) {
      samples += buffer
      all += original
    }
    let heard = channel.map { [parts[$0 - 1]] } ?? parts
    #expect(reader.channelsHeard == heard.count)
    #expect(all == parts[0].indices.flatMap { frame in heard.map { Float($0[frame]) / 32_768 } })
    #expect(samples == pull(try RecordingReader(path: path, channel: channel)))
  }

  @Test(arguments: [0, 3, -1]) func `has no channel beyond its own`(channel: Int) throws {
    let folder = try Folder()
    let path = try folder.write("two.wav", wav(interleaved(sines(2, rate: 16_000)), rate: 16_000, channels: 2))
    #expect(throws: SoundError(.noSuchChannel, operation: "channel \(channel)", name: path, detail: "2")) {
      _ = try RecordingReader(path: path, channel: channel)
    }
  }

  @Test func `says how many samples are no numbers, and when the first came`() throws {
    let folder = try Folder()
    var values = [Float](repeating: 0.25, count: 40_000)
    for index in [20_000, 20_001, 39_999] { values[index] = index % 2 == 0 ? .nan : -.infinity }
    let path = try folder.write("odd.wav", wav(values.flatMap { bytes($0.bitPattern) }, rate: 16_000, bits: 32, tag: 3))
    let reader = try RecordingReader(path: path)
    let samples = pull(reader)
    #expect(reader.oddSamples == OddSamples(count: 3, firstSeconds: 1.25))
    #expect(samples.count == 40_000 && samples[20_000] == 0 && samples[19_999] == 0.25)
  }

  @Test func `counts what is no number in the channel it listens to, and in no other`() throws {
    let folder = try Folder()
    let values: [Float] = (0..<3200).map { $0 % 2 == 1 ? .nan : 0.5 }
    let path = try folder.write(
      "odd.wav", wav(values.flatMap { bytes($0.bitPattern) }, rate: 16_000, channels: 2, bits: 32, tag: 3))
    for (channel, count) in [(1, nil), (2, 1600), (nil, 1600)] as [(Int?, Int?)] {
      let reader = try RecordingReader(path: path, channel: channel)
      _ = pull(reader)
      #expect(reader.oddSamples?.count == count)
    }
  }

  @Test func `cut in mid-frame is read as far as it goes`() throws {
    let folder = try Folder()
    let whole = wav(interleaved(sines(2, rate: 16_000, seconds: 1)), rate: 16_000, channels: 2)
    let path = try folder.write("cut.wav", Array(whole[..<(44 + 4 * 8000 + 3)]))
    let reader = try RecordingReader(path: path)
    #expect(pull(reader).count == 8000)
    #expect(reader.truncation?.kind == .truncatedFile)
  }

  @Test func `cut in an Ogg or an AU is said to be cut`() throws {
    let folder = try Folder()
    let ogg = Array(try #require(Data(base64Encoded: tinyOgg, options: .ignoreUnknownCharacters)))
    let au = Array(".snd".utf8) + [24, 64_000, 3, 16_000, 1].flatMap { bytes(UInt32($0).bigEndian) }
    for (name, content, isCut) in [
      ("whole.ogg", ogg, false), ("cut.ogg", Array(ogg[..<(ogg.count - 20)]), true),
      ("cut.au", au + [UInt8](repeating: 1, count: 32_000), true),
      ("whole.au", au + [UInt8](repeating: 1, count: 64_000), false),
    ] {
      let reader = try RecordingReader(path: try folder.write(name, content))
      _ = pull(reader)
      #expect((reader.truncation?.kind == .truncatedFile) == isCut, "\(name)")
    }
  }

  @Test func `that was never closed is read to its end, and said to be cut`() throws {
    let folder = try Folder()
    let parts = sines(2, rate: 16_000)
    let (sound, frames) = (interleaved(parts), parts[0].count)
    let list = Array("LIST".utf8) + bytes(UInt32(4)) + Array("INFO".utf8)
    let whole = pull(try RecordingReader(path: try folder.write("whole.wav", wav(sound, rate: 16_000, channels: 2))))
    for (name, content) in [
      ("zero.wav", wav(sound, rate: 16_000, channels: 2, claimed: 0)),
      ("mid-frame.wav", wav(sound + [1, 2, 3], rate: 16_000, channels: 2, claimed: 0)),
    ] {
      let reader = try RecordingReader(path: try folder.write(name, content))
      #expect(reader.framesExpected == Int64(frames) && pull(reader) == whole, "\(name)")
      #expect(reader.truncation?.kind == .truncatedFile && !reader.hasGrown, "\(name)")
    }
    for (name, content) in [("empty.wav", []), ("tagged.wav", list)] {
      let path = try folder.write(name, wav(content, rate: 16_000, channels: 2, claimed: 0))
      #expect(throws: SoundError.self, "\(name)") { try RecordingReader(path: path) }
    }
  }

  @Test func `a W64 that is cut in mid-frame is said to be cut`() throws {
    let folder = try Folder()
    func chunk(_ name: String, _ rest: [UInt8]) -> [UInt8] { Array(name.utf8) + rest }
    let rest: [UInt8] = [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A]
    let format =
      [UInt16(1), 2].flatMap(bytes) + [UInt32(16_000), 64_000].flatMap(bytes) + [4, 16].flatMap { bytes(UInt16($0)) }
    let body = [UInt8](repeating: 1, count: 64_000)
    let inner =
      chunk("wave", rest) + chunk("fmt ", rest) + bytes(UInt64(40)) + format + chunk("data", rest)
      + bytes(UInt64(24 + body.count)) + body
    let whole =
      chunk("riff", [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0, 0])
      + bytes(UInt64(24 + inner.count)) + inner
    for (name, content, isCut) in [("whole.w64", whole, false), ("cut.w64", Array(whole.dropLast(30_003)), true)] {
      let reader = try RecordingReader(path: try folder.write(name, content))
      let frames = pull(reader).count
      #expect(isCut ? (8_400...8_600).contains(frames) : frames == 16_000, "\(name): \(frames)")
      #expect((reader.truncation?.kind == .truncatedFile) == isCut, "\(name)")
    }
  }

  @Test func `that grows is read up to what it held at first, and says that it grew`() throws {
    let folder = try Folder()
    let sound = interleaved(sines(1, rate: 16_000, seconds: 2))
    let path = try folder.write("growing.wav", wav(Array(sound[..<32_000]), rate: 16_000, claimed: 0x7FFF_FFF0))
    let reader = try RecordingReader(path: path)
    var buffer: [Float] = []
    #expect(reader.next(into: &buffer) && !reader.hasGrown)
    var count = buffer.count
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(sound[32_000...]))
    try file.close()
    while reader.next(into: &buffer) { count += buffer.count }
    #expect(count == 16_000 && reader.hasGrown && reader.truncation == nil)
  }

  @Test func `that is none is refused`() throws {
    let folder = try Folder()
    let head = wav([], rate: 16_000)
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, kind) in [
      (try folder.write("empty.wav", []), .emptyFile), (try folder.write("head.wav", head), .emptyFile),
      (try folder.write("half.wav", Array(head[..<20])), .notAudio), (folder.path, .notAudio),
      (try folder.write("text.wav", Array("Good evening".utf8)), .notAudio), (pipe, .notAudio),
      ("/dev/zero", .notAudio), (folder.file("none.wav"), .noSuchFile),
    ] as [(String, SoundError.Kind)] {
      do throws(SoundError) {
        _ = try RecordingReader(path: path)
        Issue.record("\(path) opened")
      } catch { #expect(error.kind == kind, "\(path)") }
    }
  }
}

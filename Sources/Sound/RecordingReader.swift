/// A recording pulled straight from its file: one channel, 16 kHz, floats at ±1, as fast as it is asked for.
///
/// No ring, no thread, no pace; but the same file access, the same mixing and the same resampling in the same blocks of
/// 10 ms as `SampleReader` gets them, so that the samples are those of the live path, bit for bit. Memory does not
/// depend on the length of the file. A file that somebody is still writing is read up to what it held when it was
/// opened, and one without a length in its header as far as it goes.
package final class RecordingReader {
  /// Channels a recording may have.
  package static let channelLimit = SoundFormat.channelLimit

  /// What the file holds: rate in hertz, channels, encoding.
  package let format: SoundFormat
  /// Frames as the header has it, at the file's own rate; `nil` where it does not say.
  package let framesExpected: Int64?
  /// Frames read so far, at the file's own rate.
  package private(set) var framesRead: Int64 = 0
  /// NaN and infinities met so far, in the channels that are listened to; `nil` without any.
  package var oddSamples: OddSamples? { watch.found }
  /// Why the file ended before its header said it would; `nil` where it did not, or has not yet.
  package private(set) var truncation: SoundError?

  /// Frames asked of libsndfile at a time: each call of its costs a system call.
  private static let chunkFrames = 8192
  private let file: AudioFile
  private let channel: Int?
  private let kept: SoundFormat
  private var watch: OddSampleWatch
  private var resampler: Resampler
  private var raw: [UInt8]
  private var rawFrames = 0
  private var usedFrames = 0
  private var block: [Float] = []
  private var isOver = false

  /// Opens the recording at `path`; all channels are averaged, or only `channel` is taken, counted from 1.
  ///
  /// A name that is not UTF-8 is opened by its `bytes`, which end with a zero; `path` is then what it is called in errors.
  /// Throws `.noSuchFile`, `.noPermission`, `.notAudio`, `.emptyFile`, or `.noSuchChannel`.
  package init(path: String, bytes: [CChar]? = nil, channel: Int? = nil) throws(SoundError) {
    let file = try AudioFile(path: path, bytes: bytes)
    if let channel, !(1...file.format.channels).contains(channel) {
      throw SoundError(
        .noSuchChannel, operation: "channel \(channel)", name: path, detail: "\(file.format.channels)")
    }
    self.file = file
    self.channel = channel
    format = file.format
    framesExpected = file.frames
    kept = SoundFormat(
      rate: format.rate, channels: channel == nil ? format.channels : 1, encoding: format.encoding)
    watch = OddSampleWatch(kept)
    resampler = Resampler(from: format.rate)
    let chunk = max(1, min(Self.chunkFrames, (1 << 20) / format.frameBytes))
    raw = [UInt8](repeating: 0, count: chunk * format.frameBytes)
    block.reserveCapacity(resampler.blockFrames)
  }

  /// Seconds read so far.
  package var secondsRead: Double { Double(framesRead) / Double(format.rate) }

  /// Whether the file is longer now than when it was opened.
  package var hasGrown: Bool { file.hasGrown }

  /// Channels that are listened to.
  package var channelsHeard: Int { kept.channels }

  /// Replaces what is in `buffer` by the next samples, about 0.1 s of them; false, with none, at the end.
  package func next(into buffer: inout [Float]) -> Bool {
    var nothing: [Float] = []
    return next(into: &buffer, original: &nothing, wantsOriginal: false)
  }

  /// The same, and in `original` the stretch of the file that they were made of: at its own rate, the channels that
  /// are listened to interleaved, as floats at ±1.
  package func next(into buffer: inout [Float], original: inout [Float]) -> Bool {
    next(into: &buffer, original: &original, wantsOriginal: true)
  }

  private func next(into buffer: inout [Float], original: inout [Float], wantsOriginal: Bool) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    original.removeAll(keepingCapacity: true)
    let single = SoundFormat(rate: kept.rate, channels: 1, encoding: kept.encoding)
    while !isOver, buffer.count + 160 <= SampleReader.deliveryLimit {
      if usedFrames == rawFrames, !refill() {
        isOver = true
        flush(last: true, into: &buffer)
        break
      }
      let wanted = min(resampler.blockFrames - block.count, rawFrames - usedFrames)
      raw.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        let stretch = start + usedFrames * kept.frameBytes
        SampleConversion.appendMono(stretch, frames: wanted, format: kept, to: &block)
        guard wantsOriginal else { return }
        SampleConversion.appendMono(stretch, frames: wanted * kept.channels, format: single, to: &original)
      }
      usedFrames += wanted
      if block.count == resampler.blockFrames { flush(last: false, into: &buffer) }
    }
    return !buffer.isEmpty
  }

  private func flush(last: Bool, into buffer: inout [Float]) {
    resampler.append(block, last: last, to: &buffer)
    block.removeAll(keepingCapacity: true)
  }

  /// Reads the next chunk; false at the end.
  private func refill() -> Bool {
    let limit = raw.count / format.frameBytes
    let reading = raw.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { file.read(into: $0, frames: limit) } ?? .ended(nil)
    }
    (rawFrames, usedFrames) = (0, 0)
    switch reading {
    case .nothing: return false
    case .ended(let error):
      truncation = error
      return false
    case .frames(let count):
      if let channel { pick(channel - 1, count) }
      raw.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { watch.look(at: start, frames: count, before: framesRead) }
      }
      framesRead += Int64(count)
      rawFrames = count
      return count > 0
    }
  }

  /// Moves the samples of one channel together at the start of the chunk.
  private func pick(_ channel: Int, _ frames: Int) {
    guard format.channels > 1 else { return }
    let (width, stride) = (format.encoding.bytes, format.frameBytes)
    raw.withUnsafeMutableBytes { bytes in
      for frame in 0..<frames {
        for byte in 0..<width { bytes[frame * width + byte] = bytes[frame * stride + channel * width + byte] }
      }
    }
  }
}

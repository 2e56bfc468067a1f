import CSndFile
import Glibc

/// A recording being read: whatever libsndfile knows, at the file's own rate and channels.
///
/// 16-bit and smaller samples are delivered as they lie in the file; everything else as floats at ±1.
// SAFETY: made on one thread, then used by the player's alone.
final class AudioFile: SampleSource, @unchecked Sendable {
  /// What its frames are.
  let format: SoundFormat
  /// Seconds, as the header has it; `nil` where it does not say.
  let durationSeconds: Double?

  /// Frames, as the header has it; `nil` where it does not say.
  let frames: Int64?

  private let handle: OpaquePointer
  private let descriptor: Int32
  private let openedBytes: Int64
  private let path: String
  /// Whether the header already tells that the file ends before its time.
  private let isCut: Bool
  /// Frames to read at most: what an unclosed file held when it was opened.
  private let limit: Int64
  private var read: Int64 = 0

  /// Opens a regular file, by its `bytes` (with a zero at the end) where its name is no text. Throws `.noSuchFile`, `.noPermission`, `.notAudio` or `.emptyFile`.
  init(path: String, bytes: [CChar]? = nil) throws(SoundError) {
    var descriptor = try Self.openRegular(path, bytes ?? Array(path.utf8CString))
    var info = SF_INFO()
    guard var handle = sf_open_fd(descriptor, Int32(SFM_READ), &info, 1) else {
      // libsndfile closes the descriptor also when it fails.
      throw SoundError(.notAudio, operation: "sf_open", name: path, detail: String(cString: sf_strerror(nil)))
    }
    let unclosed = UnclosedWave.open(descriptor, &info)
    if let unclosed {
      sf_close(handle)
      (handle, descriptor) = unclosed
    }
    func refuse(_ kind: SoundError.Kind, _ detail: String) -> SoundError {
      sf_close(handle)
      return SoundError(kind, operation: "sf_open", name: path, detail: detail)
    }
    let rate = Int(info.samplerate)
    let channels = Int(info.channels)
    guard SoundFormat.rates.contains(rate), (1...SoundFormat.channelLimit).contains(channels) else {
      throw refuse(.notAudio, "\(rate) Hz, \(channels) channels")
    }
    guard info.frames > 0 else { throw refuse(.emptyFile, "no samples") }
    let isSmall: Bool =
      switch Int(info.format) & Int(SF_FORMAT_SUBMASK) {
      case Int(SF_FORMAT_PCM_16), Int(SF_FORMAT_PCM_S8), Int(SF_FORMAT_PCM_U8): true
      default: false
      }
    format = SoundFormat(rate: rate, channels: channels, encoding: isSmall ? .s16 : .float32)
    // A FLAC that was never finished has no length: libsndfile says the largest number there is.
    let isKnown = info.frames < Int64(1) << 48
    frames = isKnown ? info.frames : nil
    durationSeconds = isKnown ? Double(info.frames) / Double(rate) : nil
    // libsndfile takes the length of an Ogg from its last page; where that is missing, so is what came before it.
    let isOgg = Int(info.format) & Int(SF_FORMAT_TYPEMASK) == Int(SF_FORMAT_OGG)
    isCut = unclosed != nil || Self.headerPromisesMore(handle) || (isOgg && !isKnown)
    limit = unclosed == nil ? .max : info.frames
    self.handle = handle
    self.descriptor = descriptor
    openedBytes = Self.bytes(descriptor)
    self.path = path
  }

  deinit { sf_close(handle) }

  /// Whether the file is longer now than when it was opened: somebody is still writing it.
  var hasGrown: Bool { Self.bytes(descriptor) > openedBytes }

  func read(into target: UnsafeMutableRawPointer, frames count: Int) -> SourceReading {
    let got: Int64
    let count = min(count, Int(clamping: limit - read))
    let samples = count * format.channels
    if format.encoding == .s16 {
      got = sf_readf_short(handle, target.bindMemory(to: Int16.self, capacity: samples), Int64(count))
    } else {
      got = sf_readf_float(handle, target.bindMemory(to: Float.self, capacity: samples), Int64(count))
    }
    if got > 0 {
      read += got
      return .frames(Int(min(got, Int64(count))))
    }
    let isShort = isCut || frames.map { read < $0 } ?? false
    guard isShort || (sf_error(handle) != 0 && frames != nil) else { return .ended(nil) }
    let said = sf_error(handle) == 0 ? "" : String(cString: sf_strerror(handle))
    return .ended(SoundError(.truncatedFile, operation: "sf_readf", name: path, detail: said))
  }

  /// What stands in a file's comment before the second of its take that it begins at.
  static let startComment = "rostrum start "

  /// The second that the file begins at, in the recording that it goes on with; nil where it does not say.
  var startSeconds: Double? {
    guard let comment = sf_get_string(handle, Int32(SF_STR_COMMENT)).map({ String(cString: $0) }),
      comment.hasPrefix(Self.startComment), let seconds = Double(comment.dropFirst(Self.startComment.count)),
      seconds.isFinite, seconds >= 0
    else { return nil }
    return seconds
  }

  /// Goes to a frame, counted from 0; false where the file cannot be gone about in.
  func seek(to frame: Int64) -> Bool {
    let frame = max(0, min(frame, limit, frames ?? .max))
    guard sf_seek(handle, frame, Int32(SEEK_SET)) == frame else { return false }
    read = frame
    return true
  }

  private static func bytes(_ descriptor: Int32) -> Int64 {
    var facts = stat()
    return fstat(descriptor, &facts) == 0 ? Int64(facts.st_size) : 0
  }

  private static func openRegular(_ path: String, _ bytes: [CChar]) throws(SoundError) -> Int32 {
    // O_NONBLOCK: a named pipe would otherwise wait here for its writer, before it can be refused.
    let descriptor = open(bytes, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SoundError.file("open", path, code: errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw SoundError(.notAudio, operation: "open", name: path, detail: "not a regular file")
    }
    guard facts.st_size > 0 else {
      close(descriptor)
      throw SoundError(.emptyFile, operation: "open", name: path, detail: "0 bytes")
    }
    return descriptor
  }

  /// Whether a WAV, W64, AIFF or AU header promised more than the file has. libsndfile shortens such a file and notes it
  /// in its log, as in `data : 64000 (should be 24056)`, `riff : …` (W64), `SSND : …` or `Data Size : …`. Lengths near 2
  /// and 4 GiB stand for "not known" and promise nothing.
  private static func headerPromisesMore(_ handle: OpaquePointer) -> Bool {
    var log = [CChar](repeating: 0, count: 16384)
    sf_command(handle, Int32(SFC_GET_LOG_INFO), &log, Int32(log.count))
    let text = String(decoding: log.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for line in text.split(separator: "\n") where ["data", "Data", "SSND", "riff"].contains(where: line.contains) {
      let numbers = line.split { !$0.isNumber }.compactMap { Int64($0) }
      if line.contains("should be"), numbers.count >= 2, numbers[0] > numbers[1], numbers[0] < 0x7FFF_0000 {
        return true
      }
    }
    return false
  }
}

import CSndFile
import Glibc

/// A mono 16-bit file being written: FLAC, or WAV for who wants that.
// SAFETY: made on one thread, then used by the recording thread alone.
final class FLACFile: @unchecked Sendable {
  /// The longest silence written for one gap, seconds: six hours, the longest the analysis counts.
  static let longestGapSeconds = 21_600
  private var handle: OpaquePointer?
  private let path: String
  private let rate: Int

  /// Creates `path` with mode 0600; never overwrites. `start` is the second of its take that it begins at, where that
  /// is not known otherwise: it becomes the file's comment, as `AudioFile.startSeconds` reads it.
  init(
    creating path: String, rate: Int, as format: Clip.Format = .flac, startingAt start: Double? = nil
  ) throws(SoundError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw SoundError.file("open", path, code: errno, otherwise: .cannotCreate) }
    // The umask may have taken bits that the owner needs to read it again.
    fchmod(descriptor, 0o600)
    var info = SF_INFO()
    info.samplerate = Int32(clamping: rate)
    info.channels = 1
    info.format = Int32(format == .flac ? SF_FORMAT_FLAC : SF_FORMAT_WAV) | Int32(SF_FORMAT_PCM_16)
    errno = 0
    guard let handle = sf_open_fd(descriptor, Int32(SFM_WRITE), &info, 1) else {
      let code = errno
      unlink(path)
      if code != 0 { throw SoundError.file("sf_open", path, code: code, otherwise: .cannotCreate) }
      throw SoundError(.cannotCreate, operation: "sf_open", name: path, detail: String(cString: sf_strerror(nil)))
    }
    if let start { sf_set_string(handle, Int32(SF_STR_COMMENT), AudioFile.startComment + String(start)) }
    self.handle = handle
    self.path = path
    self.rate = rate
  }

  deinit { abandon() }

  /// Appends samples. Throws `.diskFull` or `.io`.
  func write(_ samples: [Int16]) throws(SoundError) {
    guard let handle, !samples.isEmpty else { return }
    errno = 0
    let written = samples.withUnsafeBufferPointer { sf_writef_short(handle, $0.baseAddress, Int64($0.count)) }
    guard written == Int64(samples.count), sf_error(handle) == 0 else { throw failure("sf_writef_short", handle) }
  }

  /// Appends the silence that stands for a gap of so many frames.
  func writeSilence(_ frames: UInt64) throws(SoundError) {
    var left = FLACFile.silence(frames, rate: rate)
    let silence = [Int16](repeating: 0, count: min(left, 65536))
    while left > 0 {
      try write(left >= silence.count ? silence : [Int16](silence.prefix(left)))
      left -= min(left, silence.count)
    }
  }

  /// Frames of silence for a gap of `frames`, `longestGapSeconds` at most.
  static func silence(_ frames: UInt64, rate: Int) -> Int {
    Int(min(frames, UInt64(longestGapSeconds * rate)))
  }

  /// Brings what was written onto the disk.
  func sync() {
    if let handle { sf_write_sync(handle) }
  }

  /// Writes what the encoder holds and the length in the header, and closes.
  func close() throws(SoundError) {
    guard let handle else { return }
    sf_write_sync(handle)
    self.handle = nil
    errno = 0
    guard sf_close(handle) == 0 else {
      throw SoundError.file("sf_close", path, code: errno)
    }
  }

  /// Closes without asking whether it worked.
  func abandon() {
    if let handle { sf_close(handle) }
    handle = nil
  }

  /// Closes and removes the file.
  func discard() {
    abandon()
    unlink(path)
  }

  /// Writes an unfinished file anew, with its length, and puts it in its place.
  static func repair(path: String) throws(SoundError) {
    let source = try AudioFile(path: path)
    guard source.durationSeconds == nil else { return }
    let spare = path + ".repaired"
    unlink(spare)
    let target = try FLACFile(creating: spare, rate: source.format.rate, startingAt: source.startSeconds)
    var chunk = [Int16](repeating: 0, count: 65536)
    do throws(SoundError) {
      guard source.format == SoundFormat(rate: target.rate, channels: 1, encoding: .s16) else {
        throw SoundError(.notAudio, operation: "repair", name: path, detail: "not one of our recordings")
      }
      while true {
        let count = chunk.count
        let reading = chunk.withUnsafeMutableBytes { bytes in
          bytes.baseAddress.map { source.read(into: $0, frames: count) } ?? .nothing
        }
        guard case .frames(let got) = reading else { break }
        try target.write(Array(chunk.prefix(got)))
      }
      try target.close()
    } catch {
      target.abandon()
      unlink(spare)
      throw error
    }
    guard rename(spare, path) == 0 else { throw SoundError.file("rename", path, code: errno) }
  }

  private func failure(_ operation: String, _ handle: OpaquePointer) -> SoundError {
    let code = errno
    if code != 0 { return SoundError.file(operation, path, code: code) }
    return SoundError(.io, operation: operation, name: path, detail: String(cString: sf_strerror(handle)))
  }
}

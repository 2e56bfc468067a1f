import Glibc
import NIOCore

/// Cuts what comes over a line into lines, of which none is kept beyond a length.
struct LineCutter {
  private var gathered = ByteBuffer()
  /// Bytes from the reader index on in which there is no line break.
  private var searched = 0

  /// What comes next of all that was put in.
  enum Cut: Equatable {
    /// A line without its break.
    case line(ByteBuffer)
    /// The line that comes is longer than may be: its beginning, one byte more than that. Nothing else is kept of all that
    /// was put in.
    case tooLong(ByteBuffer)
    /// No whole line is there yet.
    case none
  }

  /// Puts in what was read.
  mutating func put(_ bytes: inout ByteBuffer) {
    guard gathered.readableBytes > 0 else {
      gathered = bytes
      return
    }
    gathered.discardReadBytes()
    gathered.writeBuffer(&bytes)
  }

  /// Takes the next line out, of at most `limit` bytes without its break.
  mutating func next(limit: Int) -> Cut {
    let found = gathered.lineLength(from: searched)
    if found ?? gathered.readableBytes > limit {
      let beginning = gathered.readSlice(length: limit + 1) ?? ByteBuffer()
      self = LineCutter()
      return .tooLong(beginning)
    }
    guard let found, let line = gathered.readSlice(length: found) else {
      searched = gathered.readableBytes
      if searched == 0 { gathered = ByteBuffer() }
      return .none
    }
    gathered.moveReaderIndex(forwardBy: 1)
    searched = 0
    return .line(line)
  }
}

extension ByteBuffer {
  /// Bytes before the first line break; nil where there is none. In the first `searched` there is none.
  func lineLength(from searched: Int = 0) -> Int? {
    withUnsafeReadableBytes { bytes in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

import Glibc
import NIOCore

/// Cuts what comes over a line into lines, of which none is kept beyond a length.
struct LineCutter {
  private let limit: Int
  private var gathered = ByteBuffer()
  /// Bytes from the reader index on in which there is no line break.
  private var searched = 0

  /// Lines of at most `limit` bytes, without their breaks.
  init(limit: Int) { self.limit = limit }

  /// What comes next of all that was put in.
  enum Cut: Equatable {
    /// A line without its break.
    case line(ByteBuffer)
    /// The line that comes is longer than may be.
    case tooLong
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

  /// Takes the next line out.
  mutating func next() -> Cut {
    let found = gathered.withUnsafeReadableBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count,
        let at = memchr(base + searched, 10, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(at) - base
    }
    guard (found ?? gathered.readableBytes) <= limit else { return .tooLong }
    guard let found, let line = gathered.readSlice(length: found) else {
      searched = gathered.readableBytes
      return .none
    }
    gathered.moveReaderIndex(forwardBy: 1)
    searched = 0
    return .line(line)
  }
}

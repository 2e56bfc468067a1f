import Glibc
import NIOCore

/// Cuts what comes into lines, none longer than it may be.
struct LineCutter {
  /// What is next.
  enum Piece: Equatable {
    /// A line without its break.
    case line(ByteBuffer)
    /// Not all of a line is here.
    case more
    /// A line longer than it may be.
    case tooLong
  }

  private let limit: Int
  private var bytes = ByteBuffer()
  /// Bytes from the reader on that are known to hold no break.
  private var looked = 0

  /// Makes one for lines of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Takes what came.
  mutating func take(_ more: inout ByteBuffer) {
    if bytes.readableBytes == 0 { (bytes, looked) = (more, 0) } else { bytes.writeBuffer(&more) }
  }

  /// The next line.
  mutating func next() -> Piece {
    guard let length = bytes.lineLength(from: looked) else {
      looked = bytes.readableBytes
      return looked > limit ? .tooLong : .more
    }
    looked = 0
    guard length <= limit, let line = bytes.readSlice(length: length) else { return .tooLong }
    bytes.moveReaderIndex(forwardBy: 1)
    if bytes.readableBytes == 0 { bytes = ByteBuffer() }
    return .line(line)
  }
}

extension ByteBuffer {
  /// Bytes before the first line break that lies at `start` or behind it, counted from the reader; nil where there is none.
  func lineLength(from start: Int = 0) -> Int? {
    withUnsafeReadableBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

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
    let view = bytes.readableBytesView.dropFirst(looked)
    guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else {
      looked = bytes.readableBytes
      return looked > limit ? .tooLong : .more
    }
    let length = end - bytes.readerIndex
    looked = 0
    guard length <= limit, let line = bytes.readSlice(length: length) else { return .tooLong }
    bytes.moveReaderIndex(forwardBy: 1)
    if bytes.readableBytes == 0 { bytes = ByteBuffer() }
    return .line(line)
  }
}

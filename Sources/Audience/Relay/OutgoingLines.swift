import NIOCore

/// Lines on their way to the other end: gathered until all that is at hand was looked at, then sent together.
struct OutgoingLines {
  private var gathered = ByteBuffer()
  private var isFlushDue = false
  /// Bytes that were sent and that the way has not taken.
  private(set) var unsentBytes = 0

  /// Has `write` put a line behind the others; whether a flush has to be arranged for.
  mutating func gather(_ write: (inout ByteBuffer) -> Void) -> Bool {
    write(&gathered)
    defer { isFlushDue = true }
    return !isFlushDue
  }

  /// The flush is here: what was gathered, to be sent on `way`, which counts as unsent from now on; nil where there is nothing
  /// or no way yet.
  mutating func flush(on way: (any Channel)?) -> (channel: any Channel, bytes: ByteBuffer)? {
    isFlushDue = false
    guard let way, gathered.readableBytes > 0 else { return nil }
    defer { gathered = ByteBuffer() }
    unsentBytes += gathered.readableBytes
    return (way, gathered)
  }

  /// The way has taken `bytes`, or broke.
  mutating func went(_ bytes: ByteBuffer) { unsentBytes -= bytes.readableBytes }
}

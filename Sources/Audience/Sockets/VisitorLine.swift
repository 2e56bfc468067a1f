package import NIOCore

/// The way to one visitor: a connection to a socket, or a virtual line of a relay. All on the thread "audience".
package protocol VisitorLine: AnyObject {
  /// Bytes that `write` took and that have not gone yet. What is behind the line (a kernel's buffer) does not count.
  var unsentBytes: Int { get }
  /// Sends whole lines, each with its line break, in the order of the calls. Never waits; takes whatever comes, for the
  /// hub looks at `unsentBytes` first.
  func write(_ bytes: ByteBuffer)
  /// Ends the line when all has gone, and anyhow after `seconds`. No more is written; `Visitor.left` is called as ever.
  func close(within seconds: Double)
}

/// Somebody at a hub's door or inside, as their line sees them. All on the thread "audience".
package protocol Visitor: AnyObject {
  /// Bytes of the longest line that is taken now, without its break; one that grows longer is not to be kept: hand on
  /// its beginning, one byte more than this.
  var lineBytes: Int { get }
  /// Takes a line of theirs, without its break.
  func take(_ line: ByteBuffer)
  /// Says that some of the unsent bytes have gone.
  func moved()
  /// Says that the line is over, whoever ended it. Once, and nothing after.
  func left()
}

import Practice
import Terminal

/// How a session is shown: on a screen, in lines for reading, or in lines for machines.
///
/// All three are fed the same desk and the same events; none of them changes anything.
protocol Face: AnyObject {
  /// Poll it for keys; -1 where there are none.
  var inputDescriptor: Int32 { get }
  /// Poll it for room to write while `wantsToWrite`; -1 where nothing waits.
  var outputDescriptor: Int32 { get }
  var wantsToWrite: Bool { get }
  /// Whether a frame would be shown now.
  var isReady: Bool { get }
  /// Whether so much waits to be written that nothing should be added; sound then waits in the ring.
  var isCongested: Bool { get }
  /// Whether whoever looked on is gone.
  var isGone: Bool { get }
  /// Why nothing can be written any more, where it is not that the reader went away.
  var outputFailure: String? { get }
  /// The size of the frames; nil where there are none.
  var size: Size? { get }
  /// Whether there are frames to draw; lines come with the events.
  var drawsFrames: Bool { get }

  func readKeys() -> [Key]
  /// Shows the desk as it is now; what cannot be shown now may be left out.
  func show(_ desk: Desk)
  /// Tells of an event, after the session has taken it in.
  func tell(_ event: SessionEvent, _ session: Session)
  /// Writes what waits, as far as it is taken.
  func flush()
  func use(_ theme: Theme)
  func resize()
  /// Whether the terminal's size is another one than that of the last frame.
  var isOutgrown: Bool { get }
  func repaint()
  func suspend()
  func resume()
  /// Gives the terminal back; then sentences go to the shell.
  func close()
}

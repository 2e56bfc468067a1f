/// The bounds of a line between a learner's machine and a relay.
package struct RelayLimits: Equatable, Sendable {
  /// Seconds between two pings of the learner's machine.
  package var pingSeconds = 5.0
  /// Seconds in which nothing came, after which either end takes the line for broken.
  package var silentSeconds = 20.0
  /// Seconds until the relay's first line must have come.
  package var greetingSeconds = 30.0
  /// Lines of a relay a second; more is a flood, and the line is left.
  package var linesPerSecond = 5_000
  /// Visitors of a relay at once, as many as one lets in and more; with yet more of them the line is left.
  package var visitors = 160
  /// Unsent bytes to a relay above which the line is left: it says that its visitors took what it never read.
  package var unsentBytes = 67_108_864
  /// Bytes of what comes before a relay's first line: what a login prints there.
  package var noiseBytes = 65_536
  /// Bytes that a socket must have taken until that is told at once; less is told each second.
  package var tookBytes = 32_768
  /// Unsent bytes of one visitor, above which the relay sends them away; the hub does so much sooner.
  package var visitorBytes = 4_194_304
  /// Unsent bytes to the learner's machine, above which visitors' lines are passed over.
  package var outBytes = 4_194_304
  /// Lines of one visitor a second that are handed on; the hub ends a watch at fewer.
  package var visitorLinesPerSecond = 100
  /// Seconds in which a hub that is over tells its visitors at last; who is still there then is sent away.
  package var farewellSeconds = 1.5
  /// Seconds that another relay is given to leave its place.
  package var yieldSeconds = 2.0

  /// The usual ones.
  package init() {}
}

/// The numbers of the room: how many may come, how fast, how much may wait. What happens at each is tested.
package struct AudienceLimits: Equatable, Sendable {
  /// Those who wait for an answer or watch, at once.
  package var visitors = 64
  /// Those who wait for an answer at once, and those of one account among them.
  package var asking = 8
  package var askingAlike = 4
  /// Lines that have not said their hello, at once, and how long each may take for it.
  package var greeting = 16
  package var greetingSeconds = 5.0
  /// How long a request may stay unanswered.
  package var answerSeconds = 60.0
  /// Requests and wrong tokens of one account, and hellos of one that are good, a minute.
  package var asksPerMinute = 12
  package var wrongTokensPerMinute = 5
  package var hellosPerMinute = 240
  /// Requests of all accounts, and refusals that the log is told of, a minute.
  package var asksPerMinuteOfAll = 60
  package var refusalsPerMinute = 60
  /// Seconds for which an account that the learner refused is refused without asking again.
  package var declinedSeconds = 30.0
  /// Lines of any kind of one watcher a second; more is a flood.
  package var linesPerSecond = 40
  /// Remarks of one watcher a second, and in a session.
  package var remarksPerSecond = 5
  package var remarks = 2_000
  /// Seconds between two cues of one watcher.
  package var cueSeconds = 2.0
  /// Unsent bytes of a line above which nothing more is written to it.
  package var firstMark = 262_144
  /// Bytes that a watcher is behind above which the watch is over.
  package var secondMark = 2_097_152
  /// Unsent bytes of a line above which readings are dropped, and sound is.
  package var glanceMark = 16_384
  package var soundMark = 65_536
  /// Seconds of a line that takes nothing, or says nothing to a ping, until it counts as broken; and between pings.
  package var silentSeconds = 60.0
  package var pingSeconds = 20.0
  /// Seconds after a line broke in which its watch may go on.
  package var resumeSeconds = 600.0
  /// Seconds between two events of the log that say that one account was refused.
  package var refusedSeconds = 10.0
  /// Accounts that a hub remembers at once, the longest unseen forgotten first.
  package var remembered = 512
  /// Events in a line of the past.
  package var pastEvents = 256
  /// Seconds between two looks at all who are here, in which readings go out; with many watchers not in each.
  package var beatSeconds = 0.125
  package var beatsAGlanceOfMany = 4
  /// Seconds for which events are gathered, with few watchers and with many.
  package var gatherSeconds = 0.02
  package var gatherSecondsOfMany = 0.08
  /// How many watchers are many.
  package var many = 8
  /// Seconds that are left for sending what is told at the end.
  package var farewellSeconds = 1.0

  /// The usual ones.
  package init() {}

  /// Files of a folder that are looked at for sockets that nobody listens at any more, at most.
  static let sweptSockets = 256
  /// Bytes of the longest path of a socket (`sun_path` of Linux, without its end).
  package static let pathBytes = 107
}

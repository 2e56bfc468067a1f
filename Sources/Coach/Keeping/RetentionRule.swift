/// How long sessions and their sound are kept, as the learner set it.
///
/// A rule looks at when a session itself began, and at nothing else: neither at when a file was copied, nor at when the
/// program was installed.
package struct RetentionRule: Equatable, Sendable {
  /// Days after which kept sound goes; 0 keeps it.
  package var audioDays: Int
  /// Days after which whole sessions go; 0 keeps them.
  package var sessionDays: Int

  /// Makes a rule.
  package init(audioDays: Int = 0, sessionDays: Int = 0) {
    self.audioDays = audioDays
    self.sessionDays = sessionDays
  }

  /// Whether nothing is ever deleted.
  package var keepsAll: Bool { audioDays <= 0 && sessionDays <= 0 }

  /// The day before which no session can have begun, in milliseconds since 1970 (1 January 2020): a machine that knew no
  /// time wrote what is earlier, so its age is unknown and it is kept.
  package static let earliest: Int64 = 1_577_836_800_000
  private static let dayMilliseconds: Int64 = 86_400_000

  /// Sessions that began in here have been kept for longer than `days` at `now`, both in milliseconds since 1970; nil
  /// where none has.
  package static func due(after days: Int, now: Int64) -> Range<Int64>? {
    guard days > 0, now > earliest else { return nil }
    // Held within ten thousand years: then no product can overflow.
    let (end, isBeyond) = now.subtractingReportingOverflow(Int64(min(days, 3_650_000)) * dayMilliseconds)
    return isBeyond || end <= earliest ? nil : earliest..<end
  }

  /// Moments in which a session began whose sound is to go.
  package func dueSound(now: Int64) -> Range<Int64>? { Self.due(after: audioDays, now: now) }

  /// Moments in which a session began that is to go.
  package func dueSessions(now: Int64) -> Range<Int64>? { Self.due(after: sessionDays, now: now) }
}

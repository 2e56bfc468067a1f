import Glibc
import History

/// Deletes what has been kept for as long as the learner wants it kept, when the program starts.
struct Retention {
  let rule: RetentionRule
  let forgetter: Forgetter

  /// The rule of the settings.
  init(_ surroundings: Surroundings) {
    let settings = surroundings.settings
    rule = RetentionRule(audioDays: settings.keepAudioDays, sessionDays: settings.keepSessionsDays)
    forgetter = Forgetter(surroundings)
  }

  /// What was deleted.
  struct Outcome: Equatable, Sendable {
    var sessions = 0
    /// Sessions whose sound alone was deleted.
    var recordings = 0
  }

  /// Deletes what is due at `now`, in milliseconds since 1970, and says so in sentences; none where nothing was.
  ///
  /// A session that runs is left alone. What the schedule of drills knows of a session outlives it: days of practice are
  /// counted over longer than sound and words are kept. What an earlier run could not take out of the database's free pages is taken out
  /// now.
  func apply(now: Int64 = Int64(wallMilliseconds())) -> [String] {
    do throws(Failure) {
      let history = try open()
      guard let history else { return [] }
      var outcome = Outcome()
      outcome.sessions = try forgetSessions(history, now)
      outcome.recordings = try forgetSound(history, now)
      if (try? history.needsPurge()) == true { try? history.purge() }
      return Messages.kept(outcome, rule)
    } catch { return [Messages.notTidied(error.sentence)] }
  }

  /// The history, where there is one and anything may have to be done; nil otherwise.
  private func open() throws(Failure) -> History? {
    guard kind(of: forgetter.files.places.database) == S_IFREG else { return nil }
    do throws(HistoryError) {
      if rule.keepsAll {
        guard try History(reading: forgetter.files.places.data).needsPurge() else { return nil }
      }
      return try History(folder: forgetter.files.places.data)
    } catch {
      // A damaged history, a full disk and the like are told by whoever needs the history next.
      return nil
    }
  }

  private func forgetSessions(_ history: History, _ now: Int64) throws(Failure) -> Int {
    guard let due = rule.dueSessions(now: now) else { return 0 }
    var rows: [SessionRow] = []
    do throws(HistoryError) {
      while true {
        let query = SessionQuery(
          from: due.lowerBound, to: due.upperBound, limit: Limits.listedSessions, after: rows.last)
        let page = try history.sessions(query)
        rows += page
        if page.count < Limits.listedSessions { break }
      }
    } catch { throw Failure(error) }
    rows.removeAll { $0.state == .live }
    guard !rows.isEmpty else { return 0 }
    let plan = ForgetPlan(rows, isEverything: false, forgetter.files, history)
    return try forgetter.carryOut(plan, history, passingOverLive: true, keepingReviews: true).ids.count
  }

  private func forgetSound(_ history: History, _ now: Int64) throws(Failure) -> Int {
    guard let due = rule.dueSound(now: now) else { return 0 }
    var ids: Set<String> = []
    for sound in forgetter.files.sound {
      let row = sound.ids.lazy.compactMap { id in (try? history.find(id)).flatMap { $0.id == id ? $0 : nil } }.first
      guard let row, row.state != .live, due.contains(row.startedAt) else { continue }
      if KeptFiles.remove([sound.path]).isEmpty { ids.insert(row.id) }
    }
    return ids.count
  }
}

extension Messages {
  /// What retention deleted.
  static func kept(_ outcome: Retention.Outcome, _ rule: RetentionRule) -> [String] {
    var sentences: [String] = []
    if outcome.sessions > 0 {
      sentences.append(
        "Deleted \(Figures.count(outcome.sessions, "session")) older than \(Figures.count(rule.sessionDays, "day")), as "
          + "privacy-keep-sessions-days asks.")
    }
    if outcome.recordings > 0 {
      sentences.append(
        "Deleted the sound of \(Figures.count(outcome.recordings, "session")) older than "
          + "\(Figures.count(rule.audioDays, "day")), as privacy-keep-audio-days asks.")
    }
    return sentences
  }

  static func notTidied(_ reason: String) -> String { "What is older than you want it kept is still there: \(reason)" }
}

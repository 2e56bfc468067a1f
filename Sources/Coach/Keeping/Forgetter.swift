import Glibc
import History
import Practice
import Terminal

/// What is asked to be forgotten, before anything is: which sessions, and what that comes to.
struct ForgetPlan: Sendable {
  var rows: [SessionRow]
  /// Kept sound of theirs.
  var sound: [KeptFiles.KeptSound]
  /// Seconds of the sessions whose sound is kept.
  var soundSeconds: Double
  /// Whether all there is goes, and not only sessions.
  var isEverything: Bool

  /// Plans for `rows`, of which there is a history.
  init(_ rows: [SessionRow], isEverything: Bool, _ files: KeptFiles, _ history: History) {
    self.rows = rows
    self.isEverything = isEverything
    let ids = Set(rows.map(\.id))
    sound = isEverything ? files.sound : files.sound(of: ids) { (try? history.find($0))?.id == $0 }
    let heard = Set(sound.flatMap(\.ids))
    soundSeconds = rows.reduce(0) { heard.contains($1.id) ? $0 + ($1.endedSeconds ?? 0) : $0 }
  }

  /// From which day to which, by the clocks of the sessions.
  var span: (from: String, to: String)? {
    guard let first = rows.min(by: { $0.startedAt < $1.startedAt }),
      let last = rows.max(by: { $0.startedAt < $1.startedAt })
    else { return nil }
    return (
      DayText.day(first.startedAt, offset: first.utcOffsetSeconds),
      DayText.day(last.startedAt, offset: last.utcOffsetSeconds)
    )
  }
}

/// What was forgotten, and what was not.
struct ForgetResult: Sendable {
  var ids: [String] = []
  var events = 0
  var requests = 0
  var sound = 0
  /// Other files: rescued events, baselines, consents, invitations, logs.
  var others = 0
  /// Files that are still there, with the reason.
  var left: [(path: String, code: Int32)] = []
  /// Why the words are still in the database's free pages; nil where they are not.
  var notPurged: HistoryError?
  /// Histories that a restore kept aside: what was forgotten may be in them.
  var earlier: [String] = []

  /// The result for machines.
  var json: JSON {
    .object([
      .init("sessions", .count(ids.count)), .init("ids", .array(ids.map(JSON.string))), .init("events", .count(events)),
      .init("requests", .count(requests)), .init("sound_files", .count(sound)), .init("other_files", .count(others)),
      .init("left", .array(left.map { .string($0.path) })), .init("purged", .bool(notPurged == nil)),
      .init("earlier_databases", .array(earlier.map(JSON.string))),
    ])
  }
}

/// Deletes sessions and all that belongs to them, wherever Rostrum keeps it.
struct Forgetter {
  let files: KeptFiles

  /// Which sessions are meant.
  enum Choice {
    case named([String])
    case talk(String)
    /// Those that began before a moment, in milliseconds since 1970.
    case before(Int64)
    case everything
  }

  /// Forgets in the places of `surroundings`.
  init(_ surroundings: Surroundings) { files = KeptFiles(surroundings) }

  /// What `choice` comes to. Fails where a session that is named is not there, or one of them is still running.
  func plan(_ choice: Choice, _ history: History) throws(Failure) -> ForgetPlan {
    var rows: [SessionRow]
    var isEverything = false
    switch choice {
    case .named(let references):
      rows = []
      for reference in references {
        let row = try KeptSessions.find(reference, in: history)
        if !rows.contains(where: { $0.id == row.id }) { rows.append(row) }
      }
    case .talk(let title):
      let all = try Self.all(in: history)
      rows = all.filter { $0.talk == title || $0.title == title }
      if rows.isEmpty { throw Failure(.noInput, Messages.noTalk(title, among: all)) }
    case .before(let moment): rows = try Self.all(in: history).filter { $0.startedAt < moment }
    case .everything:
      rows = try Self.all(in: history)
      isEverything = true
    }
    let live = rows.filter { $0.state == .live }.map(\.id)
    guard live.isEmpty else { throw Failure(.unavailable, Messages.stillRunning(live)) }
    return ForgetPlan(rows, isEverything: isEverything, files, history)
  }

  /// All sessions, the newest first.
  static func all(in history: History) throws(Failure) -> [SessionRow] {
    var rows: [SessionRow] = []
    do throws(HistoryError) {
      while true {
        let page = try history.sessions(limit: Limits.listedSessions, before: rows.last)
        rows += page
        if page.count < Limits.listedSessions { return rows }
      }
    } catch { throw Failure(error) }
  }

  /// Deletes what was planned: first the database's, in one step, so that nothing is half forgotten; then the files; then
  /// what is left of it in the database's free pages.
  ///
  /// What the schedule of drills knows of the sessions goes with them, unless it is `keepingReviews`.
  func carryOut(
    _ plan: ForgetPlan, _ history: History, passingOverLive: Bool = false, keepingReviews: Bool = false
  ) throws(Failure) -> ForgetResult {
    var result = ForgetResult()
    do throws(HistoryError) {
      let what: Forgetting = plan.isEverything ? .everything : .sessions(plan.rows.map(\.id))
      let forgotten = try history.forget(
        what, passingOverLive: passingOverLive, keepingReviews: keepingReviews)
      (result.ids, result.events, result.requests) = (forgotten.ids, forgotten.events, forgotten.requests)
    } catch {
      if error.kind == .held { throw Failure(.unavailable, Messages.stillRunning(plan.rows.map(\.id))) }
      let failure = Failure(error)
      throw Failure(failure.status, failure.sentence + " " + Messages.nothingForgotten)
    }
    let gone = Set(result.ids)
    let sound = plan.sound.filter { plan.isEverything || !gone.isDisjoint(with: $0.ids) }
    remove(sound.map(\.path), ids: result.ids, isEverything: plan.isEverything, &result)
    result.sound = sound.count - result.left.count { left in sound.contains { $0.path == left.path } }
    do throws(HistoryError) { try history.purge() } catch { result.notPurged = error }
    if !plan.isEverything { result.earlier = files.earlierDatabases }
    Log.info("forgotten", ["sessions": "\(result.ids.count)", "sound": "\(result.sound)"])
    if plan.isEverything { clearTraces(&result) }
    return result
  }

  /// Deletes a history that cannot be read, and all else; only where sessions of ours can be told in it.
  func discardDamaged() throws(Failure) -> ForgetResult {
    let database = files.places.database
    let found: [SalvagedSession]
    do throws(HistoryError) { found = try History.salvage(folder: files.places.data).sessions } catch {
      throw Failure(error)
    }
    guard !found.isEmpty else { throw Failure(.badData, Messages.notOurDatabase(database)) }
    var result = ForgetResult(ids: found.map(\.row.id), events: found.reduce(0) { $0 + $1.events })
    let sound = files.sound
    remove(
      ["", "-wal", "-shm", "-journal"].map { database + $0 } + sound.map(\.path), ids: result.ids, isEverything: true,
      &result)
    result.sound = sound.count
    clearTraces(&result)
    return result
  }

  private func remove(_ sound: [String], ids: [String], isEverything: Bool, _ result: inout ForgetResult) {
    result.left += KeptFiles.remove(sound)
    var others = ids.flatMap(files.others)
    if isEverything {
      others +=
        files.rescued + files.earlierDatabases + [
          files.places.baselines, files.places.consents, files.places.invitations,
        ]
    }
    let there = others.filter { kind(of: $0) == S_IFREG }
    let left = KeptFiles.remove(others)
    result.left += left
    result.others += there.count - left.count
  }

  /// Deletes the logs: the last thing, for deleting is logged too.
  private func clearTraces(_ result: inout ForgetResult) {
    let logs = KeptFiles.names(in: files.places.logs).filter { $0.hasPrefix("rostrum.log") }
      .map { files.places.logs + "/" + $0 }
    let left = KeptFiles.remove(logs)
    result.left += left
    result.others += logs.count - left.count
  }
}

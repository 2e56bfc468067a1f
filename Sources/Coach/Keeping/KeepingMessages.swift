import Glibc
import History
import Terminal

/// What people are told about what is kept of them.
extension Messages {
  // MARK: Forgetting

  static let forgetWhat =
    "Forget what? Name sessions, or give --talk TITLE, --before DATE or --everything. rostrum sessions lists them."
  static let forgetUnattended =
    "Deleting asks first, and nobody can be asked here. Give --yes to delete without asking."
  static let nothingForgotten = "Nothing was deleted."
  static let nothingFits = "No session fits. Nothing was deleted."

  static func noTalk(_ title: String, among rows: [SessionRow]) -> String {
    let near = nearest(to: title, among: Array(Set(rows.compactMap { $0.talk ?? $0.title })).sorted())
    let step = near.map { "Did you mean \"\($0)\"?" } ?? "rostrum sessions lists them."
    return "There is no talk \"\(title)\". \(step)"
  }

  static func noDay(_ text: String) -> String { "\"\(text)\" is no day. Write it as 2026-01-31." }

  static func stillRunning(_ ids: [String]) -> String {
    let names = ids.prefix(8).joined(separator: ", ")
    return ids.count == 1
      ? "Session \(names) is still running. Finish it first; nothing was deleted."
      : "Sessions \(names) are still running. Finish them first; nothing was deleted."
  }

  /// What goes, said once before it does.
  static func askForget(_ plan: ForgetPlan) -> String {
    var what = Figures.count(plan.rows.count, "session")
    if plan.rows.count == 1, let row = plan.rows.first {
      what = "session \(row.id)" + (row.title.map { " (\(clip($0, to: 40)))" } ?? "")
    }
    let sound =
      plan.sound.isEmpty
      ? "no sound was kept"
      : "with \(span(plan.soundSeconds)) of sound (\(megabytes(plan.sound.reduce(0) { $0 + $1.bytes })))"
    let days = plan.span.map { $0.from == $0.to ? ", of \($0.from)" : ", from \($0.from) to \($0.to)" } ?? ""
    let more =
      plan.isEverything
      ? " Baselines, consents, invitations, the schedule of drills, the ledger of endpoints and the logs go too." : ""
    return "This deletes \(what)\(days), \(sound): events, words, notes, scores. It cannot be taken back.\(more)"
  }

  static func askDiscard(_ path: String) -> String {
    "\(path) is damaged. This deletes it as it is, with all sound, baselines, consents, invitations and logs. It cannot be taken "
      + "back. What is readable can be kept first: rostrum export --all --output DIR"
  }

  static func notOurDatabase(_ path: String) -> String {
    "No session of Rostrum's can be told in \(path), so it was left alone. Delete it yourself if it is yours: rm \(path)"
  }

  static func forgetting(_ count: Int) -> String { "Deleting \(Figures.count(count, "session"))" }

  /// What was deleted, and what is beyond reach; with the `places` where everything was.
  static func forgotten(_ result: ForgetResult, _ places: Places?) -> [String] {
    var parts = [Figures.count(result.ids.count, "session"), Figures.count(result.events, "event")]
    if result.sound > 0 { parts.append(Figures.count(result.sound, "recording")) }
    if result.requests > 0 { parts.append("\(Figures.count(result.requests, "entry", "entries")) of the ledger") }
    if result.others > 0 { parts.append(Figures.count(result.others, "other file")) }
    var sentences = ["Deleted: \(parts.joined(separator: ", "))."]
    if !result.earlier.isEmpty {
      sentences.append(
        "A restore kept an earlier history, which may hold them still: \(result.earlier.joined(separator: ", ")). "
          + "Delete it if you do not need it.")
    }
    sentences.append(
      "Beyond reach are backups and exports you made, and old blocks of the disk, which it may keep until they are "
        + "written over.")
    if let places {
      sentences.append("Settings, tutors and themes of your own are left, in \(places.config).")
    }
    return sentences
  }

  static func notPurged(_ error: HistoryError) -> String {
    "The sessions are deleted, but their words are still in free pages of the database: \(reason(error)). Close other "
      + "Rostrums; the next start tries again."
  }

  static func notDeleted(_ count: Int, _ first: (path: String, code: Int32)) -> String {
    let others = count > 1 ? " and \(Figures.count(count - 1, "other file"))" : ""
    return "Cannot delete \(first.path)\(others): \(String(cString: strerror(first.code))). Delete it yourself."
  }

  /// A length of sound as people say it: `1 h 20 min`, `4 min`, `12 s`.
  static func span(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)).rounded())
    if whole < 60 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    if minutes < 60 { return "\(minutes) min" }
    return "\(minutes / 60) h" + (minutes % 60 > 0 ? " \(minutes % 60) min" : "")
  }

  /// A size as people say it.
  static func megabytes(_ bytes: Int) -> String {
    bytes < 1_000_000 ? "\(max(1, bytes / 1_000)) kB" : Figures.decimal(Double(bytes) / 1e6, 1) + " MB"
  }
}

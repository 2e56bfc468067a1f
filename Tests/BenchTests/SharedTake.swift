import Foundation
import Support

/// A rehearsal that is shared, of a learner with an account of their own, on a terminal whose bytes are stamped.
final class SharedTake: Sendable {
  let accounts: Accounts
  let account: Accounts.Account
  let terminal: Pty
  private let database: Database

  /// Starts it and waits until tutors can come.
  init(in accounts: Accounts, _ sound: Wave, columns: Int = 80, rows: Int = 24) throws {
    self.accounts = accounts
    account = try accounts.add(isLearner: true)
    database = Database(
      path: account.home + "/.local/share/rostrum/history.sqlite", before: accounts.command(as: account, []))
    let path = try accounts.write(sound.file, to: "speech.wav", of: account)
    terminal = try Pty(
      accounts.command(
        as: account, [accounts.program, "rehearse", "--input", path, "--share"],
        environment: ["TERM": "xterm-256color"]), columns: columns, rows: rows)
    guard eventually({ socket != nil }) else { throw SupportError("nothing is shared: \(terminal.text.suffix(500))") }
  }

  /// The socket for tutors.
  var socket: String? {
    let folder = "\(accounts.share)/\(account.name)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).first { $0.hasSuffix(".sock") }
      .map { "\(folder)/\($0)" }
  }

  /// Lets in who has asked, for the whole talk, as soon as the log has it.
  func admit(_ name: String) throws {
    func holds(_ change: String) -> Bool {
      let rows = (try? database.rows("SELECT line FROM event WHERE kind = 'watcher'")) ?? []
      return rows.contains { $0[0].contains("\"\(change)\"") && $0[0].contains("\"\(name)\"") }
    }
    guard eventually({ holds("asked") }) else { throw SupportError("\(name) does not ask") }
    // Each key on a screen of its own; the last goes back.
    for key in ["S", "t", "\u{1B}"] {
      letRealTimePass(seconds: 0.3)
      terminal.type(key)
    }
    guard eventually({ holds("joined") }) else { throw SupportError("\(name) is not let in") }
    letRealTimePass(seconds: 0.3)
  }

  /// The first time after `seconds` at which one of `pieces` was among the bytes that came.
  static func arrival(of pieces: [String], on terminal: Pty, after seconds: Double) -> Double? {
    terminal.chunks.first { chunk in
      guard chunk.seconds >= seconds else { return false }
      let text = String(decoding: chunk.bytes, as: UTF8.self)
      return pieces.contains { text.localizedCaseInsensitiveContains($0) }
    }?.seconds
  }
}

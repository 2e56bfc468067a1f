import Foundation
import Glibc

/// Accounts of this machine that a test made for itself, and the folder that all of them may go through.
///
/// Who somebody is, the kernel says; so what is shown about learners, tutors and strangers is shown with real accounts.
/// They have random names, no password and a home in one folder below `/var/lib`, where only root may put things: OpenSSH
/// trusts no key in a folder that others may write to, as `/tmp` is. A leash removes them, whatever becomes of the test.
package final class Accounts: Sendable {
  /// One of them.
  package struct Account: Equatable, Sendable {
    /// The name, such as `rst-k3f9x`.
    package let name: String
    /// The numbers of the user and of its own group.
    package let (user, group): (UInt32, UInt32)
    /// The home folder, mode 0700.
    package let home: String
    /// The file of its private key; the public one is beside it, with `.pub`.
    package var key: String { "\(home)/.ssh/id_ed25519" }
  }

  /// Whether this machine lets a test make accounts.
  package static let isThere =
    getuid() == 0 && Machine.has(["useradd", "userdel", "groupadd", "setpriv", "ssh-keygen", "pkill"])
  /// What to say where it does not.
  package static let whyNot = "needs root, useradd, setpriv (util-linux 2.38), ssh-keygen and pkill (make setup-test)"

  /// The folder around everything, root's, mode 0755.
  package let folder: String
  /// Where learners offer their sessions to tutors, in the place of `/run/rostrum`: root's, mode 0755.
  package let share: String
  /// The group of the tutors.
  package let tutors: String
  /// The program under test, where every account may run it, its themes and prompts beside it; nothing lies there where
  /// it is not built.
  package let program: String
  private let leash: Leash

  /// Makes the folder, the group of tutors, and the place of the program.
  /// - Throws: `SupportError` with what could not be made.
  package init() throws {
    var template = Array("/var/lib/rst-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SupportError("no folder in /var/lib", errno) }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    self.folder = folder
    (share, tutors) = ("\(folder)/run", "rst-\(Accounts.letters())")
    let prefix = "\(folder)/prefix"
    program = "\(prefix)/bin/rostrum"
    leash = try Leash(Accounts.removal(folder: folder, group: tutors))
    for path in [folder, share, "\(folder)/home", "\(folder)/keys", prefix, "\(prefix)/bin", "\(prefix)/share"] {
      try Accounts.make(path, mode: 0o755)
    }
    try Accounts.root(["groupadd", "--system", tutors])
    // Other accounts cannot get at the build folder. A second name for the same file costs nothing, where that is possible.
    let files = """
      { ln '\(RostrumBinary.path)' '\(program)' 2>/dev/null || cp '\(RostrumBinary.path)' '\(program)'; } &&
      chmod 755 '\(program)' && mkdir -p '\(prefix)/share/rostrum' &&
      cp -R '\(Machine.package)/Themes' '\(Machine.package)/Prompts' '\(prefix)/share/rostrum/' &&
      chmod -R a+rX '\(prefix)/share'
      """
    if RostrumBinary.isThere { try Accounts.root(["/bin/sh", "-c", files]) }
  }

  /// Makes an account with a home, a key and a setting that says where sessions are shared.
  /// - Parameters:
  ///   - isTutor: whether it is in the group of tutors.
  ///   - isLearner: whether an administrator made a folder for it to offer its sessions in: its own, mode 2750, of the
  ///     group of tutors.
  /// - Throws: `SupportError` with what could not be made.
  package func add(isTutor: Bool = false, isLearner: Bool = false) throws -> Account {
    let name = "rst-\(Accounts.letters())"
    let home = "\(folder)/home/\(name)"
    try Accounts.root(["/bin/sh", "-c", "echo \(name) >> '\(folder)/names'"])
    let groups = isTutor ? ["--groups", tutors] : []
    try Accounts.root(
      ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", home, "--shell", "/bin/sh"]
        + ["--password", "*"] + groups + [name])
    guard let found = getpwnam(name) else { throw SupportError("no account \(name)") }
    let account = Account(name: name, user: found.pointee.pw_uid, group: found.pointee.pw_gid, home: home)
    for path in [home, "\(home)/.ssh"] { try make(path, mode: 0o700, for: account) }
    try Accounts.root(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", account.key])
    for path in [account.key, account.key + ".pub"] { try give(path, to: account) }
    if isLearner {
      try make("\(share)/\(name)", mode: 0o2750, for: account, group: tutors)
    }
    return account
  }

  /// A command line that runs `arguments` as `account`, with nothing of root's environment, groups or rights.
  ///
  /// The process that is started becomes the one that runs them: its id is that of the program.
  package func command(
    as account: Account, _ arguments: [String], environment more: [String: String] = [:]
  ) -> [String] {
    let settings = environment(of: account).merging(more) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    return [
      "setpriv", "--reuid=\(account.name)", "--regid=\(account.name)", "--init-groups", "--inh-caps=-all",
      "env", "-i", "-C", account.home,
    ] + settings + arguments
  }

  /// What a program of `account` finds in its environment: a home, a path, a UTF-8 locale, and where sessions are shared.
  package func environment(of account: Account) -> [String: String] {
    Machine.base.merging([
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": account.home, "USER": account.name, "LOGNAME": account.name,
      "SHELL": "/bin/sh",
      "ROSTRUM_SHARE_FOLDER": share,
    ]) { $1 }
  }

  /// Writes a file of `account`'s own, mode 0600, with a path relative to its home, and returns the whole path.
  /// - Throws: `SupportError` if it cannot be written.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String, of account: Account) throws -> String {
    let path = "\(account.home)/\(name)"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw SupportError("\(path) cannot be written")
    }
    guard chmod(path, 0o600) == 0 else { throw SupportError("\(path) cannot be closed to others", errno) }
    try give(path, to: account)
    return path
  }

  /// Makes a folder of `account`'s own with exactly this mode.
  /// - Throws: `SupportError` with the system's reason.
  package func make(_ path: String, mode: UInt32, for account: Account, group: String? = nil) throws {
    try Accounts.make(path, mode: mode)
    try give(path, to: account, group: group)
    // A change of owner takes the bits away that hand a folder's group on.
    guard chmod(path, mode) == 0 else { throw SupportError("\(path) does not get its mode", errno) }
  }

  /// The processes of `account` that are alive.
  package func processes(of account: Account) -> [Int32] {
    ((try? run(["pgrep", "-U", "\(account.user)"]))?.lines ?? []).compactMap { Int32($0) }
      .filter { ProcessFigures(pid: $0) != nil }
  }

  private func give(_ path: String, to account: Account, group: String? = nil) throws {
    let number = group.flatMap { getgrnam($0)?.pointee.gr_gid } ?? account.group
    guard chown(path, account.user, number) == 0 else { throw SupportError("\(path) cannot be given away", errno) }
  }

  private static func make(_ path: String, mode: UInt32) throws {
    guard mkdir(path, mode) == 0 || errno == EEXIST, chmod(path, mode) == 0 else {
      throw SupportError("no folder \(path)", errno)
    }
  }

  /// Does what only root may. Another program may hold the lock on the list of accounts: then once more.
  private static func root(_ arguments: [String]) throws {
    var done: Run?
    let isDone = try eventually(within: 20, everySeconds: 0.2) {
      done = try run(arguments)
      return done?.code == 0 || done?.errors.contains("lock") == false
    }
    guard isDone, done?.code == 0 else {
      throw SupportError("\(arguments.joined(separator: " ")): \(done?.errors ?? "")")
    }
  }

  private static func letters() -> String {
    String((0..<5).compactMap { _ in "abcdefghijkmnpqrstuvwxyz".randomElement() })
  }

  /// What removes everything again: the processes of the accounts first.
  private static func removal(folder: String, group: String) -> String {
    """
    for name in $(cat '\(folder)/names' 2>/dev/null); do \
      number=$(id -u "$name" 2>/dev/null) && [ "$number" -gt 0 ] || continue; \
      pkill -KILL -U "$number"; userdel -f "$name" || { sleep 1; userdel -f "$name"; }; \
    done; \
    groupdel '\(group)'; rm -rf '\(folder)'
    """
  }
}

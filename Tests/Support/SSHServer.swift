import Foundation
import Glibc

/// A real OpenSSH server on this machine's loopback, with a configuration, a host key, a port and keys of its own.
///
/// It lets in who holds a key that a test allowed, to the accounts of that test, and nobody else; no password is good
/// for anything. It is a child of the test and ends with it.
package final class SSHServer: Sendable {
  /// The server's path: it starts itself again, and wants to be called by the whole of it.
  private static let path = "/usr/sbin/sshd"
  /// Whether one can be run here.
  package static let isThere =
    Accounts.isThere && Machine.has("ssh") && FileManager.default.isExecutableFile(atPath: path)
  /// What to say where it cannot.
  package static let whyNot = "\(Accounts.whyNot), openssh-server and openssh-client"

  /// The port it listens at, on 127.0.0.1.
  package let port: Int
  private let accounts: Accounts
  private let running: Running

  /// Starts one for `accounts` and waits until it listens.
  /// - Throws: `SupportError` if it does not.
  package init(for accounts: Accounts) throws {
    self.accounts = accounts
    // The package makes this folder only where it starts the system's own server.
    _ = mkdir("/run/sshd", 0o755)
    let folder = accounts.folder
    let host = "\(folder)/host"
    if !FileManager.default.fileExists(atPath: host) {
      guard try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "host", "-f", host]).code == 0 else {
        throw SupportError("no host key")
      }
    }
    var found: (port: Int, running: Running)?
    for _ in 0..<5 where found == nil {
      let port = try SSHServer.freePort()
      let path = "\(folder)/sshd_config"
      try Data(SSHServer.configuration(port: port, folder: folder).utf8).write(to: URL(fileURLWithPath: path))
      let running = try Running([SSHServer.path, "-D", "-e", "-f", path])
      let isUp = eventually(within: 20) {
        running.errors.contains("Server listening on") || running.child.poll() != nil
      }
      if isUp, running.child.poll() == nil { found = (port, running) } else { running.child.end() }
    }
    guard let found else { throw SupportError("no OpenSSH server comes up in \(folder)") }
    (port, running) = found
    guard let key = FileManager.default.contents(atPath: host + ".pub") else { throw SupportError("no host key") }
    let known = "[127.0.0.1]:\(port) " + String(decoding: key, as: UTF8.self)
    try Data(known.utf8).write(to: URL(fileURLWithPath: "\(folder)/known"))
  }

  deinit { running.child.end() }

  /// What the server has said so far.
  package var log: String { running.errors }

  /// Lets who holds the key of `visitor` log in to `account`, under these options of `authorized_keys(5)`, such as
  /// `restrict,pty,command="…"`.
  /// - Throws: `SupportError` if the key is not there.
  package func allow(_ visitor: Accounts.Account, into account: Accounts.Account, options: String = "") throws {
    guard let key = FileManager.default.contents(atPath: visitor.key + ".pub") else {
      throw SupportError("\(visitor.name) has no key")
    }
    let path = "\(accounts.folder)/keys/\(account.name)"
    let before = FileManager.default.contents(atPath: path) ?? Data()
    let line = (options.isEmpty ? "" : options + " ") + String(decoding: key, as: UTF8.self)
    try (before + Data(line.utf8)).write(to: URL(fileURLWithPath: path))
    _ = chmod(path, 0o644)
  }

  /// The command line with which `visitor` logs in to `account`: to `command`, or to a shell where that is empty.
  ///
  /// Whoever runs it, it is the visitor's key that lets in.
  /// - Parameters:
  ///   - isOnTerminal: whether it asks for a terminal at the far end (`ssh -t`).
  ///   - options: further flags for ssh.
  package func command(
    _ visitor: Accounts.Account, to account: Accounts.Account, _ command: String = "", isOnTerminal: Bool = false,
    options: [String] = []
  ) -> [String] {
    let settings = settings(visitor, account).flatMap { ["-o", "\($0)=\($1)"] }
    return ["ssh", "-F", "none"] + settings + (isOnTerminal ? ["-tt"] : ["-T"]) + options + ["127.0.0.1"]
      + (command.isEmpty ? [] : [command])
  }

  /// Has `ssh HOST`, called by `visitor`, lead to `account` here, by a configuration in the visitor's home.
  /// - Throws: `SupportError` if that cannot be written.
  package func name(_ host: String, for visitor: Accounts.Account, to account: Accounts.Account) throws {
    let lines = settings(visitor, account).map { "  \($0) \($1)\n" }.joined()
    let before = FileManager.default.contents(atPath: "\(visitor.home)/.ssh/config") ?? Data()
    let all = Array(before) + Array("Host \(host)\n  HostName 127.0.0.1\n\(lines)".utf8)
    try accounts.write(all, to: ".ssh/config", of: visitor)
  }

  /// The server's processes that carry the connections of `account`, each with the account's own rights.
  package func carriers(of account: Accounts.Account) -> [Int32] {
    accounts.processes(of: account).filter {
      (try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8)) == "sshd\n"
    }
  }

  private func settings(_ visitor: Accounts.Account, _ account: Accounts.Account) -> [(String, String)] {
    [
      ("User", account.name), ("Port", "\(port)"), ("IdentityFile", visitor.key), ("IdentitiesOnly", "yes"),
      ("UserKnownHostsFile", "\(accounts.folder)/known"), ("GlobalKnownHostsFile", "none"),
      ("StrictHostKeyChecking", "yes"), ("BatchMode", "yes"), ("ControlPath", "none"), ("LogLevel", "ERROR"),
    ]
  }

  /// Keys alone let in, to accounts of tests alone; the rest is as Debian has it.
  private static func configuration(port: Int, folder: String) -> String {
    """
    Port \(port)
    ListenAddress 127.0.0.1
    HostKey \(folder)/host
    PidFile none
    AuthorizedKeysFile \(folder)/keys/%u
    AllowUsers rst-*
    UsePAM no
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PrintMotd no
    PrintLastLog no
    X11Forwarding yes
    MaxStartups 200:30:400
    MaxSessions 200
    UseDNS no

    """
  }

  /// A port that nobody listened at a moment ago.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(descriptor, place, length) == 0 ? getsockname(descriptor, place, &length) : -1
      }
    }
    guard descriptor >= 0, code == 0 else { throw SupportError("no free port", errno) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

/// A command line as a POSIX shell reads it, each word in quotation marks.
package func quoted(_ words: [String]) -> String {
  words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
}

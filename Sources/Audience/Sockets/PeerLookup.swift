import CLinux
import Glibc
import Practice

/// Who is at the other end of a socket: the account by the kernel, how they came by /proc and utmp.
///
/// The account is what somebody is let in by. The place is for the learner's eyes alone: a process may have gone, and its
/// number may be another's, so it is told only where the process is still that account's.
package enum PeerLookup {
  /// The identity; nil where the kernel does not say.
  static func identity(of socket: Int32) -> PeerIdentity? {
    peer(of: socket).map { PeerIdentity(uid: $0.user, name: name(of: $0.user), place: place(of: $0.process, $0.user)) }
  }

  /// The process and the account that connected, or that listens; nil where the kernel does not say.
  static func peer(of socket: Int32) -> (process: Int32, user: UInt32)? {
    var (process, user) = (Int32(0), UInt32(0))
    return rostrum_peer(socket, &process, &user) ? (process, user) : nil
  }

  /// The name of an account; `uid 1234` where it has none.
  package static func name(of user: UInt32) -> String { account(of: user)?.name ?? "uid \(user)" }

  /// The name and the home folder of an account; nil where the system has none of that number.
  package static func account(of user: UInt32) -> (name: String, home: String)? {
    var (entry, found) = (passwd(), nil as UnsafeMutablePointer<passwd>?)
    var room = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(user, &entry, &room, room.count, &found) == 0, found != nil, let name = entry.pw_name,
      let home = entry.pw_dir
    else { return nil }
    return (Afterwards.name(String(cString: name)), String(cString: home))
  }

  private static func place(of process: Int32, _ user: UInt32) -> String? {
    guard process > 0 else { return nil }
    var folder = stat()
    guard stat("/proc/\(process)", &folder) == 0, folder.st_uid == user else { return nil }
    let terminal = terminal(inStat: text(of: "/proc/\(process)/stat"))
    return place(isOverSSH: isOverSSH(process), host: terminal.flatMap { host(of: $0) })
  }

  /// How somebody came, in words; the name of a screen, or of a multiplexer, is no host.
  static func place(isOverSSH: Bool, host: String?) -> String? {
    let from = host.flatMap { $0.isEmpty || $0.hasPrefix(":") || $0.contains("(") ? nil : "from " + $0 }
    let parts = [isOverSSH ? "over SSH" : nil, from].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Parents that are looked at on the way up to a daemon.
  private static let generations = 16

  /// Whether one of a process's parents is the SSH daemon of the system: of its name, and root's.
  static func isOverSSH(_ process: Int32) -> Bool {
    var next = process
    for _ in 0..<generations {
      var folder = stat()
      let line = text(of: "/proc/\(next)/stat")
      if isDaemon(inStat: line), stat("/proc/\(next)", &folder) == 0, folder.st_uid == 0 { return true }
      guard let parent = parent(inStat: line) else { return false }
      next = parent
    }
    return false
  }

  /// Whether a line of /proc/PID/stat is of an SSH daemon: the name is all between the first and the last bracket.
  static func isDaemon(inStat line: String) -> Bool {
    guard let start = line.firstIndex(of: "("), let end = line.lastIndex(of: ")"), start < end else { return false }
    return ["sshd", "sshd-session"].contains(line[line.index(after: start)..<end])
  }

  /// The number of a process's parent, the second field behind the name; nil where it has none.
  static func parent(inStat line: String) -> Int32? {
    guard let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[end...].split(separator: " ")
    guard fields.count > 2, let number = Int32(fields[2]), number > 0 else { return nil }
    return number
  }

  /// The controlling terminal by a line of /proc/PID/stat (proc(5)): the fifth field behind the name, which stands in
  /// brackets and may hold anything.
  static func terminal(inStat line: String) -> String? {
    guard let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[end...].split(separator: " ")
    guard fields.count > 5, let number = UInt32(fields[5]), number != 0 else { return nil }
    let (major, minor) = (number >> 8 & 0xFFF, number & 0xFF | number >> 12 & 0xFFF00)
    switch major {
    case 136...143: return "pts/\((major - 136) << 8 + minor)"
    case 4: return minor < 64 ? "tty\(minor)" : "ttyS\(minor - 64)"
    default: return nil
    }
  }

  private static func host(of terminal: String) -> String? {
    var room = [CChar](repeating: 0, count: 257)
    guard rostrum_login_host(terminal, &room, room.count) else { return nil }
    let bytes = room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let host = Afterwards.name(String(decoding: bytes, as: UTF8.self))
    return host.isEmpty ? nil : host
  }

  private static func text(of path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var room = [UInt8](repeating: 0, count: 1024)
    let count = read(file, &room, room.count)
    return String(decoding: room.prefix(max(count, 0)), as: UTF8.self)
  }
}

import Foundation
import Glibc
import Support
import Synchronization

/// Watchers who take what they are told and count it: as many lines as wanted on one thread, so that what they cost
/// themselves is small and known.
final class Crowd: Sendable {
  /// What one line has been told.
  struct Told: Sendable {
    var bytes = 0
    var lines = 0
    /// When a welcome came, and when the last byte; by CLOCK_MONOTONIC, 0 for never.
    var welcomed = 0.0
    var last = 0.0
    /// Whether the other end has ended it.
    var isOver = false
    /// The end of what has come, to look at.
    var tail: [UInt8] = []
  }

  private struct State: Sendable {
    var lines: [Int32] = []
    var told: [Told] = []
    var isOver = false
    var thread: Int32 = 0
  }

  private let state = Mutex(State())

  /// A crowd of nobody.
  init() {
    // The thread ends with the crowd, which it does not keep.
    let thread = Thread { [weak self] in
      _ = self?.state.withLock { $0.thread = Self.threadNumber() }
      while self?.read() == true {}
    }
    thread.name = "crowd"
    thread.start()
  }

  deinit { leave() }

  /// What has come to each, in the order of `join`.
  var told: [Told] { state.withLock { $0.told } }

  /// Processor seconds of the thread that reads.
  var processorSeconds: Double {
    let thread = state.withLock { $0.thread }
    guard let text = try? String(contentsOfFile: "/proc/self/task/\(thread)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return 0 }
    let fields = text[name...].split(separator: " ").compactMap { Double($0) }
    return fields.count > 11 ? (fields[9] + fields[10]) / Double(sysconf(Int32(_SC_CLK_TCK))) : 0
  }

  /// One more, at the socket at `path`, in this role; which one it is.
  /// - Throws: `SupportError` if there is no line.
  @discardableResult
  func join(_ path: String, role: String = "tutor") throws -> Int {
    let line = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw SupportError("\(path) is too long") }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(line, $0, size) }
    }
    guard line >= 0, code == 0 else { throw SupportError("no line to \(path)", errno) }
    let hello = Array("{\"wire\":\"hello\",\"version\":1,\"program\":\"0.1.0\",\"role\":\"\(role)\"}\n".utf8)
    _ = send(line, hello, hello.count, Self.noSignal)
    return state.withLock { state in
      state.lines.append(line)
      state.told.append(Told())
      return state.lines.count - 1
    }
  }

  /// All go, and what they were told is forgotten.
  func leave() {
    state.withLock { state in
      for line in state.lines where line >= 0 { Glibc.close(line) }
      (state.lines, state.told) = ([], [])
    }
  }

  /// Reads what has come, at most for a tenth of a second; false once nobody needs it any more.
  private func read() -> Bool {
    let lines = state.withLock { $0.lines }
    var waiting = lines.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&waiting, nfds_t(waiting.count), 100) > 0 else { return true }
    // A moment's worth at once, as a program does that draws thirty times a second.
    usleep(10_000)
    var buffer = [UInt8](repeating: 0, count: 262_144)
    for (place, line) in waiting.enumerated() where line.revents != 0 {
      let count = recv(line.fd, &buffer, buffer.count, Self.dontWait)
      let seconds = now()
      state.withLock { state in
        guard state.lines.indices.contains(place), state.lines[place] == line.fd else { return }
        guard count > 0 else {
          if count == 0 { state.told[place].isOver = true }
          if count == 0 { state.lines[place] = -1 }
          return
        }
        state.told[place].bytes += count
        state.told[place].last = seconds
        state.told[place].lines += buffer[..<count].count { $0 == 10 }
        state.told[place].tail = Array((state.told[place].tail + buffer[..<count]).suffix(2_048))
        if state.told[place].welcomed == 0, Self.contains("\"welcome\"", buffer[..<count]) {
          state.told[place].welcomed = seconds
        }
        if Self.contains("\"wire\":\"ping\"", buffer[..<count]) {
          let pong = Array("{\"wire\":\"pong\"}\n".utf8)
          _ = send(line.fd, pong, pong.count, Self.noSignal)
        }
      }
    }
    return true
  }

  /// MSG_NOSIGNAL and MSG_DONTWAIT, which some modules have as numbers and others as values of an enumeration.
  private static let (noSignal, dontWait): (Int32, Int32) = (0x4000, 0x40)

  /// The number of the thread that calls, as the kernel has it.
  private static func threadNumber() -> Int32 {
    let link = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")) ?? ""
    return link.split(separator: "/").last.flatMap { Int32($0) } ?? 0
  }

  private static func contains(_ word: String, _ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.firstRange(of: Array(word.utf8)) != nil
  }
}

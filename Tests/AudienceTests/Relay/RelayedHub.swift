import Audience
import Foundation
import Glibc
import Support

/// A hub whose visitors come through a relay, over a line that a test can cut after so many bytes.
final class RelayedHub {
  let bench: Bench
  let scratch: Scratch
  private var near: RelayEnd?
  private var far: Relay?
  private(set) var news = Pocket<RelayEnd.News>()

  init(_ bench: Bench) throws { (self.bench, scratch) = (bench, try Scratch()) }

  deinit {
    near?.close(within: 0)
    far?.close()
  }

  /// The socket on the far side.
  var path: String { scratch.path("there/s1.sock") }

  /// Connects anew; the line is cut after so many bytes from the learner's machine.
  func connect(cutAfter bytes: Int = .max) throws {
    let (ours, toPump) = try RelayBench.pair()
    let (fromPump, theirs) = try RelayBench.pair()
    let (up, down) = try RelayBench.pair()
    Pump(from: toPump, to: fromPump, bytes: bytes).start()
    let news = Pocket<RelayEnd.News>()
    self.news = news
    far = Relay(
      reading: theirs, writing: down, places: [SocketPlace(scratch.path("there"), .own)],
      name: RelayReady(host: "class-host", account: "anna"), ended: { _ in })
    let near = RelayEnd(reading: up, writing: ours, host: "class") { news.put($0) }
    near.serve(bench.hub, session: "s1")
    self.near = near
  }

  /// What the present line is made of: who keeps it keeps the line.
  var parts: (RelayEnd?, Relay?) { (near, far) }

  /// Cuts the line as it is.
  func cut() { far?.close() }

  /// Waits until the sockets there are open; false where the line was cut before.
  func isOpen() -> Bool {
    let news = news
    _ = eventually(everySeconds: 0.002) { news.all.count >= 2 }
    return news.all.contains { if case .opened = $0 { true } else { false } }
  }

  /// Waits until the line is over and its sockets are gone.
  func ends() -> Bool {
    let news = news
    return eventually(everySeconds: 0.002) {
      if case .over? = news.all.last { access(path, F_OK) != 0 } else { false }
    }
  }
}

/// Hands on bytes until there are so many, then cuts.
private struct Pump: Sendable {
  let from: Int32
  let to: Int32
  let bytes: Int

  func start() {
    let pump = self
    Thread.detachNewThread { pump.run() }
  }

  private func run() {
    var left = bytes
    var room = [UInt8](repeating: 0, count: 16_384)
    while left > 0 {
      let count = read(from, &room, min(room.count, left))
      guard count > 0, write(to, room, count) == count else { break }
      left -= count
    }
    for descriptor in [from, to] { close(descriptor) }
  }
}

import Foundation
import Practice
import Testing

@testable import Audience

/// docs/WIRE.md says what the code does.
struct WireDocumentTests {
  private static let text: String = {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "../../docs/WIRE.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The lines of one side, in the order they stand there.
  private static func lines(of side: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix(side) }.map { String($0.dropFirst(side.count)) }
  }

  @Test func `every line of a learner is read and written as it stands there`() {
    let lines = WireDocumentTests.lines(of: "learner: ")
    for line in lines { #expect(HubLine(line: line)?.text == line, "\(line)") }
    #expect(lines.count >= 15)
  }

  @Test func `every line of a watcher is read and written as it stands there`() {
    let lines = WireDocumentTests.lines(of: "watcher: ")
    for line in lines { #expect(WatcherLine(line: line)?.text == line, "\(line)") }
    #expect(lines.count >= 7)
  }

  @Test func `the dialogue counts its events as the wire does`() {
    var (next, resumed) = (0, 0)
    for line in WireDocumentTests.lines(of: "learner: ").drop(while: { !$0.contains(#""asked""#) }) {
      switch HubLine(line: line) {
      case .from(let number):
        #expect(number == next)
        resumed += 1
      case .event: next += 1
      case .past(let events): next += events.count
      default: break
      }
    }
    #expect(resumed == 2 && next == 6)
  }

  @Test(
    arguments: HubLine.names + WatcherLine.names + Refusal.allCases.map(\.rawValue) + Farewell.allCases.map(\.rawValue)
      + Capability.allCases.map(\.rawValue) + Presence.Tutor.allCases.map(\.rawValue))
  func `every name on the wire is explained`(name: String) {
    #expect(WireDocumentTests.text.contains("`\(name)`"), "\(name)")
  }

  @Test(arguments: [
    Wire.helloBytes, Wire.watcherLineBytes, Wire.hubLineBytes, Wire.soundBytes, EventLine.byteLimit,
    EventPack.rowLimit, Afterwards.textBytes,
  ])
  func `every bound stands there`(bytes: Int) {
    let text = bytes >= 1_000 ? "\(bytes / 1_000),\(String(bytes % 1_000 + 1_000).dropFirst())" : "\(bytes)"
    #expect(WireDocumentTests.text.contains(text), "\(text)")
  }
}

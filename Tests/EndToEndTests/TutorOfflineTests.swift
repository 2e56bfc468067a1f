import Foundation
import Support
import Testing

extension EndToEnd {
  /// The network as the kernel sees it.
  @Suite(
    .serialized, .enabled(if: Speech.isThere, Speech.whyNot),
    .enabled(if: canTrace, "needs strace, and a machine that allows it"))
  struct TutorOfflineTests {
    /// What a program is run under so that each socket it makes is written into `file`.
    private func traced(_ file: String) -> [String] {
      ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", file, RostrumBinary.path]
    }

    /// The calls in a trace that are about the network.
    private func calls(_ file: String) -> [String] {
      String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        .split(separator: "\n").map(String.init).filter { $0.contains("AF_INET") }
    }

    @Test func `with offline on no socket is made that leads to the network, whatever is asked`() throws {
      let world = try World(World.withoutMicrophone.merging(Answer.environment) { $1 })
      let path = try world.file(try Speech.reading(seconds: 12))
      let server = try FaultyServer([Answer.path: Answer.stream("Online.")])
      try world.configure(endpoints: [server.url("/v1"), "https://tutor.example.org/v1"])
      let trace = world.scratch.path("trace")
      func run(_ arguments: String...) throws -> Run {
        let input = Array("How was my pace?\n".utf8)
        return try Support.run(traced(trace) + arguments, environment: world.environment, input: input)
      }
      let rehearsed = try run("rehearse", "--input", path, "--fast", "--json")
      #expect(rehearsed.code == 0 && calls(trace).isEmpty, "\(calls(trace)) \(rehearsed.errors)")
      // That the trace would show one: the same question with the network allowed.
      let online = try run("tutor", "last", "--plain", "--yes")
      #expect(online.code == 0 && online.output == "Online.\n" && !calls(trace).isEmpty, "\(online)")
      let offline = try run("tutor", "last", "--plain", "--yes", "--offline")
      #expect(offline.code == 0 && offline.output.contains("offline tutor"), "\(offline)")
      #expect(calls(trace).isEmpty, "\(calls(trace))")
      let doctor = try run("doctor", "--endpoints", "--offline")
      #expect(doctor.code == 69 && doctor.output.contains("--offline") && calls(trace).isEmpty, "\(doctor)")
      #expect(server.requests.count == 1)

      // The home screen, and the tutor behind it.
      let home = world.environment.merging(["ROSTRUM_OFFLINE": "yes", "ROSTRUM_TUTOR_VOICE": "none"]) { $1 }
      let terminal = try Pty(traced(trace), environment: home)
      #expect(terminal.wait { $0.contains("ehearse") && $0.contains("Quit") })
      terminal.type("a")
      #expect(terminal.wait { $0.contains("Offline tutor. Nothing leaves") }, "\(terminal.text.suffix(2_000))")
      terminal.type("how was my pace?\r")
      #expect(eventually { world.turnsInDatabase >= 6 }, "\(terminal.text.suffix(2_000))")
      terminal.type("\u{3}")
      #expect(terminal.wait { $0.contains("Quit") })
      terminal.type("q")
      #expect(terminal.ending() == .exited(0))
      #expect(FileManager.default.fileExists(atPath: trace) && calls(trace).isEmpty, "\(calls(trace))")
      #expect(server.requests.count == 1)
    }
  }
}

/// Whether a program can be traced here: containers may forbid it.
private let canTrace = Machine.has("strace") && (try? run(["strace", "-o", "/dev/null", "true"]))?.code == 0

extension World {
  /// How many turns are kept.
  fileprivate var turnsInDatabase: Int {
    let shown = try? rostrum("sessions", "show", "last", "--json")
    return shown?.lines.count { SeenEvent($0)?.kind == "turn" } ?? 0
  }
}

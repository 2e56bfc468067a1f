import Foundation
import Support
import Testing

extension EndToEnd {
  /// The tutor in a pipe: `echo "How was my pace?" | rostrum tutor last --plain`.
  @Suite(.serialized, .enabled(if: Speech.isThere, Speech.whyNot)) struct TutorLinesTests {
    /// A world without microphone, with a session, and with the key of endpoints.
    private func world() throws -> (world: World, id: String) {
      let world = try World(World.withoutMicrophone.merging(Answer.environment) { $1 })
      return (world, try world.rehearsed())
    }

    @Test func `without any endpoint the offline tutor answers from the figures, and the turns are kept`() throws {
      let (world, id) = try world()
      let plain = try world.ask("How was my pace?", "--plain")
      #expect(plain.code == 0 && plain.errors.isEmpty, "\(plain)")
      #expect(plain.output.contains("offline tutor") && plain.output.contains(/[0-9]+ words a minute/), "\(plain)")
      let json = try world.ask("What should I work on?", "--json")
      let told = try #require(SeenEvent.all(in: json.output), "\(json)")
      #expect(json.code == 0 && told.map { $0.text("who") } == ["learner", "tutor"], "\(json)")
      let kept = try world.turns(of: id)
      #expect(kept.map { $0.text("source") } == ["typed", "offline", "typed", "offline"])
      #expect(kept.map { $0.text("text") }.suffix(2) == told.map { $0.text("text") })
      #expect(kept.map { $0.text("text") }.first == "How was my pace?")
      #expect(try world.ask("Hello", "--plain").output.contains("offline tutor") == false, "it says it once")
    }

    @Test func `what cannot be answered says why, with a code of its own`() throws {
      let world = try World(World.withoutMicrophone)
      let nothing = try world.ask("How was my pace?", "--plain")
      #expect(nothing.code == 66 && nothing.output.isEmpty, "\(nothing)")
      _ = try world.rehearsed()
      let silent = try world.ask(" ", "--plain")
      #expect(silent.code == 66 && silent.errors.contains("echo \"How was my pace?\""), "\(silent)")
      let nobody = try world.ask("How?", "--plain", "--tutor", "nobody")
      #expect(nobody.code == 78 && nobody.errors.contains("nobody") && nobody.errors.contains("coach"), "\(nobody)")
      let long = try world.ask(String(repeating: "long ", count: 2_000), "--plain")
      #expect(long.code == 65 && long.errors.contains("fewer words"), "\(long)")
      for run in [nothing, silent, nobody, long] { #expect(!showsTrace(run.errors), "\(run)") }
    }

    @Test func `nothing is sent before it is allowed, and what is sent has the turns before`() throws {
      let (world, id) = try world()
      let server = try FaultyServer([Answer.path: Answer.stream("The endpoint ", "says this.")])
      try world.configure(endpoints: [server.url("/v1")])
      let refused = try world.ask("How was my pace?", "--plain")
      #expect(refused.code == 0 && refused.output.contains("offline tutor"), "\(refused)")
      #expect(refused.errors.contains("a at 127.0.0.1 was not asked") && refused.errors.contains("--yes"), "\(refused)")
      #expect(server.connections == 0)
      let allowed = try world.ask("And my pauses?", "--plain", "--yes")
      #expect(
        allowed.code == 0 && allowed.output == "The endpoint says this.\n" && allowed.errors.isEmpty, "\(allowed)")
      let request = try #require(server.requests.first)
      #expect(request["authorization"] == "Bearer \(Answer.key)")
      for words in ["How was my pace?", "And my pauses?", "words a minute"] { #expect(request.text.contains(words)) }
      #expect(try world.turns(of: id).map { $0.text("source") } == ["typed", "offline", "typed", "a"])
      #expect(try world.ask("Was I loud enough?", "--plain", "--offline").output.contains("endpoint says") == false)
      #expect(server.requests.count == 1)
      for _ in 0..<7 { _ = try world.ask("And my pauses?", "--plain", "--yes") }
      let ledger = try world.rostrum("doctor", "--endpoints")
      #expect(ledger.output.contains("a 8 answers"), "an answer is not in the ledger: \(ledger)")
      #expect(world.files(with: Answer.key).isEmpty)
    }

    @Test func `an answer is printed sentence by sentence while it comes`() throws {
      let (world, _) = try world()
      let server = try FaultyServer([
        Answer.path: [.text(Answer.head + Answer.chunk("You began. And ")), .hold]
          + [.text(Answer.chunk("then you went on.") + Answer.end)]
      ])
      try world.configure(endpoints: [server.url("/v1")], more: "")
      let questions = try Child.pipe()
      defer { close(questions.read) }
      let running = try world.start("tutor", "last", "--plain", "--yes", inputDescriptor: questions.read)
      let line = Array("How was it?\n".utf8)
      #expect(write(questions.write, line, line.count) == line.count)
      #expect(eventually { running.output == "You began.\n" }, "\(running.output)")
      server.release()
      #expect(eventually { running.output == "You began.\nAnd then you went on.\n" }, "\(running.output)")
      close(questions.write)
      #expect(running.finish().code == 0)
    }

    /// What the first endpoint does, and what is said of it.
    static let faults: [(name: String, steps: [FaultyServer.Step], clause: String, begun: String)] = [
      (
        "401", [.reply(401, "{\"error\":{\"message\":\"Incorrect API key: \(Answer.key)\"}}")], "the key was refused",
        ""
      ),
      ("429", [.reply(429, headers: ["Retry-After: 3600"])], "it has had too many questions", ""),
      ("500", [.reply(500, Answer.key)], "it failed", ""),
      ("stall", [.text(Answer.head + Answer.chunk("You began. ")), .stall], "it stopped in the middle", "You began."),
      ("silence", [.stall], "it did not answer in time", ""),
      ("cut", [.text(Answer.head + Answer.chunk("You began. ")), .reset], "the connection broke off", "You began."),
      ("a page", [.reply(200, "<html>\(Answer.key)</html>", type: "text/html")], "what came is no answer", ""),
    ]

    @Test func `where an endpoint fails the next one answers, and what had come stays, marked`() throws {
      let (world, id) = try world()
      let good = try FaultyServer([Answer.path: Answer.stream("The second says this.")])
      for (name, steps, clause, begun) in Self.faults {
        let bad = try FaultyServer([Answer.path: steps])
        try world.configure(endpoints: [bad.url("/v1"), good.url("/v1")])
        let before = try world.turns(of: id).count
        let done = try world.ask("How was my pace?", "--plain", "--yes")
        #expect(done.code == 0 && bad.requests.count == 1, "\(name): \(done)")
        #expect(done.lines == (begun.isEmpty ? [] : [begun]) + ["The second says this."], "\(name): \(done)")
        let turns = try world.turns(of: id).dropFirst(before + 1)
        #expect(turns.map { $0.text("source") } == (begun.isEmpty ? ["b"] : ["a", "b"]), "\(name)")
        #expect(
          turns.map { $0.fields["cut"] as? Bool == true } == (begun.isEmpty ? [false] : [true, false]), "\(name)")
        if !begun.isEmpty { #expect(done.errors.contains(clause), "\(name): \(done)") }
        #expect(!(done.output + done.errors).contains(Answer.key), "\(name): \(done)")
      }
      #expect(world.files(with: Answer.key).isEmpty)
    }

    @Test func `where all fail the offline tutor answers, with a reason each, and no key anywhere`() throws {
      let (world, id) = try world()
      for (name, steps, clause, begun) in Self.faults {
        let bad = try FaultyServer([Answer.path: steps])
        let gone = try FaultyServer([:]).url("/v1")
        try world.configure(endpoints: [bad.url("/v1"), gone])
        let done = try world.ask("How was my pace?", "--plain", "--yes")
        #expect(done.code == 0 && done.lines.count > (begun.isEmpty ? 0 : 1), "\(name): \(done)")
        for words in ["a: \(clause)", "b: nobody answers there", "offline tutor answers instead"] {
          #expect(done.errors.contains(words), "\(name): \(done)")
        }
        #expect(begun.isEmpty || done.lines.first == begun, "\(name): \(done)")
        #expect(!(done.output + done.errors).contains(Answer.key), "\(name): \(done)")
        #expect(try world.turns(of: id).last?.text("source") == "offline", "\(name)")
      }
      #expect(world.scratch.listing("home").contains { $0.hasPrefix("state/logs/") })
      #expect(world.files(with: Answer.key).isEmpty)
      #expect(!world.files(with: "How was my pace?").contains { $0.contains("logs") }, "the log has a question in it")
    }

    @Test(.enabled(if: LiteLLM.isThere, "\(LiteLLM.whyNot)"))
    func `a server that nobody here wrote streams its answer, and the ledger has what it took`() throws {
      let (world, id) = try world()
      let proxy = try LiteLLM.shared()
      try world.configure(endpoints: [proxy.url], model: "tutor", more: "")
      let key = [Answer.variable: LiteLLM.key]
      let input = Array("How was my pace?\n".utf8)
      let done = try world.rostrum("tutor", "last", "--plain", "--yes", input: input, environment: key)
      #expect(done.code == 0 && done.errors.isEmpty, "\(done)")
      #expect(
        done.output.split(separator: "\n").joined(separator: " ")
          == "You spoke at about 150 words a minute. Slow down at the end, and breathe: né 日本.", "\(done)")
      let turn = try #require(try world.turns(of: id).last)
      #expect(turn.text("source") == "a" && turn.text("model") == "tutor" && turn.fields["estimated"] == nil)
      #expect((turn.number("tokens_out") ?? 0) > 10 && (turn.number("first_token_seconds") ?? -1) >= 0)
      let doctor = try world.rostrum("doctor", "--endpoints", environment: key)
      #expect(doctor.code == 0 && doctor.output.contains("this month"), "\(doctor)")
      #expect(doctor.output.contains(/a 1 answer, [0-9]{2,} tokens/), "\(doctor)")
      let wrong = try world.rostrum(
        "tutor", "last", "--plain", "--yes", input: input, environment: [Answer.variable: "sk-another-key-4712"])
      #expect(wrong.code == 0 && wrong.errors.contains("a: the key was refused"), "\(wrong)")
      #expect(!wrong.errors.contains("4712") && world.files(with: LiteLLM.key).isEmpty, "\(wrong)")
    }
  }
}

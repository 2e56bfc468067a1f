import Foundation
import Support
import Testing

extension EndToEnd {
  /// `rostrum doctor --endpoints`: what is wrong with a server, and what to do.
  @Suite(.serialized) struct TutorDoctorTests {
    private static let noModel =
      "{\"error\":{\"message\":\"The model `m` does not exist\",\"code\":\"model_not_found\"}}"

    /// What is at the address, what is found, and words of the next step.
    static let cases: [(name: String, steps: [FaultyServer.Step]?, found: String, step: String)] = [
      ("no server", nil, "nobody answers there", "Start the server"),
      ("wrong key", [.reply(401, "{\"error\":{\"message\":\"No: \(Answer.key)\"}}")], "the key was refused", "key-env"),
      ("wrong model", [.reply(404, noModel)], "it has no model of that name", "m is not there"),
      ("wrong address", [.reply(404)], "there is nothing at that address", "Check the url of a"),
      ("too many", [.reply(429)], "too many questions", "Wait a minute"),
      ("silence", [.stall], "did not answer in time", "Start the server"),
    ]

    @Test func `each fault has its finding and a next step, and the others are asked too`() throws {
      let good = try FaultyServer([Answer.path: Answer.stream("OK.")])
      for (name, steps, found, step) in Self.cases {
        let world = try World(Answer.environment)
        let server = try steps.map { try FaultyServer([Answer.path: $0]) }
        let url = try server?.url("/v1") ?? FaultyServer([:]).url("/v1")
        try world.configure(endpoints: [url, good.url("/v1")])
        let plain = try world.rostrum("doctor", "--endpoints")
        #expect(plain.code == 69 && plain.errors.isEmpty, "\(name): \(plain)")
        #expect(plain.output.contains(found) && plain.output.contains(step), "\(name): \(plain)")
        let json = try world.rostrum("doctor", "--endpoints", "--json")
        let checks = try json.lines.map {
          try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
        }
        #expect(checks.map { $0["verdict"] as? String } == ["bad", "ok"] && json.code == 69, "\(name): \(json)")
        #expect((checks.first?["next_step"] as? String)?.contains(step) == true, "\(name): \(json)")
        #expect(!(plain.output + json.output).contains(Answer.key) && world.files(with: Answer.key).isEmpty, "\(name)")
      }
      #expect(good.requests.allSatisfy { $0.text.contains("Say OK.") })
    }

    @Test func `all well is 0, none is said to be none, and a key that is missing is named`() throws {
      let world = try World(Answer.environment)
      let none = try world.rostrum("doctor", "--endpoints")
      #expect(none.code == 0 && none.output.contains("offline tutor answers"), "\(none)")
      let good = try FaultyServer([Answer.path: Answer.stream("OK.")])
      try world.configure(endpoints: [good.url("/v1")])
      let well = try world.rostrum("doctor", "--endpoints")
      #expect(well.code == 0 && well.output.contains("you will be asked before anything is sent"), "\(well)")
      let keyless = try world.rostrum("doctor", "--endpoints", environment: [Answer.variable: ""])
      #expect(keyless.code == 69 && keyless.output.contains(Answer.variable), "\(keyless)")
      #expect(good.requests.count == 1)
    }
  }
}

import Foundation
import Support
import Testing

extension EndToEnd {
  /// Attempts at drills as they are kept: taken in, told as a trend, exported, and forgotten.
  @Suite(.serialized, .enabled(if: Speech.isThere && Database.isThere, "needs ../shared/speech and sqlite3"))
  struct DrillHistoryTests {
    /// A world with attempts at the drill `hush`, a day apart, the first four weeks ago.
    private func world(_ shares: [Double], ageDays: Int = 28) throws -> World {
      let world = try World(withoutNetwork: true)
      let now = Int(Date().timeIntervalSince1970 * 1_000)
      let file = try world.scratch.write(
        shares.enumerated().map {
          attempt("hush000\($0)", at: now - (ageDays - $0) * 86_400_000, share: $1)
        }.joined(separator: "\n"), to: "attempts.json")
      let taken = try world.rostrum("import", file)
      #expect(taken.code == 0, "\(taken)")
      return world
    }

    /// A session of two seconds at which `share` of the fillers were left, and half was asked for.
    private func attempt(_ id: String, at: Int, share: Double) -> String {
      let drill = """
        "id":"hush","exercise":"silence","version":1,"name":"Hush","skill":"fillers","seconds":120,"level":1,\
        "language":"en","values":{},"measure":"fillers-share","pass":[{"fillers-share":"at most 0.5"}],"body":"",\
        "text":"","seed":1,"attempt":1
        """
      let result = """
        "drill":"hush","version":1,"passed":\(share <= 0.5),"complete":true,"grade":"\(share <= 0.5 ? "good" : "again")",\
        "figures":{"fillers-share":\(share)},"rows":[]
        """
      let lines = [
        "\"t\":0,\"kind\":\"began\",\"id\":\"\(id)\",\"started_at_ms\":\(at),\"utc_offset_seconds\":0",
        "\"t\":0,\"kind\":\"drill\",\(drill)", "\"t\":0,\"kind\":\"step\",\"step\":0",
        "\"t\":2,\"kind\":\"drilled\",\(result)", "\"t\":2,\"kind\":\"ended\",\"reason\":\"finished\",\"summary\":{}",
      ]
      return """
        {"schema":"rostrum.session/1","session":{"id":"\(id)","started_at_ms":\(at),"utc_offset_seconds":0,"talk":"Hush",\
        "source":"default","state":"finished","ended_seconds":2},"events":[\
        \(lines.map { "{\"v\":1,\($0)}" }.joined(separator: ","))]}
        """
    }

    @Test func `what was imported is reviewed, and its trend is told by drill and by skill`() throws {
      let world = try world([0.8, 0.6, 0.5, 0.4, 0.3])
      #expect(
        try world.database.rows("SELECT drill, grade, sessionId FROM review ORDER BY at").map {
          $0.joined(separator: " ")
        }
          == ["hush 1 hush0000", "hush 1 hush0001", "hush 3 hush0002", "hush 3 hush0003", "hush 3 hush0004"])
      let told = try world.rostrum("sessions", "trends", "fillers-share", "--drill", "hush", "--json")
      #expect(told.code == 0 && told.output.contains("\"figure\":\"drill.fillers-share\""), "\(told)")
      #expect(told.output.contains("\"value\":80") && told.output.contains("\"unit\":\"percent\""), "\(told)")
      let skill = try world.rostrum("sessions", "trends", "--skill", "fillers")
      #expect(skill.code == 0 && skill.output.contains("drill.margin: Lately about 0 percent"), "\(skill)")
      let all = try world.rostrum("sessions", "trends", "--json")
      #expect(all.code == 0 && !all.output.contains("drill."), "\(all)")
      #expect(try world.rostrum("sessions", "--json").output.contains("\"drill\":\"hush\",\"skill\":\"fillers\""))
      let none = try world.rostrum("sessions", "trends", "--drill", "husk")
      #expect(none.code == 66 && none.errors.contains("husk"), "\(none)")
      #expect(try world.rostrum("sessions", "trends", "--skill", "pause").errors.contains("Did you mean pauses?"))
      #expect(try world.rostrum("sessions", "trends", "--skill", "pace", "--talk", "x").code == 64)
    }

    @Test func `reviews are in the export of everything, outlive old sessions, and go with what is forgotten`() throws {
      let world = try world([0.8, 0.4, 0.3], ageDays: 50)
      let output = world.scratch.path("mine")
      #expect(try world.rostrum("export", "--everything", "--output", output).code == 0)
      let table = String(
        decoding: FileManager.default.contents(atPath: output + "/reviews.csv") ?? Data(), as: UTF8.self)
      #expect(
        table.hasPrefix("at_ms,utc_offset_seconds,drill,grade,session\r\n") && table.contains(",hush,again,hush0000"))
      #expect(try world.rostrum("forget", "hush0000", "--yes").code == 0)
      #expect(try world.database.value("SELECT count(*) FROM review") == "2")
      let path = try world.file(try Speech.reading(seconds: 2))
      let tidied = try world.rostrum(
        "rehearse", "--input", path, "--fast", "--plain", environment: ["ROSTRUM_PRIVACY_KEEP_SESSIONS_DAYS": "40"])
      #expect(tidied.errors.contains("Deleted 2 sessions"), "\(tidied)")
      #expect(try world.database.rows("SELECT grade, sessionId FROM review ORDER BY at") == [["3", ""], ["3", ""]])
      #expect(world.files(with: "hush0001").allSatisfy { $0.hasPrefix("state/logs/") })
      #expect(try world.rostrum("forget", "--everything", "--yes").code == 0)
      #expect(try world.database.value("SELECT count(*) FROM review") == "0")
    }
  }
}

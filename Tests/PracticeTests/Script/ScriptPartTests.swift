import Testing

@testable import Practice

@Suite struct ScriptPartTests {
  @Test(arguments: [
    "", "a", "# A\n\nOne. Two.\n", String(repeating: "A line of words.\n", count: 1_000),
    String(repeating: "word ", count: 9_000), String(repeating: "我", count: 9_000),
    String(repeating: "x", count: 30_001),
    String(repeating: "a\r\n", count: 9_000), String(repeating: "👩‍👩‍👧‍👧", count: 2_000),
    String(repeating: String(repeating: "y", count: 6_000) + "\n", count: 20),
  ])
  func `a talk in parts is the same talk`(markdown: String) {
    let parts = ScriptPart.parts(of: markdown)
    #expect(parts.map(\.text).joined() == markdown)
    #expect(parts.allSatisfy { $0.text.utf8.count <= ScriptPart.byteLimit } && parts.count <= ScriptPart.countLimit)
    #expect(parts.map(\.part) == Array(1...parts.count) && parts.allSatisfy { $0.parts == parts.count })
    #expect(Script(parts: parts) == Script(markdown: markdown))
  }

  @Test func `the largest talk has few enough parts, however its lines fall`() {
    let text = String(repeating: String(repeating: "y", count: 5_001) + "\n", count: 209)
    #expect(ScriptPart.parts(of: text).count == 209 && 209 <= ScriptPart.countLimit)
  }

  @Test func `lines stay whole where they fit`() {
    let line = String(repeating: "a", count: 6_000) + "\n"
    #expect(ScriptPart.parts(of: line + line).map(\.text) == [line, line])
  }

  @Test func `parts that do not belong together are no script`() {
    let parts = ScriptPart.parts(of: String(repeating: "A line of words.\n", count: 2_000))
    #expect(parts.count == 4)
    #expect(Script(parts: []) == nil && Script(parts: Array(parts.dropLast())) == nil)
    #expect(Script(parts: parts.reversed()) == nil)
    #expect(Script(parts: [ScriptPart(part: 0, parts: 1, text: "a")]) == nil)
    #expect(Script(parts: Array(repeating: ScriptPart(part: 1, parts: 300, text: "a"), count: 300)) == nil)
  }

  @Test func `a session has its script once all parts have come, and a new one after a reload`() {
    func session(_ parts: [ScriptPart]) -> Session {
      var session = Session()
      for part in parts { _ = session.apply(SessionEvent(at: 1, .script(part))) }
      return session
    }
    let first = ScriptPart.parts(of: String(repeating: "A line of words.\n", count: 2_000))
    let second = [ScriptPart(part: 1, parts: 1, text: "Another talk.")]
    #expect(session(Array(first.dropLast())).script == nil)
    #expect(session(first).script?.tokens.count == 8_000)
    #expect(session(first + second).script == Script(markdown: "Another talk."))
    #expect(session(Array(first.prefix(2)) + second).script == Script(markdown: "Another talk."))
    #expect(session([first[0], first[2], first[3]]).script == nil)
    #expect(session([first[0], first[0], first[1], first[2], first[3]]).script?.tokens.count == 8_000)
    #expect(session([ScriptPart(part: 1, parts: 0, text: "a")]).script == nil)
    #expect(session([ScriptPart(part: 0, parts: 0, text: "a")]).script == nil)
  }
}

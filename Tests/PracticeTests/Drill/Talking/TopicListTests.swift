import Foundation
import Support
import Testing

@testable import Practice

@Suite struct TopicListTests {
  private static let folder = Machine.package + "/Prompts/topics"

  @Test func `at least two hundred topics ship, each once`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".txt") }
    var seen: Set<String> = []
    for file in files {
      let text = try String(contentsOfFile: Self.folder + "/" + file, encoding: .utf8)
      let list = TopicList(id: String(file.dropLast(4)), text: text)
      #expect(list.topics.count >= 20 && text.hasPrefix("#"), "\(file)")
      for topic in list.topics {
        #expect(topic.count <= 100 && seen.insert(topic.lowercased()).inserted, "\(file): \(topic)")
      }
    }
    #expect(files.count >= 6 && seen.count >= 200)
  }

  @Test func `comments, blank lines and doubles are left out`() {
    let list = TopicList(
      id: "mine", text: "# mine\n\nRain\r\n  The   sea \nrain\n\u{1B}[2J\n" + String(repeating: "x", count: 300))
    #expect(list.topics.prefix(2) == ["Rain", "The sea"] && list.topics.count <= 3)
    #expect(!list.topics.joined().contains("\u{1B}"))
  }

  @Test func `a drill's own topic comes first, then its list, then any`() {
    let lists = [TopicList(id: "a", text: "one\ntwo"), TopicList(id: "b", text: "three")]
    func draw(_ values: [String: DrillValue], seed: Int = 1, recent: Set<String> = []) -> String? {
      let drill = Drill(id: "t", kind: .impromptu, name: "T", skill: .structure, values: values, measure: "fillers")
      return TopicList.draw(for: drill, from: lists, seed: seed, recent: recent)
    }
    #expect(draw(["topic": .text("mine")]) == "mine" && draw(["topics": .text("b")]) == "three")
    #expect(Set((0..<40).compactMap { draw([:], seed: $0) }) == ["one", "two", "three"])
    #expect(draw([:], seed: 7) == draw([:], seed: 7))
    #expect(Set((0..<20).compactMap { draw([:], seed: $0, recent: ["one", "two"]) }) == ["three"])
    #expect(draw([:], recent: ["one", "two", "three"]) != nil)
    #expect(
      TopicList.draw(
        for: Drill(id: "t", kind: .impromptu, name: "T", skill: .structure, measure: "x"), from: [], seed: 1) == nil)
  }
}

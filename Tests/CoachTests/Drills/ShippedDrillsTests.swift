import Foundation
import Practice
import Support
import Testing
import Tutor

@testable import Coach

/// The drills that come with the program, and what the papers say of them.
struct ShippedDrillsTests {
  private static let prompts = Machine.package + "/Prompts"
  private static let shelf = DrillShelf(folders: [prompts + "/drills"])

  @Test func `no shipped drill has a mistake`() {
    #expect(Self.shelf.complaints.isEmpty, "\(Self.shelf.complaints.map(\.description).joined(separator: "\n"))")
    #expect(Self.shelf.refused.isEmpty && Self.shelf.drills.count >= 64)
  }

  @Test(arguments: DrillKind.allCases) func `there are several of every kind, and a first one is easy`(kind: DrillKind)
  {
    let drills = Self.shelf.drills.filter { $0.kind == kind }
    #expect(drills.count >= 3)
    #expect(drills.contains { $0.level == 1 })
  }

  @Test(arguments: DrillSkill.allCases) func `every skill can be trained`(skill: DrillSkill) {
    #expect(Self.shelf.drills(for: skill).count >= 3)
  }

  @Test func `every drill says in one to three lines what to do and why`() {
    for drill in Self.shelf.drills {
      let head = drill.body.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("> ") }
      #expect((1...3).contains(head.count), "\(drill.id)")
      #expect(head.allSatisfy { $0.count <= 240 }, "\(drill.id)")
      #expect((30...600).contains(drill.seconds), "\(drill.id)")
    }
    let names = Self.shelf.drills.map { $0.name.lowercased() }
    #expect(Set(names).count == names.count)
  }

  @Test func `what a file leaves out is filled in, and what it says is kept`() {
    for drill in Self.shelf.drills {
      for parameter in drill.kind.exercise.parameters {
        #expect(drill.values[parameter.name] != nil, "\(drill.id) \(parameter.name)")
        if !drill.text.contains("\n\(parameter.name):") {
          #expect(drill.values[parameter.name] == parameter.standard, "\(drill.id) \(parameter.name)")
        }
      }
    }
  }

  @Test func `every drill but a breath can be passed, and none is judged by a silence of the machine`() {
    for drill in Self.shelf.drills { #expect(drill.pass.isEmpty == (drill.kind == .breath), "\(drill.id)") }
  }

  /// An attempt's whole drill travels in one event.
  @Test func `every drill makes steps, and comes back from its event as it was`() throws {
    for drill in Self.shelf.drills {
      let start = DrillStart(drill: drill, seed: 3, topic: "Bread", firstLanguage: "de")
      #expect(!DrillRun(start).steps.isEmpty, "\(drill.id)")
      let line = EventLine.text(of: SessionEvent(at: 0, .drill(start)))
      #expect(line.utf8.count <= 65_536, "\(drill.id)")
      guard case .drill(let again)? = EventLine.event(from: line)?.kind else {
        Issue.record("\(drill.id) is not read from its event")
        continue
      }
      #expect(again == start, "\(drill.id)")
    }
  }

  @Test func `every topic list that a drill draws from is there`() {
    let lists = (try? FileManager.default.contentsOfDirectory(atPath: Self.prompts + "/topics")) ?? []
    for drill in Self.shelf.drills where !drill.word("topics").isEmpty {
      #expect(lists.contains(drill.word("topics") + ".txt"), "\(drill.id) draws from \(drill.word("topics"))")
    }
  }

  @Test func `every contrast that a drill asks for is there`() throws {
    let table = try String(contentsOfFile: Self.prompts + "/contrasts/en.yaml", encoding: .utf8)
    for drill in Self.shelf.drills where drill.kind == .minimalPairs {
      for name in drill.list("contrasts") where name != "auto" {
        #expect(table.contains("\n  \(name):\n"), "\(drill.id) asks for \(name)")
      }
    }
  }

  // MARK: The table

  @Test func `everything to work on leads to a drill, and every row to drills that are there`() throws {
    let path = Self.prompts + "/drills.yaml"
    let (rules, complaints) = DrillRules.parse(text: try readText(path: path, limit: 65_536), file: "drills.yaml")
    let file = Self.prompts + "/findings/en.yaml"
    let findings = FindingsFile.parse(text: try readText(path: file, limit: 65_536), file: "en.yaml").0
    let found = complaints + rules.complaints(on: Self.shelf, findings: findings.findings.map(\.name))
    #expect(found.isEmpty, "\(found.map(\.description).joined(separator: "\n"))")
    for finding in findings.findings where finding.kind == .workOn {
      #expect(rules.findings[finding.name] != nil, "\(finding.name) has no row")
      let drills = rules.drills(finding: finding.name, topic: finding.topic, on: Self.shelf)
      #expect(drills.first.map { $0.level <= 2 } == true, "\(finding.name) leads to nothing that a beginner can do")
    }
    let topics = Set(findings.topics.map(\.name))
    for name in Array(rules.topics.keys) + Array(rules.skills.keys) { #expect(topics.contains(name), "\(name)") }
  }

  // MARK: docs/FORMATS.md

  /// `UPDATE_GOLDEN=1` writes them.
  @Test func `the paper lists every parameter and every measure of every kind`() throws {
    let path = Machine.package + "/docs/FORMATS.md"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    for (name, table) in [("parameters", DrillTable.parameters()), ("measures", DrillTable.measures())] {
      let (begin, end) = ("<!-- \(name) of drills -->\n", "<!-- end -->")
      let first = try #require(text.range(of: begin), "there is no \(begin)")
      let last = try #require(text.range(of: end, range: first.upperBound..<text.endIndex))
      let kept = text[first.upperBound..<last.lowerBound]
      if Machine.asks(for: "UPDATE_GOLDEN") {
        text.replaceSubrange(first.upperBound..<last.lowerBound, with: table)
      } else {
        #expect(kept == table, "UPDATE_GOLDEN=1 writes the table of \(name) anew")
      }
    }
    if Machine.asks(for: "UPDATE_GOLDEN") { try text.write(toFile: path, atomically: true, encoding: .utf8) }
  }
}

import Foundation
import Packs
import Practice
import Support
import Testing

@testable import Coach

/// Drills and packs that were damaged in many ways: each is read, or refused with its reason, and nothing ends the program.
///
/// Two thousand of them here; `make fuzz` reads a hundred thousand by the same rules, and then goes on by itself.
struct DrillMutationTests {
  private static let prompts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Prompts/drills").path

  /// The shipped drills, by id; a drill of the test's own among them.
  private static let drills: [(id: String, bytes: [UInt8])] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: prompts)) ?? []
    let shipped = files.filter { $0.hasSuffix(".md") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: prompts + "/" + name).map { (String(name.dropLast(3)), Array($0)) }
    }
    return shipped + [("breathe", Array(DrillPackTests.drill.utf8))]
  }()

  @Test func `a drill with slips in it is read or refused with its reason`() {
    var mutations = Mutations(seed: 1)
    var refused = 0
    for number in 0..<1_000 {
      let drill = Self.drills[mutations.number(below: Self.drills.count)]
      let other = Self.drills[mutations.number(below: Self.drills.count)].bytes
      let bytes = mutations.next(drill.bytes, other)
      let pack = DrillPack(
        Pack(files: [PackedFile(name: drill.id + ".md", bytes: bytes)], leftOut: []), path: "pack")
      #expect(pack.drills.count == 1 || !pack.complaints.isEmpty, "mutation \(number)")
      for complaint in pack.complaints {
        #expect(complaint.file == "pack/\(drill.id).md" && !complaint.problem.isEmpty, "mutation \(number)")
        #expect(complaint.line.map { $0 > 0 } ?? true, "mutation \(number): \(complaint)")
      }
      refused += pack.drills.isEmpty ? 1 : 0
    }
    #expect((100..<1_000).contains(refused))
  }

  @Test func `a damaged pack is read or refused with its reason`() throws {
    let files = Self.drills.suffix(3).map { PackedFile(name: $0.id + ".md", bytes: $0.bytes) }
    let packed = try PackWriter.archive(Array(files), folder: "pack")
    let tape = try PackWriter.archive(Array(files), folder: "pack", isCompressed: false)
    var mutations = Mutations(seed: 2)
    for number in 0..<1_000 {
      let bytes = number % 2 == 0 ? mutations.nextTape(tape) : mutations.next(packed, tape)
      do throws(PackError) {
        let pack = DrillPack(try PackReader.read(archive: bytes, called: "pack.tar.gz"), path: "pack.tar.gz")
        #expect(!pack.drills.isEmpty || !pack.complaints.isEmpty, "mutation \(number)")
      } catch {
        #expect(!error.complaints.isEmpty && error.complaints.allSatisfy { !$0.problem.isEmpty }, "mutation \(number)")
        #expect(error.complaints.allSatisfy { $0.file.hasPrefix("pack.tar.gz") }, "mutation \(number)")
      }
    }
  }
}

import Fuzzing
import Packs
import Practice
import Support

@testable import Coach

/// Any bytes, read as a drill's file.
///
/// What must hold: it is taken whole or refused with a reason each of whose lines is one of the file's; what is taken has
/// steps, can be judged, and comes back from the line that an attempt keeps it in.
func readDrill(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  _ = drillIsTaken(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

/// Reads `bytes` as a drill; nil where it is taken, else what was complained about.
func drillIsTaken(_ bytes: [UInt8]) -> [Complaint]? {
  let file = PackedFile(name: "fuzz.md", bytes: bytes)
  let pack = DrillPack(Pack(files: [file], leftOut: []), path: "pack")
  guard let drill = pack.drills.first?.drill else {
    must(!pack.complaints.isEmpty, "refused without a reason")
    let lines = bytes.count { $0 == 10 || $0 == 13 } + 2
    for complaint in pack.complaints {
      must(complaint.file == "pack/fuzz.md" && !complaint.problem.isEmpty, "a complaint about nothing")
      must(complaint.line.map { (1...lines).contains($0) } ?? true, "a line that is not there: \(complaint)")
      must(!complaint.description.unicodeScalars.contains { $0.value < 32 }, "a control character in \(complaint)")
    }
    return pack.complaints
  }
  must(pack.complaints.isEmpty, "taken, and complained about")
  let start = DrillStart(drill: drill, seed: 1, topic: "a topic", firstLanguage: "es")
  let run = DrillRun(start)
  must(!run.steps.isEmpty, "no steps")
  if let script = drill.kind.exercise.script(drill) { must(!Script(markdown: script).isEmpty, "nothing to read") }
  let line = EventLine.text(of: SessionEvent(at: 0, .drill(start)))
  guard case .drill(let back)? = EventLine.event(from: line)?.kind else { fatalError("lost in \(line)") }
  must(back.drill.text == drill.text && back.drill.body == drill.body, "another text in \(line)")
  must(back.drill.id == drill.id && back.drill.pass.count == drill.pass.count, "another drill in \(line)")
  return nil
}

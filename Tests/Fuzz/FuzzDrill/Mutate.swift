import FoundationEssentials
import Fuzzing
import Support

@testable import Coach

/// Reads `count` mutations of the drills in a folder, and prints what became of them.
func mutate(_ folder: String, count: Int) {
  let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".md") }
  let drills = names.sorted().compactMap { FileManager.default.contents(atPath: folder + "/" + $0).map { Array($0) } }
  must(!drills.isEmpty, "no drills in \(folder)")
  for (name, drill) in zip(names.sorted(), drills) { must(drillIsTaken(drill) == nil, "\(name) is refused") }
  var mutations = Mutations(seed: 20_261_122)
  var (taken, withLine, withKey, complaints) = (0, 0, 0, 0)
  for _ in 0..<count {
    let drill = drills[mutations.number(below: drills.count)]
    let other = drills[mutations.number(below: drills.count)]
    guard let found = drillIsTaken(mutations.next(drill, other)) else {
      taken += 1
      continue
    }
    complaints += found.count
    withLine += found.count { $0.line != nil }
    withKey += found.count { $0.key != nil }
  }
  print(
    "\(count) mutations of \(drills.count) drills: \(taken) taken, \(count - taken) refused with \(complaints) complaints,"
      + " \(withLine) with their line, \(withKey) with their key")
}

import FoundationEssentials
import Fuzzing
import Packs
import Support

/// Archives of the drills in a folder: compressed, and a bare tape.
private func archives(of folder: String) -> [[UInt8]] {
  let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".md") }
  let files = names.sorted().compactMap { name in
    FileManager.default.contents(atPath: folder + "/" + name).map { PackedFile(name: name, bytes: Array($0)) }
  }
  must(!files.isEmpty, "no drills in \(folder)")
  let facts = PackedFile(name: "pack.yaml", bytes: Array("name: A pack\nauthor: B\n".utf8))
  let asked = PackedFile(name: "assignment.yaml", bytes: Array("drill: a\nby: B\n".utf8))
  let parts = [Array(files.prefix(1)), Array(files.suffix(2)) + [facts, asked]]
  return parts.compactMap { try? PackWriter.archive($0, folder: "pack") }
    + parts.compactMap { try? PackWriter.archive($0, folder: "pack", isCompressed: false) }
}

/// Writes an archive of each kind into an existing folder.
func writeSeeds(of folder: String, into seeds: String) {
  for (number, bytes) in archives(of: folder).enumerated() {
    _ = FileManager.default.createFile(atPath: "\(seeds)/\(number)", contents: Data(bytes))
  }
}

/// Reads `count` mutations of archives of the drills in a folder, and prints what became of them.
func mutate(_ folder: String, count: Int) {
  let packs = archives(of: folder)
  for pack in packs {
    must(packIsTaken(pack) == nil, "a good pack is refused: \(String(describing: packIsTaken(pack)))")
  }
  var mutations = Mutations(seed: 20_261_123)
  var (taken, named) = (0, 0)
  var reasons: [String: Int] = [:]
  for _ in 0..<count {
    let pack = packs[mutations.number(below: packs.count)]
    let isTape = !pack.starts(with: [0x1F, 0x8B]) && mutations.number(below: 4) > 0
    let bytes = isTape ? mutations.nextTape(pack) : mutations.next(pack, packs[mutations.number(below: packs.count)])
    guard let error = packIsTaken(bytes) else {
      taken += 1
      continue
    }
    named += error.refusals.isEmpty ? 0 : 1
    reasons[String("\(error.reason)".prefix { $0 != "(" }), default: 0] += 1
  }
  let counts = reasons.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  print(
    "\(count) mutations of \(packs.count) packs: \(taken) taken, \(count - taken) refused (\(counts)), \(named) by entry"
  )
}

import Audience
import FoundationEssentials
import Fuzzing
import Practice
import Support

/// The lines of both sides that the document of the wire gives.
private func lines(of document: String) -> [[UInt8]] {
  let text = FileManager.default.contents(atPath: document).map { String(decoding: $0, as: UTF8.self) } ?? ""
  let lines = text.split(separator: "\n").filter { $0.hasPrefix("learner: ") || $0.hasPrefix("watcher: ") }
  must(!lines.isEmpty, "no lines in \(document)")
  return lines.map { Array($0.dropFirst(9).utf8) }
}

/// Writes each line of the document into an existing folder, and all of them as one.
func writeSeeds(of document: String, into seeds: String) {
  let lines = lines(of: document)
  for (number, bytes) in (lines + [Array(lines.joined(separator: [10]))]).enumerated() {
    _ = FileManager.default.createFile(atPath: "\(seeds)/\(number)", contents: Data(bytes))
  }
}

/// Reads `count` mutations of the document's lines, and prints what became of them.
func mutate(_ document: String, count: Int) {
  let lines = lines(of: document)
  var mutations = Mutations(seed: 20_261_128)
  var sessions = [Shares: Session]()
  var kinds: [String: Int] = [:]
  for line in lines { must(lineIsRead(String(decoding: line, as: UTF8.self), &sessions) != nil, "a line is not read") }
  for number in 0..<count {
    var bytes = lines[mutations.number(below: lines.count)]
    if number.isMultiple(of: 2) {
      bytes = mutations.next(bytes, lines[mutations.number(below: lines.count)])
    } else {
      bytes[mutations.number(below: bytes.count)] = UInt8(mutations.number(below: 256))
    }
    if number.isMultiple(of: 1_000) { sessions = [:] }
    kinds[lineIsRead(String(decoding: bytes, as: UTF8.self), &sessions) ?? "none", default: 0] += 1
  }
  let counts = kinds.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { "\($0.value) \($0.key)" }
  print("\(count) mutations of \(lines.count) lines: \(counts.joined(separator: ", "))")
}

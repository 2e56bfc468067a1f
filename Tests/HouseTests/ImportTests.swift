import Foundation
import Support
import Testing

/// Who may import whom.
///
/// The table is that of the house plan: a room may lean on lower rooms, never on its neighbours, and each outside
/// thing has one door. The compiler holds the first half; the second, and the rooms' purity, are held here.
struct ImportTests {
  /// What a target may import. A target without a row fails: a new room says first whom it leans on.
  static let mayImport: [String: Set<String>] = [
    "SpeechSignals": ["CFFTW", "CEBUR128", "Glibc", "Synchronization"],
    "Terminal": ["CUTF8Proc"],
    "Practice": ["SpeechSignals", "CCmark", "Glibc"],
    "Espeak": ["CEspeak", "Glibc", "Synchronization"],
    "Sound": [
      "CALSA", "CLinux", "CSndFile", "CSampleRate", "CRubberBand", "SpeechSignals", "Glibc", "Synchronization",
    ],
    "Network": ["CCurl", "CLinux", "Glibc", "Synchronization"],
    "Screen": ["CNcurses", "CLinux", "Terminal", "Glibc", "Synchronization"],
    "History": ["GRDB", "CLinux", "Practice", "Glibc", "Foundation", "FoundationEssentials", "Synchronization"],
    "Packs": ["CArchive", "Glibc"],
    "Audience": ["CLinux", "Practice", "NIOCore", "NIOPosix", "Synchronization", "Glibc"],
    "Report": ["CCairo", "SpeechSignals", "Terminal", "Practice", "Glibc"],
    "Recognition": [
      "CPocketSphinx", "CSphinxBase", "SpeechSignals", "Practice", "Espeak", "Network", "Glibc", "Synchronization",
    ],
    "Tutor": [
      "CLinux", "SpeechSignals", "Terminal", "Practice", "Network", "Mustache", "Glibc", "Synchronization",
    ],
    "Voice": ["Espeak", "Practice", "SpeechSignals", "Network", "Glibc", "Synchronization"],
    "Coach": [
      "CLinux", "SpeechSignals", "Terminal", "Practice", "Espeak", "Sound", "Screen", "History", "Report",
      "Recognition", "Network", "Tutor", "Voice", "Packs", "Audience", "Yams", "Logging", "ArgumentParser", "Glibc",
      "Foundation",
      "FoundationEssentials", "Synchronization",
    ],
    "rostrum": ["Coach", "ArgumentParser"],
  ]

  /// Outside things and the one target that may know them.
  static let onlyImporter: [String: String] = [
    "CNcurses": "Screen", "GRDB": "History", "CEspeak": "Espeak", "CALSA": "Sound", "CSndFile": "Sound",
    "CSampleRate": "Sound", "CRubberBand": "Sound", "CFFTW": "SpeechSignals", "CEBUR128": "SpeechSignals",
    "CUTF8Proc": "Terminal",
    "CCmark": "Practice", "CPocketSphinx": "Recognition", "CSphinxBase": "Recognition", "CCurl": "Network",
    "CCairo": "Report", "CArchive": "Packs", "NIOCore": "Audience", "NIOPosix": "Audience", "Mustache": "Tutor",
    "Yams": "Coach",
  ]

  @Test func `every target of Sources imports only what its row allows`() {
    #expect(!SourceFile.swift.isEmpty)
    for file in SourceFile.swift {
      guard let target = file.target, let allowed = Self.mayImport[target] else {
        Issue.record("\(file.path): its target has no row in the table of imports")
        continue
      }
      for name in imports(of: file) where !allowed.contains(name) {
        Issue.record("\(file.path) imports \(name), which \(target) may not")
      }
    }
  }

  @Test func `each outside thing is imported by one target`() {
    for file in SourceFile.swift {
      for name in imports(of: file) {
        guard let owner = Self.onlyImporter[name], owner != file.target else { continue }
        Issue.record("\(file.path) imports \(name): only \(owner) may")
      }
    }
  }

  @Test func `the table has no circles`() {
    var settled: Set<String> = []
    var open = Self.mayImport.mapValues { $0.filter { Self.mayImport[$0] != nil } }
    while let next = open.first(where: { $0.value.isSubset(of: settled) }) {
      settled.insert(next.key)
      open[next.key] = nil
    }
    #expect(open.isEmpty)
  }

  @Test func `neighbours do not know each other`() {
    // Rank 3 and rank 3b, which may ask over the network, and for words and speech of espeak-ng.
    let edges: Set = ["Sound", "Network", "Screen", "History", "Packs", "Audience", "Report"]
    for room in edges {
      #expect(Self.mayImport[room, default: []].isDisjoint(with: edges), "\(room)")
    }
    let asking: Set = ["Recognition", "Tutor", "Voice"]
    for room in asking {
      let forbidden = asking.union(edges).subtracting(["Network"])
      #expect(Self.mayImport[room, default: []].isDisjoint(with: forbidden), "\(room)")
    }
  }

  @Test(arguments: [
    ("import A", ["A"]), ("package import struct A.B", ["A"]), ("@preconcurrency import A", ["A"]),
    ("// import A", []), ("/* import A */ let x = \"import B\"", []), ("  internal import A.B", ["A"]),
    ("let x = \"\"\"\n  import A\n  \"\"\"\nimport C", ["C"]),
    ("#if canImport(Glibc)\nimport Glibc\n#endif", ["Glibc"]),
  ])
  func `imports are found in code and not in words`(text: String, expected: [String]) {
    #expect(imports(of: SourceFile(path: "Sources/X/x.swift", text: text)) == expected)
  }

  private func imports(of file: SourceFile) -> [String] {
    let kinds = "struct|class|enum|func|let|var|protocol|typealias"
    let pattern = #"^\s*(@\w+(\([^)]*\))?\s+)*((public|package|internal|private|fileprivate)\s+)?import\s+"#
    return file.code(matching: pattern).compactMap { found in
      let after = found.line.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
        .replacingOccurrences(of: "^(\(kinds))\\s+", with: "", options: .regularExpression)
      return after.split { !($0.isLetter || $0.isNumber || $0 == "_") }.first.map(String.init)
    }
  }
}

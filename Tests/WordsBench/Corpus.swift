import Foundation
import Sound
import Support

/// Recordings with what is said in them: people of `../shared/speech`, and Debian's LibriVox readings.
struct Corpus {
  /// A recording and its truth.
  struct Recording {
    var name: String
    var path: String
    /// How it was spoken, as in "read".
    var style: String
    /// The words without fillers, normalised.
    var words: [String]
    /// Words with their starts in seconds where somebody aligned them.
    var starts: [(text: String, start: Double)]
    /// Sounds that fill, as labelled; what nobody is sure of ends in "?".
    var fillers: [(label: String, start: Double, end: Double)] = []
    /// Files that follow, after a breath of room noise each.
    var more: [String] = []

    /// The sound at 16 kHz.
    func samples() throws -> [Float] {
      var (all, buffer): ([Float], [Float]) = ([], [])
      for (index, path) in ([path] + more).enumerated() {
        if index > 0 { all += Speech.room(seconds: 0.6).samples.map { Float($0) / 32_768 } }
        let reader = try RecordingReader(path: path)
        while reader.next(into: &buffer) { all += buffer }
      }
      return all
    }
  }

  private struct Entry: Decodable {
    var file: String
    var style: String
    var transcript: String?
    var words: [[Cell]]?
    var fillers: [[Cell]]?
  }

  /// What was synthesised: words and fillers by file.
  private struct Synthesised: Decodable {
    var words: [[Cell]]?
    var fillers: [[Cell]]?
  }

  /// A word or a time in the manifest.
  private enum Cell: Decodable {
    case text(String), number(Double)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try value.decode(String.self))
      }
    }
  }

  /// Those in which words are counted.
  private(set) var recordings: [Recording] = []
  /// Those in which fillers are labelled, or certified to be missing: people, and synthesised speech.
  private(set) var people: [Recording] = [], synthesised: [Recording] = []

  /// What this machine has.
  init() throws {
    if let folder = Speech.shared {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/human/manifest.json"))
      for entry in try JSONDecoder().decode([Entry].self, from: data) {
        let starts = (entry.words ?? []).compactMap { cells -> (String, Double)? in
          guard cells.count > 1, case .text(let text) = cells[0], case .number(let start) = cells[1] else { return nil }
          return Self.words(of: text).first.map { ($0, start) }
        }
        recordings.append(
          Recording(
            name: entry.file, path: "\(folder)/human/\(entry.file)", style: String(entry.style.prefix { $0 != " " }),
            words: Self.words(of: entry.transcript ?? ""), starts: starts, fillers: Self.fillers(entry.fillers)))
      }
      people = recordings
      let truth = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/synth/truth.json"))
      for (name, entry) in try JSONDecoder().decode([String: Synthesised].self, from: truth).sorted(by: {
        $0.key < $1.key
      })
      where name.hasPrefix("s2") || name.hasPrefix("s4") {
        let text = (entry.words ?? []).compactMap { if case .text(let text) = $0.first { text } else { nil } }
        synthesised.append(
          Recording(
            name: name, path: "\(folder)/synth/\(name)", style: "synthesised",
            words: Self.words(of: text.joined(separator: " ")), starts: [], fillers: Self.fillers(entry.fillers)))
      }
    }
    let lines = (try? String(contentsOfFile: Speech.folder + "/transcription", encoding: .utf8))?.split(separator: "\n")
    for (path, line) in zip(Speech.paths, lines ?? []) {
      let text = line.split(separator: "</s>")[0].replacingOccurrences(of: "<s>", with: "")
      recordings.append(
        Recording(
          name: "librivox" + path.suffix(9), path: path, style: "read", words: Self.words(of: text), starts: []))
    }
    // Where nearly nothing is said there is nothing to count.
    recordings = recordings.filter { $0.words.count > 3 && !$0.style.hasPrefix("acted") }
  }

  private static func fillers(_ cells: [[Cell]]?) -> [(String, Double, Double)] {
    (cells ?? []).compactMap { cells in
      guard cells.count > 2, case .text(let label) = cells[0], case .number(let start) = cells[1],
        case .number(let end) = cells[2]
      else { return nil }
      return (label, start, end)
    }
  }

  /// Sounds that are no words, on either side.
  static let fillers: Set = [
    "um", "uh", "er", "hm", "hmm", "mm", "mhm", "erm", "ah", "eh", "mmhmm", "uhhuh",
  ]

  /// The words of a text as they are compared: lower case, without apostrophes and fillers.
  static func words(of text: String) -> [String] {
    let spoken = text.lowercased().replacingOccurrences(of: "’", with: "'").replacingOccurrences(of: "-", with: " ")
      .replacingOccurrences(of: "'kay", with: "okay").replacingOccurrences(of: "'cause", with: "because")
      .replacingOccurrences(of: "yknow", with: "you know")
      .replacingOccurrences(of: "<[^>]*>", with: " ", options: .regularExpression)
      .replacingOccurrences(of: "'", with: "")
    return spoken.split { !$0.isLetter }.map(String.init).filter { !fillers.contains($0) }
  }
}

/// Pairs of places of words that are the same, in an alignment with the fewest errors, and how many errors it has.
func align(_ truth: [String], _ heard: [String]) -> (errors: Int, pairs: [(truth: Int, heard: Int)]) {
  var cost = [[Int]](repeating: [Int](repeating: 0, count: heard.count + 1), count: truth.count + 1)
  for one in 0...truth.count {
    for other in 0...heard.count {
      guard one > 0, other > 0 else {
        cost[one][other] = one + other
        continue
      }
      let change = cost[one - 1][other - 1] + (truth[one - 1] == heard[other - 1] ? 0 : 1)
      cost[one][other] = min(change, cost[one - 1][other] + 1, cost[one][other - 1] + 1)
    }
  }
  var (one, other, pairs) = (truth.count, heard.count, [(truth: Int, heard: Int)]())
  while one > 0, other > 0 {
    let isSame = truth[one - 1] == heard[other - 1]
    if cost[one][other] == cost[one - 1][other - 1] + (isSame ? 0 : 1) {
      if isSame { pairs.append((one - 1, other - 1)) }
      (one, other) = (one - 1, other - 1)
    } else if cost[one][other] == cost[one - 1][other] + 1 {
      one -= 1
    } else {
      other -= 1
    }
  }
  return (cost[truth.count][heard.count], pairs.reversed())
}

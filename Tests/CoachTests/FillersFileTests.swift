import Foundation
import Practice
import Support
import Testing

@testable import Coach

/// The shipped list of fillers against utterances that were labelled without knowing it.
@Suite struct FillersFileTests {
  private static let path = Machine.package + "/Prompts/fillers/en.yaml"

  private static func rules() throws -> FillerRules {
    let (rules, complaints) = FillersFile.parse(
      text: try String(contentsOfFile: path, encoding: .utf8), file: "en.yaml")
    #expect(complaints.isEmpty, "\(complaints)")
    return rules
  }

  /// An utterance: words a third of a second long, `,` a fifth of a second of silence, `|` a whole one, fillers in
  /// brackets.
  private struct Utterance {
    var words: [Word] = []
    var fillers: Set<Double> = []

    init(_ line: Substring) {
      var time = 0.0
      for item in line.split(separator: " ") {
        if item == "," { time += 0.2 } else if item == "|" { time += 1 }
        guard item.contains(where: \.isLetter) else { continue }
        if item.first == "[" { fillers.insert(time) }
        words.append(Word(item.filter { $0 != "[" && $0 != "]" }, start: time, end: time + 0.3))
        time = ((time + 0.3) * 1_000).rounded() / 1_000
      }
    }
  }

  @Test func `fillers are told from the same words used in earnest`() throws {
    let rules = try FillersFileTests.rules()
    var (right, wrong, missed, lines) = (0, 0, 0, 0)
    for file in ["first", "second"] {
      let path = Machine.package + "/Tests/CoachTests/Golden/fillers/\(file).txt"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        let utterance = Utterance(line)
        var finder = LexicalFillers(rules)
        let found = utterance.words.flatMap { finder.hear($0) } + finder.finish()
        let starts = Set(found.compactMap { if case .filler(let filler) = $0 { filler.start } else { nil } })
        right += starts.intersection(utterance.fillers).count
        wrong += starts.subtracting(utterance.fillers).count
        missed += utterance.fillers.subtracting(starts).count
        lines += 1
      }
    }
    #expect(lines >= 700)
    let (precision, recall) = (Double(right) / Double(right + wrong), Double(right) / Double(right + missed))
    print("fillers: precision \(precision), recall \(recall), \(lines) utterances")
    #expect(precision >= 0.95)
    #expect(recall >= 0.92)
  }

  @Test(arguments: [
    (
      "fillers:\n  like:\n    plaice: start",
      "en.yaml:3: fillers.like.plaice: is not a known part of a filler. Did you mean place?"
    ),
    (
      "fillers:\n  like:\n    place: middle",
      "en.yaml:3: fillers.like.place: is not one of anywhere, start, end, edge, not-last"
    ),
    (
      "groups:\n  be: [is]\nfillers:\n  like:\n    not-after: [=bee]",
      "en.yaml:5: fillers.like.not-after: there is no group called \"bee\". Did you mean =be?"
    ),
    ("fillers:\n  like:\n    confidence: 2", "en.yaml:3: fillers.like.confidence: is not a number from 0 to 1"),
    ("fillers: um", "en.yaml:1: fillers: is not a list of fillers. Write each as `like:` with its parts below it."),
    ("filers:\n  like:", "en.yaml:1: filers: is not a known key. Did you mean fillers?"),
  ])
  func `what cannot be understood is named with its line, and the rest counts`(text: String, complaint: String) {
    let (rules, complaints) = FillersFile.parse(text: text + "\nsounds: [um]\n", file: "en.yaml")
    #expect(complaints.map(\.description) == [complaint])
    #expect(rules.sounds == ["um"])
  }

  @Test(arguments: [
    ("sounds: [um]\n", [String](), 1), ("", ["lists nothing"], 0),
    ("sounds: [um]\nx: 1\ny: 2\n", ["en.yaml:2: x: ", "1 more mistake", "The rest of the list counts."], 1),
  ])
  func `a list of one's own with mistakes counts for what can be read`(
    text: String, said: [String], sounds: Int
  ) throws {
    let scratch = try Scratch()
    let home = scratch.path("home")
    _ = try scratch.folder("home/config/Prompts/fillers")
    _ = try scratch.write(text, to: "home/config/Prompts/fillers/en.yaml")
    let found = Surroundings.at(home).fillers()
    #expect(found.rules.sounds.count == sounds && found.notes.count == min(said.count, 1))
    for words in said { #expect(found.notes.first?.contains(words) ?? false, "\(found.notes)") }
  }

  @Test func `a list that is no text leaves the shipped one`() throws {
    let scratch = try Scratch()
    _ = try scratch.folder("home/config/Prompts/fillers")
    _ = try scratch.write([0xFF], to: "home/config/Prompts/fillers/en.yaml")
    let found = Surroundings.at(scratch.path("home")).fillers()
    #expect(found.notes.count == 1 && found.notes[0].contains("not UTF-8"), "\(found.notes)")
  }
}

extension Surroundings {
  /// Nothing set, everything in the folder `home`.
  static func at(_ home: String) -> Surroundings {
    let places = Places.resolve(environment: ["ROSTRUM_HOME": home], home: "/")
    let (settings, complaints) = Settings.resolve(flags: [:], environment: [:], file: nil)
    return Surroundings(
      environment: [:], places: places, settings: settings, complaints: complaints,
      shelf: ThemeShelf(places: places, shipped: nil))
  }
}

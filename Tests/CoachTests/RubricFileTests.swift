import Foundation
import Practice
import Support
import Testing

@testable import Coach

@Suite struct RubricFileTests {
  private static let shipped = RubricShelf(folders: [Machine.package + "/Prompts/rubrics"])

  @Test func `the shipped rubrics have no mistake, and a descriptor for each level`() {
    #expect(Self.shipped.complaints.isEmpty, "\(Self.shipped.complaints)")
    #expect(Self.shipped.rubrics.map(\.id) == ["rostrum", "aacu", "contest", "oracy", "toastmasters"])
    for rubric in Self.shipped.rubrics {
      #expect(!rubric.source.isEmpty)
      for criterion in rubric.criteria {
        #expect(criterion.descriptors.count == rubric.levels.count, "\(criterion.id)")
      }
      #expect(rubric.criteria.contains { $0.measures.isEmpty } && rubric.criteria.contains { !$0.measures.isEmpty })
    }
    #expect(Self.shipped.rubric("aacu")?.scale == 0...4 && Self.shipped.rubric("toastmasters")?.scale == 1...5)
    // What a machine would hear as an accent is left to people.
    #expect(Self.shipped.rubric("oracy")?["clarity-of-pronunciation"]?.measures.isEmpty == true)
    #expect(Self.shipped.rubric("AAC&U oral communication")?["delivery"]?.measures.isEmpty == true)
  }

  /// The live screen and the review must not disagree on what is too fast.
  @Test(arguments: SpeakingContext.allCases)
  func `the pace of the rubric is that of the live screen`(context: SpeakingContext) throws {
    let measure = try #require(Self.shipped.rubric("rostrum")?["pace"]?.measures.first { $0.name == .pace })
    let band = try #require(measure.contexts[context] ?? measure.band)
    let usable = Bands.of(context: context).usable
    #expect(band.low == usable.lowerBound && band.high == usable.upperBound)
    let fillers = Self.shipped.rubric("rostrum")?["fluency"]?.measures.first { $0.name == .fillers }
    #expect(fillers?.band.high == Bands().fillersToWatch)
  }

  @Test func `bands are lent with contexts and own baselines`() throws {
    let lent = try #require(Self.shipped.rubric("oracy")?["voice-projection"]?.measures.first)
    #expect(lent.name == .loudness && lent.baseline == .own)
    let pace = try #require(Self.shipped.rubric("oracy")?["fluency-and-pace"]?.measures.first)
    #expect(pace.contexts[.technical]??.high == 140 && pace.weight == 2)
    // A microphone makes loudness what it is; every other band is only made wider by what is usual.
    for measure in Self.shipped.rubrics.flatMap(\.criteria).flatMap(\.measures) where measure.name != .loudness {
      #expect(measure.baseline != .own, "\(measure.name)")
    }
    #expect(Self.shipped.rubric("rostrum")?["vocal-variety"]?.measures.map(\.baseline) == [.wider, .wider])
  }

  private static let good = """
    name: Mine
    version: 2
    levels: [low, high]
    criteria:
      pace:
        name: Pace
        descriptors: [off, on]
        measures:
          pace: {full: [100, 150], zero: [50, 200], weight: 2, baseline: none}
          loudness: {full: [-36, -12], zero: [-50, -2], baseline: own}
          fillers-per-minute: {full: [none, 5], zero: [none, 20]}
      spirit:
        name: Spirit
    contexts:
      ceremony:
        pace: {full: [80, 120], zero: [40, 200]}
        fillers-per-minute: none
    """

  @Test func `a rubric says what it means`() throws {
    let rubric = try RubricFile.parse(text: Self.good, id: "mine", file: "mine.yaml").get()
    #expect(rubric.version == 2 && rubric.scale == 1...2 && rubric.criteria.map(\.id) == ["pace", "spirit"])
    let measures = try #require(rubric["pace"]?.measures)
    #expect(measures.map(\.name) == [.pace, .loudness, .fillers] && measures.map(\.baseline) == [.none, .own, .none])
    #expect(measures[0].contexts[.ceremony] == RubricBand(low: 80, high: 120, zeroLow: 40, zeroHigh: 200))
    #expect(measures[2].contexts[.ceremony] == .some(nil))
    #expect(measures[1].band == RubricBand(low: -36, high: -12, zeroLow: -50, zeroHigh: -2))
  }

  @Test(arguments: [
    (
      "name: Mine", "nam: Mine",
      ["mine.yaml:1: nam: is not a known key. Did you mean name?", "mine.yaml: name: is missing"]
    ),
    ("version: 2", "version: two", ["mine.yaml:2: version: is not a number from 1 to 1000000"]),
    ("levels: [low, high]", "levels: [low]", ["mine.yaml:3: levels: is not a list of 2 to 10 texts"]),
    ("    name: Pace\n", "", ["mine.yaml:5: criteria.pace.name: is missing"]),
    (
      "      loudness:", "      loudnes:",
      ["mine.yaml:10: criteria.pace.measures: \"loudnes\" is not a measure. Did you mean loudness?"]
    ),
    (
      "zero: [50, 200]", "zero: [110, 200]",
      ["mine.yaml:9: criteria.pace.measures.pace: overlaps: zero begins at or above the lower end of full"]
    ),
    (
      "full: [100, 150]", "full: [150, 100]",
      ["mine.yaml:9: criteria.pace.measures.pace: has its ends the wrong way round"]
    ),
    (
      "full: [100, 150]", "full: 100-150",
      [
        "mine.yaml:9: criteria.pace.measures.pace.full: is not two ends such as [120, 175], or [none, 5] for an open one"
      ]
    ),
    ("full: [100, 150], ", "", ["mine.yaml:9: criteria.pace.measures.pace.full: is missing"]),
    (
      "baseline: none", "baseline: yours",
      ["mine.yaml:9: criteria.pace.measures.pace.baseline: is not wider, own or none"]
    ),
    (
      "  spirit:\n    name: Spirit", "  pace:\n    name: Again",
      ["mine.yaml:12: pace: is given twice; the value in line 5 counts"]
    ),
    (
      "  spirit:", "  overall:",
      ["mine.yaml:12: criteria.overall: is not a criterion's id: small letters, digits and -, and not overall"]
    ),
    (
      "  ceremony:", "  wedding:",
      [
        "mine.yaml:15: contexts.wedding: is not a context. There are conversation, talk, technical, ceremony, second-language."
      ]
    ),
    ("    fillers-per-minute: none", "    clipped: none", ["mine.yaml:14: contexts: clipped is in no criterion"]),
    (
      "descriptors: [off, on]", "descriptors: [off]",
      ["mine.yaml:7: criteria.pace.descriptors: are 1 for 2 levels. Write one for each level."]
    ),
    (
      "version: 2", "version: 2\nbands: none",
      ["mine.yaml:3: bands: there is no rubric called \"none\" with bands of its own"]
    ),
    ("weight: 2", "weight: 0", ["mine.yaml:9: criteria.pace.measures.pace.weight: is not a number from 0.01 to 100"]),
  ])
  func `a mistake is named with its line`(part: String, wrong: String, expected: [String]) {
    let text = Self.good.replacingOccurrences(of: part, with: wrong)
    #expect(text != Self.good)
    guard case .failure(let refusal) = RubricFile.parse(text: text, id: "mine", file: "mine.yaml") else {
      Issue.record("\(wrong) was read")
      return
    }
    #expect(refusal.complaints.map(\.description) == expected)
  }

  @Test(arguments: ["", "[]", "name: [", "- a", "\u{0}", "criteria: 3", String(repeating: "a: {", count: 3_000)])
  func `what is no rubric is refused`(text: String) {
    #expect(throws: RubricFile.Refusal.self) {
      try RubricFile.parse(text: text, id: "mine", file: "mine.yaml").get()
    }
  }

  @Test func `one's own rubric goes before the shipped one, and a broken one leaves that in place`() throws {
    let scratch = try Scratch()
    let folder = scratch.path
    let folders = [folder, Machine.package + "/Prompts/rubrics"]
    _ = try scratch.write(Self.good, to: "mine.yaml")
    _ = try scratch.write(Self.good, to: "rostrum.yaml")
    _ = try scratch.write("name: Broken", to: "oracy.yaml")
    let shelf = RubricShelf(folders: folders)
    #expect(shelf.rubric("rostrum")?.name == "Mine" && shelf.rubric("mine")?.version == 2)
    // Bands that one's own does not have are still lent by the shipped one.
    #expect(shelf.rubric("oracy")?.name == "Oracy framework")
    #expect(shelf.rubric("oracy")?["fluency-and-pace"]?.measures.first?.band.high == 150)
    #expect(shelf.complaints.map(\.key) == ["version", "levels", "criteria"])
    #expect(shelf.complaints.allSatisfy { $0.file == folder + "/oracy.yaml" })
    #expect(
      shelf.missing("mina")
        == "There is no rubric called \"mina\". Did you mean mine? There are \(shelf.rubrics.map(\.id).joined(separator: ", "))."
    )
  }
}

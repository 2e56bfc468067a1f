import Foundation
import Practice
import Testing

@testable import Report

@Suite struct DocumentTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func written(_ finished: Finished) -> String {
    var text = ""
    AnalysisDocument(finished).forEachPiece { (piece: String) in text += piece }
    return text
  }

  /// The schema of the house plan, field by field.
  @Test(arguments: [
    "schema file seconds sample_rate speech syllables pace pauses fillers pitch loudness voice words transcript",
    "words_source script restarts clusters",
    "speech: seconds segments", "syllables: count times",
    "pace: words_per_minute source confidence speech_rate articulation_rate variation",
    "pauses: count seconds share longest_run list", "fillers: count per_minute list",
    "pitch: median_hz mean_hz sd_semitones min_hz max_hz voiced_share",
    "loudness: integrated_lufs range_lu max_momentary_lufs clipped_samples",
    "voice: jitter_local shimmer_local hnr_db",
  ])
  func `every promised field is there, with and without speech`(row: String) throws {
    let parts = row.split(separator: ":")
    for finished in [talk(), silence(), spokenTalk(.script), spokenTalk(.stock)] {
      let all = try object(written(finished))
      let group = parts.count == 1 ? all : try #require(all[String(parts[0])] as? [String: Any])
      for name in parts[parts.count - 1].split(separator: " ") { #expect(group[String(name)] != nil, "\(name)") }
    }
  }

  @Test func `a figure is a number with its interval, or null with its reason`() throws {
    for finished in [talk(), talk(seconds: 5), silence(), spokenTalk(.script), spokenTalk(.stock)] {
      let all = try object(written(finished))
      let reasons = try #require(all["reasons"] as? [String: String])
      let intervals = try #require(all["intervals"] as? [String: [Double]])
      for name in Figure.all.map(\.path) + ["pace.confidence", "pauses.longest_run"] {
        let path = name.split(separator: ".").map(String.init)
        let value = try #require(all[path[0]] as? [String: Any])[path[1]]
        #expect((value is NSNull) == (reasons[name] != nil), "\(name)")
        guard let number = value as? Double, let ends = intervals[name] else { continue }
        #expect(ends.count == 2 && ends[0] <= number && number <= ends[1], "\(name)")
      }
    }
    #expect(try object(written(talk()))["level"] as? Double == 0.8)
  }

  @Test func `pace says what it was taken from`() throws {
    for (finished, source) in [(talk(), "syllables"), (spokenTalk(.script), "words"), (spokenTalk(.stock), "both")] {
      let all = try object(written(finished))
      let pace = try #require(all["pace"] as? [String: Any])
      #expect(pace["source"] as? String == source)
      #expect(
        pace["words_per_minute"] as? Double == finished.measures.wordsPerMinute.value.map { ($0 * 10).rounded() / 10 })
      let columns = AnalysisTable.header.split(separator: ",", omittingEmptySubsequences: false)
      let row = AnalysisTable.row(finished).split(separator: ",", omittingEmptySubsequences: false)
      #expect(zip(columns, row).first { $0.0 == "pace_source" }?.1 ?? "" == source)
    }
    #expect(abs((spokenTalk(.script).measures.wordsPerMinute.value ?? 0) - 121) < 4)
  }

  @Test func `what became of the script is told, and without words why nothing is`() throws {
    let all = try object(written(spokenTalk(.script)))
    let script = try #require(all["script"] as? [String: Any])
    #expect(all["words_source"] as? String == "script" && (all["words"] as? [Any])?.count == 80)
    #expect((script["coverage"] as? Double ?? 0) > 0.8)
    let skipped = try #require((script["skipped"] as? [[String: Any]])?.first)
    #expect(
      (skipped["text"] as? String)?.contains("river behind the garden") == true && skipped["section"] as? Int == 0)
    #expect(((script["added"] as? [[String: Any]])?.first?["text"] as? String)?.contains("our old dog") == true)
    #expect((script["sections"] as? [[String: Any]])?.map { $0["budget_seconds"] as? Double } == [20, 30])
    let bare = try object(written(talk()))
    let reasons = try #require(bare["reasons"] as? [String: String])
    for name in ["words", "words_source", "transcript", "script", "restarts", "clusters"] {
      #expect(bare[name] is NSNull && reasons[name] == "words were not asked for", "\(name)")
    }
    let free = try object(written(spokenTalk(.stock)))
    #expect(free["script"] is NSNull && (free["reasons"] as? [String: String])?["script"] == "no script was given")
  }

  @Test func `contours are written in pieces and tell speech from silence`() throws {
    let track = try #require(try object(written(talk(contours: true)))["track"] as? [String: Any])
    let pitch = try #require(track["pitch_hz"] as? [Any])
    let speech = try #require(track["speech"] as? [Int])
    #expect(pitch.count == 4_000 && (track["level_db"] as? [Double])?.count == 4_000 && speech.count == 4_000)
    #expect(pitch[0] as? Double == 110 && pitch[450] is NSNull)
    #expect(speech[399] == 1 && speech[400] == 0 && speech[499] == 0 && speech[500] == 1)
    #expect(track["step"] as? Double == 0.01)
    #expect(try object(written(talk()))["track"] == nil)
  }

  @Test func `what is written is one line, whatever the file is called`() throws {
    let text = written(talk("a\"\n\u{1b}b.wav", warnings: ["odd\n"]))
    #expect(!text.contains("\n") && !text.contains("\u{1b}"))
    #expect(try object(text)["file"] as? String == "a\"\n\u{1b}b.wav")
  }
}

@Suite struct TableTests {
  @Test(arguments: [
    ("talk.wav", "talk.wav"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("=1+1", "'=1+1"),
    ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("-12.5", "-12.5"), ("a\r\nb", "a  b"), ("", ""),
    ("\"\u{301}", "\"\"\"\u{301}\""), ("a\u{9b}b", "a b"),
  ])
  func `cells are quoted and guarded`(text: String, expected: String) {
    #expect(AnalysisTable.cell(text) == expected)
  }

  @Test func `every row has a cell for every column`() {
    let columns = AnalysisTable.header.split(separator: ",", omittingEmptySubsequences: false)
    #expect(Set(columns).count == columns.count)
    for finished in [talk(), talk(seconds: 5), silence()] {
      let row = AnalysisTable.row(finished).split(separator: ",", omittingEmptySubsequences: false)
      #expect(row.count == columns.count)
    }
    #expect(columns.prefix(2) == ["file", "seconds"] && columns.last == "warnings")
  }
}

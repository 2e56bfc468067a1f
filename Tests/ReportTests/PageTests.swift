import Practice
import Support
import Terminal
import Testing

@testable import Report

@Suite struct PageTests {
  @Test(arguments: [80, 50, 30]) func `pages look as they were approved`(columns: Int) {
    for (suffix, glyphs) in [("utf8", Glyphs.unicode), ("ascii", Glyphs.ascii)] {
      let lines = AnalysisPage(talk(warnings: ["it ends in the middle"]), glyphs: glyphs).lines(columns: columns)
      expectGolden(lines.joined(separator: "\n"), "page-\(columns)-\(suffix)")
      for line in lines { #expect(cellWidth(line) <= columns) }
      #expect(!glyphs.isASCII || lines.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
    }
  }

  @Test(arguments: [("script", Word.Source.script), ("stock", .stock)], [80, 40])
  func `words are told below the figures`(
    source: (String, Word.Source), columns: Int
  ) {
    let lines = AnalysisPage(spokenTalk(source.1), glyphs: .ascii).lines(columns: columns)
    expectGolden(lines.joined(separator: "\n"), "page-\(source.0)-\(columns)")
    #expect(lines.allSatisfy { cellWidth($0) <= columns })
    let plain = AnalysisPage(spokenTalk(source.1), glyphs: .ascii).plainLines
    #expect(plain.contains("words, hedges: maybe 1"))
    #expect(plain.contains { $0.hasPrefix("transcript, 0:15: (maybe [um] i should") } == (source.1 == .script))
    #expect(plain.contains { $0.contains("every second word") } == (source.1 == .stock))
  }

  @Test(arguments: [
    ("pitch.sd_semitones", 1.2459, "1.3"), ("pitch.sd_semitones", 1.2441, "1.2"), ("pauses.share", 0.1349, "14"),
    ("pace.words_per_minute", 130.47, "131"),
  ])
  func `people read a rounding of what machines read, as in a summary`(path: String, value: Double, words: String) {
    #expect(Figure.all.first { $0.path == path }?.words(value) == words)
  }

  @Test func `too little speech, and none, say so`() {
    let short = AnalysisPage(talk(seconds: 5), glyphs: .ascii).lines(columns: 80)
    #expect(short.contains { $0.hasPrefix("pace") && $0.contains("less than 10 s of talk: 5.0 s") })
    #expect(short.contains { $0.hasPrefix("pace variation -") && $0.contains("less than 10 s of talk: 5.0 s") })
    let brief = AnalysisPage(talk(seconds: 2), glyphs: .ascii).plainLines
    #expect(brief.contains("voice quality: -; fewer than 200 voiced frames: 140"), "\(brief)")
    #expect(brief.contains { $0.hasPrefix("loudness: ") && $0.contains("a range needs 3 s, no clipping") }, "\(brief)")
    let none = AnalysisPage(silence(), glyphs: .ascii).lines(columns: 80)
    #expect(none.contains { $0.hasPrefix("speech") && $0.contains("no speech heard") })
  }

  @Test func `nothing of a long name is cut off where there is little room`() {
    let name = "rehearsals/2024/the talk about the lighthouse.wav"
    for columns in [24, 40, 60] {
      let lines = AnalysisPage(talk(name), glyphs: .unicode).lines(columns: columns).prefix { !$0.isEmpty }
      #expect(
        lines.joined(separator: " ").contains("lighthouse.wav") && lines.last?.hasSuffix("mixed") == true, "\(lines)")
      #expect(lines.allSatisfy { cellWidth($0) <= columns })
    }
  }

  @Test func `plain lines have no picture and no control character`() {
    let lines = AnalysisPage(talk("a\u{1b}[31m\nb.wav"), glyphs: .unicode).plainLines
    #expect(lines[0].hasPrefix("a?[31m b.wav  0:40"), "\(lines[0])")
    #expect(lines.contains { $0.hasPrefix("pace: ") } && !lines.joined().contains("━"))
  }

  @Test func `two takes are laid side by side`() {
    let comparison = Comparison(talk("monday.wav"), talk("friday.wav", syllables: 2))
    let lines = comparison.lines(columns: 80, glyphs: .unicode)
    expectGolden(lines.joined(separator: "\n"), "comparison")
    let beyond = comparison.differences.filter { $0.isBeyond == true }.map(\.figure.path)
    #expect(beyond == ["pace.words_per_minute", "pace.speech_rate", "pace.articulation_rate"])
    #expect(lines.contains { $0.contains("slower, more than chance") })
    let narrow = comparison.lines(columns: 50, glyphs: .unicode)
    #expect(narrow.contains("  words/min, slower, more than chance") && narrow.allSatisfy { cellWidth($0) <= 50 })
    #expect(lines.contains { $0.hasPrefix("loudness ") && $0.contains(" LU") && !$0.contains("LUFS") })
    let few = Comparison(talk(), talk(seconds: 24)).lines(columns: 80, glyphs: .ascii)
    #expect(few.contains { $0.hasPrefix("pause share") && $0.hasSuffix("B has 4 of 5 pauses needed") }, "\(few)")
    let page = AnalysisPage(talk(seconds: 24), glyphs: .ascii).plainLines
    #expect(page.contains("pauses: 4; a share of time needs 5"), "\(page)")
    #expect(lines.last == "Jitter, shimmer and harmonicity are not for clinical use.")
    let noted = Comparison(talk(), talk(warnings: ["it ends in the middle"])).lines(columns: 80, glyphs: .ascii)
    #expect(noted.contains("Note on B: it ends in the middle"), "\(noted)")
    #expect(Comparison(talk(), talk()).differences.allSatisfy { $0.isBeyond != true })
    for row in comparison.differences {
      let (a, b) = (Double(row.figure.words(row.first.value)), Double(row.figure.words(row.second.value)))
      #expect(Double(row.words) == ((b ?? 0) - (a ?? 0)).rounded(places: 2), "\(row.figure.path)")
    }
    #expect(Comparison(silence(), talk()).lines(columns: 80, glyphs: .ascii).last?.contains("too little") == true)
  }
}

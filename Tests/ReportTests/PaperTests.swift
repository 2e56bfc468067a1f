import Foundation
import Support
import Testing

@testable import Practice
@testable import Report
@testable import SpeechSignals

@Suite struct PaperTests {
  @Test func `a PDF is the same each time and holds what was said`() throws {
    let report = told()
    let pdf = try report.pdf()
    let again = try report.pdf()
    #expect(pdf.starts(with: Array("%PDF-1.".utf8)) && pdf == again)
    let scratch = try Scratch()
    let path = try scratch.write(pdf, to: "a.pdf")
    let text = try Running(["pdftotext", "-layout", path, "-"]).finish()
    guard text.ending == .exited(0) else { return print("pdftotext is not here: the text of the PDF is not looked at") }
    for words in [
      "A <house> & \"its\" river", "What was said", "[um]", "71 (63 to 78)", "Needs a calibrated", "You guessed 9",
      "μέλισσα", "Привет",
      "not for clinical use", "1 of ",
    ] {
      #expect(text.output.contains(words), "\(words)")
    }
  }

  @Test func `all that can be drawn is drawn of a session without anything, too`() throws {
    for report in [told(), told(.stock), untold()] {
      #expect(try report.pdf().starts(with: Array("%PDF".utf8)))
      #expect(try report.png().starts(with: [0x89, 0x50, 0x4E, 0x47]))
      #expect(String(decoding: try report.svg(), as: UTF8.self).contains("<svg"))
    }
  }

  @Test(arguments: [(60.0, 20), (3_600, 297), (3_600, 2_000)])
  func `fillers of a long talk are told apart, and never fill their lane`(seconds: Double, count: Int) throws {
    var session = told().session
    for index in 0..<count {
      let start = 40 + seconds * Double(index * index % count) / Double(count)
      let filler = Filler(start: start, end: start + 0.3, label: "um", confidence: 0.8)
      _ = session.apply(SessionEvent(at: session.lastEventSeconds, .filler(filler)))
    }
    session.seconds += seconds
    let drawing = try #require(TimelineStrip.drawing(of: session))
    var (bars, lane) = ([(x: Double, width: Double, height: Double)](), 0.0)
    for case .rectangle(let corner, let width, let height, _, let ink) in drawing.shapes {
      if ink == .filler { bars.append((corner.x, width, height)) }
      if ink == .track { lane = width * height }
    }
    bars.sort { $0.x < $1.x }
    #expect(bars.count > 10 && bars.count <= 110)
    #expect(bars.reduce(0) { $0 + $1.width * $1.height } < 0.7 * lane)
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.x + $0.width <= $1.x + 0.01 })
  }

  @Test func `a picture of a long talk is bounded, a PDF goes on`() throws {
    var session = told(.stock).session
    let end = session.words.last?.end ?? 0
    for index in 0..<9_000 {
      let start = end + Double(index) * 0.4
      let word = Word("word", start: start, end: start + 0.3, source: .endpoint)
      _ = session.apply(SessionEvent(at: start + 0.3, .word(word)))
    }
    for second in 0..<600 {
      let text = String(repeating: "long ", count: 60)
      _ = session.apply(SessionEvent(at: session.lastEventSeconds, .comment(Comment(text, start: Double(second)))))
    }
    let report = SessionReport(session: session, facts: told().facts)
    let png = try report.png()
    let height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
    #expect((1_000...10_200).contains(height))
    #expect(try report.pdf().count > 50_000)
  }

  @Test func `texts are laid out in lines of their width, each letter known`() throws {
    let setter = try Typesetter()
    let text = setter.set(String(repeating: "Über die Brücke ", count: 20), .body, width: 200)
    #expect(text.lines.count > 5 && text.lines.allSatisfy { $0.width <= 200 && $0.height > 0 && $0.base > 0 })
    #expect(setter.set("Zażółć, ναι, съешь ещё", .body).unknown == 0)
    #expect(setter.set("", .body).lines.count == 1)
    #expect(setter.set(String(repeating: "x", count: 60_000), .body, width: 100).lines.count > 100)
  }

  @Test func `sizes, times and spans beyond all reason are drawn too`() throws {
    var session = Session()
    let events: [SessionEvent] = [
      SessionEvent(at: 0, .began(Beginning(id: "a", bands: Bands(usable: 1e300...1e301)))),
      SessionEvent(at: 1, .phrase(.init(start: 0, end: 1e300, syllables: 1_000_000, endDropDecibels: nil))),
      SessionEvent(at: 2, .pause(.init(start: -1e300, end: 1e300))),
      SessionEvent(at: 3, .filler(Filler(start: 1e300, end: -1e300, label: "um", confidence: 1))),
      SessionEvent(at: 9e6, .word(Word("a", start: -1e300, end: 1e300, source: .endpoint))),
      SessionEvent(at: 9e6, .comment(Comment("x", start: 1e300))),
    ]
    for event in events { _ = session.apply(event) }
    let report = SessionReport(session: session, facts: SessionFacts(id: "a", startedAtMilliseconds: .max))
    #expect(try report.pdf().count > 1_000)
    #expect(!report.html.isEmpty && !report.markdown.isEmpty && !SessionTable.row(report).isEmpty)
    _ = SessionTable.course(session)
    _ = try Captions.of(session, range: 0...1e300)
  }
}

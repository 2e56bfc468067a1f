import Foundation
import Practice
import Support
import Terminal
import Testing

@testable import Report

@Suite struct ReportTests {
  @Test func `reports read as they were approved`() {
    expectGolden(told().markdown, "report-md")
    expectGolden(told().html, "report-html")
    expectGolden(untold().markdown, "report-nothing-md")
    expectGolden(
      [SessionTable.header, SessionTable.row(told()), SessionTable.row(untold())].joined(separator: "\n"),
      "sessions-csv")
    expectGolden(
      ([SessionTable.courseHeader] + SessionTable.course(told().session)).joined(separator: "\n"), "course-csv")
  }

  /// Elements that never have an end.
  private static let empty: Set<Substring> = ["meta", "rect", "circle", "polyline", "polygon"]

  @Test func `a page of HTML is well formed, whatever was said`() {
    for html in [told().html, told(.stock).html, untold().html] {
      var open: [Substring] = []
      for match in html.matches(of: /<(\/?)([a-z0-9]+)[^<>]*>/) {
        let name = match.2
        if Self.empty.contains(name) { continue }
        if match.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
      }
      #expect(open.isEmpty)
      let ids = html.matches(of: /\ id="([^"]+)"/).map { $0.1 }
      #expect(Set(ids).count == ids.count)
      #expect(html.matches(of: /aria-labelledby="([^"]+)"/).allSatisfy { ids.contains($0.1) })
      for word in ["<script", "javascript:", " src=", "<link", "<img", "url(", "@import"] {
        #expect(!html.contains(word), "\(word)")
      }
      #expect(html.contains("default-src 'none'") && html.contains("<html lang=\"en\">"))
      #expect(!html.unicodeScalars.contains { $0.value == 0x202E })
    }
  }

  @Test func `every table has a caption and names its rows and columns`() {
    let html = told().html
    let tables = html.components(separatedBy: "<table").dropFirst()
    #expect(tables.count > 5)
    for table in tables {
      #expect(table.contains("<caption>") && table.contains("scope=\"col\""))
      #expect(!table.contains("<tr><td") || table.contains("<thead><tr><td></td>"))
    }
  }

  @Test func `words that are too often wrong are not shown as what was said`() {
    for (source, isShown) in [(Word.Source.script, true), (.stock, false)] {
      let report = told(source)
      for text in [report.markdown, report.html, SessionTable.course(report.session).joined()] {
        #expect(text.contains("years ago") == isShown)
      }
      #expect(report.markdown.contains("too often wrong") != isShown)
    }
  }

  @Test func `fillers and corrections are marked in the text itself`() {
    let spoken = SpokenText(of: told().session)
    let runs = spoken.paragraphs.flatMap(\.runs)
    #expect(runs.contains(SpokenText.Run(kind: .filler, text: "[um]")))
    #expect(runs.contains { $0.kind == .corrected && $0.text == "barn byre" })
    for paragraph in spoken.paragraphs {
      #expect(!paragraph.text.contains("  ") && !paragraph.text.hasPrefix(" ") && !paragraph.text.hasSuffix(" "))
      for run in paragraph.runs where run.kind != .said { #expect(run.text.first != " " && run.text.last != " ") }
    }
  }

  @Test(arguments: [
    ("# a", "\\# a"), ("1. a", "1\\. a"), ("3.4 s", "3.4 s"), ("a*b_c", "a\\*b\\_c"), ("[a](b)", "\\[a\\](b)"),
    ("<b>&amp;", "\\<b\\>\\&amp;"), ("http://a", "http\\://a"), ("www.a.b", "www\\.a.b"), ("a|b", "a\\|b"),
    ("- a", "\\- a"), ("a - b", "a - b"), ("a\nb", "a b"), ("12)", "12\\)"), ("", ""), ("\u{1b}[1m", "\\[1m"),
  ])
  func `Markdown says what was said`(text: String, markdown: String) { #expect(inMarkdown(text) == markdown) }

  @Test(arguments: [
    (0, "1 January 1970, 0:00", "1970-01-01T00:00:00+00:00"),
    (951_782_400, "29 February 2000, 0:00", "2000-02-29T00:00:00+00:00"),
    (1_763_759_999, "21 November 2025, 21:19", "2025-11-21T21:19:59+00:00"),
    (-1, "31 December 1969, 23:59", "1969-12-31T23:59:59+00:00"),
  ])
  func `dates are those of the calendar`(seconds: Int, words: String, timestamp: String) {
    #expect(CalendarDate(secondsSince1970: seconds).words == words)
    #expect(CalendarDate(secondsSince1970: seconds).timestamp(offsetSeconds: 0) == timestamp)
  }

  @Test func `a table of sessions has its columns in every row and no formula`() {
    let columns = SessionTable.header.split(separator: ",", omittingEmptySubsequences: false).count
    let hostile = told()
    for row in [SessionTable.row(untold()), SessionTable.row(hostile)] {
      #expect(fields(row).count == columns)
      for field in fields(row) where Double(field) == nil { #expect(!"=+-@".contains(field.first ?? " "), "\(field)") }
    }
  }

  /// The fields of a line by RFC 4180.
  private func fields(_ line: String) -> [String] {
    var (fields, field, isQuoted) = ([String](), "", false)
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append(field)
        field = ""
      } else {
        field.append(character)
      }
    }
    return fields + [field]
  }

  @Test func `captions are of a part, and say why there are none`() throws {
    let session = told().session
    let whole = try Captions.of(session)
    let part = try Captions.of(session, range: 10...14)
    #expect(whole.captions.count > part.captions.count && part.captions.allSatisfy { $0.start >= 0 && $0.end <= 7 })
    #expect(throws: Captions.Missing.inRange) { try Captions.of(session, range: 4_000...4_001) }
    #expect(throws: Captions.Missing.words) { try Captions.of(untold().session) }
  }

  @Test func `figures say what they are or why they are not`() {
    for figure in told().figures + untold().figures {
      #expect(!figure.source.isEmpty)
      if let low = figure.low, let high = figure.high, let value = figure.value {
        #expect(low <= value && value <= high)
      }
      if figure.value == nil { #expect(figure.low == nil && figure.valueWords == "–") }
    }
    #expect(told().figures.map(\.name).filter { $0 != "filler-guess" } == untold().figures.map(\.name))
  }

  @Test func `a report says of a figure what lists and trends say`() throws {
    let report = told()
    let known = SessionFigures.of(report.session)
    #expect(report.session.fillers.contains { $0.isConfirmed })
    for figure in report.figures where figure.name != "filler-guess" {
      let same = known.first { $0.name == figure.name }
      #expect([figure.value, figure.low, figure.high] == [same?.value, same?.low, same?.high], "\(figure.name)")
    }
    for name in ["pace", "articulation", "pitch-spread", "fillers-per-minute"] {
      let figure = try #require(report.figures.first { $0.name == name })
      #expect(figure.value != nil && figure.low != nil && figure.high != nil, "\(name)")
    }
  }

  @Test func `a guess stands beside the count in every form`() {
    let report = told()
    let words = "You guessed 9, \(report.session.fillers.count) were counted"
    for text in [report.markdown, report.html] { #expect(text.contains(words)) }
    #expect(!untold().markdown.contains("guess"))
  }

  @Test func `the next step comes first, figures before scores`() {
    #expect(told().sections.map(\.id).prefix(4) == ["next", "course", "figures", "scores"])
  }

  @Test(
    arguments: [
      (nil, "talk.wav", "talk.wav"), ("Bees", "talk.wav", "Bees"), (nil, "", "Untitled session"),
      ("", "hw:0", "hw:0"),
    ] as [(String?, String, String)])
  func `a session without a name is called as lists call it`(title: String?, source: String, name: String) {
    let facts = SessionFacts(id: "a", title: title, source: source)
    #expect(SessionReport(session: silence().analysis.session, facts: facts).title == name)
  }

  @Test(arguments: [
    ("-35 LUFS", "\u{2212}35 LUFS"), ("within (-3 to -1)", "within (\u{2212}3 to \u{2212}1)"), ("5-7 min", "5-7 min"),
    ("well-1", "well-1"), ("- a", "- a"), ("-", "-"), ("", ""),
  ])
  func `a minus is one sign throughout`(text: String, expected: String) { #expect(signed(text) == expected) }

  @Test func `the course ends where the talk does`() throws {
    let session = told().session
    let course = SessionCourse.table(of: session, limit: 12)
    #expect(course.steps.last?.end == session.seconds)
    #expect(told().markdown.contains(" to \(clockTime(session.seconds)) |"))
  }

  @Test func `what follows the script is spelled as in it, in what is read and in captions`() throws {
    let session = told().session
    let text = SpokenText(of: session).paragraphs.map(\.text).joined(separator: " ")
    let captions = try Captions.of(session).captions.flatMap(\.lines).joined(separator: " ")
    for text in [text, captions] { #expect(text.contains(".")) }
    #expect(text.contains("barn byre") && text.contains("[um]"))
  }
}

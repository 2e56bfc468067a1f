import Foundation
import SpeechSignals
import Testing

@testable import Practice

@Suite struct JSONReaderTests {
  /// A value as Foundation's decoder reads it: what the reader is held against.
  private struct Reference: Decodable {
    let value: JSON

    init(from decoder: any Decoder) throws {
      if let keyed = try? decoder.container(keyedBy: Name.self) {
        let names = keyed.allKeys.sorted { $0.stringValue < $1.stringValue }
        value = .object(
          try names.map { JSON.Field($0.stringValue, try keyed.decode(Reference.self, forKey: $0).value) })
        return
      }
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        value = .null
      } else if let number = try? single.decode(Double.self) {
        value = .number(number)
      } else if let text = try? single.decode(String.self) {
        value = .string(text)
      } else if let truth = try? single.decode(Bool.self) {
        value = .bool(truth)
      } else {
        value = .array(try single.decode([Reference].self).map(\.value))
      }
    }

    struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    static func value(in text: String) -> JSON? {
      (try? JSONDecoder().decode(Reference.self, from: Data(text.utf8)))?.value
    }
  }

  /// Equal to the last bit: the text of both, and the bits of a number alone.
  private func agree(_ text: String) {
    let (ours, theirs) = (JSON(parsing: text), Reference.value(in: text))
    // Foundation lets a comma stand before a bracket; the standard does not.
    if ours == nil, text.contains(/,[ \n\r\t]*[\]}]/) { return }
    #expect(ours == theirs, "\(text.debugDescription)")
    if let one = ours?.double, let other = theirs?.double { #expect(one.bitPattern == other.bitPattern, "\(text)") }
  }

  @Test(arguments: [
    "", " ", "null", " true ", "false", "tru", "nulll", "\"\"", "\"a", "a\"", "[]", "[ ]", "{}", "{ }", "[,1]",
    "[1 2]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{a:1}"#, #"{"a":1 "b":2}"#, "[1]x", "[1] \n\t\r ", "{\"a\":1}}",
    #"{"b":1,"a":2,"b":3}"#, #"{"b":1,"a":{"d":1,"c":2}}"#, #"{"":1}"#, #"{"é":1,"e\u0301":2}"#, "'a'", "// c\n1",
    "\u{B}1",
    "\u{FEFF}1", "\u{FEFF}", "\u{A0}1",
  ])
  func `structure is read as Foundation reads it`(text: String) { agree(text) }

  @Test(arguments: [
    "0", "-0", "00", "01", "-", "+1", ".5", "5.", "-.5", "1.0", "1e5", "1E+5", "1e-5", "1e", "1e+", "0e0", "0x10",
    "1_000",
    "1.7976931348623157e308", "1e308", "1e309", "-1e999", "1e-320", "5e-324", "0.1", "0.30000000000000004",
    "9007199254740992", "9007199254740993", "9007199254740993.0", "123456789012345678", "12345678901234567890123",
    "0.000000000000000000000123", "0.0000000000000000000001234567", "3.141592653589793238462643", "NaN", "Infinity",
    "--1",
    "1.5.5", "9999999999999999999", "18446744073709551616", "0.00000000000000000001", "100000000000000000000000000000",
  ])
  func `numbers are read as Foundation reads them`(text: String) {
    agree(text)
    agree("[\(text)]")
    agree("{\"n\":-\(text)}")
  }

  @Test(arguments: [
    #""\n\t\r\b\f\/\\\"""#, #""\u0041\u00e9\u20AC""#, #""\ud83d\ude00""#, #""\ud83d""#, #""\ude00""#,
    #""\ud83d\u0041""#,
    #""\ud83dx""#, #""\u12""#, #""\u12G4""#, #""\x41""#, #""\u0000""#, "\"\u{1}\"", "\"\t\"", "\"\n\"", "\"\u{7F}\"",
    "\"é€😀\"",
    #""\"#, #""\u"#, #""\ud83d\u""#, #""\ud83d\ud83d""#, #""a\u0301""#, #""\U0041""#,
  ])
  func `strings are read as Foundation reads them`(text: String) {
    agree(text)
    agree("{\(text):1}")
  }

  @Test func `what is nested too deep is refused where Foundation refuses it`() {
    for depth in [1, 100, 510, 511, 512, 513, 514, 600] {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect((JSON(parsing: text) == nil) == (depth > JSONReader.depthLimit))
      agree(text)
    }
  }

  @Test func `where it differs from Foundation it does so on purpose`() {
    // By the standard no comma stands before a bracket.
    for text in ["[1,]", #"{"a":1,}"#, "[1, ]"] {
      #expect(JSON(parsing: text) == nil)
      #expect(Reference.value(in: text) != nil)
    }
    // A number too small for a double is 0, as everywhere else.
    #expect(JSON(parsing: "1e-400") == .number(0))
    #expect(Reference.value(in: "1e-400") == nil)
    // A zero byte does not make UTF-8 another encoding.
    #expect(JSON(parsing: "1\0") == nil)
  }

  @Test func `short decimals are exact`() {
    var generator = Sequence64(state: 5)
    for _ in 0..<20_000 {
      let places = Int(generator.next() % 7)
      let whole = Int64(truncatingIfNeeded: generator.next() % 100_000_000)
      let sign = generator.next() % 2 == 0 ? "-" : ""
      let digits = String(whole)
      let text = sign + digits + (places > 0 ? "." + String(String(generator.next()).prefix(places)) : "")
      #expect(JSON(parsing: text)?.double?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func `damaged lines are read, or refused, as Foundation does`() {
    var generator = Sequence64(state: 11)
    let signs = Array(#"{}[]",:\/utfn0123456789.eE+- "#.utf8) + [0, 1, 10, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
    var read = 0
    for round in 0..<12_000 {
      var bytes = Array(EventLineTests.lines[round % EventLineTests.lines.count].utf8)
      for _ in 0...Int(generator.next() % 3) {
        let place = Int(generator.next() % UInt64(bytes.count))
        let sign = signs[Int(generator.next() % UInt64(signs.count))]
        switch generator.next() % 4 {
        case 0: bytes[place] = sign
        case 1: bytes.insert(sign, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int(generator.next() % 9)))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      agree(text)
      if JSON(parsing: text) != nil { read += 1 }
    }
    #expect(read > 1_000)
  }

  @Test func `names that every line of a kind has are those it is written with`() throws {
    for line in EventLineTests.lines {
      let event = try #require(EventLine.event(from: line))
      guard let names = EventLine.names[EventLine.kindName(of: event)],
        let parsed = JSONReader.value(in: EventLine.text(of: event), sortsFields: false),
        case .object(let fields) = parsed
      else { continue }
      #expect(Array(fields.map(\.name).prefix(names.count)) == names)
    }
  }

  @Test(arguments: [
    #"{"v":1,"t":1,"kind":"phrase","start":0,"end":1,"syllables":2,"drop_db":null}"#,
    #"{"v":1,"t":1,"kind":"phrase","start":0,"end":1,"syllables":2,"drop_db":"x"}"#,
    #"{"v":1,"t":1,"kind":"word","text":"a","start":0,"end":1,"confidence":1,"source":"stock","place":3}"#,
    #"{"v":1,"t":1,"kind":"pause","start":0,"end":1,"a":{"x":1,"y":[]},"b":[]}"#,
  ])
  func `what a line holds beyond its kind stays with it`(line: String) throws {
    let event = try #require(EventLine.event(from: line))
    #expect(!event.extra.isEmpty)
    #expect(EventLine.text(of: event) == line)
  }

  @Test func `fields are found in any order and the first of a name counts`() {
    let line = #"{"kind":"pause","t":2,"end":1,"start":0,"v":1,"t":3,"end":9}"#
    #expect(EventLine.event(from: line) == SessionEvent(at: 2, .pause(.init(start: 0, end: 1))))
  }
}

import Terminal
import Testing

private let cases: [(String, [Key])] = [
  ("a", [.character("a")]), ("aé世👍", [.character("a"), .character("é"), .character("世"), .character("👍")]),
  ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
  ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]), ("\u{1C}", [.control("\\")]), ("\0", [.control(" ")]),
  ("\u{1B}[A\u{1B}[B\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]), ("\u{1B}[1;5A", [.up]), ("\u{1B}[Z", [.backtab]),
  ("\u{1B}[5~\u{1B}[6~\u{1B}[1~\u{1B}[4~", [.pageUp, .pageDown, .home, .end]),
  ("\u{1B}[2~\u{1B}[3~", [.insert, .delete]),
  ("\u{1B}OP\u{1B}[15~\u{1B}[24~\u{1B}[[B", [.function(1), .function(5), .function(12), .function(2)]),
  ("\u{1B}[?1;2cx", [.character("x")]), ("\u{1B}]11;rgb:00/00/00\u{7}x", [.character("x")]),
  ("\u{1B}P1$r0m\u{1B}\\y", [.character("y")]), ("\u{1B}[M !!z", [.character("z")]),
  ("\u{1B}[200~p", [.character("p")]),
  ("\u{1B}q", [.escape, .character("q")]), ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}[\u{3}", [.control("c")]),
  ("\u{1B}[999999999999~k", [.character("k")]), ("\u{1B}|up", [.up]),
]

@Suite struct KeyDecoderTests {
  private func decoder() -> KeyDecoder {
    KeyDecoder(sequences: [Array("\u{1B}|up".utf8): .up, [0x41]: .down, []: .down])
  }

  @Test(arguments: cases) func `bytes become keys`(text: String, keys: [Key]) {
    var decoder = decoder()
    #expect(decoder.keys(text.utf8) == keys)
    #expect(!decoder.isWaiting)
  }

  @Test func `a sequence may be cut in two anywhere`() {
    for (text, keys) in cases where !text.hasPrefix("\u{1B}|") {
      let bytes = Array(text.utf8)
      for place in 0...bytes.count {
        var decoder = decoder()
        #expect(
          decoder.keys(bytes[..<place]) + decoder.keys(bytes[place...]) == keys, "\(text.debugDescription) \(place)")
      }
    }
  }

  @Test func `escape alone is a key once no more follows`() {
    var decoder = decoder()
    #expect(decoder.keys([0x1B]) == [] && decoder.isWaiting)
    #expect(decoder.timeUp() == [.escape] && !decoder.isWaiting)
    #expect(decoder.keys([0x1B, 0x5B]) == [] && decoder.timeUp() == [])
  }

  @Test func `bytes that are no text are left out`() {
    var decoder = decoder()
    #expect(decoder.keys([0xFF, 0xC0, 0x80, 0xE2, 0x28, 0x61, 0xED, 0xA0, 0x80, 0x62]).suffix(1) == [.character("b")])
    #expect(decoder.keys([0xC2, 0x9B, 0x63]) == [.character("c")])
  }

  @Test func `what never ends is not kept`() {
    var decoder = decoder()
    #expect(decoder.keys([0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 100_000)) == [])
    #expect(!decoder.isWaiting)
    #expect(decoder.keys([0x1B, 0x5D] + [UInt8](repeating: 0x31, count: 100_000)) == [] && !decoder.isWaiting)
    #expect(decoder.keys([0x07, 0x61]) == [.character("a")])
  }

  @Test func `any bytes at all leave the decoder usable`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var decoder = decoder()
      for _ in 0..<20 {
        _ = decoder.keys(
          (0..<Int.random(in: 0...40, using: &random)).map { _ in
            [0x1B, 0x5B, 0x4F, 0x3B, 0x4D, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
          })
      }
      _ = decoder.keys([0x07])
      _ = decoder.timeUp()
      #expect(decoder.keys([0x61]) == [.character("a")])
    }
  }
}

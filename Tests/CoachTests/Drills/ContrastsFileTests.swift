import Foundation
import Practice
import Recognition
import Support
import Testing

@testable import Coach

@Suite struct ContrastsFileTests {
  private func shipped() throws -> (Contrasts, [Complaint]) {
    let path = Machine.package + "/Prompts/contrasts/en.yaml"
    return ContrastsFile.parse(text: try String(contentsOfFile: path, encoding: .utf8), file: path)
  }

  @Test func `the shipped table is whole: enough contrasts, pairs and first languages`() throws {
    let (table, complaints) = try shipped()
    #expect(complaints.isEmpty)
    #expect(table.all.count >= 24)
    for contrast in table.all {
      #expect(contrast.pairs.count >= 8, "\(contrast.name)")
      #expect(!contrast.hint.isEmpty && contrast.sounds != contrast.name, "\(contrast.name)")
      #expect(Set(contrast.pairs.map(\.text)).count == contrast.pairs.count, "\(contrast.name)")
    }
    let languages = ["es", "zh", "ja", "ko", "ar", "de", "fr", "hi", "pt", "ru", "other"]
    #expect(languages.allSatisfy { table.order[$0] != nil })
    #expect(table.order.allSatisfy { $0.value.count >= 4 && Set($0.value).count == $0.value.count })
  }

  @Test(.enabled(if: PronouncingDictionary.whole != nil, "needs Debian's package pocketsphinx-en-us"))
  func `the two words of every pair are in the dictionary and never said alike`() throws {
    let dictionary = try #require(PronouncingDictionary.whole)
    for pair in try shipped().0.all.flatMap(\.pairs) {
      let (word, other) = (dictionary.pronunciations(of: pair.word), dictionary.pronunciations(of: pair.other))
      #expect(!word.isEmpty && !other.isEmpty, "\(pair.text)")
      #expect(Set(word).isDisjoint(with: other), "\(pair.text)")
    }
  }

  @Test(arguments: [
    ("contrasts: [a]", "contrasts.yaml:1: contrasts: is not a list of names with what belongs to them below"),
    ("contrasts:\n  a-b:\n    pairs: ship", "contrasts.a-b.pairs: is not a list of pairs"),
    ("contrasts:\n  a-b:\n    pairs: [ship/sheep, ship]", "contrasts.a-b.pairs: \"ship\" is not two words"),
    ("contrasts:\n  a-b:\n    pairs: [a/b]\n    sound: x", "contrasts.a-b.sound"),
    ("contrasts:\n  a-b:\n    pairs: [a/b]\norder:\n  es: [a-c]", "Did you mean a-b?"),
    ("contrasts:\n  a-b:\n    pairs: [a/b]\norder:\n  es: a-b", "order.es: is not a list of contrasts"),
  ])
  func `what cannot be read is left out and complained about`(text: String, complaint: String) {
    let (_, complaints) = ContrastsFile.parse(text: text, file: "contrasts.yaml")
    #expect(complaints.count == 1)
    #expect(complaints.first.map(\.description)?.contains(complaint) == true, "\(complaints)")
  }
}

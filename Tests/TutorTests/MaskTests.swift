import Practice
import Testing

@testable import Tutor

/// What is taken out of a text before it leaves the machine.
struct MaskTests {
  @Test(arguments: [
    ("write to ann.lee+talks@mail.example.co.uk, please", "write to [e-mail], please"),
    ("<bob@host>", "<[e-mail]>"), ("a @ b, 5@, @c", "a @ b, 5@, @c"), ("jörg@müller.de.", "[e-mail]."),
    ("see https://example.com/a?b=c&d=e.", "see [web address]."), ("(www.example.org/x)", "([web address])"),
    ("our site is Example.COM, and no other", "our site is [web address], and no other"),
    ("version 1.2.3 of node.js and e.g. this", "version 1.2.3 of node.js and e.g. this"),
    ("call +44 (0)20 7946 0958 today", "call [phone] today"), ("call 555-1234", "call [phone]"),
    ("(030) 901820.", "[phone]."), ("about 1,000,000 people", "about 1,000,000 people"),
    ("card 4111 1111 1111 1111, thanks", "card [card number], thanks"), ("4111-1111-1111-1112", "[number]"),
    ("378282246310005", "[card number]"), ("12345678901234567890123", "[number]"),
    ("on 2026-11-21 or 21.11.2026, 1999-2004", "on 2026-11-21 or 21.11.2026, 1999-2004"),
    ("at 0:42, 152 words a minute, 3 times in 10 seconds", "at 0:42, 152 words a minute, 3 times in 10 seconds"),
    ("my number is oh seven seven double four one two", "my number is [number]"),
    ("one two three, and go", "one two three, and go"),
    ("mail ann dot lee at example dot com and wait", "mail [e-mail] and wait"),
    ("it is on example dot com today", "it is on [web address] today"), ("dot dot dot", "dot dot dot"), ("", ""),
  ])
  func `addresses and numbers are taken out`(text: String, expected: String) {
    #expect(Mask().masked(text) == expected)
  }

  @Test(arguments: [
    ("Anna's boss is ANNA LEE; annabel is not.", "[name]'s boss is [name]; annabel is not."),
    ("o'neill, O’Neill and neill", "[name], [name] and neill"), ("i said mary jane watson", "i said [name]"),
    ("mary jane", "mary jane"), ("Zoë met zoë", "[name] met [name]"), ("anna@host.org", "[e-mail]"),
  ])
  func `names of the list are taken out`(text: String, expected: String) {
    #expect(Mask(names: ["Anna", "Anna Lee", "O'Neill", "Mary Jane Watson", "Zoë", "", "  "]).masked(text) == expected)
  }

  @Test func `a number goes on after a pause`() {
    let lines = [
      TutorFacts.Line(start: 0, text: "it is oh seven seven"),
      TutorFacts.Line(start: 2, text: "one two three four yes"),
    ]
    #expect(Mask().masked(lines: lines).map(\.text) == ["it is [number]", " yes"])
  }

  /// The square of these lengths would take hours.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "@", "a@", "www.", "1 ", "a.", "one ", "dot ", "at ", "http://", "+", "(", "-", "a-", "anna ", "4111 ",
      "a dot at ",
    ])
  func `whatever the text, each of its characters is looked at a few times`(piece: String) {
    let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
    #expect(!Mask(names: ["anna anna anna anna anna bob"]).masked(text).isEmpty)
  }
}

import Testing
import Tutor

@testable import Coach

@Suite struct ConsentsTests {
  private let chat = ChatEndpoint(name: "a", url: "https://x.org/v1", model: "m")

  @Test func `a decision holds for one use of one endpoint at one host`() {
    var consents = Consents()
    #expect(consents.decision(on: chat, host: "x.org") == nil)
    consents.decide(true, on: chat, host: "x.org", atMilliseconds: 5)
    #expect(consents.decision(on: chat, host: "x.org") == true)
    #expect(consents.decision(on: chat, host: "y.org") == nil)
    var speech = chat
    speech.use = .speech
    #expect(consents.decision(on: speech, host: "x.org") == nil)
    consents.decide(false, on: chat, host: "x.org", atMilliseconds: 6)
    #expect(consents.decision(on: chat, host: "x.org") == false)
    #expect(consents.decisions.count == 1)
    #expect(Consents(consents.text) == consents)
  }

  @Test(arguments: ["", "{", "[]", #"{"consents":7}"#]) func `a damaged file decides nothing`(text: String) {
    #expect((Consents(text) ?? Consents()) == Consents())
  }

  @Test func `what is no decision in a file is asked again`() {
    let text = #"{"v":1,"consents":[{"endpoint":"a"},{"endpoint":"a","use":"chat","host":"x.org","allowed":"yes"}]}"#
    #expect(Consents(text)?.decisions.isEmpty == true)
  }
}

import Network
import Support
import Testing

@testable import Tutor

/// Calls to a server that nobody here wrote.
@Suite(.serialized, .enabled(if: LiteLLM.isThere, "\(LiteLLM.whyNot)"))
struct LiteLLMTests {
  private func ask(_ models: [String], key: String = LiteLLM.key, path: String = "") throws -> Told {
    let proxy = try LiteLLM.shared()
    let client = HTTPClient()
    let endpoints = zip("abc", models).map {
      ChatEndpoint(name: String($0), url: proxy.url + path, model: $1, key: .environment("KEY"), pricePerMillionIn: 1)
    }
    let told = Told()
    let call = TutorCall(
      client: client, endpoints: endpoints, messages: [ChatMessage(.user, "How was my pace?")],
      settings: ChatSettings(temperature: 0.5, longestTokens: 200),
      keys: { KeyRing(environment: ["KEY": key]).find($0) }, tell: { told.add($0) })
    call.start()
    #expect(eventually { told.isOver })
    for problem in told.problems { #expect(!problem.detail.contains(key)) }
    return told
  }

  @Test func `an answer streams in, and the server counts`() throws {
    let told = try ask(["tutor"])
    #expect(told.words == ["try a", "\"" + LiteLLM.answer, "done a"])
    #expect(told.all.count > 10)
    let receipt = try #require(told.receipt)
    #expect(receipt.model == "tutor" && !receipt.isEstimated && !receipt.isCut)
    #expect(receipt.tokensIn > 0 && receipt.tokensOut > 10)
    #expect(receipt.cost == Double(receipt.tokensIn) / 1_000_000)
  }

  @Test(arguments: [
    ("unknown", CallProblem.Kind.noSuchModel, 400), ("busy", .tooManyForServer, 429), ("broken", .server, 500),
  ])
  func `a model that fails has a clear problem, and the next answers`(
    model: String, kind: CallProblem.Kind, status: Int
  ) throws {
    #expect(try ask([model, "tutor"]).words == ["try a", "try b", "\"" + LiteLLM.answer, "done b"])
    let problem = try #require(ask([model]).problems.first)
    #expect(problem.kind == kind && problem.status == status && !problem.detail.isEmpty)
  }

  @Test func `a wrong key is said to be one`() throws {
    let told = try ask(["tutor"], key: "sk-a-wrong-key-9999")
    #expect(told.problems.map(\.kind) == [.keyRefused])
  }

  @Test func `a wrong path is said to be one`() throws {
    #expect(try ask(["tutor"], path: "/nowhere").problems.map(\.kind) == [.notFound])
  }
}

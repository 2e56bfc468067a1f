import Network
import Testing
import Tutor

@testable import Coach

@Suite struct EndpointsTests {
  private func read(_ text: String) -> (endpoints: [ChatEndpoint], complaints: [String]) {
    let (settings, complaints) = Settings.resolve(flags: [:], environment: [:], file: ("c.yaml", text))
    return (settings.endpoints, complaints.map(\.description))
  }

  @Test func `endpoints come in the order of the file, with what is said of each`() throws {
    let (endpoints, complaints) = read(
      """
      tutor: examiner
      endpoints:
        - name: local
          url: http://127.0.0.1:11434/v1
          model: llama3.2
        - name: cloud
          url: https://api.openai.com/v1
          model: gpt-4o-mini
          key-env: OPENAI_API_KEY
          price-in: 0.15
          price-out: 0.6
          currency: USD
          stall-seconds: 7
          headers:
            X-Team: speech
        - name: hearing
          use: transcription
          url: http://box.lan:8080/v1
          model: whisper-1
          allow-plain-http: yes
          key-file: /keys/box
          key-header: api-key
      """)
    #expect(complaints.isEmpty)
    #expect(endpoints.map(\.name) == ["local", "cloud", "hearing"])
    #expect(endpoints.map(\.use) == [.chat, .chat, .transcription])
    #expect(endpoints.map(\.key) == [.none, .environment("OPENAI_API_KEY"), .file("/keys/box")])
    #expect(endpoints[0].kind == .ollama)
    #expect(endpoints[1].pricePerMillionOut == 0.6 && endpoints[1].patience.stallSeconds == 7)
    #expect(endpoints[1].headers == [HTTPHeader("X-Team", "speech")])
    #expect(endpoints[2].trust.plainHosts == ["box.lan"] && endpoints[2].keyHeader == .named("api-key"))
  }

  static let wrong: [(String, String)] = [
    ("endpoints: yes", "c.yaml:1: endpoints: is not a list of endpoints. Begin each with: - name: local"),
    ("endpoints:\n  - local", "c.yaml:1: endpoints[1]: is not an endpoint. It takes at least name, url and model."),
    ("endpoints:\n  - name: a\n    url: http://127.0.0.1/v1", "c.yaml:2: endpoints[1].model: is missing"),
    (
      "endpoints:\n  - name: a\n    url: ftp://x\n    model: m",
      "c.yaml:3: endpoints[1].url: \"ftp://x\" is not an address such as https://api.openai.com/v1"
    ),
    (
      "endpoints:\n  - name: a\n    url: http://127.0.0.1\n    model: m\n    key: sk-123",
      "c.yaml:5: endpoints[1].key: must not be in this file. Put it into an environment variable and write key-env: "
        + "NAME, or into a file of your own and write key-file: PATH."
    ),
    (
      "endpoints:\n  - name: a\n    url: http://127.0.0.1\n    model: m\n    headers:\n      Authorization: Bearer x",
      "c.yaml:5: endpoints[1].headers: Authorization holds a key, which must not be in this file; use key-env or key-file"
    ),
    (
      "endpoints:\n  - name: a\n    url: http://127.0.0.1\n    model: m\n    modell: n",
      "c.yaml:5: endpoints[1].modell: is not a known key of an endpoint. Did you mean model?"
    ),
    (
      "endpoints:\n  - name: a\n    url: http://127.0.0.1\n    model: m\n    use: talk",
      "c.yaml:5: endpoints[1].use: \"talk\" is not chat or transcription or speech"
    ),
    (
      "endpoints:\n  - name: offline\n    url: http://127.0.0.1\n    model: m",
      "c.yaml:2: endpoints[1].name: \"offline\" is not a name: letters, digits, - and _ only, and not offline"
    ),
    (
      "endpoints:\n  - name: a\n    url: http://127.0.0.1\n    model: m\n    stall-seconds: soon",
      "c.yaml:5: endpoints[1].stall-seconds: \"soon\" is not a number from 0.1 to 3600"
    ),
  ]

  @Test(arguments: wrong) func `what is wrong is named with its line, and a key is never repeated`(
    text: String, complaint: String
  ) {
    let (endpoints, complaints) = read(text)
    #expect(complaints == [complaint])
    #expect(endpoints.isEmpty)
    #expect(!complaints.joined().contains("sk-123"))
  }

  @Test func `a malformed endpoint is left out and the others are read`() {
    let (endpoints, complaints) = read(
      """
      endpoints:
        - {name: a, url: "http://127.0.0.1/v1", model: m}
        - {name: a, url: "http://127.0.0.1/v2", model: m}
        - {name: c, url: "http://127.0.0.1/v3", model: m}
      """)
    #expect(endpoints.map(\.name) == ["a", "c"])
    #expect(complaints == ["c.yaml:3: endpoints[2].name: \"a\" is taken already"])
  }
}

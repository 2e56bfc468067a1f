import Testing

@testable import Tutor

/// Templates of tutors and findings.
struct TemplateTests {
  private static let names: Set<String> = ["pace", "title", "fast-high"]

  private func render(_ text: String, _ values: TemplateValues) throws -> String {
    try TutorTemplate(text, names: Self.names).render(values)
  }

  @Test func `what is put in is neither escaped nor looked at for tags`() throws {
    var values = TemplateValues()
    let hostile = #"<b> & "quotes" 'n' {{pace}} {{{title}}} {{#pace}}x{{/pace}} {{> file}} \ end"#
    values.set("title", hostile)
    let shown = try render("<i>{{title}}</i> & {{{title}}} {{&title}}", values)
    #expect(shown == "<i>\(hostile)</i> & \(hostile) \(hostile)")
    #expect(try render("{{#title}}{{title}}{{/title}}", values) == hostile)
  }

  @Test(arguments: [
    ("a{{#pace}} {{pace}}{{/pace}}{{^pace}} nothing{{/pace}}", "a nothing"), ("{{! a remark }}b", "b"),
    ("{{#fast-high}}\nhigh\n{{/fast-high}}\nend", "high\nend"), ("{{^fast-high}}low{{/fast-high}}.", "."), ("", ""),
    ("{ one } and }}", "{ one } and }}"),
  ])
  func `sections come and go`(text: String, expected: String) throws {
    var values = TemplateValues()
    values.set("fast-high", true)
    values.set("pace", "")
    #expect(try render(text, values) == expected)
  }

  @Test(arguments: [
    ("a\n{{pase}}", 2, "{{pase}} is not a known name"), ("{{pace", 1, "the {{ is never closed by }}"),
    ("a\n\n{{#pace}} x", 3, "{{#pace}} is never closed"), ("{{/pace}}", 1, "{{/pace}} closes nothing"),
    ("{{#pace}}\n{{#title}}\n{{/pace}}", 3, "{{/pace}} stands where {{/title}} is expected"),
    ("x\n{{> secret}}", 2, "{{> secret}} is not among the tags that may be used"),
    ("{{=<% %>=}}", 1, "{{=<% %>=}} is not among the tags that may be used"),
    ("{{% CONTENT_TYPE: HTML }}", 1, "{{% CONTENT_TYPE: HTML }} is not among the tags that may be used"),
    ("{{$pace}}a{{/pace}}", 1, "{{$pace}} is not among the tags that may be used"), ("{{}}", 1, "{{}} names nothing"),
    ("{{.}}", 1, "{{.}} is not among the tags that may be used"),
    ("{{{pace}} x", 1, "{{{pace}} lacks its third bracket"),
    ("{{uppercased(pace)}}", 1, "{{uppercased(pace)}} is not a known name"), ("a {", 1, "ends within a bracket"),
  ])
  func `what cannot be read is named with its line`(text: String, line: Int, problem: String) {
    #expect {
      _ = try TutorTemplate(text, names: Self.names)
    } throws: { error in
      (error as? TemplateProblem)?.line == line && (error as? TemplateProblem)?.problem == problem
    }
  }

  @Test func `sections lie only so deep, and a text is only so long`() {
    let deep = String(repeating: "{{#pace}}", count: 20_000) + String(repeating: "{{/pace}}", count: 20_000)
    #expect(throws: TemplateProblem.self) { try TutorTemplate(deep, names: Self.names) }
    #expect(throws: TemplateProblem.self) { try TutorTemplate(String(deep.prefix(60_000)), names: Self.names) }
  }
}

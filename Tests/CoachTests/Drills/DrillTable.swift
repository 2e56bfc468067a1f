import Practice

@testable import Coach

/// What kinds of drills take and measure, as Markdown tables.
enum DrillTable {
  static func parameters() -> String {
    let rows = DrillKind.allCases.flatMap { kind in
      kind.exercise.parameters.map { parameter in
        let isLength = parameter.name == "length"
        let shape = isLength ? "a span such as `5-7m`" : words(parameter.shape)
        let standard = isLength ? "needed" : words(parameter.standard)
        return row("`\(kind.rawValue)`", "`\(parameter.name)`", shape, standard, sentence(parameter.what))
      }
    }
    return table(["kind", "key", "takes", "left out", "what it is"], rows)
  }

  static func measures() -> String {
    let rows = DrillKind.allCases.flatMap { kind in
      kind.exercise.measures.map { measure in
        let unit = measure.unit.isEmpty ? "count" : measure.unit
        let better =
          switch measure.better {
          case .more: "more"
          case .less: "less"
          default: ""
          }
        return row("`\(kind.rawValue)`", "`\(measure.name)`", measure.label, unit, better)
      }
    }
    return table(["kind", "measure", "what it is", "unit", "better"], rows)
  }

  private static func table(_ head: [String], _ rows: [String]) -> String {
    let rule = "|" + head.map { _ in " --- |" }.joined()
    return (["| " + head.joined(separator: " | ") + " |", rule] + rows).joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: String...) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  /// Without a capital and a full stop, as cells of a table are written.
  private static func sentence(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private static func words(_ shape: DrillParameter.Shape) -> String {
    switch shape {
    case .number(let range): "\(decimal(range.lowerBound)) to \(decimal(range.upperBound))"
    case .whole(let range): "whole, \(span(range))"
    case .seconds(let range): "time, \(decimal(range.lowerBound)) to \(decimal(range.upperBound)) s"
    case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
    case .text(let limit): "text, \(limit) characters at most"
    case .texts(let count, let limit): "\(span(count)) texts, \(limit) characters at most"
    case .numbers(let count, let each):
      "\(span(count)) numbers, \(decimal(each.lowerBound)) to \(decimal(each.upperBound))"
    case .pairs(let count): "\(span(count)) pairs"
    }
  }

  private static func span(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

  private static func words(_ standard: DrillValue?) -> String {
    switch standard {
    case nil: "needed"
    case .number(let value): "`\(decimal(value))`"
    case .text(let text): text.isEmpty ? "none" : "`\(text)`"
    case .list(let items): items.isEmpty ? "none" : "`[\(items.joined(separator: ", "))]`"
    }
  }
}

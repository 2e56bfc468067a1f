package import Practice

/// One setting as `rostrum config` shows it: its value, where that came from, and what it means.
package struct SettingRow: Equatable, Sendable {
  /// The setting's key.
  package let key: String
  /// The value as it would be written; empty where there is none.
  package let value: String
  /// Where the value came from.
  package let origin: Settings.Origin
  /// The setting itself, with its meaning.
  package let setting: Setting

  /// Two rows are equal when they show the same; settings are told apart by their keys.
  package static func == (a: SettingRow, b: SettingRow) -> Bool {
    a.key == b.key && a.value == b.value && a.origin == b.origin
  }

  /// Where the value came from, in words: `standard`, `--theme`, `ROSTRUM_THEME`, `/home/a/config.yaml:7`.
  package var originText: String {
    switch origin {
    case .standard: "standard"
    case .flag: "--\(key)"
    case .environment(let variable): variable
    case .file(let path, let line): "\(path):\(line)"
    }
  }

  /// The row for machines: `key`, `value`, `origin` (flag, environment, file or standard) with `variable` or `path` and
  /// `line`, `standard`, `takes`, `meaning`.
  package var json: JSON {
    var fields: [JSON.Field] = [JSON.Field("key", .string(key)), JSON.Field("value", .string(value))]
    switch origin {
    case .standard: fields.append(JSON.Field("origin", .string("standard")))
    case .flag: fields.append(JSON.Field("origin", .string("flag")))
    case .environment(let variable):
      fields += [JSON.Field("origin", .string("environment")), JSON.Field("variable", .string(variable))]
    case .file(let path, let line):
      fields += [
        JSON.Field("origin", .string("file")), JSON.Field("path", .string(path)), JSON.Field("line", .count(line)),
      ]
    }
    fields += [
      JSON.Field("standard", .string(setting.standard)), JSON.Field("takes", .string(setting.kind)),
      JSON.Field("meaning", .string(setting.meaning)),
    ]
    return .object(fields)
  }
}

extension Settings {
  /// Every setting as a row, in the order of the table.
  package func rows() -> [SettingRow] {
    Setting.all.map { SettingRow(key: $0.key, value: $0.value(in: self), origin: origin(of: $0.key), setting: $0) }
  }

  /// The listing that `rostrum config` prints: two lines a setting, the second its meaning and what it takes.
  package func listing() -> String {
    let rows = rows()
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(width - text.count, 0))
    }
    let keyWidth = rows.map(\.key.count).max() ?? 0
    let valueWidth = min(rows.map { max($0.value.count, 6) }.max() ?? 0, 24)
    return rows.map { row in
      let value = row.value.isEmpty ? "(none)" : row.value
      let head = "\(padded(row.key, keyWidth))  \(padded(value, valueWidth))  \(row.originText)"
      return "\(head)\n  \(row.setting.meaning) Takes \(row.setting.kind).\n"
    }.joined()
  }

  /// The listing that `rostrum config --json` prints: one object a line.
  package func jsonListing() -> String { rows().map { $0.json.text + "\n" }.joined() }
}

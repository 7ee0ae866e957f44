internal import JSON
internal import Solutions

/// How the options of an operation are stored: an object of JSON on one line, names sorted; `{}` for none.
///
/// Rows of earlier releases are read as they are: what a release could not be asked for is missing in them.
enum OptionsText {
  static func text(_ options: OperationOptions?) -> String {
    guard let options else { return "{}" }
    let members: [(name: String, value: String?)] = [
      ("action", string(options.choice.rawValue)),
      ("assumePresent", "\(options.assumesPresent)"),
      ("enableSteps", "\(options.enablesProcesses)"),
      ("noData", options.leavesTrash.map { "\($0)" }),
      ("overwriteCustomizations", "\(options.overwritesCustomizations)"),
      ("publishChanges", options.publishes.map { "\($0)" }),
      ("settingsFile", options.settingsFile.map { string($0) } ?? "null"),
    ]
    let written = members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
    return "{\(written.joined(separator: ","))}"
  }

  /// - Throws: `StoreError.damaged` for what is no such object.
  static func options(_ text: String) throws -> OperationOptions? {
    let object: JSONValue
    do {
      object = try JSONDocument(Array(text.utf8)).root
    } catch {
      throw StoreError.damaged("the options of an operation cannot be read: \(error)")
    }
    guard object.kind == .object else {
      throw StoreError.damaged("the options of an operation are no object")
    }
    guard object.members.contains(where: { _ in true }) else { return nil }
    func isSet(_ name: String) -> Bool? { object[name]?.boolean }
    return OperationOptions(
      choice: object["action"]?.text.flatMap { PlanOptions.Choice(rawValue: $0) } ?? .auto,
      assumesPresent: isSet("assumePresent") ?? false,
      overwritesCustomizations: isSet("overwriteCustomizations") ?? false,
      enablesProcesses: isSet("enableSteps") ?? false,
      publishes: isSet("publishChanges"),
      leavesTrash: isSet("noData"),
      settingsFile: object["settingsFile"]?.text
    )
  }

  private static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

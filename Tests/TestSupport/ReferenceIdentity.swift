internal import XML

/// What tells an element from those of its name beside it, as the specification has it: one question after the other.
///
/// The product has a table; nothing here comes from it.
extension XMLElement {
  /// - Parameters:
  ///   - columns: how many columns stand before it.
  ///   - isAmongFree: whether it stands in the `parameters` of a control, whose elements are free (PF-443).
  func referenceStep(columns: Int, isAmongFree: Bool) -> String {
    var step = "\(name) "
    if isAmongFree { return step }
    if isFormColumn { return step + (attribute("id") ?? String(columns)) }
    for (word, value) in tellingWords { step += "\(word)=\(Self.alike(value)) " }
    return step
  }

  private var tellingWords: [(String, String)] {
    // Labels are children by language, whatever they are called (LY-552, LY-401; PF-443).
    if let language = attribute("languagecode") ?? attribute("LCID") {
      return [("language", language)]
    }
    if isEvent {
      return said("name") + said("attribute") + said("control") + said("relationship")
    }
    if isControlOfFactor { return said("formFactor") + said("name") + said("id") }
    if isMemberOfApp { return said("type") + said("schemaName") + said("id") }
    // What is done is one of the values: a right to a table is told by the table (PF-613), a hidden action by the action
    // (PF-452), wherever it stands.
    if name == "Privilege" { return said("Entity") + said("Name") }
    if name == "HideCustomAction" { return said("HideActionId") }
    if isOption { return said("value") }
    if let only = onlyWord { return said(only) }
    return attribute("Id") != nil ? said("Id") : isToldById ? said("id") : []
  }

  /// `events/event`: name, and what it is an event of (PF-443).
  private var isEvent: Bool { name == "event" }

  /// `controlDescription/customControl@name@id@formFactor` (PF-443, LA-1).
  private var isControlOfFactor: Bool { name == "customControl" }

  /// `AppModuleComponents/AppModuleComponent@type@schemaName|@id` (PF-615).
  private var isMemberOfApp: Bool { name == "AppModuleComponent" }

  /// `options/option@value`, `states/state@value`, `statuses/status@value`.
  private var isOption: Bool {
    ["option", "state", "status"].contains(name) && attribute("value") != nil
  }

  /// Position, or `id` in differences (PF-443).
  private var isFormColumn: Bool { name == "column" && parent?.name == "columns" }

  /// The one attribute that an element is called by.
  private var onlyWord: String? {
    if name.hasSuffix("Library") { return "name" }  // §5.2
    if name == "Handler" { return "handlerUniqueId" }  // §5.2
    if name == "controlDescription" { return "forControl" }  // PF-443
    if name == "internaljscriptfile" { return "src" }  // PF-442, as packages have it
    if name == "internaljscriptvariable" || name == "querystringparameter" { return "name" }
    if name == "appelement" { return "uniquename" }  // PF-615
    return nil
  }

  /// Tab, section, cell; the control inside its cell (§5.2); `data`, `dependency` and roles (PF-442, PF-443, PF-615).
  private var isToldById: Bool {
    ["tab", "section", "cell", "control", "data", "dependency", "Role"].contains(name)
  }

  private func said(_ word: String) -> [(String, String)] {
    attribute(word).map { [(word, $0)] } ?? []
  }

  /// GUIDs stand with and without braces, in both cases.
  private static func alike(_ value: String) -> String {
    value.lowercased().filter { $0 != "{" && $0 != "}" }
  }
}

internal import XML

/// Readable names for the ids of a form's tabs, sections, cells and control descriptions.
///
/// Identity stays the id: the same id has the same name in all definitions that are compared, also where one of them
/// calls it otherwise. An id whose name another has, too, keeps its id.
struct LayoutNames: Equatable {
  private var names: [String: String] = [:]

  init(_ definitions: [Definition]) {
    var ids: [String: Set<String>] = [:]
    var found: [String: String] = [:]
    func note(_ element: String, _ id: String?, _ name: String?) {
      guard let id, let name, !name.isEmpty, GUID(name) == nil, name.utf8.count < 80 else { return }
      let key = Self.key(element, id)
      guard found[key] == nil else { return }
      found[key] = name
      ids["\(element) \(name)", default: []].insert(key)
    }
    for definition in definitions {
      for form in definition.forms {
        for element in ["tab", "section"] {
          for place in form.descendants(element) {
            note(element, place.attribute("id"), place.attribute("name"))
          }
        }
        for cell in form.descendants("cell") {
          let control = cell.child("control")
          note("cell", cell.attribute("id"), control?.attribute("id"))
          note("controlDescription", control?.attribute("uniqueid"), control?.attribute("id"))
        }
      }
    }
    names = found.filter { key, name in
      let element = key.prefix { $0 != " " }
      return ids["\(element) \(name)"]?.count == 1
    }
  }

  /// What to write for a key by which an element is told apart from its siblings.
  subscript(element: String, key: String) -> String {
    names.isEmpty ? key : names[Self.key(element, key)] ?? key
  }

  private static func key(_ element: String, _ id: String) -> String {
    "\(element) \(id.lowercased().filter { $0 != "{" && $0 != "}" })"
  }
}

extension Definition {
  /// The layouts of a form or a dashboard; of all else none.
  fileprivate var forms: [XMLElement] {
    if let form = element.child("form") { return [form] }
    return element.descend("FormXml", "forms")?.children("form") ?? []
  }
}

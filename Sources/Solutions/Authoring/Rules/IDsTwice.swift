internal import XML

/// Ids that two things have.
package struct IDsTwice: AuthoringRule {
  package static let kind = FindingKind(
    "strata.ids-twice",
    .warning,
    "CK-501",
    "An id names one thing: tabs, sections and cells of a form are known apart by theirs, and web resources by theirs in apps and dashboards."
  )
  package static let source = "inferred"

  let component: NamedComponent
  /// What has it, in words with the id, sorted.
  let ids: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(several(ids.count, "id")) in \(component) \(ids.count == 1 ? "is" : "are") used twice"
  }

  package var because: [Phrase] { ids.map { Phrase($0) } }

  package var remedies: [Remedy] { [.words("give the later one an id of its own")] }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    inForms(package) + ofWebResources(package)
  }

  private static func inForms(_ package: AuthoredPackage) -> [Finding] {
    package.package.components.compactMap { form in
      guard form.id.type == .systemForm, !form.definition.isDifference else { return nil }
      var twice: Set<String> = []
      for tree in form.definition.element.descendants("form") {
        var seen: Set<String> = []
        for tag in ["tab", "section", "cell"] {
          for element in tree.descendants(tag) {
            guard let id = element.attribute("id")?.lowercased(), !id.isEmpty else { continue }
            if !seen.insert(id).inserted { twice.insert("\(tag) \(id)") }
          }
        }
      }
      guard !twice.isEmpty else { return nil }
      return Finding(
        IDsTwice(component: package.named(form), ids: twice.sorted()),
        at: form.location
      )
    }
  }

  private static func ofWebResources(_ package: AuthoredPackage) -> [Finding] {
    var names: [String: Component] = [:]
    return package.package.components.compactMap { resource in
      guard resource.id.type == .webResource,
        let id = package.kinds[resource.id.type].alias(resource)?.key
      else { return nil }
      guard let first = names[id] else {
        names[id] = resource
        return nil
      }
      return Finding(
        IDsTwice(component: package.named(resource), ids: ["\(id), as \(first.name)"]),
        at: resource.location
      )
    }
  }
}

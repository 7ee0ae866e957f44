internal import XML

/// A form of somebody else that a managed package brings whole: it was unmanaged where it was exported.
package struct WholeFormOfOthers: AuthoringRule {
  package static let kind = FindingKind(
    "strata.whole-form-of-others",
    .warning,
    .inferred("CK-104"),
    "A form that another solution owns comes into a managed package as a difference; whole, it was exported where its base is unmanaged, and takes nothing away in the target."
  )
  package static let source = "alm/form-recommendations; inferred"

  let form: NamedComponent

  package var subject: Subject { .component(form) }

  package var text: Phrase {
    "\(form) belongs to another solution and is brought whole, so its base was unmanaged on export"
  }

  package var remedies: [Remedy] {
    [.words("install the solution that owns the form as managed where you develop; export again")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    guard package.manifest.isManaged else { return [] }
    return package.package.components.compactMap { form in
      // A dashboard has no table, and no differences.
      guard form.id.type == .systemForm, form.parent != nil, !form.isUnmodified,
        !form.isReference, !package.owns(form.id), !form.definition.isDifference,
        !form.definition.element.descendants("form").isEmpty
      else { return nil }
      return Finding(WholeFormOfOthers(form: package.named(form)), at: form.location)
    }
  }
}

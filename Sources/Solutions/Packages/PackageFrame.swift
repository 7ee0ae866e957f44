package import XML

/// What a package says beside its components, as it was read: what an export gives back.
package struct PackageFrame: Sendable {
  /// The root of `solution.xml`.
  package let manifest: XMLElement
  /// The root of `customizations.xml`.
  package let customizations: XMLElement
  /// What no kind claims in `customizations.xml`, in document order.
  package let leftovers: [XMLElement]
  /// All files but the three that every package has, by path.
  package let files: [String: Definition.Part]
  /// Those among them that belong to no component.
  package let carriedFiles: Set<String>

  package init(
    manifest: XMLElement,
    customizations: XMLElement,
    leftovers: [XMLElement],
    files: [String: Definition.Part],
    carriedFiles: Set<String>
  ) {
    self.manifest = manifest
    self.customizations = customizations
    self.leftovers = leftovers
    self.files = files
    self.carriedFiles = carriedFiles
  }
}

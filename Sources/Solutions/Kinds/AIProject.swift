internal import XML

extension ComponentKind {
  /// An AI model.
  package static let aiProject = ComponentKind(
    401,
    named: "AIProject",
    title: "AI model",
    at: ["AIModels/AIModel"],
    key: { element, _ in .guid(element.text(of: "msdyn_aimodelid")) },
    rootKey: .guid
  )

  /// A configuration of an AI model.
  package static let aiConfiguration = ComponentKind(
    402,
    named: "AIConfiguration",
    title: "AI configuration",
    at: ["AIModels/AIModel/AIConfigurations/AIConfiguration"],
    key: { element, _ in .guid(element.text(of: "msdyn_aiconfigurationid")) },
    rootKey: .guid,
    folder: .named("AIConfiguration"),
    parent: .enclosing
  )
}

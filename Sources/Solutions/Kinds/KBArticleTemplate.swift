internal import XML

extension ComponentKind {
  /// An article template (PF-618).
  package static let kbArticleTemplate = ComponentKind(
    38,
    named: "KBArticleTemplate",
    title: "Article template",
    at: ["Templates/KBArticleTemplates/kbarticletemplate"],
    key: { element, _ in .guid(element.text(of: "templateid")) },
    impacts: .interface
  )
}

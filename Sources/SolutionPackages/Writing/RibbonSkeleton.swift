/// The ribbon of a table that changes nothing: every export writes one (PF-401, PF-452).
enum RibbonSkeleton {
  static let name = "RibbonDiffXml"

  static let canonical = Array(
    """
    <RibbonDiffXml><CustomActions></CustomActions><Templates><RibbonTemplates Id="Mscrm.Templates"></RibbonTemplates>\
    </Templates><CommandDefinitions></CommandDefinitions><RuleDefinitions><TabDisplayRules></TabDisplayRules>\
    <DisplayRules></DisplayRules><EnableRules></EnableRules></RuleDefinitions><LocLabels></LocLabels></RibbonDiffXml>
    """.utf8
  )
}

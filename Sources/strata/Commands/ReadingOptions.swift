import ArgumentParser
import Solutions

/// How much of a plan is shown, and what of it.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var filters: FilterOptions

  @Flag(help: "Only the errors, each whole.")
  var errors = false

  @Option(help: "Why a component is deleted, kept, changed or added.", completion: .component)
  var why: String?

  /// - Throws: `ValidationError` for a word that there is not.
  func view() throws -> ReadingView {
    var view = try filters.view()
    view.isErrorsOnly = errors
    view.wayToAll = "--errors"
    view.why = why.map { FilterOptions.address($0, .standard) }
    return view
  }
}

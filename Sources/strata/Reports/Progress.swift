import Faces
import Solutions

/// How far long work has come.
enum Progress {
  static func show(_ text: Prose) { Console.progress(text) }

  static func end() { Console.progress("") }

  static func counting(_ progress: CountingProgress) { show("Counting what is lost in", progress) }

  static func verifying(_ progress: CountingProgress) { show("Checking the rows of", progress) }

  static func copying(_ progress: CopyProgress) {
    switch progress {
    case .goingOn(let rows):
      note("Note: going on with the copy that was cut off there (\(rows.counted("row"))).")
    case .kept: break
    case .copying(let rows): show("Copying, now", rows)
    case .comparing(let rows): show("Comparing, now", rows)
    case .proving: show("Proving the history")
    }
  }

  private static func show(_ work: Prose, _ progress: CountingProgress) {
    let share = progress.rowsMax == 0 ? 100 : progress.rows * 100 / progress.rowsMax
    show("\(work) \(progress.table): \(share) %")
    if progress.rows >= progress.rowsMax { end() }
  }

  /// An error that ends in a status of its own.
  static func fail(_ error: any Error) {
    tell("Error: \(Failure(error).prose)")
  }

  /// A message on lines of its own.
  static func tell(_ message: Prose) {
    end()
    Console.tell(message)
  }

  /// What people should know beside the answer.
  static func note(_ text: Prose) {
    end()
    Console.tell(text)
  }
}

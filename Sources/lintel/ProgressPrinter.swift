import Foundation
import LintelModel
import Storage
import SyncEngine
import Synchronization

/// Shows on standard error how syncs go on: one line kept up to date on a terminal, plain lines elsewhere.
final class ProgressPrinter: SyncObserver {
    private struct State {
        var pages = 0
        var bytes = 0
        var residents = 0
        var finished = 0
        var printedAt: ContinuousClock.Instant
        var isLineOpen = false
    }

    private let total: Int
    private let isTerminal: Bool
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    init(properties total: Int) {
        self.total = total
        isTerminal = isatty(STDERR_FILENO) == 1
        state = Mutex(State(printedAt: started))
    }

    func happened(_ event: SyncEvent) {
        state.withLock { state in
            switch event {
            case .started: break
            case .waiting(let property, let since):
                say(
                    "waiting for another sync of \(property.name), under way since \(since.iso8601)",
                    &state
                )
            case .page(_, let bytes):
                state.pages += 1
                state.bytes += bytes
            case .read(_, let residents): state.residents += residents
            case .finished(let report):
                state.finished += 1
                let outcome = report.record.outcome
                if outcome == .failed || outcome == .held {
                    say(
                        "\(report.property.name): \(outcome.rawValue): \(report.record.message)",
                        &state
                    )
                } else {
                    for problem in report.notes.prefix(20) {
                        say("\(report.property.name): \(problem)", &state)
                    }
                }
            }
            let now = ContinuousClock.now
            let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
            guard now - state.printedAt >= pause, state.finished < total else { return }
            state.printedAt = now
            show(&state)
        }
    }

    /// Clears the line on a terminal; to be called before results are printed.
    func done() {
        state.withLock { state in
            if state.isLineOpen { write("\r\u{1B}[K") }
            state.isLineOpen = false
        }
    }

    private func show(_ state: inout State) {
        let elapsed = started.duration(to: .now).seconds
        var text = "\(state.pages) pages, \(state.residents) residents, "
        text += "\(state.finished) of \(total) properties"
        if elapsed > 0 { text += ", \(Int(Double(state.residents) / elapsed)) residents/s" }
        if state.finished > 0 {
            let left = elapsed / Double(state.finished) * Double(total - state.finished)
            text += ", about \(Int(left.rounded(.up))) s left"
        }
        write(isTerminal ? "\r\u{1B}[K" + text : text + "\n")
        state.isLineOpen = isTerminal
    }

    private func say(_ text: String, _ state: inout State) {
        write((state.isLineOpen ? "\r\u{1B}[K" : "") + text + "\n")
        state.isLineOpen = false
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

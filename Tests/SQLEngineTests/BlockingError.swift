import Dispatch
import SQLEngine

/// The error that `work` ends with, waited for on a thread that may block.
func blockingError(_ work: @escaping @Sendable () async throws -> Void) -> SQLError? {
    let found = Shared<SQLError?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task {
        do {
            try await work()
        } catch {
            found.change { $0 = error as? SQLError }
        }
        done.signal()
    }
    done.wait()
    return found.value
}

import Dispatch

/// Runs the jobs of one actor, one after another, on a dispatch queue of its own.
///
/// What a database library does blocks; here it holds a thread of the queue instead of one of Swift's
/// cooperative pool, which has few.
package final class DispatchQueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter label: names the queue, for debuggers.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        queue.async { unsafe job.runSynchronously(on: executor) }
    }
}

import Dispatch

/// Runs the jobs of one actor, one after another, on a dispatch queue of its own.
///
/// The calls of libpq block; here they hold a thread of the queue instead of one of Swift's
/// cooperative pool, which has few.
final class DispatchQueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedSerialExecutor()
        queue.async { unsafe job.runSynchronously(on: executor) }
    }
}

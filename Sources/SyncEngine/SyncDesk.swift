package import LintelModel
import ServiceLifecycle
package import Storage
import Synchronization

/// Does the syncs that people ask for in this process, one after the other at a property, and tells how they go.
package final class SyncDesk: Service, SyncObserver {
    /// How a sync stands that somebody asked for.
    package struct Progress: Sendable, Equatable {
        package enum Phase: Sendable, Equatable {
            case queued
            /// Another process is at this property.
            case waiting
            case reading
            case writing
            case finished(RunID, RunRecord.Outcome, message: String)
        }

        package var phase = Phase.queued
        package var pages = 0
        package var bytes = 0
        package var residents = 0
        package var startedAt: Timestamp

        package var isFinished: Bool {
            if case .finished = phase { true } else { false }
        }
    }

    private struct State {
        var progress: [PropertyID: Progress] = [:]
        var listeners: [PropertyID: [Int: AsyncStream<Progress>.Continuation]] = [:]
        var next = 0
    }

    private let engine: SyncEngine
    private let observer: any SyncObserver
    private let state = Mutex(State())
    private let requests: AsyncStream<(Property, SyncJob)>
    private let request: AsyncStream<(Property, SyncJob)>.Continuation

    /// - Parameters:
    ///   - engine: what does the syncs.
    ///   - observer: who else is told what happens.
    package init(_ engine: SyncEngine, observer: any SyncObserver) {
        self.engine = engine
        self.observer = observer
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
    }

    /// Asks for a run of a property, unless one that was asked for here is still to end.
    ///
    /// - Returns: whether it was asked for.
    @discardableResult
    package func ask(_ job: SyncJob, of property: Property) -> Bool {
        let isNew = state.withLock { state in
            if let known = state.progress[property.id], !known.isFinished { return false }
            state.progress[property.id] = Progress(startedAt: engine.environment.now)
            return true
        }
        if isNew { request.yield((property, job)) }
        return isNew
    }

    /// How the sync last asked for stands; nil where none was.
    package func progress(of property: PropertyID) -> Progress? {
        state.withLock { $0.progress[property] }
    }

    /// How it stands now, and whenever that changes, until it is over.
    package func following(_ property: PropertyID) -> AsyncStream<Progress> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Progress.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        state.withLock { state in
            guard let progress = state.progress[property] else { return continuation.finish() }
            continuation.yield(progress)
            guard !progress.isFinished else { return continuation.finish() }
            let number = state.next
            state.next += 1
            state.listeners[property, default: [:]][number] = continuation
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { $0.listeners[property]?[number] = nil }
            }
        }
        return stream
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                for await (property, job) in requests {
                    group.addTask { [self] in
                        _ = await engine.sync([property], job: job, observer: self)
                        end(property.id)
                    }
                }
            }
        }
        let left = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners.values.flatMap(\.values)
        }
        for listener in left { listener.finish() }
    }

    package func happened(_ event: SyncEvent) {
        observer.happened(event)
        switch event {
        case .started(let property): change(property.id) { $0.phase = .reading }
        case .waiting(let property, _): change(property.id) { $0.phase = .waiting }
        case .page(let property, let bytes):
            change(property.id) { progress in
                progress.phase = .reading
                progress.pages += 1
                progress.bytes += bytes
            }
        case .read(let property, let residents):
            change(property.id) { progress in
                progress.phase = .writing
                progress.residents = residents
            }
        case .finished(let report):
            change(report.property.id) { progress in
                progress.phase = .finished(
                    report.record.id,
                    report.record.outcome,
                    message: report.record.message
                )
            }
        }
    }

    private func change(_ property: PropertyID, _ edit: (inout Progress) -> Void) {
        let told = state.withLock {
            state -> (Progress, [AsyncStream<Progress>.Continuation])? in
            guard var progress = state.progress[property] else { return nil }
            edit(&progress)
            state.progress[property] = progress
            return (progress, Array((state.listeners[property] ?? [:]).values))
        }
        guard let (progress, listeners) = told else { return }
        for listener in listeners { listener.yield(progress) }
    }

    private func end(_ property: PropertyID) {
        let listeners = state.withLock { state in
            Array((state.listeners.removeValue(forKey: property) ?? [:]).values)
        }
        for listener in listeners { listener.finish() }
    }
}

import ConnectorKit
import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// One run of one property: lease → fetch → plan → check → brake → apply.
///
/// The parts of a run that apply a plan made before, or reverse a run, stand in files of their own.
struct PropertySync {
    /// How often a plan is made again because the directory changed under it.
    private static let attempts = 3

    let environment: SyncEnvironment
    let observer: any SyncObserver
    let property: Property
    let job: SyncJob
    var isPreview: Bool { job.isPreview }

    var ids = IDGenerator()
    /// Whether something was changed by hand since the last plan.
    var mustReplan = false
    /// The reads to remember once what they say is applied.
    var reads: [Attachments.Read] = []
    var report: RunReport
    let startedAt: Timestamp

    init(
        _ property: Property,
        job: SyncJob,
        environment: SyncEnvironment,
        observer: any SyncObserver
    ) {
        self.environment = environment
        self.observer = observer
        self.property = property
        self.job = job
        startedAt = environment.now
        let run = RunRecord(
            id: ids.next(at: startedAt),
            property: property.id,
            outcome: .running,
            startedAt: startedAt
        )
        report = RunReport(record: run, property: property)
    }

    /// Runs to the end; a failure is a report too, and is kept with the runs wherever that is possible.
    @concurrent
    consuming func run() async -> RunReport {
        observer.happened(.started(property))
        guard property.settings.userSync || job.worksWithoutUserSync else {
            report.record.outcome = .skipped
            report.record.message = "User Sync is off"
            await keepUnleased()
            return report
        }
        do {
            if !isPreview { try await takeLease() }
            switch job {
            case .sync, .scheduled, .preview, .change, .part:
                try await reconcile()
                if isPreview { await keepUnleased() }
            case .apply(let document): try await apply(document)
            case .undo(let run, _): try await undo(run)
            }
        } catch {
            await fail(error)
        }
        observer.happened(.finished(report))
        return report
    }

    // MARK: The lease

    private mutating func takeLease() async throws {
        var isAnnounced = false
        while true {
            let (run, holder, now) = (report.record, environment.holder, environment.now)
            let lease = try await environment.database.write { connection in
                try Runs.start(
                    run,
                    holder: holder,
                    now: now,
                    leaseMilliseconds: LeaseKeeper.milliseconds,
                    on: connection
                )
            }
            guard case .busy(let since, let other) = lease else { return }
            if LeaseHolder(text: other).isGone {
                let id = property.id
                try await environment.database.write { connection in
                    try Runs.end(of: id, heldBy: other, on: connection)
                }
                continue
            }
            if !isAnnounced { observer.happened(.waiting(property, since: since)) }
            isAnnounced = true
            try await environment.sleeper.sleep(milliseconds: 250)
        }
    }

    // MARK: The run

    private mutating func reconcile() async throws {
        let state = try await quickLook()
        mustReplan = state.mustReplan
        report.record.alertsOpen = state.alertsOpen
        if try await reconcile(state, changesSince: state.changesSince) { return }
        _ = try await reconcile(state, changesSince: [:])
    }

    /// Reads, plans and applies.
    ///
    /// - Returns: whether that was done; false where changes alone would not do, so that everything must
    ///   be read.
    private mutating func reconcile(
        _ state: QuickLook,
        changesSince: [AttachmentID: Timestamp]
    ) async throws -> Bool {
        var intakes = try await readSnapshots(state.attachments, changesSince)
        note(intakes)
        observer.happened(.read(property, residents: report.record.residents))
        if !state.mustLook, !isPart, intakes.allSatisfy(\.isEmpty), !intakes.isEmpty {
            report.record.outcome = isPreview ? .previewed : .unchanged
            let reads = reads
            try await finish { connection -> Void in
                for read in reads { try Attachments.note(read, on: connection) }
            }
            return true
        }
        for attempt in 1...Self.attempts {
            do {
                return try await planAndApply(&intakes)
            } catch let error as SQLError
                where attempt < Self.attempts
                && (error.code == .conflict || error.code == .alreadyExists)
            {
                // The directory changed between plan and transaction: plan again from what it is now.
                continue
            }
        }
        return true
    }

    private struct QuickLook: Sendable {
        let attachments: [Attachments.Attached]
        let mustReplan: Bool
        /// Whether something but the snapshot asks for a plan: an act by hand, a date, a held plan.
        let mustLook: Bool
        let alertsOpen: Int
        /// The attachments that are asked for changes alone, and from when on.
        let changesSince: [AttachmentID: Timestamp]
    }

    private func quickLook() async throws -> QuickLook {
        let (id, now, job) = (property.id, environment.now, job)
        let clock = CivilClock(name: property.timeZone)
        let today = clock?.day(at: now) ?? KnownResidency.everyRun
        let shown = isPreview ? property.settings : nil
        let look = try await environment.database.read { connection in
            let found = try Properties.find(id, on: connection)
            // A preview of other switches than those set looks at every record, as turning them does.
            let turns = shown.map { $0.turnsSwitches(of: found?.property.settings) } ?? false
            let mustReplan = (found?.mustReplan ?? true) || turns
            let attached = try Attachments.all(of: id, on: connection).filter(job.reads)
            let alerts = try Alerts.open(of: id, on: connection)
            let isDueByHand = try Assignments.isDueByHand(in: id, on: today, on: connection)
            let isDue =
                try isDueByHand
                || attached.contains {
                    try !Residencies.due($0.id, on: today, on: connection).isEmpty
                }
            // What holds a plan stands in everything, not in what changed since.
            let mayAskForChanges =
                job.isScheduled && !mustReplan && !alerts.contains { $0.draft.kind == .heldPlan }
            return QuickLook(
                attachments: attached,
                mustReplan: mustReplan,
                mustLook: mustReplan || isDue
                    || alerts.contains { $0.draft.kind.isOfRuns },
                alertsOpen: alerts.count,
                changesSince: mayAskForChanges
                    ? try ChangesReader.since(attached, at: now, in: clock ?? .utc, on: connection)
                    : [:]
            )
        }
        guard !look.attachments.isEmpty else {
            throw SyncFailure("no PMS property is attached; use: lintel property attach")
        }
        return look
    }

    /// - Returns: whether it was done; false where changes alone would not do.
    private mutating func planAndApply(_ intakes: inout [AttachmentIntake]) async throws -> Bool {
        var (input, isTouched) = try await load(intakes)
        if try await inquire(about: input, &intakes) {
            (input, isTouched) = try await load(intakes)
        }
        // Somebody changed something by hand since this run looked: everything is due.
        if isTouched, intakes.contains(where: { $0.changesSince != nil }) { return false }
        mustReplan = mustReplan || isTouched
        var plan = Planner.plan(input, ids: &ids)
        if case .part(let part, _) = job { plan = plan.restricted(to: part, input) }
        let violations = PlanChecker.violations(of: plan, input)
        guard violations.isEmpty else {
            throw SyncFailure(
                "the plan breaks a law and was not applied: "
                    + violations.map(\.description).joined(separator: "; ")
            )
        }
        if plan.leansOnEarlierFacts(intakes) { return false }
        count(plan)
        if plan.frozen > 0 {
            report.notes.append(
                plan.frozen == 1
                    ? "1 resident is left as they are: their lease status is excluded"
                    : "\(plan.frozen) residents are left as they are: their lease status is excluded"
            )
        }
        report.objections = Brake.objections(to: plan, input)
        if isPreview {
            // Only a preview shows its plan; keeping those of every property would keep the portfolio.
            report.plan = plan
            report.units = input.units
            report.document = PlanDocument(
                madeAt: startedAt,
                plan: plan,
                snapshots: isPart ? [] : intakes.map(PlanDocument.Snapshot.init),
                objections: report.objections
            )
            report.record.outcome = .previewed
            report.record.alertsOpen = plan.alerts.count
        } else if report.objections.isEmpty {
            try await apply(plan, isPart ? [] : intakes.map(PlanDocument.Snapshot.init))
        } else {
            try await hold(plan, input.units)
        }
        return true
    }

    mutating func count(_ plan: Plan) {
        let counts = plan.counts
        report.record.created = counts.created
        report.record.linked = counts.linked
        report.record.updated = counts.updated
        report.record.assigned = counts.assigned
        report.record.ended = counts.ended
    }

    private var isPart: Bool {
        guard case .part = job else { return false }
        return true
    }

    /// - Returns: what the plan is made from, and whether something was changed by hand since the last plan.
    private func load(
        _ intakes: [AttachmentIntake]
    ) async throws -> (input: PlanningInput, isTouched: Bool) {
        let (id, now) = (property.id, environment.now)
        let mustReplan = isPreview && mustReplan
        var (input, isTouched) = try await environment.database.read { connection in
            var loader = PlanningLoader(intakes, now: now)
            let input = try loader.load(id, everything: mustReplan, on: connection)
            return (input, loader.mustReplan)
        }
        guard isPreview || input.property.settings.userSync else {
            throw SyncFailure("User Sync was turned off while the PMS was read; nothing is changed")
        }
        if isPreview {
            // A preview shows what its switches would do, before anybody turns them.
            input.property.settings.userSync = property.settings.userSync
            input.property.settings.unitSync = property.settings.unitSync
        }
        return (input, isTouched)
    }

    // MARK: Endings

    /// Applies a plan.
    ///
    /// What `snapshots` lists is remembered, so that the next run recognises it. A plan of some residents
    /// alone comes without, and leaves the others for the next run.
    mutating func apply(_ plan: Plan, _ snapshots: [PlanDocument.Snapshot]) async throws {
        let now = environment.now
        let batch = report.record.id.text
        let (id, ids, mustReplan) = (property.id, ids, mustReplan)
        let isPart = snapshots.isEmpty
        // What was changed by hand is looked at again where the snapshots left something unsaid.
        let staysOutstanding =
            mustReplan && !snapshots.allSatisfy { $0.isComplete && $0.isReadable }
        let reads = reads
        let mustWrite = !plan.writesNothing || mustReplan && !isPart
        let writer = mustWrite ? PlanWriter(plan, batch: batch, at: now) : nil
        report.record.outcome = plan.isEmpty ? .unchanged : .applied
        try await finish(writing: writer) { connection in
            if isPart {
                if !plan.writesNothing { try Properties.touch(id, on: connection) }
                // What is known is no longer what the pages applied last say.
                let known = Set(plan.residencies.map(\.attachment)).union(plan.pmsUnits.keys)
                for attachment in known {
                    try Attachments.forgetPages(of: attachment, on: connection)
                }
                return nil
            }
            if staysOutstanding { try Properties.replan(id, on: connection) }
            for snapshot in snapshots where snapshot.isComplete {
                try Attachments.note(
                    snapshot.counts,
                    pageHashes: snapshot.pageHashes,
                    of: snapshot.attachment,
                    at: now,
                    on: connection
                )
            }
            for snapshot in snapshots where !snapshot.isComplete {
                try Attachments.forgetPages(of: snapshot.attachment, on: connection)
            }
            for read in reads { try Attachments.note(read, on: connection) }
            var alertIDs = ids
            return try Alerts.settle(
                plan.alerts,
                of: id,
                ids: &alertIDs,
                at: now,
                on: connection
            )
        }
    }

    mutating func hold(_ plan: Plan, _ units: [UnitID: Unit]) async throws {
        let now = environment.now
        let (id, ids, run) = (property.id, ids, report.record.id)
        let objections = report.objections
        let text = PlanReport(units: units).text(plan)
        report.record.outcome = .held
        report.record.message = objections.map(\.sentence).joined(separator: "; ")
        try await finish { connection in
            let alert = AlertDraft.held(id, objections)
            var drafts = try Alerts.open(of: id, on: connection).map(\.draft).filter {
                !$0.kind.isOfRuns
            }
            var alertIDs = ids
            try HeldPlans.keep(run, objections: objections, report: text, on: connection)
            // The same plan, discarded before, stays held without asking again.
            let pin = try Pins.open(of: id, on: connection).first {
                $0.pin.cause == Pin.Cause(Pin.Topic(.heldPlan), id.text)
            }
            if pin?.pin.fact != alert.fact { drafts.append(alert) }
            return try Alerts.settle(
                drafts,
                of: id,
                ids: &alertIDs,
                at: now,
                on: connection
            )
        }
    }

    /// Ends the run in the transaction that writes its plan and does the rest in `body`, in its turn.
    mutating func finish(
        writing plan: PlanWriter?,
        _ body: @Sendable @escaping (any SQLConnection) throws -> Int?
    ) async throws {
        guard let plan else { return try await finish(body) }
        try await environment.planTurns.withSession { _ in
            try await finish { connection in
                try plan.write(on: connection)
                return try body(connection)
            }
        }
    }

    /// Ends the run in the transaction in which `body` applies what it found.
    mutating func finish(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Int?
    ) async throws {
        report.record.milliseconds = max(0, environment.now.milliseconds - startedAt.milliseconds)
        report.record.message = summary
        let (run, holder) = (report.record, environment.holder)
        report.record = try await environment.database.write { connection in
            var run = run
            if let open = try body(connection) { run.alertsOpen = open }
            try Runs.finish(run, holder: holder, on: connection)
            return run
        }
    }

    private mutating func finish(
        _ body: @Sendable @escaping (any SQLConnection) throws -> Void
    ) async throws {
        guard !isPreview else { return }
        try await finish { connection in
            try body(connection)
            return nil
        }
    }

    private var summary: String {
        let shown = report.notes.prefix(20).joined(separator: "\n")
        let more = report.notes.count > 20 ? "\n… and \(report.notes.count - 20) more" : ""
        let head = report.record.message
        return [head, shown + more].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private mutating func fail(_ error: any Error) async {
        report.record.outcome = .failed
        report.record.message =
            error is CancellationError ? "stopped before it was done" : "\(error)"
        report.plan = nil
        report.document = nil
        report.record.milliseconds = max(0, environment.now.milliseconds - startedAt.milliseconds)
        report.record.created = 0
        report.record.linked = 0
        report.record.updated = 0
        report.record.assigned = 0
        report.record.ended = 0
        if isPreview { return await keepUnleased() }
        let (run, holder) = (report.record, environment.holder)
        let database = environment.database
        let trouble = trouble(error)
        let (id, now) = (property.id, environment.now)
        let (hours, ids) = (property.settings.factHours, ids)
        do {
            // A task of its own, which the cancellation that may have ended the run does not reach: the
            // run must not look as if it went on.
            try await Task {
                try await database.write { connection in
                    try Runs.finish(run, holder: holder, on: connection)
                    guard let trouble else { return }
                    var alertIDs = ids
                    try Self.warn(
                        trouble,
                        id,
                        hours,
                        ids: &alertIDs,
                        at: now,
                        on: connection
                    )
                }
            }.value
        } catch {
            report.record.message += "\nthe run could not be noted: \(error)"
        }
    }

    /// Keeps a run that needed no lease: a preview, or one that was skipped.
    private mutating func keepUnleased() async {
        report.record.milliseconds = max(0, environment.now.milliseconds - startedAt.milliseconds)
        let run = report.record
        do {
            try await environment.database.write { connection in
                try Runs.add(run, on: connection)
            }
        } catch {
            report.record.outcome = .failed
            report.record.message = "the run could not be noted: \(error)"
        }
        if run.outcome == .skipped { observer.happened(.finished(report)) }
    }
}

extension PropertySettings {
    /// Whether User Sync or Unit Sync is on here and not there, or the other way round.
    fileprivate func turnsSwitches(of other: PropertySettings?) -> Bool {
        userSync != other?.userSync || unitSync != other?.unitSync
    }
}

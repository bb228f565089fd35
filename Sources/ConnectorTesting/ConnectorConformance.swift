package import ConnectorKit
import Foundation
package import LintelModel
package import Testing

/// What every connector keeps, over recorded exchanges: one function a rule, each failing the test that
/// calls it.
package struct ConnectorConformance: Sendable {
    /// What one fetch came to.
    package struct Outcome {
        package var part = SnapshotPart()
        package var hashes: [ContentHash] = []
        package var requests: [HTTPExchangeRequest] = []
        package var sleeps: [Int] = []
        package var error: ConnectorError?
    }

    let subject: ConnectorSubject
    let sourceLocation: SourceLocation

    package init(_ subject: ConnectorSubject, sourceLocation: SourceLocation = #_sourceLocation) {
        self.subject = subject
        self.sourceLocation = sourceLocation
    }

    /// A rule that every connector keeps, by what a user could say of it.
    package enum Rule: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case readsEveryPage = "pages are read to the end and state every unit and residency"
        case readsTheSameTwice = "the same answers hash alike"
        case onlyReads = "no request writes"
        case bindsTimeAndSize = "every request is bounded in time and size"
        case dropsWhatNobodyAskedFor = "birth dates, tax ids and rent do not come out"
        case refusesCutAnswers = "an answer cut anywhere is an error"
        case refusesEmptyBodies = "an empty body is an error"
        case refusesListsShorterThanTheirTotal = "a list that ends before its total is an error"
        case seesErrorsUnderSuccess = "an error under HTTP 200 is an error in the vendor's words"
        case waitsAsTold = "Retry-After is waited for"
        case givesUpAfterABoundedTime = "a server that stays down is given up"
        case passesOnThatNoAnswerCame = "a connection that breaks is an error"
        case keepsDuplicatesApart = "rows that come twice are not two residencies"
        case keepsUnknownWords = "an unknown status is kept as it came"
        case readsAnEmptyList = "a list that is empty is read as one"

        package var testDescription: String { rawValue }
    }

    /// Checks one rule.
    package func check(_ rule: Rule) async {
        switch rule {
        case .readsEveryPage: await readsEveryPage()
        case .readsTheSameTwice: await readsTheSameTwice()
        case .onlyReads: await onlyReads()
        case .bindsTimeAndSize: await bindsTimeAndSize()
        case .dropsWhatNobodyAskedFor: await dropsWhatNobodyAskedFor()
        case .refusesCutAnswers: await refusesCutAnswers()
        case .refusesEmptyBodies: await refusesEmptyBodies()
        case .refusesListsShorterThanTheirTotal: await refusesListsShorterThanTheirTotal()
        case .seesErrorsUnderSuccess: await seesErrorsUnderSuccess()
        case .waitsAsTold: await waitsAsTold()
        case .givesUpAfterABoundedTime: await givesUpAfterABoundedTime()
        case .passesOnThatNoAnswerCame: await passesOnThatNoAnswerCame()
        case .keepsDuplicatesApart: await keepsDuplicatesApart()
        case .keepsUnknownWords: await keepsUnknownWords()
        case .readsAnEmptyList: await readsAnEmptyList()
        }
    }

    /// Plays a script to one fetch, or one read of changes, and decodes what came.
    ///
    /// `expectsAll` tells whether the whole script must have been asked for.
    package func fetch(_ script: [ScriptedExchange], expectsAll: Bool = true) async -> Outcome {
        let transport = ScriptedTransport(script, sourceLocation: sourceLocation)
        let sleeper = ManualSleeper()
        var outcome = Outcome()
        do {
            let connector = try subject.makeConnector(
                ConnectorEnvironment(transport: transport, sleeper: sleeper)
            )
            if let since = subject.changesSince {
                try await readChanges(since, through: connector, into: &outcome)
            } else {
                try await readEverything(through: connector, into: &outcome)
            }
        } catch let error as ConnectorError {
            outcome.error = error
        } catch {
            Issue.record(
                "expected a ConnectorError, found \(type(of: error))",
                sourceLocation: sourceLocation
            )
        }
        if expectsAll { await transport.expectFinished() }
        outcome.requests = await transport.requests
        outcome.sleeps = sleeper.sleeps
        if let error = outcome.error { expectDiscretion(error) }
        for problem in outcome.part.problems { expectDiscretion(problem) }
        return outcome
    }

    private func readEverything(
        through connector: any Connector,
        into outcome: inout Outcome
    ) async throws {
        var pages: [SnapshotPage] = []
        try await connector.fetch(subject.property) { pages.append($0) }
        var decoder = connector.decoder(for: subject.property)
        for page in pages {
            outcome.part.append(try decoder.decode(page))
            outcome.hashes.append(page.hash)
        }
        outcome.part.append(try decoder.finish())
    }

    /// That everything must be read instead is as good as an error: nothing comes of it.
    private func readChanges(
        _ since: Timestamp,
        through connector: any Connector,
        into outcome: inout Outcome
    ) async throws {
        guard let part = try await connector.changes(in: subject.property, since: since) else {
            throw ConnectorError(
                .truncated,
                attempting: "reading changes",
                "everything must be read"
            )
        }
        outcome.part = part
        outcome.hashes = part.units.map(\.hash) + part.residencies.map(\.hash)
    }

    /// Nothing confidential in a description, however it is printed.
    package func expectDiscretion(_ value: Any) {
        let shown = String(describing: value) + String(reflecting: value)
        for word in subject.confidential {
            #expect(
                !shown.contains(word),
                "a description shows what is confidential",
                sourceLocation: sourceLocation
            )
        }
    }

    /// A fetch that must fail, with one of those codes.
    func expectFailure(
        _ script: [ScriptedExchange],
        _ codes: Set<ConnectorError.Code>,
        _ what: String
    ) async -> ConnectorError? {
        let outcome = await fetch(script, expectsAll: false)
        guard let error = outcome.error else {
            Issue.record("\(what) was taken for a snapshot", sourceLocation: sourceLocation)
            return nil
        }
        #expect(
            codes.contains(error.code),
            "\(what): \(error.code.rawValue), \(error)",
            sourceLocation: sourceLocation
        )
        return error
    }
}

extension SnapshotPart {
    fileprivate mutating func append(_ other: SnapshotPart) {
        units += other.units
        residencies += other.residencies
        unreadable += other.unreadable
        problems += other.problems
    }
}

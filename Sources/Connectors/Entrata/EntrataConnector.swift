package import ConnectorKit
import Foundation
package import LintelModel

/// Reads Entrata: properties, their units and their leases, a page at a time.
package struct EntrataConnector: Connector {
    /// Records asked for with each page.
    package static let pageSize = 500
    /// How many residents are asked for by id in one call; each costs a request.
    package static let residentsAskedAtMost = 50

    private let settings: EntrataSettings
    private let client: ReadClient

    package init(settings: EntrataSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var properties: [PMSProperty] = []
        var seen: Set<PMSPropertyID> = []
        try await list(.getProperties, parameters: [:], of: nil) { body throws(ConnectorError) in
            let page = try EntrataDecoder.read(
                .getProperties,
                from: body,
                at: "getProperties",
                EntrataWire.Property.init(from:)
            )
            for property in page {
                guard !property.id.isEmpty else {
                    throw ConnectorError(
                        .malformed,
                        attempting: "getProperties",
                        "a property has no PropertyID"
                    )
                }
                guard seen.insert(PMSPropertyID(property.id)).inserted else { continue }
                properties.append(
                    PMSProperty(
                        id: PMSPropertyID(property.id),
                        name: property.name.isEmpty ? property.id : property.name
                    )
                )
            }
        }
        return properties
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for operation in [EntrataOperation.getPropertyUnits, .getLeases] {
            let kind: SnapshotPage.Kind = operation == .getLeases ? .residents : .units
            let parameters = Self.parameters(of: operation, for: property)
            var cursor = PageCursor(
                pageSize: Self.pageSize,
                attempting: Self.attempt(operation, property)
            )
            var step = PageCursor.Step.keepAndReadNext
            while step == .keepAndReadNext {
                try Task.checkCancellation()
                let answer = try await read(
                    operation,
                    parameters: parameters,
                    of: property,
                    page: cursor.page
                )
                step = try cursor.take(answer.evidence)
                guard step != .dropAndEnd else { break }
                try await receive(
                    SnapshotPage(
                        kind: kind,
                        bytes: answer.body,
                        hash: answer.evidence.fingerprint
                    )
                )
            }
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        EntrataDecoder(property: property)
    }

    /// Asks for the leases of each resident; beyond ``residentsAskedAtMost`` they are listed as
    /// unreadable, so that nobody is taken for absent without having been asked for.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        var decoder = EntrataDecoder(property: property)
        try await list(
            .getPropertyUnits,
            parameters: Self.parameters(of: .getPropertyUnits, for: property),
            of: property
        ) { body throws(ConnectorError) in
            _ = try decoder.decode(SnapshotPage(kind: .units, bytes: body, hash: Self.unhashed))
        }
        var answer = SnapshotPart()
        for resident in residents.prefix(Self.residentsAskedAtMost) {
            // Each resident's list is read by itself: two residents of one lease both list it.
            var own = decoder
            var parameters = Self.parameters(of: .getLeases, for: property)
            parameters["customerId"] = resident.text
            try await list(
                .getLeases,
                parameters: parameters,
                of: property
            ) { body throws(ConnectorError) in
                let page = SnapshotPage(kind: .residents, bytes: body, hash: Self.unhashed)
                let part = try own.decode(page)
                answer.residencies += part.residencies.filter { $0.key.resident == resident }
                answer.unreadable += part.unreadable.filter { $0 == resident }
                answer.problems += part.problems
                // A list that cannot say everything cannot say that somebody is gone.
                let isWhole = part.problems.allSatisfy { $0.effect != .incomplete }
                if !isWhole, !answer.unreadable.contains(resident) {
                    answer.unreadable.append(resident)
                }
            }
        }
        answer.unreadable += residents.dropFirst(Self.residentsAskedAtMost)
        return answer
    }

    /// Reads a list to its end and hands over each page's body.
    private func list(
        _ operation: EntrataOperation,
        parameters: [String: String],
        of property: PMSPropertyID?,
        receive: (Data) throws(ConnectorError) -> Void
    ) async throws(ConnectorError) {
        var cursor = PageCursor(
            pageSize: Self.pageSize,
            attempting: Self.attempt(operation, property)
        )
        while true {
            let answer = try await read(
                operation,
                parameters: parameters,
                of: property,
                page: cursor.page
            )
            let step = try cursor.take(answer.evidence)
            if step == .dropAndEnd { return }
            try receive(answer.body)
            if step == .keepAndEnd { return }
        }
    }

    /// Reads one page of an operation.
    func read(
        _ operation: EntrataOperation,
        parameters: [String: String],
        of property: PMSPropertyID?,
        page: Int
    ) async throws(ConnectorError) -> EntrataAnswer {
        let attempt = Self.attempt(operation, property) + (page > 1 ? ", page \(page)" : "")
        let request = try Self.request(
            operation,
            parameters: parameters,
            page: page,
            settings: settings,
            attempting: attempt
        )
        let secrets = settings.secrets
        return try await client.read(
            request,
            service: operation.service,
            attempting: attempt
        ) { response throws(ConnectorError) in
            try EntrataAnswer(response, to: operation, attempting: attempt, hiding: secrets)
        }
    }

    /// The request for one page: a POST, as all of Entrata's reads are.
    private static func request(
        _ operation: EntrataOperation,
        parameters: [String: String],
        page: Int,
        settings: EntrataSettings,
        attempting attempt: String
    ) throws(ConnectorError) -> HTTPExchangeRequest {
        let call = EntrataCall(
            auth: .init(type: settings.authenticationType),
            method: .init(name: operation.rawValue, version: operation.version, params: parameters)
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body: Data
        do {
            body = try encoder.encode(call)
        } catch {
            throw ConnectorError(.malformed, attempting: attempt, "the request cannot be written")
        }
        var url = settings.url(of: operation.service)
        if operation != .getLeasePickList { url += "?page_no=\(page)&per_page=\(pageSize)" }
        return HTTPExchangeRequest(
            method: "POST",
            url: url,
            headers: [
                (name: "Content-Type", value: "application/json"),
                (name: "Accept", value: "application/json"),
                (name: "X-Send-Pagination-Links", value: "1"),
                settings.authorization,
            ],
            body: body
        )
    }

    /// The parameters of an operation on one property: all statuses, and nothing that is not read.
    static func parameters(
        of operation: EntrataOperation,
        for property: PMSPropertyID
    ) -> [String: String] {
        switch operation {
        case .getPropertyUnits: ["propertyIds": property.text, "availableUnitsOnly": "0"]
        case .getLeases:
            [
                "propertyId": property.text,
                "leaseStatusTypeIds": EntrataVocabulary.statusTypeIDs,
            ]
        case .getProperties, .getLeasePickList: [:]
        }
    }

    private static func attempt(
        _ operation: EntrataOperation,
        _ property: PMSPropertyID?
    ) -> String {
        guard let property else { return operation.rawValue }
        return "\(operation.rawValue) of property \(property)"
    }

    /// Stands where nobody compares pages.
    private static let unhashed = ContentHash(stored: "")
}

package import ConnectorKit
package import LintelModel

/// What changed since a time, by the filter `lastupdatedfrom` of Buildium's lists.
extension BuildiumConnector {
    /// Buildium documents the filter for units, tenants and leases.
    package var tellsChanges: Bool { true }

    /// Reads the tenants that were updated, and those on leases that were.
    ///
    /// A tenant comes with all of their leases. One on an updated lease who was not updated is asked for by
    /// id, so that nobody is stated in part; nil where that would be more than ``residentsAskedAtMost``,
    /// or where a record cannot be read, or a tenant is on no lease of the property any more.
    package func changes(
        in property: PMSPropertyID,
        since: Timestamp
    ) async throws(ConnectorError) -> SnapshotPart? {
        let since = since.iso8601
        var changes = SnapshotPart()
        guard let units = try await units(of: property, ifUpdatedFrom: since) else { return nil }
        changes.units = units
        var stated: Set<PMSResidentID> = []
        var updated = list(.tenants, of: property, updatedFrom: since)
        while let page = try await updated.page() {
            let place = "\(BuildiumOperation.tenants.name) of property \(property)"
            let rows = try BuildiumWire.tenantsWithLeases(in: page.body, at: place)
            for row in rows {
                guard case .record(let tenant) = row, !tenant.id.isEmpty else { return nil }
                let part = BuildiumMapping.part(of: tenant, property: property, at: place)
                guard part.problems.isEmpty, !part.residencies.isEmpty else { return nil }
                // A list that moved while it was read may name somebody twice.
                guard stated.insert(PMSResidentID(tenant.id)).inserted else { return nil }
                changes.residencies += part.residencies
            }
        }
        guard
            let others = try await tenants(of: property, onLeasesUpdatedFrom: since)?
                .subtracting(stated), others.count <= Self.residentsAskedAtMost
        else { return nil }
        guard !others.isEmpty else { return changes }
        guard let part = try await residencies(of: others.sorted(), in: property),
            part.problems.isEmpty, part.unreadable.isEmpty,
            Set(part.residencies.map(\.key.resident)) == others
        else { return nil }
        changes.residencies += part.residencies
        return changes
    }

    /// All units where any was updated, none where none was; nil where they cannot be read.
    private func units(
        of property: PMSPropertyID,
        ifUpdatedFrom since: String
    ) async throws(ConnectorError) -> [PMSUnit]? {
        var updated = list(.units, of: property, updatedFrom: since)
        guard let page = try await updated.page(), page.evidence.rows > 0 else { return [] }
        var decoder = BuildiumDecoder(property: property)
        var units: [PMSUnit] = []
        var all = list(.units, of: property)
        while let page = try await all.page() {
            let part = try decoder.decode(SnapshotPage(kind: .units, bytes: page.body))
            guard part.problems.isEmpty else { return nil }
            units += part.units
        }
        // An updated unit that is in no list of all leaves no room for trust.
        return units.isEmpty ? nil : units
    }

    /// Everybody on the leases that were updated; nil where one cannot be read.
    private func tenants(
        of property: PMSPropertyID,
        onLeasesUpdatedFrom since: String
    ) async throws(ConnectorError) -> Set<PMSResidentID>? {
        var tenants: Set<PMSResidentID> = []
        var leases = list(.leases, of: property, updatedFrom: since)
        while let page = try await leases.page() {
            let place = "\(BuildiumOperation.leases.name) of property \(property)"
            for row in try BuildiumWire.leases(in: page.body, at: place) {
                guard case .record(let lease) = row, lease.property == property.text,
                    let stands = lease.tenants, stands.allSatisfy({ !$0.id.isEmpty })
                else { return nil }
                tenants.formUnion(stands.map { PMSResidentID($0.id) })
            }
        }
        return tenants
    }
}

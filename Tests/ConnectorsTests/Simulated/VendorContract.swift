import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

/// What tests of one vendor's connector share: how it is made, and its parts.
struct VendorContract: Sendable {
    let id: String
    let values: [String: String]
    let secrets: [String: String]

    var settings: ConnectionSettings {
        ConnectionSettings(
            vendor: id,
            values: values,
            secrets: secrets.mapValues { Secret($0) }
        )
    }

    @Sendable func connector(
        _ environment: ConnectorEnvironment
    ) throws(ConnectorError) -> any Connector {
        guard let vendor = ConnectorCatalog.vendor(id) else {
            throw ConnectorError(.misconfigured, attempting: id, "is not in the catalogue")
        }
        return try vendor.makeConnector(settings, environment)
    }

    /// A connector that plays a script.
    func connector(
        _ script: [ScriptedExchange]
    ) throws -> (connector: any Connector, transport: ScriptedTransport) {
        let transport = ScriptedTransport(script)
        let environment = ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        return (try connector(environment), transport)
    }

    /// What changed settings are refused with; fails the test where they are taken or a secret is shown.
    func refusal(
        changing change: (inout ConnectionSettings) -> Void
    ) -> String {
        var settings = settings
        change(&settings)
        let environment = ConnectorEnvironment(
            transport: ScriptedTransport([]),
            sleeper: ManualSleeper()
        )
        do throws(ConnectorError) {
            _ = try ConnectorCatalog.vendor(id)?.makeConnector(settings, environment)
            Issue.record("the settings were taken")
            return ""
        } catch {
            #expect(error.code == .misconfigured)
            for secret in settings.secrets.values {
                #expect(!error.description.contains(secret.revealed))
            }
            return error.description
        }
    }
}

/// The key of a residency, as tests write it.
func residencyKey(_ resident: String, _ lease: String, _ unit: String?) -> ResidencyKey {
    ResidencyKey(
        resident: PMSResidentID(resident),
        lease: lease,
        unit: unit.map { PMSUnitID($0) }
    )
}

/// A day, as tests write it.
func day(_ text: String) -> CivilDate? { CivilDate(iso: text) }

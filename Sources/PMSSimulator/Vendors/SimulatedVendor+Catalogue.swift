/// Every vendor whose format is served.
extension SimulatedVendor {
    package static let entrata = SimulatedVendor(EntrataFormat())
    package static let buildium = SimulatedVendor(BuildiumFormat())

    package static let all = [entrata, buildium]
}

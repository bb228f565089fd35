/// Every vendor whose format is served.
extension SimulatedVendor {
    package static let entrata = SimulatedVendor(EntrataFormat())
    package static let yardi = SimulatedVendor(YardiFormat())
    package static let realPage = SimulatedVendor(RealPageFormat())
    package static let mri = SimulatedVendor(MRIFormat())
    package static let appFolio = SimulatedVendor(AppFolioFormat())
    package static let resMan = SimulatedVendor(ResManFormat())
    package static let buildium = SimulatedVendor(BuildiumFormat())
    package static let rentManager = SimulatedVendor(RentManagerFormat())

    package static let all = [
        entrata, yardi, realPage, mri, appFolio, resMan, buildium, rentManager,
    ]
}

extension Templates {
    /// The templates of this program, by name.
    static let sources: [String: [UInt8]] = [
        "choose-password": PackageResources.choose_password_mustache,
        "errors": PackageResources.errors_mustache,
        "find": PackageResources.find_mustache,
        "frame": PackageResources.frame_mustache,
        "grant-fields": PackageResources.grant_fields_mustache,
        "pager": PackageResources.pager_mustache,
        "people": PackageResources.people_mustache,
        "person-preview": PackageResources.person_preview_mustache,
        "person": PackageResources.person_mustache,
        "problem": PackageResources.problem_mustache,
        "properties": PackageResources.properties_mustache,
        "property-form": PackageResources.property_form_mustache,
        "sign-in": PackageResources.sign_in_mustache,
        "staff-member": PackageResources.staff_member_mustache,
        "staff": PackageResources.staff_mustache,
        "unit-form": PackageResources.unit_form_mustache,
        "unit": PackageResources.unit_mustache,
        "units-preview": PackageResources.units_preview_mustache,
        "units": PackageResources.units_mustache,
        "upcoming": PackageResources.upcoming_mustache,
    ]
}

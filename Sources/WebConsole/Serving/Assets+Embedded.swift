extension Assets {
    /// The stylesheet and modules of this program, by file name.
    static let files: [String: [UInt8]] = [
        "console.css": PackageResources.console_css,
        "console.js": PackageResources.console_js,
        "forms.js": PackageResources.forms_js,
        "sync-progress.js": PackageResources.sync_progress_js,
        "unit-choice.js": PackageResources.unit_choice_js,
    ]
}

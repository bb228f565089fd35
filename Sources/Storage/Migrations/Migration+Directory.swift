extension Migration {
    static let directoryScript = """
        create table properties (
            id text not null primary key,
            name text not null check (name <> ''),
            time_zone text not null check (time_zone <> ''),
            revision bigint not null,
            must_replan bigint not null check (must_replan in (0, 1)),
            created_at bigint not null
        );

        create table property_settings (
            property_id text not null references properties (id),
            key text not null,
            value text not null,
            primary key (property_id, key)
        );

        create table units (
            id text not null primary key,
            property_id text not null references properties (id),
            building text not null,
            name text not null check (name <> ''),
            floor text not null,
            external_id text check (external_id <> ''),
            created_at bigint not null,
            unique (property_id, building, name)
        );
        create unique index units_external_id on units (property_id, external_id)
            where external_id is not null;

        create table connections (
            id text not null primary key,
            name text not null unique check (name <> ''),
            vendor text not null,
            settings text not null,
            sealed_secrets text not null,
            created_at bigint not null
        );

        create table attachments (
            id text not null primary key,
            property_id text not null references properties (id),
            connection_id text not null references connections (id),
            pms_property_id text not null check (pms_property_id <> ''),
            units_listed bigint,
            residents_listed bigint,
            page_hashes text not null,
            listed_at bigint,
            detached_at bigint,
            unique (connection_id, pms_property_id)
        );
        create index attachments_property on attachments (property_id);

        create table pms_units (
            attachment_id text not null references attachments (id),
            pms_unit_id text not null check (pms_unit_id <> ''),
            parent_id text,
            building text not null,
            name text not null,
            floor text not null,
            is_listed bigint not null check (is_listed in (0, 1)),
            mapping text check (mapping in ('unit', 'ignored')),
            unit_id text references units (id),
            primary key (attachment_id, pms_unit_id),
            check (case when mapping = 'unit' then unit_id is not null else unit_id is null end)
        );
        create index pms_units_unit on pms_units (unit_id) where unit_id is not null;

        create table people (
            id text not null primary key,
            first_name text not null,
            last_name text not null,
            email text,
            email_key text unique,
            phone text,
            is_archived bigint not null check (is_archived in (0, 1)),
            version bigint not null,
            check (case when email is null then email_key is null else email_key is not null end)
        );

        create table resident_links (
            connection_id text not null references connections (id),
            resident_id text not null check (resident_id <> ''),
            person_id text not null references people (id),
            accepted_first_name text,
            accepted_last_name text,
            accepted_email text,
            -- The resident first: PostgreSQL would take the connection for a rare value until it has
            -- counted, and read all of its residents for each look-up.
            primary key (resident_id, connection_id)
        );
        create index resident_links_person on resident_links (person_id);

        create table residencies (
            attachment_id text not null references attachments (id),
            resident_id text not null check (resident_id <> ''),
            lease_id text not null,
            pms_unit_id text not null,
            hash text not null,
            first_name text not null,
            last_name text not null,
            email text,
            phone text,
            role text not null,
            status_word text not null,
            status text not null check (status in ('applicant', 'future', 'current', 'notice',
                'past', 'cancelled', 'evicted', 'unknown')),
            lease_start text,
            lease_end text,
            move_in text,
            move_out text,
            name_key text not null,
            email_key text,
            begins_on text,
            ended_on text,
            missing_since bigint,
            moves_to text,
            revisit_on text,
            primary key (attachment_id, resident_id, lease_id, pms_unit_id)
        );
        create index residencies_resident on residencies (resident_id);
        create index residencies_revisit on residencies (attachment_id, revisit_on)
            where revisit_on is not null;

        create table assignments (
            id text not null primary key,
            property_id text not null references properties (id),
            person_id text not null references people (id),
            unit_id text not null references units (id),
            state text not null check (state in ('upcoming', 'current', 'ended')),
            source text not null check (source in ('sync', 'manual')),
            from_on text not null,
            until_on text,
            ended_at bigint,
            expected_until text,
            check (case when state = 'ended' then until_on is not null and ended_at is not null
                else until_on is null and ended_at is null end)
        );
        create unique index assignments_open on assignments (person_id, unit_id)
            where state <> 'ended';
        create index assignments_person on assignments (person_id);
        create index assignments_unit on assignments (unit_id);
        create index assignments_property on assignments (property_id) where state <> 'ended';
        create index assignments_by_hand on assignments (property_id) where source = 'manual';

        create table runs (
            id text not null primary key,
            property_id text not null references properties (id),
            outcome text not null check (outcome in ('running', 'applied', 'unchanged', 'previewed',
                'held', 'failed', 'skipped')),
            holder text,
            leased_until bigint,
            started_at bigint not null,
            milliseconds bigint not null,
            pms_units bigint not null,
            residents bigint not null,
            created bigint not null,
            linked bigint not null,
            updated bigint not null,
            assigned bigint not null,
            ended bigint not null,
            alerts_open bigint not null,
            message text not null,
            check (case when outcome = 'running' then holder is not null and leased_until is not null
                else holder is null and leased_until is null end)
        );
        create unique index runs_running on runs (property_id) where outcome = 'running';
        create index runs_property on runs (property_id, id);
        create index runs_outcome on runs (property_id, outcome, started_at);

        create table changes (
            batch_id text not null,
            position bigint not null,
            property_id text not null references properties (id),
            at bigint not null,
            kind text not null check (kind in ('person', 'link', 'assignment', 'unit', 'mapping')),
            person_id text,
            assignment_id text,
            unit_id text,
            code text not null,
            sentence text not null,
            attachment_id text,
            resident_id text,
            lease_id text,
            pms_unit_id text,
            before text,
            after text,
            personal_before text,
            personal_after text,
            is_unstated_removal bigint not null check (is_unstated_removal in (0, 1)),
            primary key (batch_id, position)
        );
        create index changes_person on changes (person_id);
        create index changes_removals on changes (property_id, at) where is_unstated_removal = 1;

        create table alerts (
            id text not null primary key,
            property_id text not null references properties (id),
            kind text not null,
            subject text not null,
            detail text not null,
            residents text not null,
            opened_at bigint not null,
            closed_at bigint,
            closed_because text,
            check (case when closed_at is null then closed_because is null
                else closed_because is not null end)
        );
        create unique index alerts_open on alerts (property_id, kind, subject)
            where closed_at is null;

        create table held_plans (
            run_id text not null primary key references runs (id),
            objections text not null,
            report text not null
        );
        """
}

extension Migration {
    /// Vocabularies spelled out as alternatives: for each row SQLite fills an index of its own with the words
    /// of an `in` of more than two.
    static let checksScript = """
        create table residencies_anew (
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
            status text not null check (status = 'current' or status = 'notice' or status = 'future'
                or status = 'past' or status = 'applicant' or status = 'cancelled'
                or status = 'evicted' or status = 'unknown'),
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
        insert into residencies_anew (attachment_id, resident_id, lease_id, pms_unit_id, hash,
            first_name, last_name, email, phone, role, status_word, status, lease_start, lease_end,
            move_in, move_out, name_key, email_key, begins_on, ended_on, missing_since, moves_to,
            revisit_on)
        select attachment_id, resident_id, lease_id, pms_unit_id, hash, first_name, last_name, email,
            phone, role, status_word, status, lease_start, lease_end, move_in, move_out, name_key,
            email_key, begins_on, ended_on, missing_since, moves_to, revisit_on
        from residencies;
        drop table residencies;
        alter table residencies_anew rename to residencies;
        create index residencies_resident on residencies (resident_id);
        create index residencies_revisit on residencies (attachment_id, revisit_on)
            where revisit_on is not null;

        create table assignments_anew (
            id text not null primary key,
            property_id text not null,
            person_id text not null references people (id),
            unit_id text not null,
            state text not null check (state = 'current' or state = 'upcoming' or state = 'ended'),
            source text not null check (source in ('sync', 'manual')),
            from_on text not null,
            until_on text,
            ended_at bigint,
            expected_until text,
            foreign key (unit_id, property_id) references units (id, property_id),
            check (case when state = 'ended' then until_on is not null and ended_at is not null
                else until_on is null and ended_at is null end)
        );
        insert into assignments_anew (id, property_id, person_id, unit_id, state, source, from_on,
            until_on, ended_at, expected_until)
        select id, property_id, person_id, unit_id, state, source, from_on, until_on, ended_at,
            expected_until
        from assignments;
        drop table assignments;
        alter table assignments_anew rename to assignments;
        create unique index assignments_open on assignments (person_id, unit_id)
            where state <> 'ended';
        create index assignments_person on assignments (person_id);
        create index assignments_unit on assignments (unit_id);
        create index assignments_property on assignments (property_id) where state <> 'ended';
        create index assignments_by_hand on assignments (property_id) where source = 'manual';

        create table changes_anew (
            batch_id text not null,
            position bigint not null,
            property_id text not null,
            at bigint not null,
            kind text not null check (kind = 'assignment' or kind = 'person' or kind = 'link'
                or kind = 'unit' or kind = 'mapping'),
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
            undone_by text,
            primary key (batch_id, position)
        );
        insert into changes_anew (batch_id, position, property_id, at, kind, person_id, assignment_id,
            unit_id, code, sentence, attachment_id, resident_id, lease_id, pms_unit_id, before, after,
            personal_before, personal_after, is_unstated_removal, undone_by)
        select batch_id, position, property_id, at, kind, person_id, assignment_id, unit_id, code,
            sentence, attachment_id, resident_id, lease_id, pms_unit_id, before, after,
            personal_before, personal_after, is_unstated_removal, undone_by
        from changes;
        drop table changes;
        alter table changes_anew rename to changes;
        create index changes_person on changes (person_id);
        create index changes_removals on changes (property_id, at) where is_unstated_removal = 1;
        """
}

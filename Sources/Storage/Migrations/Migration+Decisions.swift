extension Migration {
    static let decisionsScript = """
        create table status_words (
            property_id text not null references properties (id),
            word text not null,
            status text check (status in ('applicant', 'future', 'current', 'notice', 'past',
                'cancelled', 'evicted')),
            is_excluded bigint not null check (is_excluded in (0, 1)),
            primary key (property_id, word)
        );

        create table pins (
            id text not null primary key,
            property_id text not null references properties (id),
            topic text not null,
            subject text not null,
            fact text not null,
            action text,
            value text,
            person_id text,
            connection_id text,
            resident_id text,
            batch_id text,
            made_at bigint not null,
            closed_at bigint,
            closed_because text,
            check (case when closed_at is null then closed_because is null
                else closed_because is not null end)
        );
        create unique index pins_open on pins (property_id, topic, subject) where closed_at is null;
        create index pins_person on pins (person_id) where person_id is not null;
        create index pins_batch on pins (batch_id) where batch_id is not null;

        create table plans (
            sha256 text not null primary key,
            property_id text not null references properties (id),
            revision bigint not null,
            made_at bigint not null
        );

        alter table pms_units add column mapped_as text;
        update pms_units set mapped_as = case when building = '' then name
            else building || ' — ' || name end where mapping is not null;

        alter table alerts add column fact text not null default '';
        alter table alerts add column ways_out text not null default '';
        alter table alerts add column person_id text;

        alter table changes add column undone_by text;
        alter table runs add column undoes text;
        alter table held_plans add column decides text not null default '[]';
        """
}

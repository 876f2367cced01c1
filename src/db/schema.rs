//! The tables as diesel sees them: one description for both databases.
//!
//! Kept by hand beside `migrations/`; `tests/stories/schema.rs` compares it with both databases.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    areas (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        folded -> Text,
        sort_key -> Text,
        level -> Text,
        parent_id -> Nullable<Uuid>,
        path -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        note -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    units (id) {
        id -> Uuid,
        code -> Text,
        agency_code -> Nullable<Text>,
        name -> Text,
        folded -> Text,
        sort_key -> Text,
        system -> Text,
        kind -> Text,
        parent_id -> Nullable<Uuid>,
        path -> Text,
        area_id -> Uuid,
        area_path -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        note -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    posts (id) {
        id -> Uuid,
        unit_id -> Uuid,
        title -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    post_holders (id) {
        id -> Uuid,
        post_id -> Uuid,
        name -> Text,
        held_from -> Nullable<Date>,
        held_to -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    terms (id) {
        id -> Uuid,
        root_id -> Uuid,
        ordinal -> Integer,
        ordinal_text -> Text,
        title -> Text,
        starts_on -> Date,
        ends_on -> Date,
        previous_term_id -> Nullable<Uuid>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    fields (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        ordinal -> Integer,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    calendar_days (id) {
        id -> Uuid,
        day -> Date,
        kind -> Text,
        name -> Text,
        source -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    resolutions (id) {
        id -> Uuid,
        root_id -> Uuid,
        term_id -> Nullable<Uuid>,
        kind -> Text,
        number -> Nullable<Text>,
        title -> Text,
        folded -> Text,
        level -> Text,
        issuer_unit_id -> Nullable<Uuid>,
        issuer_text -> Nullable<Text>,
        issued_text -> Nullable<Text>,
        issued_on -> Nullable<Date>,
        issued_precision -> Nullable<Text>,
        cycle_anchor -> Text,
        source -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
        number_key -> Nullable<Text>,
        owed_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    programmes (id) {
        id -> Uuid,
        root_id -> Uuid,
        term_id -> Nullable<Uuid>,
        kind -> Text,
        number -> Nullable<Text>,
        title -> Text,
        folded -> Text,
        issuer_unit_id -> Nullable<Uuid>,
        issuer_text -> Nullable<Text>,
        drafting_unit_id -> Nullable<Uuid>,
        scope -> Text,
        scope_year -> Nullable<Integer>,
        period_from -> Nullable<Integer>,
        period_to -> Nullable<Integer>,
        orientation_from -> Nullable<Integer>,
        orientation_to -> Nullable<Integer>,
        issued_text -> Nullable<Text>,
        issued_on -> Nullable<Date>,
        issued_precision -> Nullable<Text>,
        state -> Text,
        source -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
        number_key -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    document_relations (id) {
        id -> Uuid,
        from_resolution_id -> Nullable<Uuid>,
        from_programme_id -> Nullable<Uuid>,
        relation -> Text,
        to_resolution_id -> Nullable<Uuid>,
        to_programme_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    breakthroughs (id) {
        id -> Uuid,
        resolution_id -> Uuid,
        ordinal -> Integer,
        title -> Text,
        description -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
        clause_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    pillars (id) {
        id -> Uuid,
        resolution_id -> Uuid,
        ordinal -> Integer,
        title -> Text,
        description -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
        clause_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    objectives (id) {
        id -> Uuid,
        resolution_id -> Uuid,
        ordinal -> Integer,
        level -> Text,
        title -> Text,
        description -> Nullable<Text>,
        quantified -> Bool,
        version -> Integer,
        recorded_at -> Timestamp,
        clause_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_groups (id) {
        id -> Uuid,
        resolution_id -> Uuid,
        kind -> Text,
        ordinal -> Integer,
        title -> Text,
        breakthrough_id -> Nullable<Uuid>,
        field_id -> Nullable<Uuid>,
        version -> Integer,
        recorded_at -> Timestamp,
        clause_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    users (id) {
        id -> Uuid,
        username -> Text,
        display_name -> Text,
        password_hash -> Text,
        password_changed_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
        version -> Integer,
        recorded_at -> Timestamp,
        email -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    notification_choices (user_id, kind) {
        user_id -> Uuid,
        kind -> Text,
        wanted -> Bool,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    outbox (id) {
        id -> Uuid,
        user_id -> Uuid,
        kind -> Text,
        subject_key -> Text,
        day -> Date,
        subject -> Text,
        body -> Text,
        link -> Text,
        state -> Text,
        attempts -> Integer,
        not_before -> Timestamp,
        claimed_at -> Nullable<Timestamp>,
        settled_at -> Nullable<Timestamp>,
        error -> Nullable<Text>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    grants (id) {
        id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        unit_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        recorded_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        inherited -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        started_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Uuid,
        issued_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    login_throttles (subject) {
        subject -> Text,
        failures -> Integer,
        last_failure_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    idempotency_keys (user_id, route, idempotency_key) {
        user_id -> Uuid,
        route -> Text,
        idempotency_key -> Text,
        fingerprint -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        body -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    tasks (id) {
        id -> Uuid,
        root_id -> Uuid,
        parent_id -> Nullable<Uuid>,
        resolution_id -> Nullable<Uuid>,
        programme_id -> Nullable<Uuid>,
        group_id -> Nullable<Uuid>,
        field_id -> Nullable<Uuid>,
        breakthrough_id -> Nullable<Uuid>,
        pillar_id -> Nullable<Uuid>,
        objective_id -> Nullable<Uuid>,
        title -> Text,
        folded -> Text,
        description -> Nullable<Text>,
        deliverable -> Nullable<Text>,
        lead_unit_id -> Uuid,
        monitoring_unit_id -> Nullable<Uuid>,
        accountable_post_id -> Nullable<Uuid>,
        assigned_by -> Nullable<Text>,
        assigned_text -> Nullable<Text>,
        assigned_on -> Nullable<Date>,
        assigned_precision -> Nullable<Text>,
        assigning_document -> Nullable<Text>,
        weight -> Integer,
        scope -> Nullable<Text>,
        secrecy -> Text,
        issued_at -> Nullable<Timestamp>,
        voided_at -> Nullable<Timestamp>,
        source -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
        handed_over -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_coordinating_units (task_id, unit_id) {
        task_id -> Uuid,
        unit_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    deadlines (id) {
        id -> Uuid,
        task_id -> Uuid,
        text -> Text,
        reference_date -> Nullable<Date>,
        kind -> Text,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        precision -> Nullable<Text>,
        recurrence -> Nullable<Text>,
        binding -> Bool,
        fuzzy -> Bool,
        milestones -> Text,
        parser_version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_states (task_id) {
        task_id -> Uuid,
        deadline_id -> Nullable<Uuid>,
        due_on -> Nullable<Date>,
        lifecycle -> Text,
        confirmed -> Bool,
        completed_on -> Nullable<Date>,
        claimed -> Nullable<Integer>,
        verified -> Nullable<Integer>,
        reported -> Bool,
        has_verified -> Bool,
        waiting -> Integer,
        last_reported_at -> Nullable<Timestamp>,
        first_reported_at -> Nullable<Timestamp>,
        rescheduled -> Bool,
        original_due_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    commitment_changes (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        changes -> Text,
        reason -> Text,
        legal_basis -> Nullable<Text>,
        approver -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    commitment_requests (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        unit_id -> Uuid,
        asked -> Text,
        changes -> Text,
        reason -> Text,
        legal_basis -> Nullable<Text>,
        state -> Text,
        requested_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
        change_id -> Nullable<Uuid>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    commitments (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        change_id -> Nullable<Uuid>,
        deadline_id -> Nullable<Uuid>,
        lead_unit_id -> Uuid,
        weight -> Integer,
        scope -> Nullable<Text>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_decisions (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        decision -> Text,
        reason -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    progress_reports (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        unit_id -> Uuid,
        state -> Text,
        result -> Text,
        percent -> Nullable<Integer>,
        measured_on -> Date,
        product_number -> Nullable<Text>,
        product_issued_on -> Nullable<Date>,
        product_note -> Nullable<Text>,
        obstacles -> Nullable<Text>,
        proposals -> Text,
        reason -> Nullable<Text>,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        recorded_at -> Timestamp,
        origin -> Text,
        verification -> Text,
        verified_by -> Nullable<Uuid>,
        verified_at -> Nullable<Timestamp>,
        verification_reason -> Nullable<Text>,
        version -> Integer,
        period -> Nullable<Text>,
        self_verified -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    self_verifications (task_id) {
        task_id -> Uuid,
        allowed -> Bool,
        reason -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    period_locks (id) {
        id -> Uuid,
        root_id -> Uuid,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        note -> Nullable<Text>,
        locked_by -> Nullable<Uuid>,
        recorded_at -> Timestamp,
        opened_by -> Nullable<Uuid>,
        opened_at -> Nullable<Timestamp>,
        opening_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    period_lock_exceptions (id) {
        id -> Uuid,
        lock_id -> Uuid,
        unit_id -> Uuid,
        until -> Date,
        reason -> Text,
        granted_by -> Nullable<Uuid>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    instructions (id) {
        id -> Uuid,
        task_id -> Uuid,
        report_id -> Nullable<Uuid>,
        position -> BigInt,
        to_unit_id -> Uuid,
        from_post_id -> Nullable<Uuid>,
        on_behalf -> Bool,
        text -> Text,
        due -> Nullable<Text>,
        due_on -> Nullable<Date>,
        state -> Text,
        answered_on -> Nullable<Date>,
        given_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    instruction_steps (id) {
        id -> Uuid,
        instruction_id -> Uuid,
        position -> BigInt,
        step -> Text,
        text -> Nullable<Text>,
        report_id -> Nullable<Uuid>,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    proposals (id) {
        id -> Uuid,
        report_id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        ordinal -> Integer,
        unit_id -> Uuid,
        to_unit_id -> Uuid,
        text -> Text,
        state -> Text,
        answer -> Nullable<Text>,
        answer_post_id -> Nullable<Uuid>,
        answered_on -> Nullable<Date>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamp>,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    contributions (id) {
        id -> Uuid,
        task_id -> Uuid,
        position -> BigInt,
        unit_id -> Uuid,
        result -> Text,
        measured_on -> Date,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    attachments (id) {
        id -> Uuid,
        task_id -> Uuid,
        report_id -> Nullable<Uuid>,
        position -> BigInt,
        unit_id -> Uuid,
        file_name -> Text,
        kind -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        note -> Nullable<Text>,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
        voided_by -> Nullable<Uuid>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    obligations (task_id, period) {
        task_id -> Uuid,
        period -> Text,
        due_on -> Nullable<Date>,
        report_id -> Nullable<Uuid>,
        state -> Text,
        done_on -> Nullable<Date>,
        confirmed -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    events (position) {
        position -> BigInt,
        id -> Uuid,
        recorded_at -> Timestamp,
        actor_id -> Nullable<Uuid>,
        actor -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Uuid,
        root -> Nullable<Text>,
        state_before -> Nullable<Text>,
        state_after -> Nullable<Text>,
        reason -> Nullable<Text>,
        request_id -> Nullable<Text>,
        origin -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    chain_head (id) {
        id -> Integer,
        position -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    settings (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    review_rounds (id) {
        id -> Uuid,
        resolution_id -> Nullable<Uuid>,
        kind -> Text,
        title -> Text,
        anchor_on -> Date,
        due_on -> Date,
        state -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
        programme_id -> Nullable<Uuid>,
        year -> Nullable<Integer>,
        kept_bound -> Text,
        scale -> Nullable<Text>,
        period -> Nullable<Text>,
        claimed_score -> Nullable<Text>,
        results -> Nullable<Text>,
        obstacles -> Nullable<Text>,
        causes -> Nullable<Text>,
        lessons -> Nullable<Text>,
        proposals -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    review_snapshots (id) {
        id -> Uuid,
        review_id -> Uuid,
        as_of -> Date,
        position -> BigInt,
        statistics -> Text,
        recorded_by -> Uuid,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    /// What units hand in to review rounds.
    review_submissions (id) {
        id -> Uuid,
        review_id -> Uuid,
        unit_id -> Uuid,
        position -> BigInt,
        revision -> Integer,
        results -> Nullable<Text>,
        obstacles -> Nullable<Text>,
        causes -> Nullable<Text>,
        lessons -> Nullable<Text>,
        proposals -> Nullable<Text>,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        verification -> Text,
        verified_by -> Nullable<Uuid>,
        verified_at -> Nullable<Timestamp>,
        verification_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    /// What was frozen of review rounds.
    review_reports (review_id) {
        review_id -> Uuid,
        as_of -> Date,
        position -> BigInt,
        content -> Text,
        sha256 -> Text,
        recorded_by -> Nullable<Uuid>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    /// Approvals of what was frozen.
    review_approvals (id) {
        id -> Uuid,
        review_id -> Uuid,
        sha256 -> Text,
        name -> Text,
        post -> Nullable<Text>,
        recorded_by -> Uuid,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    /// Corrections beside what was frozen.
    review_errata (id) {
        id -> Uuid,
        review_id -> Uuid,
        position -> BigInt,
        content -> Text,
        recorded_by -> Nullable<Uuid>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    api_clients (id) {
        id -> Uuid,
        code -> Text,
        key_prefix -> Text,
        key_hash -> Text,
        scopes -> Text,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    external_refs (root_id, subject_kind, system, external_id) {
        root_id -> Uuid,
        subject_kind -> Text,
        system -> Text,
        external_id -> Text,
        subject_id -> Uuid,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    imports (id) {
        id -> Uuid,
        root_id -> Uuid,
        kind -> Text,
        source -> Nullable<Text>,
        file_name -> Text,
        sha256 -> Text,
        row_count -> Integer,
        created -> Integer,
        updated -> Integer,
        unchanged -> Integer,
        skipped -> Integer,
        warnings -> Integer,
        first_position -> BigInt,
        last_position -> BigInt,
        recorded_by -> Nullable<Uuid>,
        actor -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    unit_events (id) {
        id -> Uuid,
        root_id -> Uuid,
        reorganisation_id -> Uuid,
        subject -> Text,
        kind -> Text,
        effective_on -> Date,
        legal_basis -> Text,
        note -> Nullable<Text>,
        handovers -> Text,
        position -> BigInt,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    unit_event_members (id) {
        id -> Uuid,
        event_id -> Uuid,
        side -> Text,
        unit_id -> Nullable<Uuid>,
        area_id -> Nullable<Uuid>,
        share -> Nullable<Integer>,
        ended_before -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_handovers (id) {
        id -> Uuid,
        task_id -> Uuid,
        event_id -> Uuid,
        from_unit_id -> Uuid,
        to_unit_id -> Uuid,
        rule -> Integer,
        effective_on -> Date,
        until_on -> Nullable<Date>,
        position -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    clauses (id) {
        id -> Uuid,
        resolution_id -> Uuid,
        path -> Text,
        sort_key -> Text,
        kind -> Text,
        heading -> Text,
        text -> Nullable<Text>,
        text_sha256 -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_clauses (task_id, clause_id) {
        task_id -> Uuid,
        clause_id -> Uuid,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    search_entries (id) {
        id -> Uuid,
        key -> BigInt,
        kind -> Text,
        root_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        published -> Bool,
        weight -> Integer,
        length -> Integer,
        title -> Text,
        body -> Text,
        title_words -> Text,
        words -> Text,
        exact -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    dissemination_events (id) {
        id -> Uuid,
        root_id -> Uuid,
        resolution_id -> Nullable<Uuid>,
        programme_id -> Nullable<Uuid>,
        plan_id -> Nullable<Uuid>,
        kind -> Text,
        level -> Text,
        title -> Text,
        host_unit_id -> Nullable<Uuid>,
        host_text -> Nullable<Text>,
        state -> Text,
        reason -> Nullable<Text>,
        held_text -> Nullable<Text>,
        held_on -> Nullable<Date>,
        held_precision -> Nullable<Text>,
        held_to -> Nullable<Date>,
        duration -> Nullable<Text>,
        formats -> Text,
        is_first -> Bool,
        site_count -> Nullable<Integer>,
        attendance -> Nullable<Text>,
        audiences -> Text,
        combined_with -> Nullable<Text>,
        essays -> Nullable<Text>,
        source -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    dissemination_sites (id) {
        id -> Uuid,
        event_id -> Uuid,
        name -> Text,
        is_main -> Bool,
        unit_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    dissemination_presenters (id) {
        id -> Uuid,
        event_id -> Uuid,
        post_id -> Nullable<Uuid>,
        post_text -> Nullable<Text>,
        topic -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    dissemination_essays (event_id, unit_id) {
        event_id -> Uuid,
        unit_id -> Uuid,
        expected -> Nullable<Integer>,
        received -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    good_practices (id) {
        id -> Uuid,
        root_id -> Uuid,
        owner_unit_id -> Uuid,
        programme_id -> Nullable<Uuid>,
        title -> Text,
        description -> Nullable<Text>,
        recurring -> Nullable<Text>,
        since_text -> Nullable<Text>,
        since_on -> Nullable<Date>,
        since_precision -> Nullable<Text>,
        source -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    commendations (id) {
        id -> Uuid,
        root_id -> Uuid,
        resolution_id -> Nullable<Uuid>,
        programme_id -> Nullable<Uuid>,
        level -> Text,
        form -> Text,
        awarding_unit_id -> Nullable<Uuid>,
        awarding_text -> Nullable<Text>,
        collectives -> Integer,
        individuals -> Integer,
        awarded_text -> Nullable<Text>,
        awarded_on -> Nullable<Date>,
        awarded_precision -> Nullable<Text>,
        reason -> Nullable<Text>,
        source -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    commendation_recipients (id) {
        id -> Uuid,
        commendation_id -> Uuid,
        kind -> Text,
        unit_id -> Nullable<Uuid>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    programme_themes (programme_id) {
        programme_id -> Uuid,
        theme -> Nullable<Text>,
        decided_by_unit_id -> Nullable<Uuid>,
        decided_by_text -> Nullable<Text>,
        dissemination_rules -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    programme_contributions (programme_id, breakthrough_id) {
        programme_id -> Uuid,
        breakthrough_id -> Uuid,
        how -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    unit_groups (id) {
        id -> Uuid,
        root_id -> Uuid,
        code -> Text,
        name -> Text,
        sort_key -> Text,
        aliases -> Text,
        rule -> Nullable<Text>,
        note -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    unit_group_members (group_id, unit_id) {
        group_id -> Uuid,
        unit_id -> Uuid,
        excluded -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    task_unit_groups (task_id) {
        task_id -> Uuid,
        unit_group_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    indicators (id) {
        id -> Uuid,
        root_id -> Uuid,
        resolution_id -> Nullable<Uuid>,
        programme_id -> Nullable<Uuid>,
        ordinal -> Integer,
        label -> Nullable<Text>,
        name -> Text,
        unit_of_measure -> Nullable<Text>,
        direction -> Text,
        aggregation -> Text,
        from_year -> Integer,
        to_year -> Integer,
        history_from -> Nullable<Integer>,
        baseline_period -> Nullable<Text>,
        baseline_text -> Nullable<Text>,
        parent_id -> Nullable<Uuid>,
        role -> Text,
        lead_unit_id -> Nullable<Uuid>,
        objective_id -> Nullable<Uuid>,
        description -> Nullable<Text>,
        source -> Nullable<Text>,
        voided_at -> Nullable<Timestamp>,
        void_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    indicator_targets (id) {
        id -> Uuid,
        indicator_id -> Uuid,
        position -> BigInt,
        period -> Text,
        authority -> Nullable<Text>,
        target_text -> Text,
        reading -> Text,
        reason -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    indicator_values (id) {
        id -> Uuid,
        indicator_id -> Uuid,
        position -> BigInt,
        period -> Text,
        revision -> Integer,
        stage -> Text,
        value_text -> Text,
        reading -> Text,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        rank_of -> Nullable<Integer>,
        breaks_series -> Bool,
        note -> Nullable<Text>,
        source -> Nullable<Text>,
        reason -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        on_behalf -> Bool,
        recorded_by -> Nullable<Uuid>,
        verification -> Text,
        verified_by -> Nullable<Uuid>,
        verified_at -> Nullable<Timestamp>,
        verification_reason -> Nullable<Text>,
        origin -> Text,
        version -> Integer,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    indicator_value_parts (value_id, place) {
        value_id -> Uuid,
        place -> Integer,
        area_id -> Nullable<Uuid>,
        unit_id -> Nullable<Uuid>,
        value_text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Uuid;

    indicator_assessments (id) {
        id -> Uuid,
        indicator_id -> Uuid,
        position -> BigInt,
        period -> Text,
        verdict -> Text,
        computed -> Text,
        reason -> Nullable<Text>,
        document -> Nullable<Text>,
        recorded_by -> Nullable<Uuid>,
        origin -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::joinable!(units -> areas (area_id));
diesel::joinable!(posts -> units (unit_id));
diesel::joinable!(post_holders -> posts (post_id));
diesel::joinable!(terms -> areas (root_id));
diesel::joinable!(resolutions -> areas (root_id));
diesel::joinable!(resolutions -> terms (term_id));
diesel::joinable!(resolutions -> units (issuer_unit_id));
diesel::joinable!(programmes -> areas (root_id));
diesel::joinable!(programmes -> terms (term_id));
diesel::joinable!(breakthroughs -> resolutions (resolution_id));
diesel::joinable!(pillars -> resolutions (resolution_id));
diesel::joinable!(objectives -> resolutions (resolution_id));
diesel::joinable!(task_groups -> resolutions (resolution_id));
diesel::joinable!(task_groups -> breakthroughs (breakthrough_id));
diesel::joinable!(task_groups -> fields (field_id));
diesel::joinable!(grants -> users (user_id));
diesel::joinable!(grants -> units (unit_id));
diesel::joinable!(grants -> areas (area_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(idempotency_keys -> users (user_id));
diesel::joinable!(tasks -> areas (root_id));
diesel::joinable!(tasks -> resolutions (resolution_id));
diesel::joinable!(tasks -> programmes (programme_id));
diesel::joinable!(tasks -> task_groups (group_id));
diesel::joinable!(tasks -> fields (field_id));
diesel::joinable!(tasks -> breakthroughs (breakthrough_id));
diesel::joinable!(tasks -> pillars (pillar_id));
diesel::joinable!(tasks -> objectives (objective_id));
diesel::joinable!(tasks -> posts (accountable_post_id));
diesel::joinable!(task_coordinating_units -> tasks (task_id));
diesel::joinable!(task_coordinating_units -> units (unit_id));
diesel::joinable!(deadlines -> tasks (task_id));
diesel::joinable!(task_states -> tasks (task_id));
diesel::joinable!(task_states -> deadlines (deadline_id));
diesel::joinable!(commitment_changes -> tasks (task_id));
diesel::joinable!(commitment_changes -> users (recorded_by));
diesel::joinable!(commitments -> tasks (task_id));
diesel::joinable!(commitments -> commitment_changes (change_id));
diesel::joinable!(commitment_requests -> tasks (task_id));
diesel::joinable!(commitment_requests -> units (unit_id));
diesel::joinable!(commitments -> deadlines (deadline_id));
diesel::joinable!(commitments -> units (lead_unit_id));
diesel::joinable!(task_decisions -> tasks (task_id));
diesel::joinable!(task_decisions -> users (recorded_by));
diesel::joinable!(progress_reports -> tasks (task_id));
diesel::joinable!(progress_reports -> units (unit_id));
diesel::joinable!(self_verifications -> tasks (task_id));
diesel::joinable!(self_verifications -> users (decided_by));
diesel::joinable!(indicators -> resolutions (resolution_id));
diesel::joinable!(indicators -> programmes (programme_id));
diesel::joinable!(indicator_targets -> indicators (indicator_id));
diesel::joinable!(indicator_values -> indicators (indicator_id));
diesel::joinable!(indicator_value_parts -> indicator_values (value_id));
diesel::joinable!(indicator_assessments -> indicators (indicator_id));
diesel::joinable!(period_locks -> areas (root_id));
diesel::joinable!(period_lock_exceptions -> period_locks (lock_id));
diesel::joinable!(period_lock_exceptions -> units (unit_id));
diesel::joinable!(instructions -> tasks (task_id));
diesel::joinable!(instructions -> units (to_unit_id));
diesel::joinable!(instruction_steps -> instructions (instruction_id));
diesel::joinable!(proposals -> tasks (task_id));
diesel::joinable!(contributions -> tasks (task_id));
diesel::joinable!(contributions -> units (unit_id));
diesel::joinable!(attachments -> tasks (task_id));
diesel::joinable!(attachments -> progress_reports (report_id));
diesel::joinable!(attachments -> units (unit_id));
diesel::joinable!(obligations -> tasks (task_id));
diesel::joinable!(obligations -> progress_reports (report_id));
diesel::joinable!(events -> users (actor_id));
diesel::joinable!(review_rounds -> resolutions (resolution_id));
diesel::joinable!(review_snapshots -> review_rounds (review_id));
diesel::joinable!(review_snapshots -> users (recorded_by));
diesel::joinable!(review_submissions -> review_rounds (review_id));
diesel::joinable!(review_submissions -> units (unit_id));
diesel::joinable!(review_reports -> review_rounds (review_id));
diesel::joinable!(review_reports -> users (recorded_by));
diesel::joinable!(review_approvals -> review_rounds (review_id));
diesel::joinable!(review_approvals -> users (recorded_by));
diesel::joinable!(review_errata -> review_rounds (review_id));
diesel::joinable!(review_errata -> users (recorded_by));
diesel::joinable!(notification_choices -> users (user_id));
diesel::joinable!(outbox -> users (user_id));
diesel::joinable!(api_clients -> users (id));
diesel::joinable!(external_refs -> areas (root_id));
diesel::joinable!(imports -> areas (root_id));
diesel::joinable!(imports -> users (recorded_by));
diesel::joinable!(unit_events -> areas (root_id));
diesel::joinable!(unit_events -> users (recorded_by));
diesel::joinable!(unit_event_members -> unit_events (event_id));
diesel::joinable!(unit_event_members -> units (unit_id));
diesel::joinable!(unit_event_members -> areas (area_id));
diesel::joinable!(task_handovers -> tasks (task_id));
diesel::joinable!(task_handovers -> unit_events (event_id));
diesel::joinable!(clauses -> resolutions (resolution_id));
diesel::joinable!(task_clauses -> tasks (task_id));
diesel::joinable!(task_clauses -> clauses (clause_id));
diesel::joinable!(search_entries -> areas (root_id));
diesel::joinable!(search_entries -> units (unit_id));
diesel::joinable!(review_rounds -> programmes (programme_id));
diesel::joinable!(dissemination_events -> areas (root_id));
diesel::joinable!(dissemination_events -> resolutions (resolution_id));
diesel::joinable!(dissemination_events -> units (host_unit_id));
diesel::joinable!(dissemination_sites -> dissemination_events (event_id));
diesel::joinable!(dissemination_sites -> units (unit_id));
diesel::joinable!(dissemination_presenters -> dissemination_events (event_id));
diesel::joinable!(dissemination_presenters -> posts (post_id));
diesel::joinable!(dissemination_essays -> dissemination_events (event_id));
diesel::joinable!(dissemination_essays -> units (unit_id));
diesel::joinable!(good_practices -> areas (root_id));
diesel::joinable!(good_practices -> units (owner_unit_id));
diesel::joinable!(good_practices -> programmes (programme_id));
diesel::joinable!(commendations -> areas (root_id));
diesel::joinable!(commendations -> resolutions (resolution_id));
diesel::joinable!(commendations -> programmes (programme_id));
diesel::joinable!(commendations -> units (awarding_unit_id));
diesel::joinable!(commendation_recipients -> commendations (commendation_id));
diesel::joinable!(commendation_recipients -> units (unit_id));
diesel::joinable!(programme_themes -> programmes (programme_id));
diesel::joinable!(programme_themes -> units (decided_by_unit_id));
diesel::joinable!(programme_contributions -> programmes (programme_id));
diesel::joinable!(programme_contributions -> breakthroughs (breakthrough_id));
diesel::joinable!(task_unit_groups -> tasks (task_id));
diesel::joinable!(task_unit_groups -> unit_groups (unit_group_id));
diesel::joinable!(unit_groups -> areas (root_id));
diesel::joinable!(unit_group_members -> unit_groups (group_id));
diesel::joinable!(unit_group_members -> units (unit_id));

// What is open is counted by province and unit.
diesel::allow_columns_to_appear_in_same_group_by_clause!(tasks::root_id, instructions::to_unit_id);
diesel::allow_columns_to_appear_in_same_group_by_clause!(tasks::root_id, proposals::to_unit_id);

diesel::allow_tables_to_appear_in_same_query!(
    areas,
    units,
    posts,
    post_holders,
    terms,
    fields,
    calendar_days,
    resolutions,
    programmes,
    document_relations,
    breakthroughs,
    pillars,
    objectives,
    task_groups,
    users,
    grants,
    sessions,
    refresh_tokens,
    login_throttles,
    idempotency_keys,
    tasks,
    task_coordinating_units,
    deadlines,
    task_states,
    commitment_changes,
    commitment_requests,
    commitments,
    task_decisions,
    task_handovers,
    unit_event_members,
    unit_events,
    progress_reports,
    self_verifications,
    period_locks,
    period_lock_exceptions,
    indicators,
    indicator_targets,
    indicator_values,
    indicator_value_parts,
    indicator_assessments,
    instructions,
    instruction_steps,
    proposals,
    contributions,
    attachments,
    obligations,
    events,
    chain_head,
    settings,
    review_rounds,
    review_snapshots,
    review_submissions,
    review_reports,
    review_approvals,
    review_errata,
    external_refs,
    imports,
    api_clients,
    clauses,
    task_clauses,
    search_entries,
    dissemination_events,
    dissemination_sites,
    dissemination_presenters,
    dissemination_essays,
    good_practices,
    commendations,
    commendation_recipients,
    programme_themes,
    programme_contributions,
    unit_groups,
    unit_group_members,
    task_unit_groups,
    notification_choices,
    outbox,
);

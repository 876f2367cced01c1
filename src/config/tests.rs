use super::*;

fn from(toml: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    Settings::from_parts(toml, |name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
}

#[test]
fn nothing_set_is_the_embedded_database() {
    let settings = from("", &[]).unwrap();
    assert_eq!(settings.database_url.to_string(), "sqlite://data/resolution-tracker.db");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
}

#[test]
fn attachments_lie_beside_the_embedded_database_or_where_it_is_said() {
    let folder = |toml: &str| from(toml, &[]).unwrap().attachments_dir();
    assert_eq!(folder(""), Some("data/attachments".into()));
    assert_eq!(folder("database_url = \"sqlite:///srv/rt/x.db\""), Some("/srv/rt/attachments".into()));
    assert_eq!(folder("database_url = \"postgres://localhost/rt\""), None);
    assert_eq!(folder("database_url = \"postgres://localhost/rt\"\nattachments_dir = \"/mnt/rt\""), Some("/mnt/rt".into()));
}

#[test]
fn the_environment_wins_over_the_file() {
    let settings = from("listen = \"127.0.0.1:1\"\ndue_soon_days = 7", &[("RT_LISTEN", "127.0.0.1:2")]).unwrap();
    assert_eq!((settings.listen.port(), settings.due_soon_days), (2, 7));
}

#[test]
fn nonsense_is_refused_by_name() {
    for (toml, variables, mentions) in [
        ("colour = 1", &[][..], "colour"),
        ("listen = \"here\"", &[], "listen"),
        ("workers = 0", &[], "workers"),
        ("public_url = \"tracker.example\"", &[], "public_url"),
        ("public_url = \"https://tracker.example/path\"", &[], "public_url"),
        ("", &[("DATABASE_URL", "mysql://x")], "database_url"),
        ("", &[("RT_WORKERS", "two")], "RT_WORKERS"),
        ("", &[("RT_SIGNING_KEY", "short")], "signing_key"),
        ("", &[("DATABASE_URL", "postgres://u@db.example/rt")], "unencrypted"),
        ("", &[("DATABASE_URL", "postgres://u@localhost/rt?host=db.example")], "unencrypted"),
        ("", &[("DATABASE_URL", "postgres://u@db.example/rt?sslmode=disable")], "unencrypted"),
        ("attachments_max_bytes = 0", &[], "attachments_max_bytes"),
        ("a =", &[], "TOML"),
    ] {
        let error = from(toml, variables).unwrap_err();
        assert!(error.contains(mentions), "{error}");
    }
}

#[test]
fn every_host_of_the_url_is_looked_at() {
    for local in
        ["postgres://u@localhost/rt", "postgres://u:p@127.0.0.1:5432/rt", "postgres://[::1]:5432/rt", "postgres:///rt?host=/run/pg"]
    {
        assert!(!leaves_this_machine(local), "{local}");
    }
    for remote in [
        "postgres://u@db.example/rt",
        "postgres://db.example/rt?user=x@localhost",
        "postgres://localhost:5432,db.example:5432/rt",
        "postgres://localhost/rt?host=db.example",
        "postgres://localhost/rt?%68ost=db.example",
        "postgres://localhost.db.example/rt",
        "postgres://localhost/rt?service=far",
    ] {
        assert!(leaves_this_machine(remote), "{remote}");
    }
}

#[test]
fn a_local_postgres_needs_no_encryption_and_secrets_do_not_print() {
    let settings = from("", &[("DATABASE_URL", "postgres://u:pw@localhost:5432/rt"), ("RT_SIGNING_KEY", &"k".repeat(32))]).unwrap();
    let printed = format!("{settings:?}");
    assert!(!printed.contains("pw@") && !printed.contains("kkk"), "{printed}");
}

const OFFICE: &str = "public_url = \"https://tracker.example/\"\nmail_from = \"Văn phòng <vp@tinh.example>\"\n";

#[test]
fn mail_is_sent_in_somebodys_name_over_a_line_of_its_own() {
    let with = |more: &str| from(&format!("{OFFICE}{more}"), &[]);
    assert_eq!(with("").unwrap().mail, None, "nothing is sent without a server");
    let mail = with("smtp_url = \"smtps://vp:bimat@mail.example\"").unwrap().mail.unwrap();
    assert_eq!(
        (mail.from.as_str(), mail.from_name.as_deref(), mail.site.as_str()),
        ("vp@tinh.example", Some("Văn phòng"), "https://tracker.example")
    );
    assert_eq!((mail.quiet.from, mail.quiet.until), (20, 7));
    assert!(!format!("{mail:?}").contains("bimat"));
    let mail = with("smtp_url = \"smtp://localhost:25\"\nmail_quiet_from = 0\nmail_quiet_until = 0").unwrap().mail.unwrap();
    assert_eq!((mail.quiet.from, mail.quiet.until), (0, 0));
    assert!(with("smtp_url = \"smtp://mail.example\"\nallow_unencrypted_mail = true").is_ok());
}

#[test]
fn mail_that_cannot_be_sent_well_is_refused_by_name() {
    for (toml, mentions) in [
        ("smtp_url = \"smtp://localhost\"".to_owned(), "mail_from"),
        ("smtp_url = \"smtp://localhost\"\nmail_from = \"vp@tinh.example\"".to_owned(), "public_url"),
        (format!("{OFFICE}smtp_url = \"smtp://vp:bimat@mail.example\""), "unencrypted"),
        (format!("{OFFICE}smtp_url = \"http://vp:bimat@mail.example\""), "smtp_url"),
        (format!("{OFFICE}smtp_url = \"smtp://localhost\"\nmail_quiet_from = 24"), "mail_quiet_from"),
        (format!("{OFFICE}smtp_url = \"smtp://localhost\"\nmail_quiet_until = -1"), "mail_quiet_until"),
        ("smtp_url = \"smtp://localhost\"\nmail_from = \"Văn phòng\"".to_owned(), "mail_from"),
    ] {
        let error = from(&toml, &[]).unwrap_err();
        assert!(error.contains(mentions) && !error.contains("bimat"), "{error}");
    }
    assert!(from("", &[("RT_MAIL_QUIET_FROM", "evening")]).unwrap_err().contains("RT_MAIL_QUIET_FROM"));
}
